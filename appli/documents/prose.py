"""The little CommonMark that the guide is written in, as blocks that paper and the window draw each in its own way.

Headings, paragraphs, two sorts of lists, notes (`>`), pictures and tables of two columns; within a line `**strong**`,
`*a name on the screen*`, `` `keys` `` and `[words](chapter.md#heading)`. Whatever else is written stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

RunSort = Literal["text", "strong", "name", "keys", "link"]
BlockSort = Literal["heading", "paragraph", "bullets", "numbers", "note", "image", "table"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line; `target` is where a link leads: « chapter#heading »."""

    sort: RunSort
    text: str
    target: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a text: a heading, a list with its lines, a picture with what it shows…"""

    sort: BlockSort
    lines: tuple[Line, ...] = ()
    """One of a heading, a paragraph, a note; one an item of a list; two a row of a table, its head first."""
    level: int = 0
    """Of a heading."""
    anchor: str = ""
    """Of a heading: what links name it by."""
    source: str = ""
    alt: str = ""
    """Of a picture: its file, and what it shows in words."""

    @property
    def text(self) -> str:
        """Its words alone."""
        return "\n".join(plain(line) for line in self.lines)


def plain(line: Line) -> str:
    """The words of a line."""
    return "".join(run.text for run in line)


def anchor_of(words: str) -> str:
    """The name of a heading in links: « Où sont mes fiches ? » is `où-sont-mes-fiches`."""
    return "-".join(re.findall(r"\w+", words.lower()))


_RUN = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<name>[^*\s][^*]*)\*|`(?P<keys>[^`]+)`|\[(?P<link>[^\]]+)\]\((?P<target>[^)\s]+)\)"
)
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<source>[^)\s]+)\)$")
_HEADING = re.compile(r"(#{1,6}) +(.+)$")
_RULE = re.compile(r"\|[\s|:-]+\|$")
_MARKS: tuple[tuple[BlockSort, re.Pattern[str]], ...] = (
    ("bullets", re.compile(r"- +")),
    ("numbers", re.compile(r"\d+\. +")),
    ("note", re.compile(r"> ?")),
    ("table", re.compile(r"(?=\|)")),
)


def line_of(words: str) -> Line:
    """A line with its marks read."""
    runs: list[Run] = []
    start = 0
    for found in _RUN.finditer(words):
        if found.start() > start:
            runs.append(Run("text", words[start : found.start()]))
        sort: RunSort = next(s for s in ("strong", "name", "keys", "link") if found[s] is not None)
        runs.append(Run(sort, found[sort], _target(found["target"] or "")))
        start = found.end()
    if start < len(words):
        runs.append(Run("text", words[start:]))
    return tuple(runs)


def blocks_of(text: str) -> tuple[Block, ...]:
    """A text with its blocks read: they are parted by empty lines."""
    pieces = [[line.rstrip() for line in piece.splitlines() if line.strip()] for piece in re.split(r"\n\s*\n", text)]
    return tuple(block for lines in pieces if lines for block in _blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    heading, image = _HEADING.match(lines[0]), _IMAGE.match(lines[0])
    if heading:
        line = line_of(heading[2])
        yield Block("heading", (line,), level=len(heading[1]), anchor=anchor_of(plain(line)))
    elif image:
        yield Block("image", source=image["source"], alt=image["alt"])
    else:
        yield _block(lines)
        return
    if lines[1:]:
        yield from _blocks(lines[1:])


def _block(lines: Sequence[str]) -> Block:
    for sort, mark in _MARKS:
        if mark.match(lines[0]):
            if sort == "table":
                return Block("table", tuple(_cells(lines)))
            items = _items(lines, mark)
            return Block(sort, tuple(line_of(item) for item in ([" ".join(items)] if sort == "note" else items)))
    return Block("paragraph", (line_of(" ".join(line.strip() for line in lines)),))


def _items(lines: Sequence[str], mark: re.Pattern[str]) -> list[str]:
    """What stands after each mark, with the lines that go on without one."""
    items: list[str] = []
    for line in lines:
        found = mark.match(line)
        if found:
            items.append(line[found.end() :])
        else:
            items[-1] += " " + line.strip()
    return items


def _cells(lines: Sequence[str]) -> Iterator[Line]:
    for row in lines:
        if not _RULE.match(row):
            yield from (line_of(cell.strip()) for cell in row.strip("|").split("|"))


def _target(written: str) -> str:
    """« 12_imprimer.md#les-modèles » leads to `imprimer#les-modèles`."""
    return re.sub(r"^(?:\d+_)?([^#]*?)(?:\.md)?(?=#|$)", r"\1", written)
