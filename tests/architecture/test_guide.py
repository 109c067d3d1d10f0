"""The guide cannot lie silently: what it names is on the screen, what it leads to exists, its French is right."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from appli import resources
from appli.documents.prose import Block, Run
from appli.services.guide import FIRST_LINE, Chapter, chapters, picture
from tests.architecture.sources import callee, calls, modules
from tests.architecture.test_french import BANNED, TRANSLATORS, TYPOGRAPHY
from ui.actions import ACTIONS, key_words
from ui.pages.registry import PAGES

SIZE = 2_500_000
OTHER_KEYS = {"Tab", "↓", "↑"}
"""What every program does with them."""


@cache
def messages() -> frozenset[str]:
    """Everything the program may show."""
    return frozenset(
        argument.value
        for tree in modules().values()
        for call in calls(tree)
        for argument in call.args[: TRANSLATORS.get(callee(call), 0)]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    )


def runs(sort: str) -> Iterator[tuple[Chapter, Run]]:
    for chapter in chapters():
        for block in chapter.blocks:
            for line in block.lines:
                yield from ((chapter, run) for run in line if run.sort == sort)


def blocks(sort: str) -> list[Block]:
    return [block for chapter in chapters() for block in chapter.blocks if block.sort == sort]


def test_every_name_of_the_screen_is_on_the_screen() -> None:
    wrong = [(chapter.key, run.text) for chapter, run in runs("name") if run.text not in messages()]
    assert not wrong


def test_every_key_does_something() -> None:
    known = {key_words(key) for some in ACTIONS.values() for action in some for key in action.keys}
    known |= {key_words(page.keys) for page in PAGES if page.keys} | OTHER_KEYS
    wrong = [(chapter.key, run.text) for chapter, run in runs("keys") if run.text not in known]
    assert not wrong


def test_every_page_of_the_window_has_one_chapter() -> None:
    told = [page for chapter in chapters() for page in chapter.pages]
    assert sorted(told) == sorted(page.key for page in PAGES)


def test_every_link_leads_somewhere() -> None:
    places = {chapter.key for chapter in chapters()}
    places |= {f"{c.key}#{b.anchor}" for c in chapters() for b in c.blocks if b.sort == "heading"}
    wrong = [(chapter.key, run.target) for chapter, run in runs("link") if run.target not in places]
    assert not wrong


def test_every_heading_of_a_chapter_has_its_own_name() -> None:
    for chapter in chapters():
        anchors = [block.anchor for block in chapter.blocks if block.sort == "heading"]
        assert len(anchors) == len(set(anchors)), chapter.key


def test_every_picture_is_there_says_what_it_shows_and_is_used() -> None:
    shown = [picture(block.source) for block in blocks("image")]
    there = sorted(resources.path("aide/images").glob("*.png"))
    assert sorted(shown) == there
    assert all(block.alt for block in blocks("image"))
    assert sum(path.stat().st_size for path in there) <= SIZE


@pytest.mark.parametrize("file", sorted(p.name for p in resources.path("aide").glob("*.md")))
def test_its_french_is_right(file: str) -> None:
    text = resources.path(f"aide/{file}").read_text("utf-8")
    first = FIRST_LINE.match(text)
    assert first, "the first line names the pages of the window"
    prose = re.sub(r"`[^`\n]*`|\]\([^)\s]*\)|!\[|\| --- \| --- \||^\|", "X", text[first.end() :], flags=re.MULTILINE)
    for rule, pattern in TYPOGRAPHY.items():
        if rule != "no space left at the ends":
            assert not re.search(pattern, prose), rule
    assert not BANNED.search(prose)
