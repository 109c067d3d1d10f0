"""What people do in a history: they create, rewrite, share, hide, trash, take back, erase, hand over, copy, restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import CHOICES, Audience
from appli.domain.causality import Knowledge, Stamp
from appli.domain.changes import Add, Change, Create, Erase, Put, Withdraw
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from tests.store.histories import TOKEN, History, Played, pick
from tests.store.network import CLOCKS
from tests.store.view import Place, Wrong

SHEETS = ("person", "project")
PARTS = {
    "person": ("contact_point", "note"),
    "project": ("contact_point", "campaign", "note"),
    "campaign": ("pledge",),
}
ROLES = ("member_of", "carries")
LABELS = ("Soudure", "soudure", "Vannerie", "Tissage")


def create_sheet(history: History, player: Played, a: int, b: int, c: int) -> None:
    code, record = pick(SHEETS, a), history.new_record()
    history.oracle.kinds[record] = catalogue.kind(code)
    values = {
        n: history.value(record, n, code, b + i) for i, n in enumerate(history.plain_fields(record)) if (c >> i) % 3
    }
    if b % 6 == 0:
        values["audience"] = int(pick(CHOICES, c))
    overrides = {pick(history.plain_fields(record), c): pick(CHOICES, a)} if c % 5 == 0 else {}
    changes: list[Change] = [Create(record, code, values, overrides)]
    if a % 4 == 1:
        changes += _rewriting(history, record, b, c)
    history.work(player, changes)


def create_part(history: History, player: Played, a: int, b: int, c: int) -> None:
    if owners := history.records_of(player, *PARTS):
        owner = pick(owners, a)
        code, record = pick(PARTS[history.oracle.kinds[owner].code], b), history.new_record()
        history.oracle.kinds[record] = catalogue.kind(code)
        values = {n: history.value(record, n, code, c + i) for i, n in enumerate(history.plain_fields(record))}
        if c % 5 == 0:
            values["audience"] = int(pick(CHOICES, b))
        history.work(player, [Create(record, code, {**values, "owner": owner.hex()})])


def create_derived(history: History, player: Played, a: int, b: int, c: int) -> None:
    """What several PCs may create alike."""
    sheets = history.records_of(player, *SHEETS)
    term = {"scheme": "skill", "label": pick(LABELS, a)}
    if not sheets or a % 3 == 0:
        code, values = "term", term
    elif a % 3 == 1:
        term_id = id_for(catalogue.kind("term"), term)
        code, values = "skill", {"owner": pick(sheets, b).hex(), "term": term_id.hex(), "present": True}
    else:
        ends = {"from_id": pick(sheets, b).hex(), "to_id": pick(sheets, c).hex()}
        code, values = "link", {**ends, "role": pick(ROLES, a), "present": True}
    record = id_for(catalogue.kind(code), values)
    history.oracle.kinds[record] = catalogue.kind(code)
    more = {n: history.value(record, n, code, c) for n in history.plain_fields(record)[: b % 3]}
    if c % 9 == 0 and record not in history.oracle.copied:
        more["audience"] = int(pick(CHOICES, b))
    history.work(player, [Create(record, code, {**values, **more})])


def _rewriting(history: History, record: RecordId, a: int, b: int) -> list[Change]:
    code = history.oracle.kinds[record].code
    found: list[Change] = []
    for i in range(1 + b % 3):
        name = pick(history.plain_fields(record), a + i * (b % 2))
        value = None if (a + b + i) % 6 == 0 else history.value(record, name, code, a + b + i)
        change = Add(record, name, value) if (a + i) % 5 == 0 else Put(record, name, value)
        found.append(change)
    return found


def rewrite(history: History, player: Played, a: int, b: int, c: int) -> None:
    if here := history.records_of(player):
        history.work(player, _rewriting(history, pick(here, a), b, c))


def change_audience(history: History, player: Played, a: int, b: int, c: int) -> None:
    """Of one field: raised, lowered, with or without another value."""
    if here := history.records_of(player):
        record = pick(here, a)
        name = pick(history.plain_fields(record), b)
        kept = player.view.private.get(record, {}).get(name)
        shown = kept[0] if kept else history.oracle.shown(player.view, (record, name))
        value = shown if c % 2 else history.value(record, name, history.oracle.kinds[record].code, c)
        history.work(player, [Put(record, name, value, pick(CHOICES, b + c))])
        history.totals["audiences of fields"] += 1


def change_record_audience(history: History, player: Played, a: int, b: int, c: int) -> None:
    here = [r for r in history.records_of(player) if r not in history.oracle.copied]
    if here:
        history.work(player, [Put(pick(here, a), "audience", pick((None, 0, 20, 30, 0), b))])
        history.totals["audiences of sheets"] += 1


def trash(history: History, player: Played, a: int, b: int, c: int) -> None:
    if here := history.records_of(player):
        history.work(player, [Put(pick(here, a), "trashed", pick((True, None), b))])


def withdraw(history: History, player: Played, a: int, b: int, c: int) -> None:
    """Rather what never left; now and then what did, to be refused."""
    oracle, view = history.oracle, player.view
    here = [r for r in history.records_of(player) if r not in oracle.copied]
    if c % 3:
        here = [r for r in here if r in view.whole or not oracle.may_be_elsewhere(view, r, player.uid)]
    if here:
        history.work(player, [Withdraw(pick(here, a))])


def create_hidden(history: History, player: Played, a: int, b: int, c: int) -> None:
    """A sheet kept on this PC, with audiences chosen for its fields; perhaps shared afterwards."""
    code, record = pick(SHEETS, a), history.new_record()
    history.oracle.kinds[record] = catalogue.kind(code)
    names = history.plain_fields(record)
    values = {n: history.value(record, n, code, b + i) for i, n in enumerate(names)}
    overrides = {pick(names, b): pick(CHOICES, c), pick(names, b + 1): Audience.PRIVATE}
    history.work(player, [Create(record, code, {**values, "audience": 0}, overrides)])
    if c % 4:
        history.work(player, [Put(record, "audience", pick((20, 30, None), a))])


def rewrite_unknown(history: History, player: Played, a: int, b: int, c: int) -> None:
    """A field whose first value has not arrived yet: the edit of a sheet came before the sheet."""
    view, kinds = player.view, history.oracle.kinds
    based = [r for r in sorted(view.shared) if not kinds[r].info.derived_from]
    places = [(r, n) for r in based for n in history.plain_fields(r) if (r, n) not in view.known]
    if places:
        record, name = pick(places, a)
        history.work(player, [Put(record, name, history.value(record, name, kinds[record].code, b))])


def go_astray(history: History, player: Played, a: int, b: int, c: int) -> None:
    """An edit handed over for one PC reaches another, where the sheet itself never came; it is edited there."""
    rewrite(history, player, a, b, c)
    packet = history.hand_over(player, pick(history.players, a).pc.knowledge)
    third = pick(history.players, b)
    if third is not player:
        history.deliver(packet, third)
        for turn in range(3):
            rewrite_unknown(history, third, a + turn, b + turn, c)
    history.packets.append(packet)


def erase(history: History, player: Played, a: int, b: int, c: int) -> None:
    if here := history.records_of(player):
        record = pick(here, a)
        others = [r for r in here if r != record and history.oracle.kinds[r].code in SHEETS]
        more = _rewriting(history, pick(others, b), b, c) if others and c % 3 == 0 else []
        parts = history.oracle.parts(player.view, record)
        history.work(player, [*(m for m in more if m.id not in parts), Erase(record)])


def erase_without_right(history: History, player: Played, a: int, b: int, c: int) -> None:
    """Somebody who is no référent erases what others hold, and tells them."""
    player = pick([one for one in history.players if not history.is_referent(one)], a)
    others = [one for one in history.players if one is not player and one.view.shared & player.view.shared]
    if others:
        other = pick(others, b)
        history.work(player, [Erase(pick(sorted(other.view.shared & player.view.shared), c))])
        history.deliver(history.hand_over(player, other.pc.knowledge), other)


def decide(history: History, player: Played, a: int, b: int, c: int) -> None:
    """A person says yes or no to what others want erased, or thinks it over again."""
    asked = [one for one in history.players if one.view.waiting]
    player = pick(asked or [player], c)
    orders = player.pc.store.orders
    waiting = {w.id: w for w in orders.waiting()}
    if waiting.keys() != player.view.waiting:
        raise Wrong(f"PC {player.pc.number} shows {waiting.keys()} waiting, not {player.view.waiting}")
    if waiting:
        one = waiting[pick(sorted(waiting), a)]
        if b % 2:
            history.work(player, [Erase(one.id)])
            history.totals["accepted"] += 1
        else:
            orders.refuse([one.id], refused=not one.refused)
            history.totals["refused"] += 1


def post_unsigned(history: History, player: Played, a: int, b: int, c: int) -> None:
    """A packet whose orders were lost, or that somebody made up: its erasures are asked, and no more."""
    packet = history.hand_over(player, None)
    delta = replace(packet.delta, statements=(), claim={})
    history.packets.append(replace(packet, delta=delta, orders=frozenset()))
    history.totals["orders unsigned"] += 1


def undo(history: History, player: Played, a: int, b: int, c: int) -> None:
    done = [d for d in player.pc.store.done(8) if d.undone_by is None]
    if not done:
        return
    target = pick(done, a % 3)
    changes = player.pc.store.inverse(target.seq).changes
    if any(_takes_back(change) and change.id in history.oracle.copied for change in changes):
        return
    for change in changes:
        if isinstance(change, Put) and change.field != "trashed":
            again = [c.value for c in changes if isinstance(c, Put | Add) and c.id == change.id]
            _check_undo(history, player, (change.id, change.field), again)
    history.work(player, changes, target.seq)
    history.totals["undos"] += 1


def _takes_back(change: Change) -> bool:
    return isinstance(change, Withdraw) or (isinstance(change, Put) and change.field == "audience")


def _check_undo(history: History, player: Played, place: Place, again: list[Any]) -> None:
    """Taking one's own work back replaces nothing that somebody else has written since."""
    for event in history.oracle.live(player.view, place):
        foreign = event.stamp.replica not in player.names and TOKEN.search(repr(event.value).encode())
        if foreign and event.value not in again:
            raise Wrong(f"{place}: undoing would replace {event}")


def post(history: History, player: Played, a: int, b: int, c: int) -> None:
    """Hand something over, for somebody one knows little or much of; it may be lost on the way."""
    known: list[Knowledge | None] = [None, pick(history.players, a).pc.knowledge]
    known += [p.known for p in history.packets[-4:]]
    history.totals["for stale knowledge"] += b % len(known) > 1
    packet = history.hand_over(player, pick(known, b))
    if c % 8:
        history.packets.append(packet)
    else:
        history.totals["lost"] += 1


def arrive(history: History, player: Played, a: int, b: int, c: int) -> None:
    """Something handed over before arrives: late, twice, out of order, at somebody it was not meant for."""
    if history.packets:
        history.deliver(pick(history.packets, a), player)
        history.totals["late or astray"] += 1


def meet(history: History, player: Played, a: int, b: int, c: int) -> None:
    other = pick(history.players, a)
    if other is not player:
        history.deliver(history.hand_over(player, other.pc.knowledge), other)


def arrive_in_part(history: History, player: Played, a: int, b: int, c: int) -> None:
    """A person tells a record of a packet to wait."""
    if history.packets:
        packet = pick(history.packets, a)
        records = sorted({record for record, _name in packet.events})
        history.deliver(packet, player, {pick(records, b)} if records else ())


def take_back(history: History, player: Played, a: int, b: int, c: int) -> None:
    """One of the latest packets is taken back."""
    if player.view.packets:
        history.take_back(player, pick(player.view.packets[-4:], a))


def restart(history: History, player: Played, a: int, b: int, c: int) -> None:
    player.pc.reopen()


def copy_folder(history: History, player: Played, a: int, b: int, c: int) -> None:
    """Somebody copies the folder to another PC, and both go on."""
    if len(history.players) < 6:
        player.pc.store.close()
        history.oracle.copied |= player.view.shared
        other = history._join(a, player.pc.folder, player.view.copy())
        other.names |= player.names
        player.pc.store = player.pc.opened()
        history.totals["copies"] += 1


def back_up(history: History, player: Played, a: int, b: int, c: int) -> None:
    made = player.pc.store.backup("essai")
    player.backups.append((made.name, player.view.copy()))


def come_back(history: History, player: Played, a: int, b: int, c: int) -> None:
    """Restore: the past, without the erased, under another name."""
    kept = {x.name for x in player.pc.store.backups()}
    there = [(name, view) for name, view in player.backups if name in kept]
    if not there:
        return
    name, then = pick(there, a)
    player.pc.store.restore(name)
    player.names.add(player.uid)
    history.oracle.author = Stamp(player.uid, 0, player.pc.clock.now)
    player.view = history.oracle.come_back(then, player.view)
    history.compare(player, history.records_of(player))
    history.totals["restores"] += 1


def jump(history: History, player: Played, a: int, b: int, c: int) -> None:
    """Somebody sets the clock, rightly or not."""
    player.pc.clock.now = pick(CLOCKS, a) + b * 1000


Act = Callable[[History, Played, int, int, int], None]
ACTS: tuple[Act, ...] = (
    *[create_sheet] * 4,
    *[create_part] * 3,
    *[create_derived] * 5,
    create_hidden,
    *[rewrite] * 12,
    rewrite_unknown,
    *[go_astray] * 3,
    *[change_audience] * 4,
    *[change_record_audience] * 2,
    trash,
    *[withdraw] * 3,
    *[erase] * 3,
    *[erase_without_right] * 3,
    *[decide] * 4,
    post_unsigned,
    *[undo] * 4,
    *[post] * 5,
    *[arrive] * 6,
    arrive_in_part,
    *[take_back] * 4,
    *[meet] * 5,
    restart,
    copy_folder,
    *[back_up] * 2,
    *[come_back] * 3,
    jump,
)
"""Each as often as its share."""
