"""Which characters our fonts can print: what they cannot is named in words instead of an empty box."""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from functools import cache

from appli import resources

STAND_IN = "\N{REPLACEMENT CHARACTER}"
"""Printed in place of a character that no font has."""
_SKIN = range(0x1F3FB, 0x1F400)
"""Colours of emoji; paper has one."""


def printable(text: str) -> tuple[str, frozenset[str]]:
    """The text with only characters that print, and those that were replaced.

    What has no shape of its own (controls, changes of direction, selectors) goes without a word.
    """
    if text.isascii() and text.isprintable():
        return text, frozenset()
    missing: set[str] = set()
    kept: list[str] = []
    for character in text:
        if character == "\n" or _has(ord(character)):
            kept.append("" if ord(character) in _SKIN or _is_shapeless(character) else character)
        elif not _is_shapeless(character):
            missing.add(character)
            kept.append(STAND_IN)
    return "".join(kept), frozenset(missing)


def _is_shapeless(character: str) -> bool:
    category = unicodedata.category(character)
    joins = character in "\u200c\u200d\u00ad"  # they shape Arabic letters, and tell where a word may be cut
    return (category in ("Cc", "Cf", "Cs") and not joins) or 0xFE00 <= ord(character) <= 0xFE0F


def _has(code: int) -> bool:
    firsts, lasts = _coverage()
    at = bisect_right(firsts, code) - 1
    return at >= 0 and code <= lasts[at]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    spans = json.loads(resources.path("polices/papier/couverture.json").read_text("utf-8"))
    return [first for first, _last in spans], [last for _first, last in spans]
