"""Features one at a time: the same as reading the whole, whatever the cuts; hostile files end in a sentence."""

from __future__ import annotations

import json
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.errors import UserError
from appli.formats import features as module
from appli.formats.features import features

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(max_size=6), some, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=6), ANY_JSON, max_size=3), max_size=6), st.booleans(), st.integers(1, 40)
)
def test_they_are_those_of_the_whole_file_wherever_it_is_cut(
    some: list[dict[str, object]], plain: bool, chunk: int
) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": some, "name": "x"}, ensure_ascii=plain)
    reader = module._Reader(_Pieces(text, chunk))  # type: ignore[arg-type]
    assert list(reader.features()) == some


class _Pieces:
    """A stream that gives so little at a time."""

    def __init__(self, text: str, chunk: int) -> None:
        self._text, self._chunk = text, chunk

    def read(self, _size: int) -> str:
        given, self._text = self._text[: self._chunk], self._text[self._chunk :]
        return given


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "FeatureCollection"}',
        '{"features": [{"a": 1}',
        '{"features": [{"a": 1}, "not an object"]}',
        '{"features": [' + '{"a":' * 200_000,
        '{"features": [' + "[" * 200_000 + "]" * 200_000 + "]}",
        "{" + " " * (5 << 20),
    ],
    ids=["none", "cut", "text", "deep", "deeper", "blank"],
)
def test_what_is_no_collection_is_refused_in_french(text: str) -> None:
    with pytest.raises(UserError) as refused:
        list(features(text.encode()))
    assert refused.value.code == "bad_geojson"
    assert "Rien n’a changé" in refused.value.message


@pytest.mark.parametrize(
    "feature",
    ['{"a": "' + "x" * (5 << 20) + '"}', '{"coordinates": [' + "[3,44]," * 10**6 + "[3,44]]}"],
    ids=["one word", "a million points"],
)
def test_a_feature_larger_than_anything_local_is_refused_for_that(feature: str) -> None:
    with pytest.raises(UserError) as refused:
        list(features(f'{{"features": [{{}}, {feature}]}}'.encode()))
    assert refused.value.code == "large_feature"


def test_nan_is_nothing() -> None:
    assert list(features(b'{"features": [{"a": NaN, "b": -Infinity}]}')) == [{"a": None, "b": None}]


def test_a_large_file_costs_little_more_than_its_bytes() -> None:
    one = b'{"type":"Feature","properties":{"nom":"x"},"geometry":{"type":"Point","coordinates":[3.5,44.5]}},'
    data = b'{"features":[' + one * 60_000 + b"{}]}"
    tracemalloc.start()
    try:
        count = sum(1 for _feature in islice(features(data), 60_001))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 60_001
    assert peak < len(data) + (8 << 20)
