"""A chapter of the guide as the rich text of a reading pane, in the colours and at the size of the moment."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from appli.presenters.guide import Block, Chapter, Line, Run, picture
from ui.theme import current
from ui.widgets.layout import space

FINENESS = 2
"""Pictures of the guide have two points a pixel of 100 % text."""


def chapter_html(chapter: Chapter, width: int) -> str:
    """The whole chapter; pictures are at most `width` pixels wide."""
    body = "".join(_block(block, width) for block in chapter.blocks)
    title = f'<h1 style="{_letters("page_title", 700)} margin: 0 0 {space(3)}px 0">{escape(chapter.title)}</h1>'
    return f'<body style="{_letters("body", 400)}">{title}{body}</body>'


def _block(block: Block, width: int) -> str:
    match block.sort:
        case "heading":
            letters = _letters("section" if block.level == 2 else "name", 600)
            margins = f"margin: {space(5)}px 0 {space(1)}px 0"
            tag, words = f"h{block.level}", f'<a name="{block.anchor}"></a>{_line(block.lines[0])}'
            return f'<{tag} style="{letters} {margins}">{words}</{tag}>'
        case "bullets" | "numbers":
            tag = "ul" if block.sort == "bullets" else "ol"
            items = "".join(f'<li style="margin: {space(1)}px 0">{_line(line)}</li>' for line in block.lines)
            return f'<{tag} style="margin: {space(1)}px 0 {space(2)}px 0">{items}</{tag}>'
        case "note":
            return _note(block.lines[0])
        case "table":
            return _table(block)
        case "image":
            return _image(block, width)
        case _:
            return f'<p style="margin: {space(2)}px 0; line-height: 135%">{_line(block.lines[0])}</p>'


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    words, theme = escape(run.text), current()
    match run.sort:
        case "strong":
            return f"<b>{words}</b>"
        case "name":
            return f'<span style="font-weight: 600; color: {theme.color("accent_text").name()}">{words}</span>'
        case "keys":
            back = theme.color("hover").name()
            return f'<span style="font-weight: 600; background-color: {back}">\u00a0{words}\u00a0</span>'
        case "link":
            return f'<a href="{escape(run.target)}" style="color: {theme.color("link").name()}">{words}</a>'
        case _:
            return words


def _note(line: Line) -> str:
    theme = current()
    bar = (
        f'<td width="{theme.px("border.selection_bar")}" style="background-color: {theme.color("accent").name()}"></td>'
    )
    words = (
        f'<td style="background-color: {theme.color("accent_soft").name()}; padding: {space(2)}px">{_line(line)}</td>'
    )
    gap = space(2)
    return f'<table width="100%" cellspacing="0" style="margin: {gap}px 0 {gap}px 0"><tr>{bar}{words}</tr></table>'


def _table(block: Block) -> str:
    line = current().color("border").name()
    edge = f"border-bottom: 1px solid {line}; padding: {space(1)}px {space(3)}px {space(1)}px 0"
    rows = [block.lines[at : at + 2] for at in range(0, len(block.lines), 2)]
    drawn = "".join(
        "<tr>" + "".join(f'<{tag} align="left" style="{edge}">{_line(cell)}</{tag}>' for cell in row) + "</tr>"
        for tag, row in zip(["th"] + ["td"] * len(rows), rows, strict=False)
    )
    return f'<table width="100%" cellspacing="0" style="margin: {space(2)}px 0">{drawn}</table>'


def _image(block: Block, width: int) -> str:
    gap, shown = space(2), _shown_width(_picture(block.source), width)
    return f'<p style="margin: {gap}px 0 {gap}px 0"><img src="{block.source}" width="{shown}"></p>'


def drawn_picture(source: str, width: int, ratio: float) -> QPixmap:
    """A picture at the size at which it is shown: the text itself would shrink it roughly."""
    whole = _picture(source)
    shown = round(_shown_width(whole, width) * ratio)
    return whole.scaledToWidth(shown, Qt.TransformationMode.SmoothTransformation)


def _picture(source: str) -> QPixmap:
    return QPixmap(str(picture(source)))


def _shown_width(whole: QPixmap, width: int) -> int:
    return max(1, min(width, round(whole.width() / FINENESS * current().scale)))


def _letters(size: str, weight: int) -> str:
    return f"font-size: {current().points(size):g}pt; font-weight: {weight};"
