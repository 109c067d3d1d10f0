"""The filters beside the list: for each question the answers with their counts over the whole base."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.i18n import N_, _, _n, number
from appli.presenters.jobs import Stopped
from appli.presenters.kinds import DRAWN
from appli.presenters.search import Search
from appli.presenters.session import Session
from appli.store.index_model import FacetGroup, Query

if TYPE_CHECKING:
    from appli.store.index import Index

FOLDED = 6
"""So many answers before « 12 autres communes »."""
UNFOLDED = 200
"""More are found by typing their name."""
TRASH = "~trash"

_FIRST = ("kind", "commune", "skill")
_TITLES = {
    "kind": N_("Genre"),
    "commune": N_("Commune"),
    "skill": N_("Compétence"),
    "audience": N_("Partage"),
}
_OTHERS = {
    "kind": (N_("{n} autre genre"), N_("{n} autres genres")),
    "commune": (N_("{n} autre commune"), N_("{n} autres communes")),
    "skill": (N_("{n} autre compétence"), N_("{n} autres compétences")),
}


@dataclass(frozen=True)
class Option:
    """One answer, as `ui.widgets.facets.FacetOption` draws it."""

    key: str
    word: str
    count: int
    on: bool = False
    shape: str = ""


@dataclass(frozen=True)
class Group:
    """One question, as `ui.widgets.facets.FacetGroup` draws it."""

    key: str
    title: str
    options: tuple[Option, ...]
    more: str = ""


class FacetsView(Protocol):
    """What draws the filters."""

    def show_groups(self, groups: list[Group]) -> None:
        """Show these questions."""


class Facets:
    """Asks the counts aside after each search; remembers what is unfolded and what chosen values are called."""

    def __init__(self, session: Session, search: Search) -> None:
        self._session = session
        self._search = search
        self.view: FacetsView | None = None
        self._found: list[FacetGroup] = []
        self._in_trash = 0
        self._unfolded: set[str] = set()
        self._labels: dict[tuple[str, str], str] = {}
        self._leave = [search.changed.listen(self.ask), session.changed.listen(self._changed)]
        self._leave.append(session.opened.listen(lambda _none: self.ask(search.query)))

    def ask(self, query: Query) -> None:
        """Have the answers counted; those shown stay until then, with what is ticked."""
        self._show()

        def count(index: Index, stopped: Stopped) -> tuple[list[FacetGroup], int]:
            return index.facets(query, stopped), index.total(Query(trashed=True), stopped)

        self._session.read_index("filtres", count, self._counted)

    def toggle(self, group: str, value: str, on: bool) -> None:
        """Tick or untick an answer."""
        if group == TRASH:
            self._search.set_trashed(on)
        else:
            self._search.toggle(group, value, on)

    def unfold(self, group: str) -> None:
        """Show all answers of a question, or the most frequent again."""
        self._unfolded ^= {group}
        self._show()

    def clear(self) -> None:
        """Untick everything."""
        if self._search.query.trashed:
            self._search.set_trashed(False)
        self._search.clear_filters()

    def label(self, group: str, value: str) -> str:
        """How a chosen value is called."""
        return self._labels.get((group, value), value)

    def close(self) -> None:
        """Stop listening."""
        for leave in self._leave:
            leave()

    # --- parts ---

    def _changed(self, _changes: Changes) -> None:
        self.ask(self._search.query)

    def _counted(self, answer: tuple[list[FacetGroup], int]) -> None:
        self._found, self._in_trash = answer
        self._labels.update(((g.code, value), label) for g in self._found for value, label, _count in g.values)
        self._show()

    def _show(self) -> None:
        if self.view is not None:
            self.view.show_groups(self.groups())

    def groups(self) -> list[Group]:
        """The questions in order; the trash last, when something lies in it.

        The labels of fields are long to load: before the directory is open, only the first questions are there.
        """
        known = {g.code: g for g in self._found if g.code in _TITLES or self._session.is_open}
        for code, _values in self._search.query.filters:
            known.setdefault(code, FacetGroup(code, ()))
        order = sorted(known, key=lambda code: (_FIRST.index(code) if code in _FIRST else len(_FIRST), title_of(code)))
        shown = [self._group(known[code]) for code in order]
        if self._in_trash or self._search.query.trashed:
            option = Option("yes", _("Fiches à la corbeille"), self._in_trash, self._search.query.trashed)
            shown.append(Group(TRASH, _("Corbeille"), (option,)))
        return [g for g in shown if g.options]

    def _group(self, group: FacetGroup) -> Group:
        chosen = self._search.chosen(group.code)
        found = [Option(v, label, n, v in chosen, self._shape(group.code, v)) for v, label, n in group.values]
        missing = sorted(chosen - {o.key for o in found})
        found += [Option(v, self.label(group.code, v), 0, True, self._shape(group.code, v)) for v in missing]
        unfolded = group.code in self._unfolded
        kept = found[: UNFOLDED if unfolded else FOLDED]
        kept += [o for o in found[len(kept) :] if o.on]
        left = len(found) - len(kept)
        if unfolded:
            more = _("Réduire")
        elif left == 1:
            kept, more = found, ""  # a line that says « 1 autre » would take the room of the one
        else:
            more = _others(group.code, left) if left else ""
        return Group(group.code, title_of(group.code), tuple(kept), more)

    @staticmethod
    def _shape(group: str, value: str) -> str:
        return value if group == "kind" and value in DRAWN else ""


def _others(code: str, left: int) -> str:
    one, several = _OTHERS.get(code, (N_("{n} autre"), N_("{n} autres")))
    return _n(one, several, left).format(n=number(left))


@cache
def title_of(code: str) -> str:
    """What a group asks: the label of its field."""
    if code in _TITLES:
        return _(_TITLES[code])
    from appli.domain import catalogue

    for kind in catalogue.main_kinds():
        for field in kind.fields.values():
            # fields of one name may hold other lists in other kinds: the index groups by the list
            if field.codes is not None and field.codes.name == code:
                return field.label
        if code in kind.fields:
            return kind.fields[code].label
        if code in kind.collections:
            return _(kind.collections[code].label)
    return code
