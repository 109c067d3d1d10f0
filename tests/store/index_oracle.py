"""What the index must answer, worked out the slow way: every document read, one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from appli.domain.ids import RecordId
from appli.domain.text import Term, fold, sort_key, terms, words
from appli.domain.trades import families
from appli.store.index import FacetGroup, IndexDoc, Query


class Oracle:
    """A directory held in a dictionary."""

    def __init__(self, docs: Iterable[IndexDoc] = ()) -> None:
        self.docs = {doc.id: doc for doc in docs}

    def ids(self, query: Query) -> list[RecordId]:
        found = [(order, doc.id) for doc in self.docs.values() if (order := _place(doc, query)) is not None]
        return [record_id for _order, record_id in sorted(found)]

    def total(self, query: Query) -> int:
        return len(self.ids(query))

    def facets(self, query: Query) -> list[FacetGroup]:
        labels = {(g, v): label for doc in self.docs.values() for g, v, label in doc.facets}
        groups = []
        for group in sorted({group for group, _value in labels}):
            others = tuple(choice for choice in query.filters if choice[0] != group)
            found = self.ids(replace(query, filters=others))
            counts = Counter(v for i in found for g, v, _l in set(self.docs[i].facets) if g == group)
            values = [(value, labels[group, value], count) for value, count in counts.items()]
            if values:
                values.sort(key=lambda entry: (-entry[2], sort_key(entry[1]), entry[0]))
                groups.append(FacetGroup(group, tuple(values)))
        return groups


def _place(doc: IndexDoc, query: Query) -> tuple[int, bool, str, RecordId] | None:
    """Where a document stands in the result; None when it is not in it."""
    if doc.trashed != query.trashed or not _chosen(doc, query):
        return None
    columns = [
        (words(doc.title), True),
        (words(" ".join(doc.skills)), True),
        (words(f"{doc.commune} {doc.place}"), False),
        (words(f"{doc.second_line} {doc.body}"), True),
    ]
    wanted = terms(query.text)
    for tier in range(len(columns) if wanted else 1):
        if all(any(_finds(term, *column) for column in columns[: tier + 1]) for term in wanted):
            begins = tier == 0 and sort_key(doc.title).startswith(sort_key(fold(query.text)))
            return tier, not begins, sort_key(doc.title), doc.id
    return None


def _chosen(doc: IndexDoc, query: Query) -> bool:
    has = {(group, value) for group, value, _label in doc.facets}
    if query.min_audience is not None and doc.audience < query.min_audience:
        return False
    if query.bounds is not None:
        south, west, north, east = query.bounds
        if doc.lat is None or doc.lon is None or not (south <= doc.lat <= north and west <= doc.lon <= east):
            return False
    return all(any((group, value) in has for value in values) for group, values in query.filters)


def _finds(term: Term, column: tuple[str, ...], trades: bool) -> bool:
    related = {family for word in column for family in families(word)} if trades else set()
    return any(word.startswith(term.starts) or word in term.exact for word in column) or not related.isdisjoint(
        term.families
    )
