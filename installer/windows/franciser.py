"""Puts French words where NSIS wrote its own in English: in what an installer runs before it reads any script.

python franciser.py ENTETE

NSIS hands that part over before it adds the rest (`!packhdr`). Each phrase keeps its place, so none may be longer than
the English one; a phrase that is not there stops everything, as another NSIS would have changed its words.
"""

from __future__ import annotations

import sys
from pathlib import Path

PHRASES = {
    "Please wait while Setup is loading...": "L’installeur se prépare, un instant…",
    "verifying installer: %d%%": "vérification\u00a0: %d\u202f%%",
    "Error launching installer": "Installation impossible",
    "Installer integrity check has failed. Common causes include\nincomplete download and damaged media. Contact the\n"
    "installer's author to obtain a new copy.\n\nMore information at:\nhttp://nsis.sf.net/NSIS_Error": "Cet installeur "
    "est abîmé ou incomplet. Rien n’a été installé ni changé.\n\nCopiez-le ou téléchargez-le de nouveau, "
    "puis recommencez.",
    "Error writing temporary file. Make sure your temp folder is valid.": "Rien n’a été changé. La place manque dans "
    "le dossier temporaire.",
    "NSIS Error": "Maillage",
}
ENDED_BY = {"Please wait while Setup is loading...": " "}
"""In a drawing, where what follows is found by counting, a phrase keeps its length; elsewhere, a zero ends it."""


def main(name: str) -> int:
    """Replace the phrases; a sentence says which one is missing."""
    file = Path(name)
    words = file.read_bytes()
    for english, french in PHRASES.items():
        old = (english + "\0").encode("utf-16-le")
        if old not in words:
            sys.exit(f"NSIS ne dit plus «\u00a0{english}\u00a0».")
        room = len(english) - len(french)
        words = words.replace(old, (french + ENDED_BY.get(english, "\0") * room + "\0").encode("utf-16-le"))
        if room < 0 or len(words) != file.stat().st_size:
            sys.exit(f"«\u00a0{french}\u00a0» est trop long.")
    file.write_bytes(words)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
