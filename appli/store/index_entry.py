"""One document as the rows and words the index keeps of it."""

from __future__ import annotations

from functools import lru_cache

from appli.domain.text import fold, sort_key, words
from appli.domain.trades import families
from appli.store.index_area import vagueness
from appli.store.index_match import FAMILY, marks_of
from appli.store.index_model import IndexDoc

IN_NO_LIST = 2
"""What the column `trashed` says of a folded document: neither out of the trash (0) nor in it (1)."""

Words = tuple[str, str, str, str, str]
"""Title, skills, place, body, marks: the columns of `found`."""

INSERT_DOC = f"""
INSERT INTO docs (seq, id, rank, place, sort_key, kind, shape, code, title, second_line, commune, initials,
                  siblings, demo, trashed, audience, updated, lat, lon, vague)
VALUES ({", ".join("?" * 20)})"""

UPDATE_DOC = """
UPDATE docs SET id = ?2, rank = ?3, place = ?4, sort_key = ?5, kind = ?6, shape = ?7, code = ?8,
    title = ?9, second_line = ?10, commune = ?11, initials = ?12, siblings = ?13, demo = ?14,
    trashed = ?15, audience = ?16, updated = ?17, lat = ?18, lon = ?19, vague = ?20
WHERE seq = ?1"""


def doc_row(doc: IndexDoc, seq: int | None, rank: int | None = None, place: int | None = None) -> tuple[object, ...]:
    """What `INSERT_DOC` and `UPDATE_DOC` take."""
    state = IN_NO_LIST if doc.folded else int(doc.trashed)
    return (
        *(seq, doc.id, rank, place, sort_key(doc.title), doc.kind, doc.shape, doc.code, doc.title),
        *(doc.second_line, doc.commune, doc.initials, doc.siblings, doc.demo, state),
        *(doc.audience, doc.updated, doc.lat, doc.lon, vagueness(doc.precision)),
    )


def words_of(doc: IndexDoc, value_ids: list[int]) -> Words:
    """Its folded words, with the families of all but the place."""
    return (
        _words_and_families(doc.title),
        " ".join(map(_of_label, doc.skills)),
        fold(f"{doc.commune} {doc.place}"),
        _words_and_families(f"{doc.second_line} {doc.body}"),
        marks_of((doc.code, *doc.codes_within), value_ids, trashed=doc.trashed, folded=doc.folded),
    )


def _words_and_families(text: str) -> str:
    return " ".join(map(_of_piece, dict.fromkeys(text.split())))


@lru_cache(maxsize=50_000)
def _of_piece(piece: str) -> str:
    found = words(piece)
    return " ".join([*found, *(FAMILY + family for word in found for family in families(word))])


_of_label = lru_cache(maxsize=2_000)(_words_and_families)


def forget_words() -> None:
    """Give back the memory of a long filling."""
    _of_piece.cache_clear()
