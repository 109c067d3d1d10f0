"""The guide on paper: whole, short, tagged, with its contents."""

from __future__ import annotations

import io

import pypdf
import pytest

from appli.services.guide import chapter_of, chapters, print_guide

MOST_PAGES = 16


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> pypdf.PdfReader:
    path = tmp_path_factory.mktemp("guide") / "guide.pdf"
    print_guide(path)
    return pypdf.PdfReader(io.BytesIO(path.read_bytes()))


def test_it_holds_every_chapter_within_its_pages(guide: pypdf.PdfReader) -> None:
    assert len(guide.pages) <= MOST_PAGES
    text = " ".join(" ".join(page.extract_text().split()) for page in guide.pages).replace("\u00ad", "")
    for chapter in chapters():
        assert " ".join(chapter.title.split()) in text


def test_it_can_be_read_aloud_and_leafed_through(guide: pypdf.PdfReader) -> None:
    catalogue = guide.root_object
    assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert catalogue["/Lang"] == "fr-FR"
    titles = [entry.title for entry in guide.outline if not isinstance(entry, list)]
    assert titles == [chapter.title for chapter in chapters()]
    assert guide.metadata is not None
    assert guide.metadata.title == "Guide de Maillage"


def test_a_page_without_a_chapter_opens_the_first() -> None:
    assert chapter_of("carte").key == "carte"
    assert chapter_of("nulle-part") is chapters()[0]
