"""What was probably meant, when a word is found nowhere: one letter too many, too few, wrong or swapped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from appli.domain.text import fold, matches, terms, words
from appli.store import engine
from appli.store.index_match import plan

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST, _COMPLETED = 3, 4
"""Letters of the shortest word corrected, and of the shortest beginning taken for a longer word."""

_BEST = """
SELECT ?1, term, doc FROM vocabulary WHERE term >= ?1 AND term < ?1 || ?2
ORDER BY term <> ?1, doc DESC LIMIT 1"""
_LABELS = "SELECT label FROM facet_values WHERE sort_key >= ?1 AND sort_key < ?1 || '{' LIMIT 20"
_DOCUMENTS = """
SELECT d.title, d.second_line, d.commune FROM found JOIN docs d ON d.rank = found.rowid
WHERE found MATCH ? LIMIT 20"""


def suggest(connection: engine.Connection, word: str) -> str | None:
    """The most usual word one typing error away, as it is written somewhere; None when there is none."""
    typed = fold(word)
    if len(typed) < _SHORTEST or " " in typed:
        return None
    variants = {variant: "{" if len(variant) >= _COMPLETED else "!" for variant in _one_error_away(typed)}
    found = [connection.execute(_BEST, variant).fetchone() for variant in variants.items()]
    candidates = [(row[0] == row[1], row[2], _alike(typed, row[1]), row[1]) for row in found if row]
    return _as_written(connection, max(candidates)[-1]) if candidates else None


def corrected(connection: engine.Connection, text: str) -> str | None:
    """The text with each word that is found nowhere replaced; None when nothing better is known."""
    better = list(words(text))
    for place, word in enumerate(better):
        if terms(word) and not _known(connection, word):
            meant = suggest(connection, word)
            if meant is None:
                return None
            better[place] = meant
    return " ".join(better) if better != list(words(text)) else None


def _known(connection: engine.Connection, word: str) -> bool:
    sql = "SELECT 1 FROM found WHERE found MATCH ? LIMIT 1"
    return engine.scalar(connection, sql, plan(word, [], trashed=False).whole) is not None


def _one_error_away(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _as_written(connection: engine.Connection, term: str) -> str:
    """The folded word with the accents it has in a facet's label or in some document."""
    labels = connection.execute(_LABELS, (term,)).fetchall()
    documents = connection.execute(_DOCUMENTS, (f'"{term}"',)).fetchall()
    for text in chain.from_iterable((*labels, *documents)):
        for start, end in matches(text, term):
            if fold(text[start:end]) == term:
                return str(text[start:end])
    return term
