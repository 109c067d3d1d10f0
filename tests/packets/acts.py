"""What people do in a history of packets."""

from __future__ import annotations

from collections.abc import Callable

from appli.domain.audience import Audience
from appli.domain.changes import Create, Erase, Put
from appli.services.exchanging import orders
from tests.packets.files import File
from tests.packets.model import COMMON, FIELDS, NEWER
from tests.packets.pcs import Pc
from tests.packets.play import SHEETS, History, pick

LEVELS = (Audience.SHARED, Audience.PUBLIC)


def create(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """A sheet, with a telephone or without."""
    kind = pick(SHEETS, a)
    record, model = history.new_record(kind), history.model
    values: dict[str, object] = {n: history.token() for n in FIELDS[kind] if (b + len(n)) % 3}
    if c % 3 == 0:
        values["audience"] = int(pick(LEVELS, b))
    overrides = {FIELDS[kind][b % len(FIELDS[kind])]: pick(LEVELS, c)} if c % 4 == 0 else {}
    changes = [Create(record, kind, values, overrides)]
    for name in (*FIELDS[kind], *COMMON):
        chosen = overrides.get(name)
        model.write(pc.view, (record, name), values.get(name), None if chosen is None else int(chosen))
    if b % 2:
        part = history.new_record("contact_point")
        model.owners[part] = record
        said = {"value": history.token(), "owner": record.hex()}
        changes.append(Create(part, "contact_point", said))
        for name in (*FIELDS["contact_point"], *COMMON):
            model.write(pc.view, (part, name), said.get(name))
    pc.directory.do("Essai", changes)
    history.totals["writes"] += 1
    history.compare(pc, [change.id for change in changes])


def rewrite(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """One field or two, now and then with another audience, now and then emptied."""
    if not (here := history.here(pc)):
        return
    record = pick(here, a)
    names = FIELDS[history.model.kinds[record]]
    changes = []
    for name in {pick(names, b), pick(names, b + c)}:
        value = None if (a + b + c) % 9 == 0 else history.token()
        level = pick(LEVELS, c) if b % 3 == 0 else None
        live = history.model.live(pc.view.known.get((record, name), ()))
        if len({e.audience for e in live}) > 1:
            level = pick(LEVELS, c)  # the model does not know whose audience is shown
        if value is None and len(live) < 2 and all(e.value is None for e in live):
            continue
        changes.append(Put(record, name, value, level))
        history.model.write(pc.view, (record, name), value, None if level is None else int(level))
    pc.directory.do("Essai", changes)
    history.totals["writes"] += bool(changes)
    history.totals["audiences of fields"] += b % 3 == 0
    history.compare(pc, [record])


def change_audience(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """Of a whole sheet: for the network, for everybody."""
    if here := history.here(pc, *SHEETS):
        record = pick(here, a)
        live = history.model.live(pc.view.known.get((record, "audience"), ()))
        level = int(pick(LEVELS, b))
        if len(live) != 1 or live[0].value != level:
            pc.directory.do("Essai", [Put(record, "audience", level)])
            history.model.write(pc.view, (record, "audience"), level)
            history.totals["audiences of sheets"] += 1
            history.compare(pc, [record])


def write_newer(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """A field of a later version, which every PC here carries without knowing it."""
    if here := history.here(pc, *SHEETS):
        record, value = pick(here, a), history.token()
        pc.write_newer(record, value)
        history.model.write(pc.view, (record, NEWER), value)
        history.totals["unknown fields"] += 1
        history.compare(pc, [record])


def erase(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """By the PC that founded the network: its orders take effect wherever they arrive."""
    first = history.pcs[0]
    here = history.here(first, *SHEETS)
    if len(here) > 2:
        record = pick(here, a)
        first.directory.do("Essai", [Erase(record)])
        orders.sign(first.directory, [record], "asked")
        history.model.receive(first.view, {}, [record], [record])
        history.compare(first, [record])
        history.totals["erasures"] += 1


def post(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """A packet is made for everybody, and may be lost."""
    history.give(pc, volumes=c % 2 == 0)


def post_to(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """What somebody lacks, as far as one knows: it may be lost, or reach another."""
    heard = [other for other in history.pcs if other.uid in pc.heard]
    if heard:
        other = pick(heard, a)
        files = history.give(pc, other, volumes=c % 2 == 0)
        if b % 3:
            for file in files:
                history.deliver(file, pick(history.pcs, c) if b % 3 == 2 else other)


def publish(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """What is for everybody, received by one of the network."""
    (file,) = history.give(pc, audience=Audience.PUBLIC)
    history.totals["public"] += 1
    other = pick(history.pcs, a)
    if b % 3 and other is not pc:
        history.deliver(file, other)


def arrive(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """A file made before arrives: late, twice, one volume of several, at somebody it was not meant for."""
    history.totals["late or astray"] += 1
    history.deliver(pick(history.files, -1 - a % 12), pc)


def arrive_all(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """All volumes of a packet, in any order."""
    file = pick(history.files, -1 - a % 12)
    files = [f for f in history.files if f.set and f.set == file.set] or [file]
    history.rng.shuffle(files)
    for one in files:
        history.deliver(one, pc)


def arrive_in_part(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """Somebody lets a sheet wait; the other volumes come whole."""
    file = pick(history.files, -1 - a % 12)
    there = sorted({r for part in file.parts for r in part.ids} & history.model.kinds.keys())
    sheets = [r for r in there if history.model.kinds[r] in SHEETS]
    if sheets:
        history.deliver(file, pc, {pick(sheets, b)})
        if c % 2:
            _others(history, pc, file)


def arrive_damaged(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """One chunk of a file cannot be read; the others come in."""
    file = pick(history.files, -1 - a % 12)
    names = [part.name for part in file.parts if not part.special]
    if names and file.author != pc.uid:
        history.deliver(file, pc, damaged=[pick(names, b)])
        if c % 2:
            _others(history, pc, file)


def _others(history: History, pc: Pc, file: File) -> None:
    """The other volumes of its packet come whole."""
    for one in [f for f in history.files if f.set and f.set == file.set and f is not file]:
        history.deliver(one, pc)


def take_back(history: History, pc: Pc, a: int, b: int, c: int) -> None:
    """One of the latest files is taken back; now and then it comes once more."""
    if pc.came:
        came = pick(pc.came[-4:], a)
        history.take_back(pc, came)
        if b % 2:
            history.deliver(came.file, pc)
        elif c % 2 and (heard := [other for other in history.pcs if other.uid in pc.heard]):
            (file,) = history.give(pc)  # it tells the others what it has no more
            other = pick(heard, c)
            history.deliver(file, other)
            history.give(other, pc)


Act = Callable[[History, Pc, int, int, int], None]
ACTS: tuple[Act, ...] = (
    *[create] * 3,
    *[rewrite] * 8,
    *[change_audience] * 2,
    *[write_newer] * 2,
    erase,
    *[post] * 4,
    *[post_to] * 4,
    *[publish] * 2,
    *[arrive] * 4,
    *[arrive_all] * 4,
    *[arrive_in_part] * 2,
    *[arrive_damaged] * 2,
    *[take_back] * 2,
)
"""Each as often as its share."""
