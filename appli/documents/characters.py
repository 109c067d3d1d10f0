"""Which characters our fonts can print: what they cannot is named in words instead of an empty box."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from functools import cache

from appli import resources

STAND_IN = "\N{REPLACEMENT CHARACTER}"
"""Printed in place of a character that no font has."""
_MOST_MARKS = 8
"""Accents on one letter; more would cover the lines above."""
_SKIN = range(0x1F3FB, 0x1F400)
"""Colours of emoji; paper has one."""


def printable(text: str) -> tuple[str, frozenset[str]]:
    """The text with only characters that print, and those that were replaced.

    What has no shape of its own (controls, changes of direction, selectors) goes without a word.
    """
    if not _unusual().search(text):
        return text, frozenset()
    missing: set[str] = set()
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            missing.add(character)
        elif character == "\n" or _has(ord(character)):
            kept.append("" if ord(character) in _SKIN or _is_shapeless(character) else character)
        elif not _is_shapeless(character):
            missing.add(character)
            kept.append(STAND_IN)
    return "".join(kept), frozenset(missing)


@cache
def _unusual() -> re.Pattern[str]:
    """A character that is not simply printed: nearly every text has none."""
    firsts, lasts = _coverage()
    spans = (f"\\U{first:08x}-\\U{last:08x}" for first, last in zip(firsts, lasts, strict=True) if first >= ord(" "))
    return re.compile(
        rf"[^\n{''.join(spans)}]|[\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
        f"|[\\u0300-\\u036f]{{{_MOST_MARKS + 1}}}|[\\U{_SKIN.start:08x}-\\U{_SKIN.stop - 1:08x}]"
    )


def _is_shapeless(character: str) -> bool:
    category = unicodedata.category(character)
    # these shape Arabic letters, tell where a word may be cut, or are Arabic signs with a shape of their own
    joins = character in "\u200c\u200d\u00ad\u06dd\u08e2" or "\u0600" <= character <= "\u0605"
    return (category in ("Cc", "Cf", "Cs") and not joins) or 0xFE00 <= ord(character) <= 0xFE0F


def _has(code: int) -> bool:
    firsts, lasts = _coverage()
    at = bisect_right(firsts, code) - 1
    return at >= 0 and code <= lasts[at]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    spans = json.loads(resources.path("polices/papier/couverture.json").read_text("utf-8"))
    return [first for first, _last in spans], [last for _first, last in spans]
