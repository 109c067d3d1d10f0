"""Lists what Maillage is made of, with the licences: run after each change of requirements.lock, as README.md says.

Writes `ressources/licences/composants.json` and one text a component beside it, from what is installed in `.venv`: the
libraries that the program asks for, in turn what they ask for, and what some of them carry inside.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "ressources" / "licences"
COMMON = Path("/usr/share/common-licenses")
"""Where Debian keeps the texts that many share."""

SAID = {
    "Jinja2": "BSD-3-Clause",
    "PySide6": "LGPL-3.0-only",
    "PySide6_Addons": "LGPL-3.0-only",
    "PySide6_Essentials": "LGPL-3.0-only",
    "PySide6_Pdf": "LGPL-3.0-only",
    "PySide6_WebEngine": "LGPL-3.0-only",
    "email-validator": "Unlicense",
    "pyrage": "MIT",
    "pysqlite3": "Zlib",
    "python-dateutil": "Apache-2.0 AND BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
    "vobject": "Apache-2.0",
}
"""Licences that a library states in words or in its text alone; of several offered, the one that is taken."""

BSD_3 = """Redistribution and use in source and binary forms, with or without modification, are permitted provided that
the following conditions are met: (1) Redistributions of source code must retain the above copyright notice, this list
of conditions and the following disclaimer. (2) Redistributions in binary form must reproduce the above copyright
notice, this list of conditions and the following disclaimer in the documentation and/or other materials provided with
the distribution. (3) Neither the name of the copyright holder nor the names of its contributors may be used to endorse
or promote products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF
THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""


@dataclass(frozen=True)
class Component:
    """One thing that Maillage carries."""

    name: str
    version: str
    licence: str
    """An SPDX expression."""


INSIDE = (
    ("Qt", "PySide6", "LGPL-3.0-only"),
    ("Chromium, dans Qt WebEngine", "PySide6_WebEngine", "BSD-3-Clause"),
    ("PDFium, dans Qt PDF", "PySide6_Pdf", "BSD-3-Clause"),
    ("SQLite, dans pysqlite3", "pysqlite3", "blessing"),
)
"""What some libraries carry inside under licences of their own: its name, where it lies, its licence."""

WORDS_INSIDE = {
    "LGPL-3.0-only": "Copyright The Qt Company Ltd. and contributors. The texts of LGPL-3 and GPL-3: PySide6.txt.\n",
    "BSD-3-Clause": f"Copyright The Chromium Authors and others, whom its source lists.\n\n{BSD_3}",
    "blessing": "In the public domain: its authors disclaim copyright, and leave a blessing in place of a licence.\n",
}


def closure(name: str = "maillage", extras: tuple[str, ...] = ()) -> dict[str, Distribution]:
    """What a distribution asks for at run time, in turn, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(name, extras)]
    while waiting:
        one, wanted = waiting.pop()
        made = distribution(one)
        if made.metadata["Name"] in found:
            continue
        found[made.metadata["Name"]] = made
        for said in made.requires or ():
            need = Requirement(said)
            if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in ("", *wanted)):
                waiting.append((need.name, tuple(need.extras)))
    found.pop("maillage", None)
    return found


def licence(made: Distribution) -> str:
    """What its author says of it."""
    head = made.metadata
    said = SAID.get(head["Name"]) or head.get("License-Expression") or head.get("License") or ""
    if not said or "\n" in said:
        raise SystemExit(f"La licence de {head['Name']} n’est pas dite : lisez-la, puis complétez SAID.")
    return said


def texts(made: Distribution) -> Iterator[str]:
    """The texts it comes with, else those that Debian keeps."""
    mine = [f for f in made.files or () if any(w in f.name.lower() for w in ("licen", "copying", "notice"))]
    for file in mine:
        yield f"—— {file.name}\n\n{file.read_text(encoding='utf-8').strip()}\n"
    said = licence(made)
    if not mine and said == "LGPL-3.0-only":
        for text in ("LGPL-3", "GPL-3"):
            yield f"—— {text}\n\n{(COMMON / text).read_text('utf-8').strip()}\n"
    elif not mine and said == "BSD-3-Clause":
        yield f"Copyright {made.metadata.get('Author') or made.metadata.get('Author-email')}\n\n{BSD_3}"
    elif not mine:
        raise SystemExit(f"Il manque le texte de la licence de {made.metadata['Name']}.")


def components() -> Iterator[tuple[Component, str]]:
    """Every component with the text of its licence, in the order of names."""
    found = closure()
    for name in sorted(found, key=str.lower):
        yield Component(name, found[name].version, licence(found[name])), "\n".join(texts(found[name]))
    for name, within, said in INSIDE:
        yield Component(name, found[within].version, said), WORDS_INSIDE[said]
    text = Path(os.__file__).parent / "LICENSE.txt"
    yield Component("Python", ".".join(map(str, sys.version_info[:2])), "PSF-2.0"), text.read_text("utf-8")


def main() -> int:
    """Write them anew; what several share is written once."""
    shutil.rmtree(PLACE, ignore_errors=True)
    (PLACE / "textes").mkdir(parents=True)
    written: dict[str, str] = {}
    listed = []
    for component, text in components():
        where = written.setdefault(text, f"textes/{component.name.partition(',')[0]}.txt")
        (PLACE / where).write_text(text, "utf-8")
        listed.append({**asdict(component), "text": where})
    (PLACE / "composants.json").write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(listed)} composants, {sum(map(len, written)) // 1000} ko de textes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
