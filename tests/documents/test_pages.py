"""Pages on sheets that are folded: once folded, one reads them in order."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from appli.documents.pages import booklet, count_pages, folding_order
from appli.documents.typesetting import typeset


def folded(sides: list[tuple[int | None, int | None]]) -> list[int | None]:
    """The pages of a pile of printed sheets, folded once in the middle, from the first to the last."""
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    opening = [page for (_last, first), (second, _before) in sheets for page in (first, second)]
    closing = [page for (last, _first), (_second, before) in reversed(sheets) for page in (before, last)]
    return opening + closing


@pytest.mark.parametrize("pages", range(1, 65))
def test_a_folded_booklet_is_read_in_order(pages: int) -> None:
    sides = list(folding_order(pages))
    assert len(sides) == 2 * -(-pages // 4)
    read = folded(sides)
    assert [page for page in read if page is not None] == list(range(pages))
    assert read[:pages] == list(range(pages)), "blank pages are the last"


def test_the_sides_of_a_booklet_hold_their_pages(tmp_path: object) -> None:
    front: dict[str, object] = {"date": "22 novembre 2026"}
    front |= {"title": "T", "space": "", "season": "", "edition": 0, "audience": "", "contact": "", "words": ""}
    front |= {"invented": False, "paper": {"code": "a5", "width": 148, "height": 210}}
    front |= {"options": {"columns": "1", "cover": False, "notice": True}}
    plain = dict.fromkeys(("code", "second", "commune", "address", "summary", "description", "hours", "photo"), "")
    plain |= {
        "kind": "person",
        "first": "A",
        "anchored": True,
        "contacts": [],
        "skills": [],
        "organizations": [],
        "details": [],
    }
    sheets = [{**plain, "id": f"{n:032x}", "title": f"Nom{n}"} for n in range(120)]
    section = {"title": "P", "groups": [{"title": "", "by": "letter", "sheets": sheets}]}
    data = {
        "front": front,
        "sections": [section],
        "indexes": [],
        "contents": False,
        "map": {},
        "cover_map": {},
        "counted": "120 fiches",
    }
    pdf = typeset("annuaire.typ", data)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    imposed = PdfReader(io.BytesIO(booklet(pdf)))
    sides = imposed.pages
    said: Any = imposed.root_object
    assert (imposed.metadata and imposed.metadata.title, said["/Lang"]) == ("T", "fr-FR")
    assert said["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    assert count_pages(pdf) == len(pages) > 4
    assert count_pages(pdf + b"\n% <</Type /Pages /Count 9>>\n") == len(pages), "of two lists, the file says which"
    for side, (left, right) in zip(sides, folding_order(len(pages)), strict=True):
        text = side.extract_text()
        assert float(side.mediabox.width) == pytest.approx(2 * 148 / 25.4 * 72, abs=0.1)
        for at in (left, right):
            for word in pages[at].split() if at is not None else ():
                assert word in text


@pytest.mark.parametrize("pages", [1, 4, 7, 16])
def test_one_side_at_a_time_gives_the_same_sheets(pages: int) -> None:
    """The backs come in the order in which a pile of fronts, turned over as a whole, takes them."""
    made = PdfWriter()
    for at in range(pages):
        made.add_blank_page(width=100 + at, height=200)
    content = io.BytesIO()
    made.write(content)
    both, front, back = (
        len(PdfReader(io.BytesIO(booklet(content.getvalue(), s))).pages) for s in ("both", "front", "back")
    )
    assert front == back == both // 2
    order = list(folding_order(pages))
    pile = list(zip(order[::2], order[::-2][::-1], strict=True))
    assert [side for sheet in pile for side in sheet] == order
