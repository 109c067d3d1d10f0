"""Histories told on purpose: what chance brings together too rarely, each leading straight to one mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from appli.domain.audience import Audience
from appli.domain.changes import Put
from tests.packets.acts import create, write_newer
from tests.packets.files import File
from tests.packets.play import History


def _volumes(history: History) -> list[File]:
    """New sheets of the first PC, in several volumes."""
    for number in range(6):
        create(history, history.pcs[0], number, number, 1)
    files = history.give(history.pcs[0], volumes=True)
    assert len(files) > 2
    return files


def one_volume(history: History) -> None:
    """The first of several comes, and no other."""
    history.deliver(_volumes(history)[0], history.pcs[1])


def in_any_order(history: History) -> None:
    """All of them, the last first."""
    for file in reversed(_volumes(history)):
        history.deliver(file, history.pcs[1])


def a_sheet_waits(history: History) -> None:
    """A new sheet of one volume is to wait; the others come whole, then that volume comes again."""
    other = history.pcs[1]
    here = set(history.here(other))
    files = _volumes(history)
    new = history.model.kinds.keys() - history.model.owners.keys() - here
    first = next(file for file in files if new & {r for part in file.parts for r in part.ids})
    history.deliver(first, other, [min(new & {r for part in first.parts for r in part.ids})])
    for file in files:
        if file is not first:
            history.deliver(file, other)
    history.deliver(first, other)


def damaged(history: History) -> None:
    """A chunk of one volume cannot be read; the others come whole, then a better copy of it."""
    other = history.pcs[1]
    here = set(history.here(other))
    files = _volumes(history)
    spoilt, part = next((f, p) for f in files for p in f.parts if p.ids & history.model.kinds.keys() - here)
    history.deliver(spoilt, other, damaged=[part.name])
    for file in files:
        if file is not spoilt:
            history.deliver(file, other)
    history.deliver(spoilt, other)


def taken_back(history: History) -> None:
    """All volumes come, all are taken back, one comes again."""
    files, other = _volumes(history), history.pcs[1]
    for file in files:
        history.deliver(file, other)
    history.take_back(other, other.came[-1])
    history.deliver(files[-1], other)


def two_sets(history: History) -> None:
    """Volumes of two packets, and never all of one."""
    first, second, other = _volumes(history), _volumes(history), history.pcs[1]
    for file in (*first[1:], second[0]):
        history.deliver(file, other)


def has_no_more(history: History) -> None:
    """What a PC took back is sent to it again as soon as it says so."""
    first, other = history.pcs[:2]
    create(history, first, 0, 0, 1)
    history.deliver(history.give(first)[0], other)
    history.deliver(history.give(other)[0], first)
    history.take_back(other, other.came[-1])
    history.deliver(history.give(other)[0], first)
    history.deliver(history.give(first, other)[0], other)


def lost_on_the_way(history: History) -> None:
    """What was made for a PC and never came is in what is made for it next."""
    first, other = history.pcs[:2]
    history.deliver(history.give(other)[0], first)
    create(history, first, 0, 0, 1)
    history.give(first, other)
    create(history, first, 1, 0, 1)
    history.deliver(history.give(first, other)[0], other)


def written_since(history: History) -> None:
    """What a packet brought is rewritten here, then the packet is taken back."""
    first, other = history.pcs[:2]
    create(history, first, 0, 0, 1)
    record = history.here(first)[-1]
    history.deliver(history.give(first)[0], other)
    value = history.token()
    other.directory.do("Essai", [Put(record, "title", value)])
    history.model.write(other.view, (record, "title"), value)
    history.compare(other, [record])
    history.take_back(other, other.came[-1])


def for_everybody(history: History) -> None:
    """A public sheet whose fields are not all public comes first alone, then whole."""
    first, other = history.pcs[:2]
    create(history, first, 1, 0, 0)
    record = history.here(first)[-1]
    value = history.token()
    changes = [Put(record, "audience", int(Audience.PUBLIC)), Put(record, "description", value, Audience.SHARED)]
    first.directory.do("Essai", changes)
    history.model.write(first.view, (record, "audience"), int(Audience.PUBLIC))
    history.model.write(first.view, (record, "description"), value, int(Audience.SHARED))
    history.compare(first, [record])
    history.deliver(history.give(first, audience=Audience.PUBLIC)[0], other)
    history.deliver(history.give(first)[0], other)


def later_fields(history: History) -> None:
    """What only a later version reads goes through a PC that does not."""
    first, other, third = history.pcs[:3]
    create(history, first, 0, 0, 1)
    write_newer(history, first, -1, 0, 0)
    history.deliver(history.give(first)[0], other)
    history.deliver(history.give(other)[0], third)


Story = Callable[[History], None]
TOLD: Mapping[str, Story] = {
    "a claim is taken with its first volume": one_volume,
    "a volume received in part counts as received": a_sheet_waits,
    "what waits or was damaged is not noted": damaged,
    "a volume taken back counts as received": taken_back,
    "volumes of any packet make a set": two_sets,
    "a damaged packet is claimed": damaged,
    "a packet is claimed though a sheet waits": a_sheet_waits,
    "what is to wait comes in": a_sheet_waits,
    "a public packet keeps the creation of a sheet": for_everybody,
    "a public packet carries all fields": for_everybody,
    "a public packet carries all sheets": for_everybody,
    "a public packet claims to be whole": for_everybody,
    "what was given counts as received": lost_on_the_way,
    "what a PC once had it has for ever": has_no_more,
    "a chunk is lost between two volumes": in_any_order,
    "fields of a later version are dropped": later_fields,
    "one volume is taken back without the others": taken_back,
    "a packet taken back stays known": written_since,
    "a packet takes along what was written since": written_since,
}
"""The story that leads to a mistake, by its name."""
