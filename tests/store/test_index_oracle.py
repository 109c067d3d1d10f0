"""The index answers as a reading of every document would, whatever was put in, changed and taken out."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from appli.store import engine, index_change
from appli.store.index import Index, IndexDoc, Query
from appli.store.index_area import vagueness
from tests.builders_index import index_doc, index_docs
from tests.store.index_oracle import Oracle

WORDS = "élan elan Menuisier menuiserie Saint-Jean st Forge 2 10 œuf Mende men l’atelier".split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
KINDS = ("person", "place")
FACETS = st.lists(st.sampled_from([("skill", w, w) for w in "abc"] + [("commune", "48095", "Mende")]), max_size=3)


@st.composite
def documents(draw: st.DrawFn) -> IndexDoc:
    located = draw(st.booleans())
    return index_doc(
        draw(TEXTS),
        key=draw(st.integers(1, 12)),
        kind=draw(st.sampled_from(KINDS)),
        skills=tuple(draw(TEXTS).split()),
        place=draw(TEXTS),
        body=draw(TEXTS),
        facets=(("kind", draw(st.sampled_from(KINDS)), "x"), *dict.fromkeys(draw(FACETS))),
        trashed=draw(st.integers(0, 5)) == 0,
        audience=draw(st.sampled_from((0, 20, 30))),
        lat=draw(st.floats(44, 45)) if located else None,
        lon=draw(st.floats(3, 4)) if located else None,
        precision=draw(st.sampled_from(("exact", "commune", "doubtful"))) if located else None,
    )


@st.composite
def queries(draw: st.DrawFn) -> Query:
    filters = {}
    for group, values in (("kind", KINDS), ("skill", tuple("abcd")), ("commune", ("48095",))):
        if draw(st.integers(0, 3)) == 0:
            filters[group] = frozenset(draw(st.lists(st.sampled_from(values), min_size=1, max_size=2)))
    return Query(
        text=draw(TEXTS)[: draw(st.integers(0, 20))],
        filters=tuple(filters.items()),
        trashed=draw(st.integers(0, 5)) == 0,
        min_audience=draw(st.sampled_from((None, None, 20, 30))),
        bounds=draw(st.sampled_from((None, None, (44.2, 3.2, 44.8, 3.8)))),
    )


class IndexMachine(RuleBasedStateMachine):
    """Fills, changes and asks; ranks are given anew often, so that every way of ordering is met."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.index = Index(self.folder / "index.db")
        self.other = Index(self.folder / "index.db")
        self.oracle = Oracle()
        self.stamp = 0

    @initialize(tail=st.integers(0, 8), few=st.integers(0, 200))
    def limits(self, tail: int, few: int) -> None:
        self.patched = patch.multiple(index_change, TAIL=tail, FEW=few)
        self.patched.start()

    @rule(docs=st.lists(documents(), max_size=8))
    def rebuild(self, docs: list[IndexDoc]) -> None:
        self.oracle = Oracle(docs)
        self.stamp += 1
        self.index.rebuild(list(self.oracle.docs.values()), self.stamp)

    @rule(docs=st.lists(documents(), max_size=4), removed=st.lists(st.integers(1, 12), max_size=3))
    def update(self, docs: list[IndexDoc], removed: list[int]) -> None:
        gone = [index_doc("", key=key).id for key in removed]
        for record_id in gone:
            self.oracle.docs.pop(record_id, None)
        self.oracle.docs.update({doc.id: doc for doc in docs})
        self.stamp += 1
        self.index.update(docs, gone, self.stamp)

    @rule(query=queries(), limit=st.integers(1, 12))
    def ask(self, query: Query, limit: int) -> None:
        for index in (self.index, self.other):
            expected = self.oracle.ids(query)
            assert index.ids(query) == expected
            assert [row.id for row in index.first_page(query, limit)] == expected[:limit]
            assert index.total(query) == len(expected)
            assert index.facets(query) == self.oracle.facets(query)
            docs = [self.oracle.docs[record_id] for record_id in expected]
            placed = [doc for doc in docs if doc.lat is not None]
            located = [(doc.lat, doc.lon, doc.id, doc.shape, vagueness(doc.precision)) for doc in placed]
            assert sorted(index.points(query)) == sorted(located)
            assert index.without_position(query) == [doc.id for doc in docs if doc.lat is None]
            assert index.doubtful(query) == [doc.id for doc in docs if doc.precision == "doubtful"]
            assert [row.title for row in index.rows(expected)] == [doc.title for doc in docs]

    @invariant()
    def mirrors_its_base(self) -> None:
        assert self.other.stamp() == (self.stamp or None)

    def teardown(self) -> None:
        self.index.close()
        self.other.close()
        connection = engine.connect(self.folder / "index.db")
        connection.execute("INSERT INTO found (found) VALUES ('integrity-check')")
        assert engine.scalar(connection, "PRAGMA integrity_check") == "ok"
        connection.close()
        self.patched.stop()
        shutil.rmtree(self.folder)


TestIndex = IndexMachine.TestCase
TestIndex.settings = settings(
    max_examples=settings().max_examples // 4,
    stateful_step_count=15,
    phases=(Phase.explicit, Phase.generate),  # shrinking a history takes longer than reading it
)


def test_a_larger_directory_changed_many_times(tmp_path: Path) -> None:
    docs = list(index_docs(260))
    oracle = Oracle(docs[:200])
    with Index(tmp_path / "index.db") as index:
        index.rebuild(docs[:200], 1)
        for start in range(200, 260, 20):
            renamed = [replace(doc, title=f"Nouveau {doc.title}") for doc in docs[start - 150 : start - 140]]
            changed = [*docs[start : start + 20], *renamed]
            gone = [doc.id for doc in docs[start - 190 : start - 185]]
            index.update(changed, gone, start)
            for record_id in gone:
                del oracle.docs[record_id]
            oracle.docs.update({doc.id: doc for doc in changed})
            for text in ("", "m", "menuiserie", "bois local", "e"):
                assert index.ids(Query(text)) == oracle.ids(Query(text))
            assert index.facets(Query("bois")) == oracle.facets(Query("bois"))
