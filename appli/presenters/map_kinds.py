"""The kinds over the map: how many of each are on it, and which ones are kept; the same choice as in the directory.

Its other filters hold here too: they are told, to be seen and given up one by one.
"""

from __future__ import annotations

from typing import Protocol

from appli.i18n import _
from appli.presenters.facets import Option, title_of
from appli.presenters.kinds import DRAWN
from appli.presenters.map_search import MapSearch
from appli.presenters.search import Search
from appli.presenters.session import Session
from appli.store.index_model import FacetGroup, Query

GROUP = "kind"


class MapKindsView(Protocol):
    """What draws the kinds."""

    def show_kinds(self, kinds: list[Option]) -> None:
        """The kinds on the map, the most frequent first; none ticked means that all are shown."""

    def show_filters(self, filters: list[Option]) -> None:
        """What else was chosen in the directory, each ticked."""


class MapKinds:
    """Counts the kinds aside after each search."""

    def __init__(self, session: Session, shared: Search, search: MapSearch) -> None:
        self._session = session
        self._shared = shared
        self.view: MapKindsView | None = None
        self._found: list[Option] = []
        self._labels: dict[tuple[str, str], str] = {}
        self._leave = search.shown.listen(self._ask)

    def toggle(self, kind: str, on: bool) -> None:
        """Keep one more kind, or one less."""
        self._shared.toggle(GROUP, kind, on)

    def show_all(self) -> None:
        """Keep every kind again."""
        self._shared.drop(GROUP)

    def drop(self, key: str) -> None:
        """Give up a filter of the directory."""
        group, _slash, value = key.partition("/")
        self._shared.toggle(group, value, False)

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    def _ask(self, query: Query) -> None:
        self._session.read_index("carte-genres", lambda index, stopped: index.facets(query, stopped), self._counted)

    def _counted(self, groups: list[FacetGroup]) -> None:
        chosen = self._shared.chosen(GROUP)
        found = next((g.values for g in groups if g.code == GROUP), ())
        labels = {o.key: o.word for o in self._found} | {value: label for value, label, _count in found}
        options = [Option(v, label, n, v in chosen, _shape(v)) for v, label, n in found]
        gone = sorted(chosen - {o.key for o in options})
        self._found = options + [Option(v, labels.get(v, v), 0, True, _shape(v)) for v in gone]
        if self.view is not None:
            self.view.show_kinds(self._found)
            self.view.show_filters(self._filters(groups))

    def _filters(self, groups: list[FacetGroup]) -> list[Option]:
        self._labels.update(((g.code, value), label) for g in groups for value, label, _count in g.values)
        chosen = [(g, v) for g, values in self._shared.query.filters if g != GROUP for v in sorted(values)]
        return [Option(f"{g}/{v}", self._named(g, v), 0, True) for g, v in chosen]

    def _named(self, group: str, value: str) -> str:
        label = self._labels.get((group, value), value)
        return _("{question}\u00a0: {answer}").format(question=title_of(group), answer=label)


def _shape(kind: str) -> str:
    return kind if kind in DRAWN else ""
