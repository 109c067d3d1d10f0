"""Where two texts differ, for the eye: whole words in long texts, letters inside a word in short ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

LONG = 60
"""From so many characters on, letters inside a word are not told apart."""
TELLING = 5
"""A word shorter than this is marked whole: one digit of two says nothing."""
MOST = 800
"""Words of one sentence that are compared one by one; of a longer one, only where all differences begin and end."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)
_SENTENCES = re.compile(r"[^.!?…\n]*[.!?…\n]+\s*|[^.!?…\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text; `marked` when the other text has others there."""

    words: str
    marked: bool = False


Pieces = tuple[Piece, ...]


def differences(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, marked where they differ."""
    short = max(len(one), len(other)) < LONG
    first: list[Piece] = []
    second: list[Piece] = []
    for same, some, others in _word_runs(one, other):
        if same:
            first.append(Piece("".join(some)))
            second.append(Piece("".join(others)))
        elif short and len(some) == len(others) == 1 and (within := _letters(some[0], others[0])):
            first += [Piece("".join(a), not alike) for alike, a, _b in within]
            second += [Piece("".join(b), not alike) for alike, _a, b in within]
        else:
            first.append(Piece("".join(some), marked=True))
            second.append(Piece("".join(others), marked=True))
    return _joined(first), _joined(second)


def marked(text: str, others: list[str]) -> Pieces:
    """One of several texts, marked where it differs from any of the others."""
    places = [False] * len(text)
    for other in others:
        at = 0
        for piece in differences(text, other)[0]:
            for n in range(at, at + len(piece.words)):
                places[n] = places[n] or piece.marked
            at += len(piece.words)
    return _joined([Piece(letter, place) for letter, place in zip(text, places, strict=True)])


def _word_runs(one: str, other: str) -> Iterator[tuple[bool, list[str] | str, list[str] | str]]:
    """Whole sentences first, then the words of those that differ: all words with all would take seconds."""
    for same, some, others in _runs(_SENTENCES.findall(one), _SENTENCES.findall(other)):
        if same:
            yield True, some, others
        else:
            pairs = zip(some, others, strict=True) if len(some) == len(others) else [("".join(some), "".join(others))]
            for left, right in pairs:
                yield from _runs(_WORDS.findall(left), _WORDS.findall(right))


def _letters(one: str, other: str) -> list[tuple[bool, list[str] | str, list[str] | str]]:
    """The letters of two words written almost alike; nothing where a letter says nothing."""
    if min(len(one), len(other)) < TELLING:
        return []
    runs = list(_runs(one, other))
    alike = sum(len(some) for same, some, _others in runs if same)
    return runs if 2 * alike > max(len(one), len(other)) else []


def _runs(one: list[str] | str, other: list[str] | str) -> Iterator[tuple[bool, list[str] | str, list[str] | str]]:
    if max(len(one), len(other)) > MOST:
        yield from _ends(one, other)
        return
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield tag == "equal", one[a:b], other[c:d]


def _ends(one: list[str] | str, other: list[str] | str) -> Iterator[tuple[bool, list[str] | str, list[str] | str]]:
    shortest = min(len(one), len(other))
    start = next((n for n in range(shortest) if one[n] != other[n]), shortest)
    rest = shortest - start
    end = next((n for n in range(rest) if one[-1 - n] != other[-1 - n]), rest)
    yield True, one[:start], other[:start]
    if max(len(one), len(other)) > start + end:
        yield False, one[start : len(one) - end], other[start : len(other) - end]
    yield True, one[len(one) - end :], other[len(other) - end :]


def _joined(pieces: list[Piece]) -> Pieces:
    """Neighbours of a kind as one; what is empty is left out."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.words:
            continue
        if found and found[-1].marked == piece.marked:
            found[-1] = Piece(found[-1].words + piece.words, piece.marked)
        else:
            found.append(piece)
    return tuple(found)
