"""Names of communes, searched as one text: looking a word up among 37,590 names takes a millisecond and no structure.

A line per name, folded, the most populous commune first: whoever needs eight answers stops reading after eight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from appli.geo.name_typos import Typos

_ARTICLES = frozenset({"l", "le", "la", "les"})
_LEADING_ARTICLE = re.compile(r"(?<=\n)(?:l|le|la|les) (?=.)")


def without_article(key: str) -> str:
    first, _, rest = key.partition(" ")
    return rest if first in _ARTICLES and rest else key


def compact(key: str) -> str:
    """What two spellings of a name share: no leading article, no spaces (« dApcher », « Crac’h »)."""
    return without_article(key).replace(" ", "")


class NameIndex:
    """Folded names, one per line; lines are counted from 0."""

    def __init__(self, keys: str) -> None:
        # Each word has a space before it, the first one too: «\n saint chely\n mende\n».
        self._text = "\n " + keys.replace("\n", "\n ") + "\n"

    @cached_property
    def _lines(self) -> list[str]:
        return self._text[1:-1].split("\n")

    @cached_property
    def _compact(self) -> tuple[dict[str, int], dict[str, list[int]]]:
        """The first line of every compact name, and all lines of those that several bear."""
        keys = _LEADING_ARTICLE.sub("", self._text.replace("\n ", "\n")).replace(" ", "")
        names = keys[1:-1].split("\n")
        first = dict(zip(reversed(names), range(len(names) - 1, -1, -1), strict=True))
        several: dict[str, list[int]] = {}
        for line, name in enumerate(names):
            if first[name] != line:
                several.setdefault(name, [first[name]]).append(line)
        return first, several

    def same(self, key: str) -> list[int]:
        """Lines of this name, a leading article and the spaces aside."""
        first, several = self._compact
        wanted = compact(key)
        if wanted in several:
            return several[wanted]
        return [first[wanted]] if wanted in first else []

    @cached_property
    def _typos(self) -> Typos:
        return Typos(self._compact[0])

    def nearly(self, key: str) -> Iterator[tuple[int, int]]:
        """Lines of the names that differ by a few letters, and by how many, the nearest first."""
        for name, mistakes in self._typos.like(compact(key)):
            yield from ((line, mistakes) for line in self.same(name))

    def key(self, line: int) -> str:
        return self._lines[line][1:]

    def starting(self, start: str, within: Iterable[int] | None = None) -> Iterator[int]:
        """Lines that begin so; a space at the end asks for whole words."""
        if within is None:
            yield from (line for line, _ in self._scan(f"\n {start}"))
        else:
            start = f" {start}"
            yield from (line for line in within if f"{self._lines[line]} ".startswith(start))

    def with_words(self, words: list[str], within: Iterable[int] | None = None) -> Iterator[int]:
        """Lines where each of these begins a word."""
        needles = [f" {word}" for word in words]
        if within is not None:
            lines = self._lines
            yield from (line for line in within if all(n in lines[line] for n in needles))
            return
        rarest = min(needles, key=self._text.count)  # « saint » begins one name in ten
        last = -1
        for line, text in self._scan(rarest):
            if line != last and all(n in text for n in needles):
                yield line
            last = line

    def _scan(self, needle: str) -> Iterator[tuple[int, str]]:
        """Where a text occurs: the line's number and the line."""
        text = self._text
        line, counted = -1, 0
        hit = text.find(needle)
        while hit >= 0:
            line += text.count("\n", counted, hit + 1)
            counted = hit + 1
            end = text.find("\n", counted)
            yield line, text[text.rfind("\n", 0, counted) + 1 : end]
            hit = text.find(needle, counted)
