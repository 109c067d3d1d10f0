"""Maillage as an older version was: the same program in a child, from which some declarations are taken away first.

    .venv/bin/python -m tests.older person.occupation pledge line:statement -- --annuaire DOSSIER paquet appliquer F

A field (`kind.field`), a kind, or a sort of line (`line:statement`) goes before anything is derived from them: tables,
shapes, forms and the number of the schema follow. So the base of such a PC is opened by the present version as that of
an older one, and what it kept untouched takes its place.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Answer:
    """How a verb ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What it printed; the verb must have succeeded."""
        if self.code:
            raise AssertionError(self.err)
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class OlderPc:
    """A PC whose Maillage does not know some declarations yet: `pc("paquet", "appliquer", file, "--oui")`.

    Its folder must not be open elsewhere. Without declarations to go, it is the present version: the update.
    """

    folder: Path
    without: Sequence[str] = ()

    def __call__(self, *words: str | Path) -> Answer:
        verb = ["--annuaire", str(self.folder), "--json", *map(str, words)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.older", *self.without, "--", *verb],
            cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)


def forget(declarations: Collection[str]) -> None:
    """Take declarations away from this process, which must have derived nothing from them yet."""
    from appli.domain import catalogue

    kinds = cast("dict[str, Any]", catalogue.all_kinds())
    for word in declarations:
        if word.startswith("line:"):
            _forget_line(word.removeprefix("line:"))
        elif "." in word:
            code, _, name = word.partition(".")
            del kinds[code].fields[name]
        else:
            del kinds[word]
            for kind in kinds.values():
                for name in [name for name, one in kind.collections.items() if one.child == word]:
                    del kind.collections[name]


def _forget_line(sort: str) -> None:
    import functools
    import operator

    import msgspec

    from appli.exchange import decoding, wire

    del wire._PARTS[sort]
    rest: Any = functools.reduce(operator.or_, wire._PARTS.values())
    decoding._decoder = msgspec.json.Decoder(rest)


def main() -> int:
    """Forget what stands before `--`, then do what stands behind."""
    from appli.cli.main import main as maillage

    cut = sys.argv.index("--")
    forget(sys.argv[1:cut])
    return maillage(sys.argv[cut + 1 :])


if __name__ == "__main__":
    sys.exit(main())
