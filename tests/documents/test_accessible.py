"""PDF/UA-1: what a screen reader is told of the directory on paper."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from appli.documents.typesetting import typeset
from appli.services.printing.on_paper import on_paper
from tests.hostile import HOSTILE
from tests.printed import directory_of, sheet_of

Node = Any


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    people = [sheet_of(f"Nom{at:02}", first="N", skills=["Vannerie"], commune="Mende") for at in range(40)]
    people.append(sheet_of("Astruc, Camille", first="A", photo="photos/a.jpg", photo_alt="Camille au marché"))
    data, _missing = on_paper(directory_of(people, contents=True, letters=True))
    return PdfReader(io.BytesIO(typeset("annuaire.typ", data, {"photos/a.jpg": _photo()})))


def _photo() -> bytes:
    from PIL import Image

    kept = io.BytesIO()
    Image.new("RGB", (40, 40), "grey").save(kept, "JPEG")
    return kept.getvalue()


def tree(node: Node) -> Iterator[Node]:
    node = node.get_object()
    if isinstance(node, list):
        for inner in node:
            yield from tree(inner)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from tree(node["/K"])


def tags(pdf: PdfReader) -> Counter[str]:
    root = pdf.trailer["/Root"]["/StructTreeRoot"]
    return Counter(str(node["/S"]) for node in tree(root) if "/S" in node)


def test_it_says_what_it_is(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert str(root["/Lang"]) == "fr-FR"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Annuaire d’essai"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().replace(b" ", b"")


def test_its_parts_are_tagged(pdf: PdfReader) -> None:
    found = tags(pdf)
    assert found["/H1"] == 4, "contents, people, two indexes"
    assert found["/H2"] == 2, "letters"
    assert found["/TOC"] == 1
    assert found["/Figure"] == 1
    assert found["/Link"] > 40


def test_a_photo_is_described(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]["/StructTreeRoot"]
    (figure,) = [node for node in tree(root) if node.get("/S") == "/Figure"]
    assert figure["/Alt"] == "Camille au marché"


def test_bookmarks_lead_to_kinds_and_letters(pdf: PdfReader) -> None:
    outline = [entry if not isinstance(entry, list) else [inner["/Title"] for inner in entry] for entry in pdf.outline]
    titles = [entry if isinstance(entry, list) else entry["/Title"] for entry in outline]
    assert titles == ["Personnes", ["A", "N"], "Qui sait faire quoi\u202f?", "Tous les noms"]


def test_the_text_is_the_data() -> None:
    """Every word of every part of a sheet, whole and once, though lines are cut and broken."""
    said: dict[str, Any] = {
        "second": "Boulangère, paysanne",
        "commune": "Saint-Étienne-du-Valdonnez",
        "address": "4 bis, rue de l’Œuvre, 48000 Mende",
        "summary": "Fait du pain au levain, «\u00a0comme avant\u00a0», et l’apprend\u00a0: venez\u202f!",
        "description": "Anticonstitutionnellement longue. " * 30,
        "hours": "lundi et jeudi de 9 h à 12 h 30",
        "skills": ["Boulange", "Maréchalerie", "Ferronnerie d’art"],
        "organizations": ["Les Amis du Four", "Coopérative des Causses"],
        "contacts": [{"type": "email", "label": "", "value": f"prenom.nom@{'tres-long.' * 6}fr"}],
        "details": [{"label": "Langues", "value": "français, occitan, brezhoneg"}],
    }
    names = ("Roumégas, Élise", "Le Goff, Nolwenn")
    data, _missing = on_paper(directory_of([sheet_of(name, **said) for name in names]))
    pages = PdfReader(io.BytesIO(typeset("annuaire.typ", data))).pages
    text = _squeezed("".join(page.extract_text() for page in pages))
    for name, value in said.items():
        for words in (_squeezed(one) for one in _texts(value)):
            assert text.count(words) == len(names) or (name in ("skills", "contacts") and words in text), words
    assert all(_squeezed(name) in text for name in names)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inner in (value["label"], value["value"]) if isinstance(value, dict) else value:
            yield from _texts(inner)


def _squeezed(text: str) -> str:
    """Without the spaces and hyphens where a line may be broken."""
    return re.sub(r"[-\s]", "", text)


@pytest.mark.parametrize("model", ["annuaire.typ", "trombinoscope.typ"])
def test_hostile_words_are_only_words(model: str) -> None:
    texts = [text[:2000] for text in HOSTILE if text.strip() and "\ud800" not in text]
    people = [
        sheet_of(text[:300], second=text, summary=text, description=text, skills=[text[:300]], commune=text[:300])
        for text in texts
    ]
    data, _missing = on_paper(directory_of(people))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(typeset(model, data))).pages)
    assert '#read("/etc/passwd")' in text
    assert "<script>alert(" in text.replace("\n", "")
