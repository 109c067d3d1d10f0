"""Records made from a seed, in the declared kinds.

The same seed gives the same ids and values on every machine; the first records are the same whatever the count.
Names are made of syllables: nobody is called so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Create, Work
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from tests.builders_index import COMMUNES, GIVEN, NOUNS, PLAIN, SKILLS
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from appli.store.store import Store

_SYLLABLES = "ba bré cou dal der esca fau gui ja lan mar mo nou pel quer rou sa tré val vi zo chau gnac vère".split()
_INSEE = {"Mende": "48095", "Florac Trois Rivières": "48061", "Marvejols": "48092", "Langogne": "48080"}
_ROLES = ("member_of", "carries", "takes_part", "manages", "supports", "interested_in")
_MIX = (
    # kind, share of the directory in percent
    ("person", 55),
    ("organization", 18),
    ("place", 10),
    ("project", 8),
    ("equipment", 4),
    ("listing", 3),
    ("event", 2),
)


def records(count: int, seed: int = 48) -> Iterator[Create]:
    """`count` sheets of all sorts with their parts, terms and links, ready for the write door."""
    world = _World(Random(seed))
    kinds, shares = zip(*_MIX, strict=True)
    for number in range(count):
        yield from world.sheet(world.rng.choices(kinds, shares)[0], number)


def people(count: int, seed: int = 48) -> Iterator[Create]:
    """`count` persons with their telephones, e-mails, skills and links between them."""
    world = _World(Random(seed))
    for number in range(count):
        yield from world.sheet("person", number)


def places(count: int, seed: int = 48) -> Iterator[Create]:
    """`count` places with positions."""
    world = _World(Random(seed))
    for number in range(count):
        yield from world.sheet("place", number)


def hostile_people(seed: int = 48) -> Iterator[Create]:
    """One person per hostile text that a field takes, who bears it wherever words may stand."""
    world = _World(Random(seed))
    for text in HOSTILE:
        if "\ud800" in text:
            continue  # no text at all: refused by every field
        values = {"name": {"display": f"A {text}", "given": text}, "occupation": text, "description": text}
        yield Create(world.new_id(), "person", values)


def fill(store: Store, changes: Iterable[Create], per_work: int = 20_000) -> list[RecordId]:
    """Write them all; returns the ids of the sheets."""
    iterator, ids = iter(changes), []
    while batch := list(islice(iterator, per_work)):
        store.write(Work("Remplir", batch))
        ids += [c.id for c in batch if catalogue.kind(c.kind).is_main]
    return ids


class _World:
    """What the records of one directory are made from."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._made = 0
        self._sheets: list[RecordId] = []
        self._terms: set[RecordId] = set()

    def new_id(self) -> RecordId:
        """A UUIDv7 that depends on the seed alone."""
        self._made += 1
        milliseconds = 1_795_163_400_000 + self._made
        value = milliseconds << 80 | 0x7 << 76 | 0b10 << 62 | self.rng.getrandbits(62)
        return value.to_bytes(16, "big")

    def sheet(self, kind: str, number: int) -> Iterator[Create]:
        """A sheet and all that lives by it."""
        record_id = self.new_id()
        overrides = {"occupation": Audience.PRIVATE} if kind == "person" and self.rng.random() < 0.02 else {}
        yield Create(record_id, kind, self._values(kind, number), overrides)
        yield from self._contacts(record_id, number)
        if kind == "person":
            yield from self._skills(record_id)
        if self._sheets and self.rng.random() < 0.4:
            yield self._link(record_id)
        self._sheets.append(record_id)

    def _values(self, kind: str, number: int) -> dict[str, Any]:
        rng = self.rng
        values: dict[str, Any] = {"summary": self._sentence(3, 9).capitalize(), "commune": self._commune()}
        if rng.random() < 0.3:
            values["description"] = self._sentence(10, 50)
        if rng.random() < 0.7:
            values["address"] = {"street": f"{rng.randint(1, 80)} rue {self._invented(2, 3)}", "postcode": "48000"}
        if rng.random() < 0.5:
            values["position"] = {"lat": round(rng.uniform(44.1, 45), 6), "lon": round(rng.uniform(2.98, 4), 6)}
        if rng.random() < 0.02:
            values["audience"] = int(Audience.PRIVATE)
        return values | _OWN[kind](self, number)

    def _person(self, number: int) -> dict[str, Any]:
        given, family = self.rng.choice(GIVEN), self._invented(2, 3).capitalize()
        name = {"display": f"{given} {family}", "sort": f"{family} {given} {number}", "given": given, "family": family}
        return {"name": name, "occupation": self._skewed(SKILLS), "availability": self._sentence(1, 3)}

    def _titled(self, number: int) -> dict[str, Any]:
        noun = self._skewed(NOUNS).capitalize()
        return {"title": f"{noun} {self._invented(2, 3).capitalize()} {number}"}

    def _place(self, number: int) -> dict[str, Any]:
        more = {"capacity": self.rng.randint(4, 120), "families": [self.rng.choice(("coworking", "cultural"))]}
        return self._titled(number) | more

    def _event(self, number: int) -> dict[str, Any]:
        day = f"2026-{self.rng.randint(1, 12):02}-{self.rng.randint(1, 28):02}"
        return self._titled(number) | {"period": {"start": f"{day}T18:30"}, "event_kind": "workshop"}

    def _listing(self, number: int) -> dict[str, Any]:
        return self._titled(number) | {"type": self.rng.choice(("offer", "need")), "object": "skill"}

    def _contacts(self, owner: RecordId, number: int) -> Iterator[Create]:
        if self.rng.random() < 0.8:
            digits = f"06{self.rng.randint(0, 99_999_999):08}"
            written = " ".join(digits[i : i + 2] for i in range(0, 10, 2))
            values = {"owner": owner.hex(), "type": "mobile", "value": written, "normalised": f"+33{digits[1:]}"}
            yield Create(self.new_id(), "contact_point", values)
        if self.rng.random() < 0.6:
            address = f"contact{number}@exemple.invalid"
            yield Create(
                self.new_id(), "contact_point", {"owner": owner.hex(), "type": "email", "value": address, "order": 1}
            )

    def _skills(self, owner: RecordId) -> Iterator[Create]:
        for label in dict.fromkeys(self._skewed(SKILLS) for _ in range(self.rng.randint(0, 3))):
            term = {"scheme": "skill", "label": label}
            term_id = id_for(catalogue.kind("term"), term)
            if term_id not in self._terms:
                self._terms.add(term_id)
                yield Create(term_id, "term", term)
            values = {"owner": owner.hex(), "term": term_id.hex(), "present": True, "intents": ["practises"]}
            yield Create(id_for(catalogue.kind("skill"), values), "skill", values)

    def _link(self, one: RecordId) -> Create:
        other, role = self.rng.choice(self._sheets), self.rng.choice(_ROLES)
        values = {"from_id": one.hex(), "to_id": other.hex(), "role": role, "present": True}
        return Create(id_for(catalogue.kind("link"), values), "link", values)

    def _commune(self) -> dict[str, Any]:
        name = self._skewed(COMMUNES)
        return {"name": name, "insee": _INSEE[name]} if name in _INSEE else {"name": name}

    def _skewed(self, words: Sequence[str]) -> str:
        """A word: the first ones of the list come often, the last ones hardly ever."""
        return words[min(int(len(words) ** self.rng.random()) - 1, len(words) - 1)]

    def _sentence(self, least: int, most: int) -> str:
        return " ".join(self._skewed(PLAIN) for _ in range(self.rng.randint(least, most)))

    def _invented(self, least: int, most: int) -> str:
        return "".join(self.rng.choices(_SYLLABLES, k=self.rng.randint(least, most)))


_OWN = {
    "person": _World._person,
    "organization": _World._titled,
    "place": _World._place,
    "project": _World._titled,
    "equipment": _World._titled,
    "listing": _World._listing,
    "event": _World._event,
}
