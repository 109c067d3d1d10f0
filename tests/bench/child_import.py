"""`python -m tests.bench.child_import FILE FOLDER`: seconds to committed, seconds to searchable, and the memory."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from appli.app import open_directory
from appli.domain.changes import Changes, Work
from appli.services.importing import applying, reading


def main(file: str, folder: str) -> None:
    """From the file's bytes, the directory being open as it is in the window."""
    committed: list[float] = []
    directory = open_directory(Path(folder))
    write = directory.store.write

    def noting(work: Work, *, undoes: int | None = None) -> Changes:
        done = write(work, undoes=undoes)
        committed.append(time.perf_counter())
        return done

    directory.store.write = noting  # type: ignore[method-assign]
    begun = time.perf_counter()
    listed = reading.open_list(Path(file))
    plan = reading.plan_of(directory, listed, reading.mapping_for(directory, listed, "bench", "place"))
    applying.apply(directory, plan)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(committed[-1] - begun, time.perf_counter() - begun, most)
    directory.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
