"""The sheets of a packet: which are shown, which are left out, which one is looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.domain.ids import RecordId
from appli.i18n import _
from appli.presenters.packet_words import FILTERS, PacketRow, fate_of, row_of
from appli.services.exchanging.previewing import Fate, SheetChange

if TYPE_CHECKING:
    from appli.services.exchanging.previewing import Preview

ERASED = Fate.ERASED.value


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip over the list."""

    key: str
    word: str
    count: int


class PacketSheets:
    """State of the list; what is erased cannot be left out."""

    def __init__(self) -> None:
        self._sheets: list[SheetChange] = []
        self._fates: list[str] = []
        self._shown: list[int] = []
        self.filter = ""
        """Which chip is on; empty for all of them."""
        self.place = -1
        self.left_out: set[RecordId] = set()

    def take(self, preview: Preview | None) -> None:
        """The sheets of a packet, all of them taken; None: no packet any more."""
        self._sheets = preview.sheets if preview else []
        self._fates = [fate_of(s, preview) for s in self._sheets] if preview else []
        self.left_out = set()
        self.show("")

    @property
    def count(self) -> int:
        """How many sheets are shown."""
        return len(self._shown)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._sheets)

    @property
    def taken(self) -> int:
        """How many are ticked."""
        return self.total - len(self.left_out)

    @property
    def filters(self) -> list[Filter]:
        """The chips: only what there is."""
        counts = Counter(self._fates)
        some = [Filter(key, _(word), counts[key]) for key, word in FILTERS if counts[key]]
        return [Filter("", _("Tout"), self.total), *some]

    def row(self, place: int) -> PacketRow | None:
        """A row of the list."""
        if not 0 <= place < self.count:
            return None
        sheet, fate = self.sheet(place)
        return row_of(sheet, fate, taken=sheet.id not in self.left_out)

    def sheet(self, place: int) -> tuple[SheetChange, str]:
        """A sheet shown, and its fate."""
        at = self._shown[place]
        return self._sheets[at], self._fates[at]

    def is_current(self, record: RecordId) -> bool:
        """Whether it is the one looked at."""
        return self.place >= 0 and self.sheet(self.place)[0].id == record

    def show(self, key: str) -> None:
        """Only what becomes this."""
        self.filter = key
        self._shown = [n for n, fate in enumerate(self._fates) if key in ("", fate)]
        self.place = 0 if self._shown else -1

    def toggle(self, place: int) -> None:
        """Leave a sheet out, or take it again."""
        if 0 <= place < self.count:
            sheet, fate = self.sheet(place)
            if fate != ERASED:
                self.left_out ^= {sheet.id}

    @property
    def all_taken(self) -> bool | None:
        """Whether all rows shown are ticked; None for some of them."""
        out = sum(one in self.left_out for one in self._may_wait())
        return True if not out else False if out == len(self._may_wait()) else None

    def set_all(self, taken: bool) -> None:
        """Tick all rows shown, or none."""
        self.left_out = self.left_out - self._may_wait() if taken else self.left_out | self._may_wait()

    def counts(self) -> Counter[str]:
        """How many of those taken become what."""
        pairs = zip(self._sheets, self._fates, strict=True)
        return Counter(fate for sheet, fate in pairs if sheet.id not in self.left_out)

    def _may_wait(self) -> set[RecordId]:
        return {self._sheets[n].id for n in self._shown if self._fates[n] != ERASED}
