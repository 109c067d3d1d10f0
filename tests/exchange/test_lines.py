"""Lines: what goes in comes out, the same bytes each time; what no Maillage writes is refused or carried."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain.causality import RecordState, Register, Stamp, Version, join_records
from appli.domain.ids import new_id
from appli.errors import UserError
from appli.exchange import limits
from appli.exchange.chunks import pack, unpack
from appli.exchange.decoding import Chunk, LineReader, UnreadableChunk
from appli.exchange.encoding import LineWriter
from tests.exchange.bundles import (
    ALICE,
    BOB,
    ERASURES,
    FIRST,
    NOW,
    STATES,
    UNKNOWN_KIND,
    edited,
    lines_of,
    some_states,
)

ANYTHING = dict.fromkeys([ALICE, BOB, bytes(16), bytes([255] * 16)], limits.INTEGER)


def read(raw: bytes, bounds: dict[bytes, int] | None = None) -> Chunk:
    return LineReader(ANYTHING if bounds is None else bounds).chunk("data/0000.jsonl.zst", raw)


def refused(raw: bytes, bounds: dict[bytes, int] | None = None) -> str:
    with pytest.raises(UnreadableChunk) as problem:
        read(raw, bounds)
    return str(problem.value)


@given(st.lists(STATES, max_size=4))
def test_states_come_back_as_they_were(states: list[RecordState]) -> None:
    back = read(lines_of(states))
    assert back.records == [
        replace(s, registers={n: _without_zeros(r) for n, r in s.registers.items()}) for s in states
    ]
    assert not back.unknown
    assert lines_of(back.records) == lines_of(states)


def _without_zeros(register: Register) -> Register:
    return replace(register, context={r: c for r, c in register.context.items() if c})


@given(st.lists(ERASURES, max_size=4))
def test_erasures_come_back_as_they_were(erasures: list[Any]) -> None:
    writer = LineWriter()
    assert read(b"\n".join(map(writer.erasure, erasures)) + b"\n").erasures == erasures


def test_records_of_the_declared_kinds_come_back_as_they_were() -> None:
    states = [edited(s) if rank % 3 == 0 else s for rank, s in enumerate(some_states(300))]
    assert len({s.kind for s in states}) > 3
    assert read(lines_of(states)).records == states


def test_the_order_of_a_mapping_does_not_change_the_bytes() -> None:
    state = next(s for s in some_states(40) if len(s.values) > 3)
    turned = replace(state, values=dict(reversed(state.values.items())))
    assert list(turned.values) != list(state.values)
    assert lines_of([turned]) == lines_of([state])


def test_a_context_that_follows_from_the_base_and_versions_is_not_written() -> None:
    alone = Version(Stamp(ALICE, 3, NOW), "x")
    register = Register.of_base(FIRST, "y").write(alone)
    line = json.loads(lines_of([RecordState(new_id(), 1, FIRST, {}, {40: register})]))
    assert line["fields"] == {"40": {"versions": [[ALICE.hex(), 3, NOW, None, None, "x"]]}}


def test_the_highest_commits_and_the_fields_are_noticed() -> None:
    writer = LineWriter()
    state = RecordState(new_id(), 1, FIRST, {}, {40: Register({}, {BOB: 77})})
    list(writer.record(state))
    assert writer.highest == {ALICE: 1, BOB: 77}
    assert writer.fields == {1: {40}}


def test_a_record_too_long_for_one_line_travels_in_pieces_and_the_join_reunites_them() -> None:
    versions = [Version(Stamp(ALICE, n, NOW), "é" * 90_000) for n in range(2, 10)]
    registers = {n: Register({v.stamp.dot: v for v in versions}, {ALICE: 9}) for n in (201, 202, 203)}
    state = RecordState(new_id(), UNKNOWN_KIND, FIRST, {1: "nom"}, registers)
    pieces = read(lines_of([state])).records
    assert len(pieces) == 4
    whole = pieces[3]
    for piece in (pieces[1], pieces[0], pieces[2]):
        whole = join_records(whole, piece)
    assert whole == state


def test_one_field_that_no_reader_would_take_is_refused_when_writing() -> None:
    versions = [Version(Stamp(ALICE, n, NOW), "é" * 90_000) for n in range(1, 30)]
    state = RecordState(new_id(), UNKNOWN_KIND, FIRST, {}, {201: Register({v.stamp.dot: v for v in versions}, {})})
    with pytest.raises(UserError) as problem:
        lines_of([state])
    assert problem.value.code == "record_too_large"


# --- later versions ---------------------------------------------------------------------------------------------------


def _line(**changes: Any) -> bytes:
    line = json.loads(lines_of([edited(some_states(1)[0])]))
    line.update(changes)
    return json.dumps(line).encode() + b"\n"


def test_a_kind_and_a_field_of_later_versions_are_plain_states() -> None:
    back = read(_line(kind=UNKNOWN_KIND, values={"77777": {"a": [1, None, True]}}))
    assert back.records[0].kind == UNKNOWN_KIND
    assert back.records[0].values == {77777: {"a": [1, None, True]}}
    assert not back.unknown


def test_a_sort_of_line_of_later_versions_is_carried_untouched() -> None:
    raw = b'{"id":"' + ALICE.hex().encode() + b'","line":"vote", "for":[1,2]}'
    back = read(raw + b"\n")
    assert back.records == []
    assert [(u.raw, u.about) for u in back.unknown] == [(raw, ALICE)]


@pytest.mark.parametrize(
    "where",
    [
        lambda line: line.update(mood="gai"),
        lambda line: line["base"].append("de plus"),
        lambda line: next(iter(line["fields"].values())).update(hint=1),
        lambda line: next(iter(line["fields"].values()))["versions"][0].append({"why": "vu sur place"}),
    ],
)
def test_what_a_later_version_adds_to_a_line_is_carried_beside_what_is_understood(where: Any) -> None:
    state = edited(some_states(1)[0])
    line = json.loads(lines_of([state]))
    where(line)
    raw = json.dumps(line).encode()
    back = read(raw + b"\n")
    assert back.records == [state]
    assert [(u.raw, u.about) for u in back.unknown] == [(raw, state.id)]


# --- what no Maillage writes ------------------------------------------------------------------------------------------

DEEP = "[" * 200 + "]" * 200


@pytest.mark.parametrize(
    "raw",
    [
        b"\n",
        b"{}\n",
        b"[]\n",
        b"null\n",
        b'"text"\n',
        b"\xff\xfe\n",
        b'{"line":"record"}\n',
        b'{"line":1}\n',
        b'{"line":["record"]}\n',
        b"[" * 100_000 + b"\n",
        b'{"line":"record","id":' + b"[" * 100_000 + b"\n",
        _line(id="zz" * 16),
        _line(id="ab" * 15 + "  "),
        _line(id=ALICE.hex()[:30]),
        _line(id=12),
        _line(kind="1"),
        _line(kind=-1),
        _line(kind=10**30),
        _line(base=[ALICE.hex(), "1", NOW, None]),
        _line(base=[ALICE.hex(), -1, NOW, None]),
        _line(base=[ALICE.hex(), 2**60, NOW, None]),
        _line(base=[ALICE.hex(), 1, 10**15, None]),
        _line(base=[ALICE.hex(), 1, -5, None]),
        _line(base=[ALICE.hex(), 1, NOW, "x" * 200]),
        _line(base=[ALICE.hex(), 1]),
        _line(values=[1]),
        _line(values={"un": "x"}),
        _line(values={"0": "x"}),
        _line(values={"01": "x"}),
        _line(values={"999999999": "x"}),
        _line(values={"40": {"display": "x"}}),
        _line(values={"40": 12}),
        _line(values={"40": True}),
        _line(values={"40": ["x"]}),
        _line(values={"40": "x" * 200_000}),
        _line(values={"40": "nul\0"}),
        _line(values={"1": "a name is more than a text"}),
        _line(values={"1": {"given": "no display form"}}),
        _line(values={"1": {"display": 3}}),
        _line(values={"8": {"lat": "44", "lon": 3.5}}),
        _line(values={"8": {"lat": 44.1}}),
        _line(values={"9999": 10**40}),
        _line(values={"9999": json.loads(DEEP)}),
        _line(kind=25, values={"40": "not an id"}),
        _line(kind=25, values={"40": ALICE.hex().upper()}),
        _line(fields={"40": []}),
        _line(fields={"40": {}}),
        _line(fields={"40": {"versions": [[ALICE.hex(), 1, NOW, None, None, 7]]}}),
        _line(fields={"40": {"versions": [[ALICE.hex(), 1, NOW, None, 300, "x"]]}}),
        _line(fields={"40": {"versions": [["a", 1, NOW, None, None, "x"]]}}),
        _line(fields={"40": {"versions": [], "seen": {"a": 1}}}),
        _line(fields={"40": {"versions": [], "context": {ALICE.hex(): -1}}}),
        b'{"line":"record","id":"' + ALICE.hex().encode() + b'","kind":1,"values":{"40":1e999}}\n',
        b'{"line":"record","id":"' + ALICE.hex().encode() + b'","kind":1,"values":{"40":NaN}}\n',
        b'{"line":"record","id":"' + ALICE.hex().encode() + b'","kind":1,"values":{"40":"\\ud800"}}\n',
        b'{"line":"record","id":"' + ALICE.hex().encode() + b'","kind":1,"values":{"40":"\xc3"}}\n',
        b'{"line":"erasure","id":"' + ALICE.hex().encode() + b'"}\n',
        b'{"line":"statement","body":"{}","key":"00","signature":"00"}\n',
    ],
)
def test_hostile_lines_are_refused(raw: bytes) -> None:
    if raw == b"\n":
        assert read(raw).records == []
        return
    refused(raw)


def test_one_bad_line_takes_its_whole_chunk_along() -> None:
    refused(lines_of(some_states(20)) + _line(values={"40": 12}) + lines_of(some_states(5)))


@pytest.mark.parametrize("bounds", [{}, {ALICE: 0}, {BOB: 9}])
def test_commits_beyond_what_the_bundle_may_speak_of_are_refused(bounds: dict[bytes, int]) -> None:
    states = some_states(3)
    assert read(lines_of(states), {ALICE: 1}).records == states
    assert refused(lines_of(states), bounds) == "commit"


def test_a_context_beyond_what_the_bundle_may_speak_of_is_refused() -> None:
    state = RecordState(new_id(), 1, FIRST, {}, {40: Register({}, {BOB: 10})})
    refused(lines_of([state]), {ALICE: 9, BOB: 9})


# --- chunks -----------------------------------------------------------------------------------------------------------


def test_chunks_are_closed_when_filled_and_give_back_their_lines() -> None:
    lines = [b"%d" % n + b"x" * 1_000 for n in range(5_000)]
    chunks = list(pack("records", iter(lines)))
    assert len(chunks) == 3
    assert all(c.raw <= limits.CHUNK_RAW and len(c.content) <= limits.CHUNK_STORED for c in chunks)
    assert b"".join(unpack(c.content, c.raw) for c in chunks).split() == lines
    assert sum(c.lines for c in chunks) == len(lines)


def test_lines_that_do_not_compress_still_fit_a_chunk() -> None:
    from random import Random

    noise = Random(1).randbytes(limits.LINE // 2).hex().encode()[: limits.LINE]
    (chunk,) = pack("records", [noise])
    assert len(chunk.content) <= limits.CHUNK_STORED


@pytest.mark.parametrize("raw", [0, 1, 10**6])
def test_a_chunk_that_lies_about_its_size_is_refused(raw: int) -> None:
    (chunk,) = pack("records", [b"x" * 5_000])
    with pytest.raises(UnreadableChunk):
        unpack(chunk.content, raw)
