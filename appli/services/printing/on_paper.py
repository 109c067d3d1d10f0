"""Words as paper shows them: French spaces and apostrophes, and only characters that our fonts have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from appli.documents.characters import STAND_IN, printable
from appli.domain.typography import french
from appli.i18n import _, _n, number

_NAMED = 12
"""Characters that a sentence names."""


def on_paper(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The same data with every text made ready, and the characters that could not be printed, in their order.

    A drawing (« <svg … ») is no text.
    """
    missing: set[str] = set()
    known: dict[str, str] = {}

    def ready(value: Any) -> Any:
        if not value:
            return value
        if isinstance(value, str):
            words = known.get(value)
            if words is None:
                words, lacking = _ready(value)
                missing.update(lacking)
                known[value] = words
            return words
        if isinstance(value, dict):
            return {key: ready(inner) for key, inner in value.items()}
        return [ready(inner) for inner in value] if isinstance(value, (list, tuple)) else value

    made = {key: ready(value) for key, value in data.items()}
    return made, sorted(missing)


def missing_words(missing: Sequence[str]) -> str:
    """Which characters could not be printed, in a sentence; empty when all could."""
    if not missing:
        return ""
    some = " ".join(missing[:_NAMED])
    rest = len(missing) - _NAMED
    if rest > 0:
        some = _n("{some} et {n} autre", "{some} et {n} autres", rest).format(some=some, n=number(rest))
    words = _("Aucun caractère fourni avec Maillage ne sait écrire {some} : « {sign} » en tient la place.")
    return words.format(some=some, sign=STAND_IN)


def _ready(text: str) -> tuple[str, frozenset[str]]:
    if text.startswith("<svg "):
        return text, frozenset()
    words, missing = printable(text.replace("\t", " "))
    return french(words), missing
