"""Pages of a PDF: how many there are, and how they lie on sheets that are folded."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PageObject, PdfReader, PdfWriter, Transformation


def count_pages(pdf: bytes) -> int:
    """How many pages."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def folding_order(pages: int) -> Iterator[tuple[int | None, int | None]]:
    """The (left, right) pages of each side of the sheets of a booklet, counted from 0; None is left blank.

    Sheets are printed on both sides, turned on the short edge, laid on each other and folded once.
    """
    whole = pages + -pages % 4

    def one(at: int) -> int | None:
        return at if at < pages else None

    for sheet in range(whole // 4):
        low, high = 2 * sheet, whole - 1 - 2 * sheet
        yield one(high), one(low)
        yield one(low + 1), one(high - 1)


def booklet(pdf: bytes) -> bytes:
    """The same pages two by two on sheets twice as wide, in the order that folding needs."""
    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter()
    box = reader.pages[0].mediabox
    width, height = float(box.width), float(box.height)
    for left, right in folding_order(len(reader.pages)):
        side = PageObject.create_blank_page(width=2 * width, height=height)
        for page, shift in ((left, 0.0), (right, width)):
            if page is not None:
                side.merge_transformed_page(reader.pages[page], Transformation().translate(shift, 0))
        writer.add_page(side)
    writer.compress_identical_objects()
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
