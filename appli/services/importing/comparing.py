"""Where three values meet: what the list said last time, what it says now, and what stands here.

Unchanged in the file: what stands here stays. Changed in the file alone: the file wins. Changed on both sides: both
are kept, for a person to choose. A column that is no longer imported says nothing, and empties nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appli.domain.entry import Entry
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.domain.text import fold
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.importing.cells import ContactKeys
from appli.services.importing.current import Current
from appli.services.importing.draft import Draft, Remark
from appli.services.importing.targets import CONSENT, EXTRA, MEMBER_OF, fed
from appli.services.likeness import name_key
from appli.services.wording import value_text

Last = Mapping[str, Any] | None
"""What the list said of a record last time; None when it never spoke of it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field or list a row changes. `both`: it was changed here too, so both values are kept."""

    name: str
    label: str
    old: str
    new: str
    value: Any
    both: bool = False
    taken_off: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


_WHOLE: Mapping[str, tuple[str, ...]] = {"address": (), "position": ("lat", "lon"), "period": ("start", "end")}
"""Values of several parts, of which a list gives these at most."""


class Comparer:
    """Compares drafts of one list with records of one kind."""

    def __init__(self, directory: Directory, kind: Kind, targets: Collection[str], contact_key: ContactKeys) -> None:
        """`targets`: what the columns of the list become."""
        self._directory = directory
        self._kind = kind
        self._targets = targets
        self._fed = fed(targets)
        self._contact_key = contact_key

    def changes(self, draft: Draft, record: RecordId, current: Current, last: Last) -> Iterator[FieldChange]:
        """What the row changes of a record."""
        entry = current.entries[record]
        for name in (n for n in self._kind.fields if n in draft.values):
            change = self._field(entry, name, draft.values[name], last)
            if change is not None:
                yield change
        for name in self._lists(draft, last):
            before = None if last is None else last.get(f"list:{name}", [])
            change = self._list(name, draft.lists.get(name, ()), current.words(record, name), before)
            if change is not None:
                yield change
        yield from self._cleared(draft, entry, last or {})
        yield from self._beside(draft, current.organizations(record) if draft.organizations else (), last or {})

    def unsaid(self, last: Last) -> dict[str, Any]:
        """What the list said last time in columns that are not imported now: still to be remembered."""
        return {name: said for name, said in (last or {}).items() if name not in self._fed}

    def same_word(self, name: str, word: str) -> str:
        """What makes two words of a list the same."""
        child = self._kind.collections[name].child
        return self._contact_key(name, word) if child == "contact_point" else fold(word)

    # ---- fields

    def _field(self, entry: Entry, name: str, value: Any, last: Last) -> FieldChange | None:
        here = entry.values.get(name)
        if here is not None and name in _WHOLE:
            value = self._completed(name, value, here)
        if value == here or (last is not None and last.get(name) == value):
            return None
        if last is None and name == self._kind.title_field.name and self._is_same_name(here, value):
            return None
        # changed here since the last time too (or never read before): neither side may vanish
        both = here is not None and (last is None or here != last.get(name))
        if both and any(s.value == value for s in entry.siblings.get(name, ())):
            return None
        field = self._kind.fields[name]
        old, new = value_text(self._directory, field, here), value_text(self._directory, field, value)
        return FieldChange(name, field.label, old, new, value, both)

    def _completed(self, name: str, value: Any, here: Any) -> Any:
        """With the parts that the list says nothing of: a street without a column, how exact a position is."""
        if name == "address":
            return {**{part: v for part, v in here.items() if f"address.{part}" not in self._targets}, **value}
        same = all(value.get(part) == here.get(part) for part in _WHOLE[name])
        return here if same else value

    def _is_same_name(self, one: Any, other: Any) -> bool:
        """« LE DÉMO Loïc » says nothing new of « Loïc Le Démo »."""
        name = self._kind.title_field.name
        return name_key(self._kind, {name: one}) == name_key(self._kind, {name: other})

    def _cleared(self, draft: Draft, entry: Entry, last: Mapping[str, Any]) -> Iterator[FieldChange]:
        """Fields the file filled last time and leaves empty now, untouched here since."""
        for name, before in last.items():
            if name not in self._fed or name in draft.values or entry.values.get(name) != before:
                continue
            field = self._kind.fields.get(name)
            if field is not None and name != self._kind.title_field.name:
                yield FieldChange(name, field.label, value_text(self._directory, field, before), "", None)

    # ---- lists

    def _lists(self, draft: Draft, last: Last) -> list[str]:
        """The lists the row fills, and those it filled last time."""
        before = [n.removeprefix("list:") for n in last or () if n.startswith("list:") and n in self._fed]
        return [n for n in dict.fromkeys([*draft.lists, *before]) if n in self._kind.collections]

    def _list(
        self, name: str, words: Sequence[str], present: Sequence[str], last: Sequence[str] | None
    ) -> FieldChange | None:
        here, before, now = ({self.same_word(name, w) for w in some} for some in (present, last or (), words))
        added = tuple(w for w in words if (key := self.same_word(name, w)) not in here and key not in before)
        gone = tuple(w for w in present if (key := self.same_word(name, w)) in before and key not in now)
        if not added and not gone:
            return None
        kept = [w for w in present if w not in gone]
        old, new = ", ".join(present), ", ".join([*kept, *added])
        label = _(self._kind.collections[name].label)
        return FieldChange(name, label, old, new, None, taken_off=gone, added=added)

    # ---- what stands beside the sheet

    def _beside(self, draft: Draft, member_of: Sequence[str], last: Mapping[str, Any]) -> Iterator[FieldChange]:
        known = {fold(name) for name in (*last.get("link:member_of", ()), *member_of)}
        new = tuple(name for name in draft.organizations if fold(name) not in known)
        if new:
            yield FieldChange(MEMBER_OF, _("Membre de"), "", ", ".join(new), None, added=new)
        if draft.consent is not None and draft.consent.text != last.get("consent:"):
            old = str(last.get("consent:", ""))
            yield FieldChange(CONSENT, _("Accord, en mots"), old, draft.consent.text, None)
            if draft.consent.given.get("screen") is False:
                reason = _("Cette personne refuse de figurer dans l’annuaire : rendez sa fiche privée, ou effacez-la")
                draft.tell(Remark("refused_screen", reason))
        for column, text in draft.extras.items():
            if last.get(f"extra:{column}") != text:
                old = str(last.get(f"extra:{column}", ""))
                yield FieldChange(EXTRA, column, old, text, None, added=(column,))
