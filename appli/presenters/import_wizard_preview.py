"""Third step of the import: what each row would do, which rows are left out, one row in full beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from appli.domain import catalogue, shapes
from appli.domain.ids import RecordId
from appli.domain.text import fold
from appli.i18n import _, _n, number
from appli.presenters.import_wizard_states import ColumnState
from appli.presenters.kinds import drawn_shape
from appli.services.importing.describing import RowInWords
from appli.services.importing.planning import ImportPlan, PlanRow

Tab = Literal["all", "created", "changed", "unchanged", "refused"]
TABS: tuple[Tab, ...] = ("all", "created", "changed", "unchanged", "refused")


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as the table shows it."""

    line: int
    title: str
    shape: str
    initials: str
    commune: str
    state: ColumnState
    words: str
    """What changes, or what was odd."""
    ticked: bool | None
    """None: it changes nothing, there is nothing to leave out."""

    @property
    def spoken(self) -> str:
        """The whole row in words, once."""
        taken = {True: _("retenue"), False: _("laissée de côté"), None: ""}[self.ticked]
        return ", ".join(p for p in (self.title, self.state.words, self.commune, self.words, taken) if p)


def search_words(plan: ImportPlan) -> list[str]:
    """What the filter looks in, row by row; made aside, with the plan."""
    return [fold(" ".join((r.title, r.commune, *(m.reason for m in r.remarks)))) for r in plan.rows]


class PreviewStep:
    """The plan under the person's eyes. `changed` is called when what is shown changes, `asked` for a row in words."""

    def __init__(self, changed: Callable[[], None], asked: Callable[[ImportPlan, PlanRow], None]) -> None:
        self._changed = changed
        self._asked = asked
        self.plan: ImportPlan | None = None
        self.left_out: set[int] = set()
        """Lines not imported."""
        self.tab: Tab = "all"
        self.text = ""
        self.current: PlanRow | None = None
        self.detail: RowInWords | None = None
        self._words: Sequence[str] = ()
        self._shown: list[int] = []

    def take(self, plan: ImportPlan, words: Sequence[str]) -> None:
        """A plan; what was left out of the one before stays so."""
        self.plan, self._words = plan, words
        self.left_out &= {r.line for r in plan.rows if _changes_something(r)}
        if self.tab != "all" and not plan.counts.get(self.tab, 0):
            self.tab = "all"
        self._find()
        self.go_to(0)

    def clear(self) -> None:
        """No plan any more."""
        self.plan, self.current, self.detail = None, None, None
        self.left_out, self.tab, self.text, self._shown, self._words = set(), "all", "", [], ()

    # --- which rows ---

    def tabs(self) -> list[tuple[Tab, str, int]]:
        """(tab, word, count); those that hold nothing are not shown, but the first."""
        words = {
            "all": _("Tout"),
            "created": _("Créées"),
            "changed": _("Modifiées"),
            "unchanged": _("Identiques"),
            "refused": _("Écartées"),
        }
        found: list[tuple[Tab, str, int]] = [("all", words["all"], len(self.plan.rows) if self.plan else 0)]
        for tab in TABS[1:]:
            count = self.plan.counts.get(tab, 0) if self.plan and tab != "all" else 0
            if count:
                found.append((tab, words[tab], count))
        return found

    def set_tab(self, tab: Tab) -> None:
        """Other rows."""
        self.tab = tab
        self._look_again()

    def set_text(self, text: str) -> None:
        """Only the rows that hold these words."""
        self.text = text
        self._look_again()

    @property
    def count(self) -> int:
        """How many rows are shown."""
        return len(self._shown)

    def row(self, place: int) -> PreviewRow | None:
        """One of them."""
        found = self._row(place)
        return self._drawn(found) if found is not None else None

    def found_words(self) -> str:
        """« 12 lignes »: how many the filter left."""
        return _n("{n} ligne", "{n} lignes", self.count).format(n=number(self.count))

    # --- which are left out ---

    def toggle(self, places: Iterable[int]) -> None:
        """Leave rows out, or take them again: all become what the first one was not."""
        rows = [r for p in places if (r := self._row(p)) is not None and _changes_something(r)]
        if not rows:
            return
        lines = {r.line for r in rows}
        if rows[0].line in self.left_out:
            self.left_out -= lines
        else:
            self.left_out |= lines
        self._changed()

    def set_all(self, taken: bool) -> None:
        """Take all the rows shown, or leave them all out."""
        lines = {r.line for p in range(self.count) if (r := self._row(p)) is not None and _changes_something(r)}
        self.left_out = self.left_out - lines if taken else self.left_out | lines
        self._changed()

    def all_taken(self) -> bool | None:
        """Whether all the rows shown are taken; None: some are."""
        rows = [r for p in range(self.count) if (r := self._row(p)) is not None and _changes_something(r)]
        out = sum(r.line in self.left_out for r in rows)
        return True if not out else False if out == len(rows) else None

    @property
    def to_import(self) -> int:
        """How many sheets would be made or changed."""
        if self.plan is None:
            return 0
        return self.plan.counts.get("created", 0) + self.plan.counts.get("changed", 0) - len(self.left_out)

    # --- one row ---

    @property
    def place(self) -> int:
        """Where the current row stands among those shown; -1 when it is not."""
        return self._place_of(self.current.line) if self.current is not None else -1

    def go_to(self, place: int) -> None:
        """Show a row in full; its words come in a moment."""
        self.current, self.detail = self._row(place), None
        if self.current is not None and self.plan is not None:
            self._asked(self.plan, self.current)

    def show(self, detail: RowInWords) -> None:
        """The words of the current row are known."""
        if self.current is not None and detail.line == self.current.line:
            self.detail = detail

    def is_left_out(self) -> bool:
        """Whether the current row is."""
        return self.current is not None and self.current.line in self.left_out

    def can_leave_out(self) -> bool:
        """Whether leaving the current row out makes a difference."""
        return self.current is not None and _changes_something(self.current)

    def toggle_current(self) -> None:
        """Leave the current row out, or take it again."""
        if self.current is not None and _changes_something(self.current):
            self.left_out ^= {self.current.line}
            self._changed()

    def detail_words(self) -> str:
        """« Ligne 1 204 · 2 champs changent »."""
        if self.current is None or self.detail is None:
            return ""
        said = [_("Ligne {n}").format(n=number(self.current.line)), state_of_row(self.current).words]
        if self.current.status == "changed":
            count = len(self.detail.fields)
            said[1] = _n("{n} champ change", "{n} champs changent", count).format(n=number(count))
        if self.is_left_out():
            said.append(_("laissée de côté"))
        return " · ".join(said)

    def leave_words(self) -> str:
        """The button that leaves the current row out, or takes it again."""
        if self.is_left_out():
            return _("Importer cette ligne")
        changed = self.current is not None and self.current.status == "changed"
        return _("Garder l’ancienne fiche") if changed else _("Ne pas importer")

    def open_words(self) -> str:
        """The button that shows the sheet that is here; empty when there is none."""
        if self.detail is not None and self.detail.record is not None:
            return _("Ouvrir")
        return _("Ouvrir la fiche du même nom") if self.record_to_open() else ""

    def record_to_open(self) -> RecordId | None:
        """The sheet that the current row changes, else the namesake it may be."""
        if self.detail is None:
            return None
        return self.detail.record or next((r.record for r in self.detail.remarks if r.record), None)

    def line_words(self) -> str:
        """The button that goes to the line of the same name; empty when there is none."""
        line = self._other_line()
        return _("Voir la ligne {n}").format(n=number(line)) if line else ""

    def show_line(self) -> int:
        """Show all rows, and answer the place of the line of the same name."""
        line = self._other_line()
        self.tab, self.text = "all", ""
        self._look_again()
        return self._place_of(line)

    # --- parts ---

    def _other_line(self) -> int | None:
        return next((r.line for r in self.detail.remarks if r.line), None) if self.detail else None

    def _row(self, place: int) -> PlanRow | None:
        return self.plan.rows[self._shown[place]] if self.plan and 0 <= place < len(self._shown) else None

    def _look_again(self) -> None:
        """Other rows are shown: the current one stays if it is among them."""
        self._find()
        if self.place < 0:
            self.go_to(0)
        self._changed()

    def _place_of(self, line: int | None) -> int:
        shown = (p for p in range(self.count) if (r := self._row(p)) is not None and r.line == line)
        return next(shown, -1)

    def _find(self) -> None:
        rows = self.plan.rows if self.plan else []
        wanted = fold(self.text).split()
        self._shown = [
            n
            for n, row in enumerate(rows)
            if self.tab in ("all", row.status) and all(word in self._words[n] for word in wanted)
        ]

    def _drawn(self, row: PlanRow) -> PreviewRow:
        kind = catalogue.kind(self.plan.mapping.kind) if self.plan else catalogue.kind("person")
        return PreviewRow(
            line=row.line,
            title=row.title or _("Ligne {n}").format(n=number(row.line)),
            shape=drawn_shape(shapes.shape_of(kind, row.draft.values)),
            initials="",
            commune=row.commune or "–",
            state=state_of_row(row),
            words=_what(row),
            ticked=row.line not in self.left_out if _changes_something(row) else None,
        )


def state_of_row(row: PlanRow) -> ColumnState:
    """What arrives to a row, in a word."""
    if row.status == "created":
        return ColumnState("created", _("créée"), "success", "plus")
    if row.status == "changed":
        return ColumnState("changed", _("modifiée"), "info", "pencil")
    if row.status == "refused":
        return ColumnState("refused", _("écartée"), "danger", "x")
    if any(r.code == "twin" for r in row.remarks):
        return ColumnState("joined", _("réunie"), "neutral", "copy")
    return ColumnState("unchanged", _("identique"), "neutral", "check")


def _changes_something(row: PlanRow) -> bool:
    return row.status in ("created", "changed")


def _what(row: PlanRow) -> str:
    """The last column: what is odd first, else what changes."""
    odd = next((r.reason for r in row.remarks), "")
    if odd:
        return odd
    if row.status == "changed":
        return ", ".join(dict.fromkeys(c.label for c in row.changes)).capitalize()
    if row.status == "created":
        count = len(row.draft.said)
        return _n("{n} champ", "{n} champs", count).format(n=number(count))
    return ""
