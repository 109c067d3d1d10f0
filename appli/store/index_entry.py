"""One document as the rows and words the index keeps of it."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from appli.domain.text import fold, sort_key, words
from appli.domain.trades import families
from appli.store.index_facets import AUDIENCE, LIVE, NOWHERE, POSITION, STATE, TRASH
from appli.store.index_match import FAMILY, code_marks, facet_mark
from appli.store.index_model import Facet, IndexDoc

Words = tuple[str, str, str, str, str]
"""Title, skills, place, body, marks: the columns of `found`."""

INSERT_DOC = f"""
INSERT INTO docs (seq, id, rank, pos, sort_key, kind, shape, code, title, second_line, commune, initials,
                  siblings, demo, trashed, audience, updated, lat, lon)
VALUES ({", ".join("?" * 19)})"""

UPDATE_DOC = """
UPDATE docs SET id = ?2, rank = ?3, pos = ?4, sort_key = ?5, kind = ?6, shape = ?7, code = ?8,
    title = ?9, second_line = ?10, commune = ?11, initials = ?12, siblings = ?13, demo = ?14,
    trashed = ?15, audience = ?16, updated = ?17, lat = ?18, lon = ?19
WHERE seq = ?1"""


def doc_row(doc: IndexDoc, seq: int | None, rank: int | None = None, pos: int | None = None) -> tuple[object, ...]:
    """What `INSERT_DOC` and `UPDATE_DOC` take."""
    return (
        *(seq, doc.id, rank, pos, sort_key(doc.title), doc.kind, doc.shape, doc.code, doc.title),
        *(doc.second_line, doc.commune, doc.initials, doc.siblings, doc.demo, doc.trashed),
        *(doc.audience, doc.updated, doc.lat, doc.lon),
    )


def facets_of(doc: IndexDoc) -> list[Facet]:
    """Its facets, and those no screen shows."""
    found = [
        *doc.facets,
        (STATE, TRASH if doc.trashed else LIVE, ""),
        (AUDIENCE, str(doc.audience), ""),
    ]
    if doc.lat is None or doc.lon is None:
        found.append((POSITION, NOWHERE, ""))
    return found


def words_of(doc: IndexDoc, value_ids: list[int]) -> Words:
    """Its folded words, with the families of all but the place."""
    return (
        _words_and_families(doc.title),
        _words_and_families(" ".join(doc.skills)),
        fold(f"{doc.commune} {doc.place}"),
        _words_and_families(f"{doc.second_line} {doc.body}"),
        " ".join([code_marks(doc.code), *map(facet_mark, value_ids)]),
    )


def _words_and_families(text: str) -> str:
    return " ".join(dict.fromkeys(chain.from_iterable(map(_of_piece, text.split()))))


@lru_cache(maxsize=50_000)
def _of_piece(piece: str) -> tuple[str, ...]:
    found = words(piece)
    return (*found, *(FAMILY + family for word in found for family in families(word)))


def forget_words() -> None:
    """Give back the memory of a long filling."""
    _of_piece.cache_clear()
