"""Notes: written once, on any number of PCs at a time, and none of them ever lost or written over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import RecordState, Register, Stamp, Version, join_records
from appli.domain.changes import Add, Create, Put
from appli.domain.ids import RecordId, new_id
from appli.domain.written_once import joined_whole
from appli.errors import UserError
from appli.store.store import Store
from tests.store.conftest import create, do, give, person
from tests.store.network import Pc, handed_over, received

NOTE = catalogue.kind("note")
TEXT = NOTE.fields["text"].number


def note(store: Store, owner: RecordId, text: str, audience: Audience = Audience.SHARED) -> RecordId:
    return create(store, "note", owner=owner, text=text, date="2026-11-22", audience=int(audience))


def texts(store: Store, owner: RecordId) -> dict[RecordId, str]:
    rows = store.reads.parts("note", [owner]).get(owner, [])
    return {r.id: r.values["text"] for r in rows if not r.trashed}


def test_a_note_says_what_it_said(store: Store) -> None:
    one = note(store, person(store), "Vue au marché")
    for change in (Put(one, "text", "Jamais vue"), Add(one, "text", "Jamais vue"), Put(one, "date", "2020-01-01"),
                   Put(one, "author", "Personne"), Put(one, "text", None),
                   Create(one, "note", {"text": "Autre"})):  # fmt: skip
        with pytest.raises(UserError) as caught:
            do(store, change)
        assert caught.value.code == "written_once"
    assert store.reads.entry(one).values["text"] == "Vue au marché"


def test_a_private_note_neither(store: Store) -> None:
    one = note(store, person(store), "Vue au marché", Audience.PRIVATE)
    with pytest.raises(UserError):
        do(store, Put(one, "text", "Jamais vue"))


def test_its_text_goes_where_it_goes(store: Store) -> None:
    """Else who had it would keep it for ever, and whoever lowered it would not know of it any more."""
    one = note(store, person(store), "Vue au marché")
    for audience in (Audience.PRIVATE, Audience.PUBLIC):
        with pytest.raises(UserError, match="va où va la note"):
            do(store, Put(one, "text", "Vue au marché", audience))
    do(store, Put(one, "audience", int(Audience.PUBLIC)))
    assert store.reads.entry(one).values["text"] == "Vue au marché"


def test_the_same_again_is_no_rewriting(store: Store) -> None:
    one = note(store, person(store), "Vue au marché")
    do(store, Put(one, "text", "Vue au marché"))


def test_it_may_be_shared_taken_off_and_put_back(store: Store) -> None:
    zoe = person(store)
    one = note(store, zoe, "Vue au marché", Audience.PRIVATE)
    do(store, Put(one, "audience", int(Audience.SHARED)))
    done = do(store, Put(one, "trashed", True))
    assert texts(store, zoe) == {}
    do(store, *store.inverse(done.entry).changes, undoes=done.entry)
    assert texts(store, zoe) == {one: "Vue au marché"}


def test_noting_is_undone_and_done_again(store: Store) -> None:
    zoe = person(store)
    made = do(store, Create(new_id(), "note", {"owner": zoe.hex(), "text": "Vue au marché"}))
    back = do(store, *store.inverse(made.entry).changes, undoes=made.entry)
    assert texts(store, zoe) == {}
    do(store, *store.inverse(back.entry).changes, undoes=back.entry)
    assert list(texts(store, zoe).values()) == ["Vue au marché"]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_all_notes_of_all_pcs_are_there(new_pc: Callable[[], Pc], seed: int) -> None:
    rng = Random(seed)
    pcs = [new_pc() for _ in range(3)]
    zoe = person(pcs[0].store)
    for other in pcs[1:]:
        give(pcs[0], other)
    written: dict[RecordId, str] = {}
    off: set[RecordId] = set()
    for n in range(30):
        one, other = rng.sample(pcs, 2)
        match rng.randrange(4):
            case 0 | 1:
                text = f"Note {n}"
                written[note(one.store, zoe, text)] = text
            case 2:
                give(one, other)
            case _ if here := sorted(texts(one.store, zoe)):
                gone = rng.choice(here)
                do(one.store, Put(gone, "trashed", True))
                off.add(gone)
    for _round in range(2):
        for one in pcs:
            for other in pcs:
                if one is not other:
                    give(one, other)
    left = {i: text for i, text in written.items() if i not in off}
    assert [texts(pc.store, zoe) for pc in pcs] == [left] * 3
    assert len({pc.store.digest() for pc in pcs}) == 1


def rewritten(pc: Pc, record: RecordId, text: str) -> None:
    """What a program that knows no better does: the text is written over, behind the door."""
    from appli.store.folder import raw
    from appli.store.registers import Registers

    with pc.store.folder.transaction() as connection:
        registers = Registers(raw(connection))
        stamp = registers.new_commit(pc.store.folder.uid, pc.clock() + 60_000)
        former = registers.register(NOTE, record, NOTE.fields["text"])
        registers.save(NOTE, record, TEXT, former.write(Version(stamp, text)))


def test_what_another_pc_writes_over_stands_beside(new_pc: Callable[[], Pc]) -> None:
    mine, theirs, third = new_pc(), new_pc(), new_pc()
    zoe = person(mine.store)
    one = note(mine.store, zoe, "Elle a dit oui")
    give(mine, theirs)
    rewritten(theirs, one, "Elle a dit non")
    received(mine.store, handed_over(theirs.store))
    received(mine.store, handed_over(theirs.store))
    entry = mine.store.reads.entry(one)
    assert [s.value for s in entry.siblings["text"]] == ["Elle a dit non", "Elle a dit oui"]
    assert entry.undecided == ()
    give(mine, third)
    received(theirs.store, handed_over(mine.store))
    assert [s.value for s in third.store.reads.entry(one).siblings["text"]] == ["Elle a dit non", "Elle a dit oui"]


VALUES = st.sampled_from(["a", "b", "c"])
REPLICAS = (b"1" * 16, b"2" * 16)


@st.composite
def states(draw: st.DrawFn) -> RecordState:
    """States of one note as PCs of any sort might send them."""
    made = Stamp(REPLICAS[0], 1, 5)
    base = made if draw(st.booleans()) else None
    dots = draw(st.lists(st.tuples(st.sampled_from(REPLICAS), st.integers(1, 4)), max_size=3, unique=True))
    versions = {dot: Version(Stamp(*dot, at=dot[1]), f"{dot[0][:1]!r}{dot[1]}") for dot in dots}
    seen = draw(st.dictionaries(st.sampled_from(REPLICAS), st.integers(1, 4), max_size=2))
    context = {**dict(sorted(dots)), **{r: max(c, max((d[1] for d in dots if d[0] == r), default=0))
                                                     for r, c in seen.items()}}  # fmt: skip
    registers = {TEXT: Register(versions, context)} if versions else {}
    return RecordState(b"n" * 16, NOTE.number, base, {TEXT: "first"} if base and not registers else {}, registers)


def joined(one: RecordState, other: RecordState) -> RecordState:
    return joined_whole(NOTE, one, other, join_records(one, other))


@settings(max_examples=300)
@given(states(), states(), states())
def test_the_join_of_notes_loses_no_version_and_needs_no_order(a: RecordState, b: RecordState, c: RecordState) -> None:
    def said(state: RecordState) -> set[tuple[bytes, int]]:
        return set(state.register(TEXT).versions)

    assert said(joined(a, b)) == said(joined(b, a)) == said(a) | said(b)
    assert said(joined(joined(a, b), c)) == said(joined(a, joined(b, c)))
    assert joined(joined(a, b), b) == joined(a, b)


def test_other_kinds_are_joined_as_before() -> None:
    place, stamp = catalogue.kind("place"), Stamp(REPLICAS[0], 1, 5)
    mine = RecordState(b"p" * 16, place.number, stamp, {1: "Four"})
    newer = Register.of_base(stamp, "Four").write(Version(Stamp(REPLICAS[1], 1, 9), "Moulin"))
    theirs = replace(mine, values={}, registers={1: newer})
    both = join_records(mine, theirs)
    assert joined_whole(place, mine, theirs, both) is both
