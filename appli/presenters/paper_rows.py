"""The rows of « Dépouillement »: a paper with whose it is, who carries it, and since when it is out, lost or back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.domain.ids import RecordId, parse_code
from appli.domain.text import fold, sort_key
from appli.i18n import N_, _, _n, number
from appli.presenters.kinds import drawn_shape

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.sheets_out import SheetOut, State


STATES = ("out", "lost", "returned")


@dataclass(frozen=True)
class OutRow:
    """A paper in the list: `ui.widgets.record_list.RecordRow`."""

    id: RecordId
    shape: str
    code: str
    title: str
    second_line: str
    commune: str
    initials: str
    state: State | None = None
    """None when none was handed out."""
    siblings: int = 0
    demo: bool = False
    trashed: bool = False
    title_matches: tuple[tuple[int, int], ...] = ()
    second_matches: tuple[tuple[int, int], ...] = ()

    @property
    def body(self) -> str:
        """The six characters of its code."""
        return self.code[2:8]

    @property
    def spoken(self) -> str:
        """The whole row in words, once."""
        return ", ".join(word for word in (self.title, self.code, self.commune, self.second_line) if word)


class PaperList:
    """The papers known of, and those that the list shows: of one state, narrowed by what is typed."""

    def __init__(self) -> None:
        self.words = ""
        self.state = "out"
        self.rows: list[OutRow] = []
        self._all: list[OutRow] = []
        self._offered: frozenset[RecordId] = frozenset()

    @property
    def count(self) -> int:
        """How many it shows."""
        return len(self.rows)

    def row(self, place: int) -> OutRow | None:
        """One of them."""
        return self.rows[place] if 0 <= place < self.count else None

    @property
    def is_empty(self) -> bool:
        """Whether no paper was ever handed out."""
        return not self._all

    def figures(self) -> dict[str, int]:
        """How many are out, lost, back."""
        return {state: sum(row.state == state for row in self._all) for state in STATES}

    def figure_words(self) -> str:
        """« 28 dehors · 1 rendue · 1 perdue »."""
        figures = self.figures()
        told = (
            _("{n} dehors").format(n=number(figures["out"])),
            _n("{n} rendue", "{n} rendues", figures["returned"]).format(n=number(figures["returned"])),
            _n("{n} perdue", "{n} perdues", figures["lost"]).format(n=number(figures["lost"])),
        )
        return " · ".join(told)

    def put(self, rows: Sequence[OutRow]) -> None:
        """They were read anew."""
        self._all = list(rows)
        self._narrow()

    def offer(self, rows: Sequence[OutRow]) -> None:
        """Show these alone, printed or not: one of them is meant."""
        known = {row.id for row in self._all}
        self._all += [row for row in rows if row.id not in known]
        self._offered = frozenset(row.id for row in rows)
        self._narrow()

    def narrow(self, words: str | None = None, *, state: str | None = None) -> None:
        """By a code, a name, a commune, who carries; a whole code finds papers of any state."""
        self.words = self.words if words is None else words
        self.state = self.state if state is None else state
        self._offered = frozenset()
        self._narrow()

    def _narrow(self) -> None:
        body, words = parse_code(self.words), fold(self.words).split()
        if self._offered:
            self.rows = [row for row in self._all if row.id in self._offered]
        elif body is not None and any(row.body == body for row in self._all):
            self.rows = [row for row in self._all if row.body == body]
        else:
            shown = (row for row in self._all if row.state == self.state)
            self.rows = [row for row in shown if all(word in fold(row.spoken) for word in words)]


def out_rows(directory: Directory) -> list[OutRow]:
    """Every paper known of, by commune and name."""
    from appli.services.sheets_out import sheets_out

    found = _named(directory, list(sheets_out(directory)))
    return sorted(found, key=lambda row: (sort_key(row.commune), sort_key(row.title)))


def candidates(directory: Directory, word: str) -> list[OutRow]:
    """The sheets that bear a code, printed or not."""
    body = parse_code(word)
    return _named(directory, [row.id for row in directory.index.find_code(body)] if body else [])


def out_words(one: SheetOut | None, carrier: str) -> list[str]:
    """Who carries a paper, and since when it is out, lost or back."""
    from appli.services.wording import date_text

    if one is None:
        return [_("aucune feuille imprimée")]
    state = _(_LINES[one.state]).format(day=date_text(one.since or one.on))
    return [_("portée par {name}").format(name=carrier), state] if carrier else [state]


def _named(directory: Directory, ids: Sequence[RecordId]) -> list[OutRow]:
    from appli.domain import shapes
    from appli.services.finding import code_of
    from appli.services.indexing import initials
    from appli.services.sheets_out import carrier_name, sheets_out

    out = sheets_out(directory)
    found = []
    for entry in directory.reads.entries(ids):
        one = out.get(entry.id)
        told = out_words(one, carrier_name(directory, one) if one else "")
        found.append(
            OutRow(
                entry.id,
                drawn_shape(shapes.shape_of(entry.kind, entry.values)),
                code_of(entry),
                entry.title or _("(sans nom)"),
                " · ".join(told),
                str((entry.values.get("commune") or {}).get("name") or ""),
                initials(entry.values.get("name")) if entry.kind.code == "person" else "",
                one.state if one else None,
            )
        )
    return found


_LINES = {
    "out": N_("imprimée le {day}"),
    "lost": N_("perdue le {day}"),
    "returned": N_("rendue le {day}"),
}
