"""The index finds what a plain reading of all names finds, in the same order."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from appli.geo.name_index import NameIndex, compact, without_article

WORDS = st.sampled_from(["le", "la", "l", "saint", "sain", "mende", "men", "d", "apcher", "y", "2e"])
KEYS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LISTS = st.lists(KEYS, min_size=1, max_size=12)
WITHIN = st.none() | st.lists(st.integers(0, 11), unique=True).map(sorted)


def _lines(names: list[str], within: list[int] | None) -> list[int]:
    return [i for i in range(len(names)) if within is None or i in within]


def _within(names: list[str], within: list[int] | None) -> list[int] | None:
    return None if within is None else [i for i in within if i < len(names)]


@given(LISTS, KEYS, WITHIN)
def test_beginnings(names: list[str], start: str, within: list[int] | None) -> None:
    index = NameIndex("\n".join(names))
    expected = [i for i in _lines(names, within) if names[i].startswith(start)]
    assert list(index.starting(start, _within(names, within))) == expected


@given(LISTS, st.lists(WORDS, min_size=1, max_size=3), WITHIN)
def test_words(names: list[str], words: list[str], within: list[int] | None) -> None:
    def begins(name: str, word: str) -> bool:
        return any(own.startswith(word) for own in name.split())

    index = NameIndex("\n".join(names))
    expected = [i for i in _lines(names, within) if all(begins(names[i], w) for w in words)]
    assert list(index.with_words(words, _within(names, within))) == expected


@given(LISTS, KEYS)
@example(["saint chely d apcher", "mende"], "saint chely dapcher")
@example(["la canourgue", "canourgue"], "canourgue")
@example(["le", "le le"], "le")
def test_same_names(names: list[str], key: str) -> None:
    index = NameIndex("\n".join(names))
    assert index.same(key) == [i for i, name in enumerate(names) if compact(name) == compact(key)]


@given(LISTS)
def test_keys(names: list[str]) -> None:
    index = NameIndex("\n".join(names))
    assert [index.key(i) for i in range(len(names))] == names


def test_an_article_alone_is_a_name() -> None:
    assert without_article("les") == "les"
    assert without_article("les vans") == "vans"
    assert compact("l hay les roses") == "haylesroses"
