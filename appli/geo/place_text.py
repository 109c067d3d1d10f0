"""What somebody writes for a commune, taken apart: « Mende (48) », « 48200 St Chély », « LYON CEDEX 03 »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from appli.domain.text import fold

_POSTCODE = re.compile(r"(?<![\dA-Za-z])(?:F-?\s?)?(\d{2} ?\d{3})(?!\d)")
_SHORT_POSTCODE = re.compile(r"(?<![\dA-Za-z])(\d{4})(?!\d)")
_DEPARTMENT = re.compile(r"[\s(,/-]+(2[abAB]|9[78]\d|\d{2})\s*\)?\s*$|^(2[abAB]|9[78]\d|\d{2})\s+(?=\D)")
_CEDEX = re.compile(r"\bcedex\b.*$", re.IGNORECASE | re.DOTALL)
_SUR = re.compile(r"\bs/\s?(?=\w)", re.IGNORECASE)
_SOUS = re.compile(r"\bs/s\b", re.IGNORECASE)
_ARRONDISSEMENT = re.compile(
    r"^(paris|lyon|marseille) (\d{1,2}) ?(?:er|e|eme|nd|nde|ieme)?(?: arrondissement| arrdt| arr)?$"
)
_ROMAN = re.compile(r"^(paris|lyon|marseille) ([ivx]{1,5}?)(?:er|e|eme|ieme)\b")
_ROMAN_LETTERS = {"i": 1, "v": 5, "x": 10}
_ARRONDISSEMENTS = {"paris": 20, "lyon": 9, "marseille": 16}
_ASIDE = re.compile(r"\s*\(.*|\s+[-–—/,].*|,.*| france$", re.IGNORECASE | re.DOTALL)
_OFFICE = re.compile(r"^(?:la )?(?:commune|mairie|ville|village)(?: nouvelle)? (?:de la|de l|de|du|des|d) (?=.)")
_SHORT_FORMS = {
    "nd": "notre dame", "mt": "mont", "mts": "monts", "gd": "grand", "gde": "grande", "pt": "pont", "ss": "sous",
    "s": "sur", "chat": "chateau", "bg": "bourg", "pce": "provence", "vf": "vallee francaise",
}  # fmt: skip
_LONGEST = 200
_SMALL_WORDS = frozenset("a au aux d de des du en et l la le les lez sous sur".split())


@dataclass(frozen=True, slots=True)
class PlaceText:
    """A folded name, and what the text says beside it."""

    key: str
    postcode: str | None = None
    """Five digits; perhaps of no commune (Cedex)."""
    department: str | None = None

    @property
    def telling_words(self) -> list[str]:
        """The words of the name but « de », « sur »…"""
        words = self.key.split()
        return [word for word in words if word not in _SMALL_WORDS] or words


def read_place(text: str) -> PlaceText:
    """Take a written place apart."""
    text, postcode = _cut_postcode(_SUR.sub("sur ", _SOUS.sub("sous", text.strip()[:_LONGEST])))
    text = _CEDEX.sub("", text)
    if city := _arrondissement(fold(text)):
        return PlaceText(city, postcode)
    department = None
    if postcode is None and (found := _DEPARTMENT.search(text)):
        department = (found[1] or found[2]).upper()
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return PlaceText(fold(text), postcode, department)


def without_aside(text: str) -> str:
    """'Rennes - Université' -> 'Rennes', 'Paris (le matin)' -> 'Paris'."""
    return _ASIDE.sub("", text.strip())


def in_full(key: str) -> str:
    """'nd de monts' -> 'notre dame de monts', 'mairie de mende' -> 'mende': to be tried where nobody bears the name."""
    words = _OFFICE.sub("", key).replace("n d ", "nd ").removesuffix(" ce").split()  # « CE » is a Cedex cut short
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


def _cut_postcode(text: str) -> tuple[str, str | None]:
    """The text without its postcode; one that lost its zero gets it back."""
    found = _POSTCODE.search(text) or _SHORT_POSTCODE.search(text)
    if found is None:
        return text, None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return rest, found[1].replace(" ", "").zfill(5)


def _arrondissement(key: str) -> str | None:
    """'lyon 3eme' -> 'lyon 3e arrondissement', as the official list writes it, folded."""
    if found := _ARRONDISSEMENT.match(key):
        city, number = found[1], int(found[2])
    elif found := _ROMAN.match(key):
        city, number = found[1], _roman(found[2])
    else:
        return None
    if not 1 <= number <= _ARRONDISSEMENTS[city]:
        return None
    return f"{city} {number}{'er' if number == 1 else 'e'} arrondissement"


def _roman(letters: str) -> int:
    """'xiv' -> 14."""
    values = [_ROMAN_LETTERS[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def departments_of_postcode(postcode: str) -> tuple[str, ...]:
    """'48200' -> ('48',), '97480' -> ('974',), '20090' -> ('2A', '2B')."""
    if postcode.startswith("20"):
        return ("2A", "2B")
    return (postcode[: 3 if postcode[:2] in {"97", "98"} else 2],)
