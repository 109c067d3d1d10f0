"""One row of a list, as it is drawn and as it is read out. Loaded before the first paint: nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from appli.domain.ids import RecordId
from appli.domain.text import matches
from appli.i18n import _, number
from appli.presenters.kinds import drawn_shape, word_of
from appli.store.index_model import Row


@dataclass(frozen=True)
class ListedRow:
    """A row as it is drawn: `ui.widgets.record_list.RecordRow`."""

    row: Row
    text: str
    """The words looked for, underlined where they are found."""

    @property
    def id(self) -> RecordId:
        return self.row.id

    @property
    def shape(self) -> str:
        return drawn_shape(self.row.shape)

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def title(self) -> str:
        return self.row.title or _("(sans nom)")

    @property
    def second_line(self) -> str:
        return self.row.second_line

    @property
    def commune(self) -> str:
        return self.row.commune

    @property
    def initials(self) -> str:
        return self.row.initials

    @property
    def siblings(self) -> int:
        """How many values wait to be settled: at least two for each field that has several."""
        return 2 * self.row.siblings

    @property
    def demo(self) -> bool:
        return self.row.demo

    @property
    def trashed(self) -> bool:
        return self.row.trashed

    @cached_property
    def title_matches(self) -> list[tuple[int, int]]:
        return matches(self.title, self.text)

    @cached_property
    def second_matches(self) -> list[tuple[int, int]]:
        return matches(self.second_line, self.text)

    @property
    def spoken(self) -> str:
        """The whole row in words, once."""
        row = self.row
        parts = [self.title, word_of(row.kind, row.shape), row.second_line, row.commune]
        if self.siblings:
            parts.append(_("{n} valeurs à trancher").format(n=number(self.siblings)))
        if row.trashed:
            parts.append(_("à la corbeille"))
        if row.distance_km is not None:
            parts.append(_("à {n} km").format(n=number(row.distance_km, 1)))
        return ", ".join(p for p in parts if p)
