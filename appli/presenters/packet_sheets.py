"""The sheets of a packet: which are shown, which are left out, which one is looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.domain.ids import RecordId
from appli.i18n import _
from appli.presenters.packet_words import FILTERS, TWIN, PacketRow, fate_of, row_of
from appli.services.exchanging.previewing import Fate, SheetChange

if TYPE_CHECKING:
    from appli.services.exchanging.previewing import Preview
    from appli.services.exchanging.resembling import Twin

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
        self._preview: Preview | None = None
        self._sheets: list[SheetChange] = []
        self._fates: list[str] = []
        self._shown: list[int] = []
        self.filter = ""
        """Which chip is on; empty for all of them."""
        self.kind = ""
        """Of which kind alone, by its code; empty for all of them."""
        self.place = -1
        self.left_out: set[RecordId] = set()
        self.twins: dict[RecordId, Twin] = {}
        self._said: dict[RecordId, bool] = {}

    def take(self, preview: Preview | None) -> None:
        """The sheets of a packet, all of them taken; None: no packet any more."""
        self._preview = preview
        self._sheets = preview.sheets if preview else []
        self._fates = [fate_of(s, preview) for s in self._sheets] if preview else []
        self.left_out = set()
        self.twins, self._said = {}, {}
        self.kind = ""
        self.show("")

    def is_of(self, preview: Preview) -> bool:
        """Whether these are the sheets of that packet still."""
        return self._preview is preview

    def set_twins(self, found: dict[RecordId, Twin]) -> None:
        """Some of the new ones look like sheets that are here; where one is in the list stays."""
        self.twins = found
        for n, sheet in enumerate(self._sheets):
            if sheet.id in found and self._fates[n] == Fate.NEW.value:
                self._fates[n] = TWIN
        at = self._shown[self.place] if self.place >= 0 else -1
        self.show(self.filter)
        self.place = self._shown.index(at) if at in self._shown else self.place

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
        """The chips: only what there is of the kind shown."""
        counts = self._counts()
        some = [Filter(key, _(word), counts[key]) for key, word in FILTERS if counts[key]]
        return [Filter("", _("Tout"), counts.total()), *some]

    @property
    def kinds(self) -> list[Filter]:
        """The kinds that come in the packet, most of them first; empty when there is but one."""
        from appli.domain import catalogue

        counts = Counter(sheet.kind for sheet in self._sheets)
        if len(counts) < 2:
            return []
        some = [Filter(code, catalogue.kind(code).plural, count) for code, count in counts.most_common()]
        return [Filter("", _("Tous les genres"), self.total), *some]

    def row(self, place: int) -> PacketRow | None:
        """A row of the list."""
        if not 0 <= place < self.count:
            return None
        sheet, fate = self.sheet(place)
        return row_of(sheet, fate, self.twins.get(sheet.id), taken=sheet.id not in self.left_out)

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
        pairs = enumerate(zip(self._fates, self._sheets, strict=True))
        self._shown = [n for n, (fate, s) in pairs if key in ("", fate) and self.kind in ("", s.kind)]
        self.place = 0 if self._shown else -1

    def show_kind(self, code: str) -> None:
        """Only the sheets of this kind, whatever becomes of them."""
        self.kind = code
        self.show(self.filter if self._counts()[self.filter] else "")

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

    def judge(self, same: bool) -> None:
        """What one says of the sheet looked at and its twin; saying it again takes it back."""
        sheet, _fate = self.sheet(self.place)
        if self._said.get(sheet.id) is same:
            del self._said[sheet.id]
        else:
            self._said[sheet.id] = same

    def said_of(self, record: RecordId) -> bool | None:
        """Whether a sheet was said to be the same as its twin, or another; None: nothing was."""
        return self._said.get(record)

    def judgements(self) -> list[tuple[RecordId, RecordId, bool]]:
        """What was said of those that come in: (sheet, twin, the same)."""
        return [(one, self.twins[one].id, same) for one, same in self._said.items() if one not in self.left_out]

    def counts(self) -> Counter[str]:
        """How many of those taken become what."""
        pairs = zip(self._sheets, self._fates, strict=True)
        return Counter(fate for sheet, fate in pairs if sheet.id not in self.left_out)

    def _counts(self) -> Counter[str]:
        """How many sheets of the kind shown become what."""
        pairs = zip(self._fates, self._sheets, strict=True)
        return Counter(fate for fate, sheet in pairs if self.kind in ("", sheet.kind))

    def _may_wait(self) -> set[RecordId]:
        return {self._sheets[n].id for n in self._shown if self._fates[n] != ERASED}
