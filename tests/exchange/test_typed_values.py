"""The quick way of values, from a row to a line and back, does what the long way does: to the byte, to the refusal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appli.domain import catalogue
from appli.domain.causality import Delta, RecordState
from appli.domain.cells import Cells, layout_of
from appli.exchange import limits
from appli.exchange.decoding import LineReader, _Kind
from appli.exchange.encoding import LineWriter
from appli.store.folder import raw as raw_connection
from appli.store.packets import Arrival
from appli.store.rows import dump
from tests.builders import fill, records
from tests.exchange.bundles import ALICE, FIRST, JSON, TEXTS, some_states
from tests.store.network import Pc, empty_folder

KINDS = sorted(catalogue.kinds_by_number().items())
LIKELY = (
    TEXTS | st.booleans() | st.integers(-2, 2) | st.just(None) | st.just("0193a0000000700080000000000000b0")
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([
        {"lat": 44.5, "lon": 3.5, "precision": "exact"}, {"lat": 1e-7, "lon": 3}, {"lat": 0.00001, "lon": 2e22},
        {"name": "Mende", "insee": "48095"}, {"name": "Mende", "later": 1}, {"name": None}, {"insee": 3},
        ["coworking"], ["coworking", 3], [], {}, limits.INTEGER, limits.INTEGER + 1, 2.0, 1e-7, 5e300, "0" * 32 + "\n",
    ])
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> tuple[int, bytes]:
    """(kind, the values of a line as some program wrote them)."""
    number, kind = draw(st.sampled_from(KINDS))
    fields = st.sampled_from([*kind.by_number, 77_777])
    values = draw(st.dictionaries(fields.map(str), LIKELY | JSON, max_size=5))
    how = draw(st.sampled_from([{}, {"ensure_ascii": False}, {"separators": (",", ":"), "sort_keys": True}]))
    return number, json.dumps(values, **how).encode()  # type: ignore[arg-type]


def _read(number: int, raw: bytes, *, careful: bool) -> Any:
    """The values as both ways should tell them, types included; None where they are refused."""
    try:
        values = _Kind(number, careful).values(msgspec.Raw(raw))
    except (msgspec.MsgspecError, ValueError):
        return None
    kind = catalogue.kinds_by_number()[number]
    if isinstance(values, Cells):
        for place in values.layout.composites:
            column = values.layout.numbers[place]
            assert values.row[place] == (dump(values[column]) if column in values else None)
        assert len(values) == len(list(values))
    composite = {n for n, f in kind.by_number.items() if f.type.composite}
    filled = {n: v for n, v in values.items() if v is not None}
    return {n: dump(v) if n in composite else repr(v) for n, v in filled.items()}


@given(lines())
@example((4, b'{"1":"x","8":{"lon":3,"lat":1e-7}}'))
@example((4, b'{"1":"x","8":{"lon":3.0,"lat":0.00001}}'))
@example((4, b'{"1":"x","6":{"name":"Mende", "insee":"48095"},"7":{"street":"\\u00e9t\\u00e9"}}'))
@example((4, b'{"1":"x","6":{"name":"Mende"},"6":{"name":"Florac"},"8":{"lat":44.50,"lon":3E0}}'))
@example((4, b'{"1":"x","48":3}'))
@example((4, b'{"1":"x","48":9007199254740993}'))
@example((4, b'{"1":"x","54":1}'))
@example((4, b'{"1":null,"6":null}'))
def test_values_are_read_or_refused_alike(line: tuple[int, bytes]) -> None:
    assert _read(*line, careful=False) == _read(*line, careful=True)


def test_plain_values_go_the_quick_way_and_give_the_same_line() -> None:
    for state in some_states(60):
        (line,) = LineWriter().record(state)
        (back,) = LineReader({ALICE: 9}).chunk("", line + b"\n").records
        assert isinstance(back.values, Cells)
        assert back == state
        quick = LineWriter()
        assert list(quick.record(back)) == [line]
        assert quick.fields == {state.kind: set(state.values)}


def test_cells_are_a_mapping_like_any_other() -> None:
    kind = catalogue.kind("place")
    layout = layout_of(kind)
    named = {"title": "Atelier", "commune": '{"insee":"48095","name":"Mende"}', "free_access": True}
    cells = Cells(layout, [named.get(name) for name in kind.fields])
    plain = {1: "Atelier", 6: {"insee": "48095", "name": "Mende"}, 54: True}
    assert cells == plain
    assert plain == dict(cells)
    assert cells.get(4) is None
    assert 4 not in cells
    with pytest.raises(KeyError):
        cells[77_777]


def test_a_base_filled_the_quick_way_is_the_one_filled_the_long_way(tmp_path: Path) -> None:
    empty = empty_folder(tmp_path)
    pcs = [Pc(tmp_path, n, empty) for n in (1, 2, 3)]
    fill(pcs[0].store, records(80))
    writer = LineWriter()
    with pcs[0].store.handing_over() as delta:
        raw = b"".join(line + b"\n" for state in delta.records for line in writer.record(state))
        quick = LineReader(writer.highest).chunk("", raw).records
        assert sum(isinstance(state.values, Cells) for state in quick) > len(quick) / 2 > 50
        long = [replace(state, values=dict(state.values)) for state in quick]
        for pc, states in zip(pcs[1:], (quick, long), strict=True):
            pc.store.receive(Delta(delta.claim, states, delta.erasures), Arrival("paquet", pcs[0].store.replica))
    assert _tables(pcs[1]) == _tables(pcs[2])
    assert pcs[1].store.concord.fingerprint() == pcs[2].store.concord.fingerprint()
    for pc in pcs:
        pc.close()


def _tables(pc: Pc) -> dict[str, list[Any]]:
    with pc.store.folder.reading() as connection:
        base = raw_connection(connection)
        names = ["ver", "fv", "stranger", "unread", *(k.code for k in catalogue.all_kinds().values())]
        return {n: base.execute(f"SELECT * FROM partage.{n}").fetchall() for n in names}


def test_a_record_of_a_later_kind_is_carried_the_long_way() -> None:
    state = RecordState(ALICE, 99_000, FIRST, {1: {"b": 1, "a": [None]}})
    (line,) = LineWriter().record(state)
    (back,) = LineReader({ALICE: 9}).chunk("", line + b"\n").records
    assert back == state
    assert not isinstance(back.values, Cells)
