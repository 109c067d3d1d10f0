"""The photos that go with a packet, those that come with one, and those this PC asks for.

A packet brings the photos that its reader asked for, then those that its own records name, the newest first, up to
`AT_MOST` bytes. What does not fit stays to be asked for: each packet lists the photos that its sender lacks, and the
next one made for that PC begins with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from appli.domain import catalogue, portraits
from appli.domain.answers import UNASKED, answers_by_person
from appli.domain.audience import Audience
from appli.domain.causality import RecordState
from appli.domain.ids import RecordId
from appli.exchange.gathering import Photo
from appli.exchange.reading import Bundle
from appli.services.directory import Directory
from appli.services.exchanging.peers import Peer, Trust, peers

AT_MOST = 20_000_000
"""Bytes of photos in one packet: about a hundred of them, three messages of e-mail."""
ASKED_AT_MOST = 300
"""Photos that one packet asks for."""


class Named:
    """Records on their way into a packet; remembers the photos they name."""

    def __init__(self, states: Iterable[RecordState]) -> None:
        self._states = states
        self._kind = catalogue.kind("photo")
        self._field = self._kind.fields["sha256"].number
        self.photos: dict[str, RecordId] = {}

    def __iter__(self) -> Iterator[RecordState]:
        for state in self._states:
            if state.kind == self._kind.number and isinstance(name := state.shown(self._field), str):
                self.photos[name] = state.id
            yield state

    @property
    def newest_first(self) -> list[str]:
        """The photos named, once the records have passed."""
        return sorted(self.photos, key=lambda name: self.photos[name], reverse=True)


class Going:
    """The photos of one packet, chosen once its records have passed."""

    def __init__(self, directory: Directory, named: Named, asked: Iterable[str]) -> None:
        self._directory = directory
        self._named = named
        self._asked = asked
        self.names: set[str] = set()

    def __iter__(self) -> Iterator[Photo]:
        kept, room = self._directory.store.photos, AT_MOST
        wanted = dict.fromkeys([*self._asked, *self._named.newest_first])
        allowed = _allowed(self._directory) if wanted else set()
        for name in wanted:
            size = kept.size(name) if name in allowed else None
            # a photo that is damaged here is no reason to make no packet
            if size is not None and size <= room and kept.get(name) is not None:
                room -= size
                self.names.add(name)
                yield Photo(name, size, partial((kept.path / name).read_bytes))


def asked_by(directory: Directory, to: Peer | None) -> list[str]:
    """The photos that a PC said it lacks; those that any of them lacks when a packet is for all."""
    some = [to] if to is not None else [p for p in peers(directory) if p.trust == Trust.KNOWN]
    return list(dict.fromkeys(name for one in some for name in one.lacks))


def lacking(directory: Directory) -> tuple[str, ...]:
    """The photos to ask for, the newest first."""
    return tuple(directory.store.photos.missing()[:ASKED_AT_MOST])


def take(directory: Directory, bundle: Bundle) -> int:
    """Keep the photos of a packet that records here name and that are not here; how many. Call it once it is received.

    They are known by their fingerprint and nothing else is believed of them: they are decoded only to be shown.
    """
    brought = bundle.photos
    taken = 0
    for name in directory.store.photos.wanted().keys() & brought.keys() if brought else ():
        if directory.store.photos.get(name) is None and (content := bundle.photo(name)) is not None:
            directory.store.photos.put(content)
            taken += 1
    return taken


def _allowed(directory: Directory) -> set[str]:
    """The photos that may leave: shared, on a sheet that stands, and with the yes of whoever they show."""
    rows = [e for e in directory.reads.of_kind("photo") if e.audience > Audience.PRIVATE and not e.trashed]
    owners = {bytes.fromhex(o) for e in rows if (o := e.values.get("owner"))}
    sheets = {e.id: e for e in directory.reads.entries(sorted(owners))}
    answers = answers_by_person(directory.reads.of_kind("consent"))
    found = set()
    for row in rows:
        sheet = sheets.get(bytes.fromhex(str(row.values.get("owner") or "")))
        if sheet is None or sheet.audience == Audience.PRIVATE or sheet.values.get("restricted"):
            continue
        if portraits.may_leave(sheet.kind.code, answers.get(sheet.id, UNASKED), row.values.get("consent")):
            found.add(str(row.values.get("sha256")))
    return found
