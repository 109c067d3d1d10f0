"""The help of the window: the guide's chapters, what was looked for in them, the one that is read; on paper too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from appli.documents.prose import Block, Line, Run
from appli.domain.text import matches, terms, words
from appli.i18n import _
from appli.presenters.shell import Shell
from appli.services.guide import Chapter, chapter_of, chapters, picture, print_guide

__all__ = ["Block", "Chapter", "Entry", "Guide", "Line", "Run", "picture"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, or of what was found."""

    chapter: str
    anchor: str
    """Of the heading it leads to; the beginning of the chapter without one."""
    title: str
    where: str = ""
    """The chapter it stands in, said where the title is another."""


class GuideView(Protocol):
    """What draws the help."""

    def show_entries(self) -> None:
        """Other lines at the left."""

    def show_chapter(self, anchor: str) -> None:
        """The chapter read is another, or it is read from that heading on."""

    def show_written(self, path: Path, words: str) -> None:
        """The guide lies there."""


class Guide:
    """State of the help."""

    def __init__(self, shell: Shell, view: GuideView) -> None:
        self.chapter = chapters()[0]
        self.looked_for = ""
        self.entries: Sequence[Entry] = _contents()
        self._shell, self._view = shell, view
        self._read: list[tuple[str, str]] = []

    def open_at(self, page: str) -> None:
        """The chapter of a page of the window, after whatever was looked for."""
        self.look_for("")
        self._go(chapter_of(page).key, "")

    def look_for(self, text: str) -> None:
        """What is in the field: nothing gives the contents again."""
        if text == self.looked_for:
            return
        self.looked_for = text
        self.entries = tuple(_found(text)) if terms(text) else _contents()
        self._view.show_entries()

    def choose(self, place: int) -> None:
        """A line at the left."""
        if 0 <= place < len(self.entries):
            self._go(self.entries[place].chapter, self.entries[place].anchor)

    def follow(self, target: str) -> None:
        """A link of the text: « chapter#heading »."""
        chapter, _sign, anchor = target.partition("#")
        self._go(chapter, anchor)

    def back(self) -> None:
        """What was read before."""
        if len(self._read) > 1:
            self._read.pop()
            self._go(*self._read.pop())

    @property
    def place(self) -> int:
        """The line of what is read, -1 if it is not among them."""
        at = (self.chapter.key, self._read[-1][1] if self._read else "")
        places = [(entry.chapter, entry.anchor) for entry in self.entries]
        return places.index(at) if at in places else next((n for n, p in enumerate(places) if p == (at[0], "")), -1)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words looked for stand in a text."""
        return matches(text, self.looked_for)

    @property
    def file_name(self) -> str:
        """The name proposed for the guide on paper."""
        return _("guide-maillage.pdf")

    def save(self, path: Path) -> None:
        """Make the guide's pages and write them to a file."""
        target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")

        def written(_none: None) -> None:
            self._view.show_written(target, _("Guide écrit dans {name}.").format(name=target.name))

        self._shell.session.jobs.write(lambda progress: print_guide(target, progress), written, self._shell.report)

    def _go(self, key: str, anchor: str) -> None:
        self.chapter = next((chapter for chapter in chapters() if chapter.key == key), self.chapter)
        if not self._read or self._read[-1] != (key, anchor):
            self._read = [*self._read[-20:], (key, anchor)]
        self._view.show_chapter(anchor)


def _contents() -> tuple[Entry, ...]:
    return tuple(Entry(chapter.key, "", chapter.title) for chapter in chapters())


def _found(text: str) -> Iterator[Entry]:
    """The headings under which, or in whose words, everything looked for stands."""
    wanted = terms(text)
    for chapter in chapters():
        for anchor, title, said in _sections(chapter):
            there = words(said)
            if all(any(term.finds(word) for word in there) for term in wanted):
                yield Entry(chapter.key, anchor, title, chapter.title if anchor else "")


def _sections(chapter: Chapter) -> Iterator[tuple[str, str, str]]:
    """(heading's anchor, its words, all that is said under it)."""
    anchor, title, said = "", chapter.title, [chapter.title]
    for block in chapter.blocks:
        if block.sort == "heading":
            yield anchor, title, "\n".join(said)
            anchor, title, said = block.anchor, block.text, []
        said.append(block.text)
    yield anchor, title, "\n".join(said)
