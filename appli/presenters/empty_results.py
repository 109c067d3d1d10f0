"""What the list says when it is empty: why, and the ways out, as buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from appli.i18n import _, _n, number
from appli.presenters.jobs import Stopped
from appli.presenters.search import Search
from appli.presenters.session import Session
from appli.presenters.shell import FORM, IMPORT, Request, Shell
from appli.store.index_model import Query, Relaxation

if TYPE_CHECKING:
    from appli.store.index import Index

MOST_WAYS = 2
ROOM_NAMES = 3
"""Chosen values named in a sentence before « ces filtres »."""


@dataclass(frozen=True)
class WayOut:
    """A button."""

    words: str
    take: Callable[[], None] = field(compare=False)
    primary: bool = False


@dataclass(frozen=True)
class Empty:
    """An empty list, in words."""

    icon: str
    title: str
    words: str = ""
    ways: tuple[WayOut, ...] = ()


class EmptyView(Protocol):
    """What draws an empty list."""

    def show_empty(self, empty: Empty | None) -> None:
        """Say it in the place of the list; None when there are rows."""


class EmptyResults:
    """Follows the list: asks the index what would be found without each condition, and what was probably meant."""

    def __init__(self, session: Session, search: Search, shell: Shell, label: Callable[[str, str], str]) -> None:
        self._session = session
        self._search = search
        self._shell = shell
        self._label = label
        self.view: EmptyView | None = None

    def show(self, *, empty: bool, all_records: int | None) -> None:
        """The list is empty, or it is not; `all_records` None while nobody has counted."""
        query = self._search.query
        if not empty:
            self._say(None)
        elif query == Query(order=query.order):
            self._say(self._nothing_yet() if all_records == 0 else None)
        elif query == Query(order=query.order, trashed=True):
            self._say(Empty("trash-2", _("La corbeille est vide."), ways=(self._leave_trash(),)))
        else:
            self._say(Empty("search", self._nothing_found(query)))
            self._session.read_index("issues", lambda index, stopped: _ways(index, query, stopped), self._found)

    # --- sentences ---

    def _nothing_yet(self) -> Empty:
        ways = []
        if self._shell.has_page(FORM):
            ways.append(WayOut(_("Créer une fiche"), lambda: self._shell.go(FORM, Request(kind="person")), True))
        if self._shell.has_page(IMPORT):
            ways.append(WayOut(_("Importer une liste…"), lambda: self._shell.go(IMPORT)))
        words = _("Créez une première fiche, ou importez une liste.")
        return Empty("book-user", _("Votre annuaire est vide."), words, tuple(ways))

    def _nothing_found(self, query: Query) -> str:
        text, where = query.text.strip(), self._where(query)
        if query.trashed:
            return _("Rien de tel à la corbeille.")
        if text and where:
            return _("Aucune fiche pour « {text} » avec {where}.").format(text=text, where=where)
        if text:
            return _("Aucune fiche pour « {text} ».").format(text=text)
        return _("Aucune fiche avec {where}.").format(where=where)

    def _where(self, query: Query) -> str:
        names = [self._label(group, value) for group, values in query.filters for value in sorted(values)]
        if len(names) == 1:
            return _("le filtre « {name} »").format(name=names[0])
        if names:
            shown = " ".join(_("« {name} »").format(name=n) for n in names[:ROOM_NAMES])
            if len(names) > ROOM_NAMES:
                shown += "…"
            return _("les filtres {names}").format(names=shown)
        if query.near is not None:
            return _("le cercle de {n} km").format(n=number(query.near[2]))
        return ""

    def _found(self, answer: tuple[Query, list[Relaxation], str | None]) -> None:
        query, relaxations, meant = answer
        if query != self._search.query:
            return
        best = sorted(relaxations, key=lambda r: (r.removed in ("text", "word"), -r.total))[:MOST_WAYS]
        sentences = [self._sentence(r) for r in best[:1]]
        ways = [self._way(r, primary=n == 0) for n, r in enumerate(best)]
        if meant and query.text.islower():
            meant = meant.lower()
        if meant and not query.trashed:
            sentences.insert(0, _("Vouliez-vous dire « {text} » ?").format(text=meant))
            words = _("Chercher « {text} »").format(text=meant)
            ways = [
                WayOut(words, lambda: self._search.set_text(meant), True),
                *(replace(w, primary=False) for w in ways),
            ]
        if query.trashed:
            ways.append(self._leave_trash())
        elif query.text.strip() and not best and not meant and self._shell.has_page(FORM):
            sentences.append(_("Vous pouvez noter ce besoin."))
            ways.append(WayOut(_("Noter ce besoin"), lambda: self._shell.go(FORM, Request(kind="need"))))
        self._say(Empty("search", self._nothing_found(query), " ".join(sentences), tuple(ways)))

    def _sentence(self, relaxation: Relaxation) -> str:
        without = {
            "text": _("Sans les mots cherchés, il y en a {n}."),
            "word": _("Sans le mot « {name} », il y en a {n}."),
            "near": _("Sans le cercle, il y en a {n}."),
            "bounds": _("Sans le cadre de la carte, il y en a {n}."),
            "audience": _("Sans ce niveau de partage, il y en a {n}."),
        }.get(relaxation.removed) or _n(
            "Sans le filtre « {name} », il y en a {n}.",
            "Sans les filtres « {name} », il y en a {n}.",
            len(relaxation.labels),
        )
        return without.format(name=", ".join(relaxation.labels), n=number(relaxation.total))

    def _way(self, relaxation: Relaxation, *, primary: bool) -> WayOut:
        removed, labels = relaxation.removed, relaxation.labels
        if removed == "word":
            others = " ".join(w for w in self._search.query.text.split() if w != labels[0])
            words = _("Enlever « {name} »").format(name=labels[0])
            return WayOut(words, lambda: self._search.set_text(others), primary)
        names = {
            "text": _("Enlever les mots"),
            "near": _("Enlever le cercle"),
            "bounds": _("Enlever le cadre"),
            "audience": _("Enlever ce filtre"),
        }
        words = names.get(removed) or _("Enlever « {name} »").format(name=", ".join(labels))
        return WayOut(words, lambda: self._search.drop(removed), primary)

    def _leave_trash(self) -> WayOut:
        return WayOut(_("Revenir à l’annuaire"), lambda: self._search.set_trashed(False))

    def _say(self, empty: Empty | None) -> None:
        if self.view is not None:
            self.view.show_empty(empty)


def _ways(index: Index, query: Query, stopped: Stopped) -> tuple[Query, list[Relaxation], str | None]:
    return query, index.relaxations(query, stopped), index.corrected(query.text) if query.text.strip() else None
