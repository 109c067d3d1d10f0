"""QR codes as they are on the page: drawn by the engine at a telephone's sharpness, read by another library."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typst
import zxingcpp
from PIL import Image

from appli import resources
from appli.documents.typesetting import PICTURES, in_one, sources
from appli.services.directory import Directory
from appli.services.printing.edition import new_edition
from appli.services.printing.printing import data_of, job_of
from tests.services.printing.test_printing import made

DOTS = 130
"""Dots an inch, what a telephone sees of a sheet held at arm's length."""


def pages(template: str, data: dict[str, Any], folder: Path) -> Iterator[Image.Image]:
    """The pages as pictures, by the templates and fonts of the product."""
    pictures, places = in_one({})
    (folder / PICTURES).write_bytes(pictures)
    drawn = typst.compile(
        sources(template, {"data.json": json.dumps(data).encode(), "pictures.json": places}),  # type: ignore[call-overload]
        root=folder,
        font_paths=[resources.path("polices")],
        ignore_system_fonts=True,
        format="png",
        ppi=DOTS,
    )
    for page in drawn if isinstance(drawn, list) else [drawn]:
        yield Image.open(io.BytesIO(page))


@pytest.mark.parametrize(
    ("model", "kind"), [("single", "person"), ("badges", "person"), ("poster", "place"), ("corrections", "place")]
)
def test_a_telephone_reads_the_code_of_a_page(one: Directory, tmp_path: Path, model: str, kind: str) -> None:
    made(one, "person", name="Odette Vanel", commune="Mende")
    made(one, "place", title="La Halle", commune="Mende", web="https://halle.exemple.fr/l-été?a=1")
    made(one, "place", title="Le Four", commune="Mende")
    edition = new_edition(model)
    job = job_of(one, replace(edition, audience=edition.of.audiences[-1], kinds=(kind,)))
    data, _missing = data_of(job)
    found = [code.text for page in pages(edition.of.template, data, tmp_path) for code in zxingcpp.read_barcodes(page)]
    expected = {subject.title: subject.code for subject in job.subjects()}
    if model == "poster":
        expected["La Halle"] = "https://halle.exemple.fr/l-été?a=1"
    assert sorted(found) == sorted(expected.values())
