"""Pages of a PDF: how many there are, and how they lie on sheets that are folded."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

_ROOT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)")


def count_pages(pdf: bytes) -> int:
    """How many pages.

    Typst writes one list of pages, which is found without reading the 25,000 objects of a long document one by one.
    """
    lists = _ROOT.findall(pdf)
    if len(lists) == 1:
        return int(lists[0])
    pages: Any = PdfReader(io.BytesIO(pdf)).root_object["/Pages"]
    return int(pages["/Count"])


def named_pages(pdf: bytes) -> dict[str, range]:
    """The pages from each heading that the template gave a label up to the next one, counted from 0."""
    reader = PdfReader(io.BytesIO(pdf))
    numbers = {page.indirect_reference: at for at, page in enumerate(reader.pages)}
    starts = {name: numbers[place.raw_get("/Page")] for name, place in reader.named_destinations.items()}
    ends = dict(pairwise([*sorted(set(starts.values())), len(numbers)]))
    return {name: range(start, ends[start]) for name, start in starts.items()}


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


def booklet(pdf: bytes, sides: str = "both") -> bytes:
    """The same pages two by two on sheets twice as wide, in the order that folding needs.

    `sides`: both; or, for a printer that knows one side only, first the `front` of every sheet, then the `back` ones
    from the last to the first, as the pile is put back the way it came out.

    Each page is placed as it is, without its content being read: merging contents costs a second a page.
    """
    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter()
    box = reader.pages[0].mediabox
    width, height = float(box.width), float(box.height)
    placed = [_drawing(writer, page) for page in reader.pages]
    order = list(folding_order(len(placed)))
    for left, right in {"front": order[::2], "back": order[::-2]}.get(sides, order):
        shown = [(at, shift) for at, shift in ((left, 0.0), (right, width)) if at is not None]
        side = writer.add_blank_page(2 * width, height)
        drawings = DictionaryObject({NameObject(f"/P{at}"): placed[at] for at, _shift in shown})
        side[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawings})
        drawn = DecodedStreamObject()
        drawn.set_data(b"".join(b"q 1 0 0 1 %.3f 0 cm /P%d Do Q\n" % (shift, at) for at, shift in shown))
        side[NameObject("/Contents")] = writer._add_object(drawn)
    _say_what_it_is(writer, reader, sides)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _drawing(writer: PdfWriter, page: PageObject) -> IndirectObject:
    """A page as something that can be placed on another."""
    content = page.get_contents()
    form = DecodedStreamObject()
    form.set_data(content.get_data() if content is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(edge) for edge in page.mediabox)
    form[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return writer._add_object(form.flate_encode())


def _say_what_it_is(writer: PdfWriter, reader: PdfReader, sides: str) -> None:
    """The title, the language, how it is to be printed: at its size, turned on the short edge.

    It has no tags nor bookmarks: its pages stand in the order of folding, so that whoever has them read aloud, page by
    page, would hear the last one first. The same pages in reading order have them all.
    """
    title = reader.metadata.title if reader.metadata else None
    writer.add_metadata({"/Title": title or ""})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("fr-FR")
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            NameObject("/DisplayDocTitle"): BooleanObject(True),
            NameObject("/PrintScaling"): NameObject("/None"),
            NameObject("/Duplex"): NameObject("/DuplexFlipShortEdge" if sides == "both" else "/Simplex"),
        }
    )
