"""JSON in the base: one writing per value, the same as every version before wrote."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from appli.store.rows import dump, load

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
scalars = (
    st.none() | st.booleans() | st.integers(-(1 << 70), 1 << 70) | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars | texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=8
)


@given(values)
@example({"lat": 44.5, "lon": 0.00003})
@example([1e16, "3e5", "\x7f\u2028\b"])
def test_equal_values_are_the_text_they_always_were(value: object) -> None:
    text = dump(value)
    assert text == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert load(text) == value
