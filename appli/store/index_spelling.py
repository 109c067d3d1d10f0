"""What was probably meant, when a word is found nowhere: one letter too many, too few, wrong or swapped."""

from __future__ import annotations

from collections.abc import Iterator

from appli.domain.text import fold, matches, terms, words
from appli.store import engine
from appli.store.index_match import plan

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 4
_BEST = """
SELECT term, doc FROM vocabulary WHERE term >= ?1 AND term < ?1 || '{'
ORDER BY term <> ?1, doc DESC LIMIT 1"""


def suggest(connection: engine.Connection, word: str) -> str | None:
    """The most usual word one typing error away, as it is written somewhere; None when there is none."""
    typed = fold(word)
    if len(typed) < _SHORTEST or " " in typed:
        return None
    best: tuple[bool, int, str] | None = None
    for variant in sorted(set(_one_error_away(typed)) - {typed}):
        found = connection.execute(_BEST, (variant,)).fetchone()
        if found:
            candidate = (found[0] == variant, found[1], found[0])
            best = candidate if best is None else max(best, candidate)
    return _as_written(connection, best[2]) if best else None


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
    return engine.scalar(connection, sql, plan(word, None, None).whole) is not None


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


def _as_written(connection: engine.Connection, term: str) -> str:
    """The folded word with the accents it has in some document."""
    rows = connection.execute(
        "SELECT d.title, d.second_line, d.commune FROM found JOIN docs d ON d.rank = found.rowid"
        " WHERE found MATCH ? LIMIT 20",
        (f'"{term}"',),
    ).fetchall()
    for row in rows:
        for text in row:
            for start, end in matches(text, term):
                if fold(text[start:end]) == term:
                    return str(text[start:end])
    return term
