"""The kinds over the map: how many of each are on it, and which ones are kept; the same choice as in the directory."""

from __future__ import annotations

from typing import Protocol

from appli.presenters.facets import Option
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


class MapKinds:
    """Counts the kinds aside after each search."""

    def __init__(self, session: Session, shared: Search, search: MapSearch) -> None:
        self._session = session
        self._shared = shared
        self.view: MapKindsView | None = None
        self._found: list[Option] = []
        self._leave = search.shown.listen(self._ask)

    def toggle(self, kind: str, on: bool) -> None:
        """Keep one more kind, or one less."""
        self._shared.toggle(GROUP, kind, on)

    def show_all(self) -> None:
        """Keep every kind again."""
        self._shared.drop(GROUP)

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


def _shape(kind: str) -> str:
    return kind if kind in DRAWN else ""
