"""The guide: French chapters in `ressources/aide`, the same for paper and for the help of the window.

A chapter is a Markdown file whose first line names the pages of the window it tells about:
`<!-- pages: carte a_localiser -->`.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from appli import resources
from appli.documents.prose import Block, blocks_of
from appli.exchange.safe_file import write_file
from appli.i18n import _
from appli.ports import SILENT, Progress

FIRST_LINE = re.compile(r"<!-- pages:(?P<pages>[^>]*)-->\n")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of them; its key is its file's name without the number that orders them."""

    key: str
    title: str
    pages: tuple[str, ...]
    """The pages of the window, by their keys in `ui.pages.registry`."""
    blocks: tuple[Block, ...]
    """What stands under the title."""


@cache
def chapters() -> tuple[Chapter, ...]:
    """All of them, in reading order."""
    return tuple(_read(path) for path in sorted(resources.path("aide").glob("*.md")))


def chapter_of(page: str) -> Chapter:
    """The one that tells about a page of the window; the first where none does."""
    return next((chapter for chapter in chapters() if page in chapter.pages), chapters()[0])


def picture(source: str) -> Path:
    """The file of a picture."""
    return resources.path(f"aide/{source}")


def guide_pdf(progress: Progress = SILENT) -> bytes:
    """The whole guide, A4 (PDF/UA-1). Raises Cancelled."""
    from appli.documents.typesetting import typeset

    shown = {block.source for chapter in chapters() for block in chapter.blocks if block.sort == "image"}
    return typeset("guide.typ", _data(), {source: picture(source).read_bytes() for source in shown}, progress)


def print_guide(path: Path, progress: Progress = SILENT) -> None:
    """Write the guide to a file, there whole or not at all. Raises Cancelled and EnvironmentProblem."""
    write_file(path, guide_pdf(progress))


def _read(path: Path) -> Chapter:
    text = path.read_text("utf-8")
    first = FIRST_LINE.match(text)
    pages = tuple(first["pages"].split()) if first else ()
    title, *blocks = blocks_of(text[first.end() :] if first else text)
    return Chapter(path.stem.partition("_")[2], title.text, pages, tuple(blocks))


def _data() -> dict[str, Any]:
    front = {
        "title": _("Guide de Maillage"),
        "space": _("Maillage"),
        "audience": _made_by(),
        "contact": "",
        "season": "",
        "edition": 0,
        "invented": False,
        "paper": {"code": "a4", "width": 210, "height": 297},
    }
    return {"front": front, "chapters": [asdict(chapter) for chapter in chapters()]}


def _made_by() -> str:
    try:
        return _("Guide de Maillage {version}").format(version=version("maillage"))
    except PackageNotFoundError:
        return _("Guide de Maillage")
