"""French typography and tidy JSON for the files of the example directory.

.venv/bin/python installer/donnees/mettre_en_forme.py      put the spaces French asks for in ressources/demo/fiches.json
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

BY_HAND = Path(__file__).resolve().parent.parent.parent / "ressources" / "demo" / "fiches.json"

_UNITS = "€|h|km|m|cm|mm|kg|min|m²|m³|ha|W|°C"
_RULES = (
    (r"'", "’"),
    (r"\.\.\.", "…"),
    (r" ([;!?%])", "\u202f\\1"),
    (r" :", "\u00a0:"),
    (r"« ", "«\u00a0"),
    (r" »", "\u00a0»"),
    (r"(\d) (?=\d{3}(?!\d))", "\\1\u202f"),
    (rf"(\d) (?=(?:{_UNITS})(?!\w))", "\\1\u00a0"),
    (r"(?<=\u00a0h) (\d\d)(?!\d)", "\u00a0\\1"),
)
_PHONE = re.compile(r"\b0\d(?: \d\d){4}\b")


def french(text: str) -> str:
    """The same text with the apostrophes and spaces French asks for; a number alone stays as one dials it."""
    for pattern, instead in _RULES:
        text = re.sub(pattern, instead, text)
    return text if _PHONE.fullmatch(text) else _PHONE.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def typeset(value: Any) -> Any:
    """Every text of a document, typeset."""
    if isinstance(value, dict):
        return {name: typeset(v) for name, v in value.items()}
    if isinstance(value, list):
        return [typeset(v) for v in value]
    return french(value) if isinstance(value, str) else value


def tidy(value: Any, indent: int = 0) -> str:
    """JSON to be read by people: what fits on a line stays on one."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(flat) + indent <= 140:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        lines = [f"{json.dumps(name)}: {tidy(v, inner)}" for name, v in value.items()]
    else:
        lines = [tidy(v, inner) for v in value]
    pad, opening, closing = "\n" + " " * inner, *("{}" if isinstance(value, dict) else "[]")
    return opening + pad + ("," + pad).join(lines) + "\n" + " " * indent + closing


def write(path: Path, document: dict[str, Any]) -> None:
    """The document, typeset and tidy."""
    path.write_text(tidy(typeset(document)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(BY_HAND, json.loads(BY_HAND.read_text("utf-8")))
