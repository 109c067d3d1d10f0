"""The directory on paper: in which order, under which heads, and where its indexes lead."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from appli.documents.typesetting import typeset
from appli.domain.changes import Create
from appli.domain.ids import new_id
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.printing import printing
from appli.services.printing.annuaire import entries_of
from appli.services.printing.edition import new_edition
from tests.printed import directory_of, sheet_of

PEOPLE = {
    "Zoé Côté": ("tissage", "Mende"),
    "Ana Cote": ("soudure; tissage", "Langogne"),
    "Luc Côte": ("", ""),
    "Éva Élan": ("soudure", "Mende"),
    "Ida Eau": ("œillets", "Florac Trois Rivières"),
}


@pytest.fixture
def people(one: Directory) -> Directory:
    for name, (skills, commune) in PEOPLE.items():
        asked = [Assignment("name", "=", name)]
        asked += [Assignment("skills", "+=", skill.strip()) for skill in skills.split(";") if skill]
        asked += [Assignment("commune", "=", commune)] if commune else []
        create_sheet(one, "person", asked, None)
    return one


def groups(directory: Directory, order: str, **changes: Any) -> list[tuple[str, list[str]]]:
    data, _missing = printing.data_of(
        printing.job_of(directory, replace(new_edition("directory"), order=order, **changes))
    )
    (section,) = data["sections"]
    return [(group["title"], [sheet["title"] for sheet in group["sheets"]]) for group in section["groups"]]


def test_names_are_in_french_order(people: Directory) -> None:
    names = [name for _head, some in groups(people, "name") for name in some]
    assert names == ["Cote, Ana", "Côte, Luc", "Côté, Zoé", "Eau, Ida", "Élan, Éva"]


def test_by_skill_one_stands_under_each_of_hers_and_the_others_last(people: Directory) -> None:
    found = groups(people, "skill")
    assert found == [
        ("Œillets", ["Eau, Ida"]),
        ("Soudure", ["Cote, Ana", "Élan, Éva"]),
        ("Tissage", ["Cote, Ana", "Côté, Zoé"]),
        ("Sans compétence notée", ["Côte, Luc"]),
    ]
    assert groups(people, "skill", parts=()) == [
        ("Sans compétence notée", [n for _h, s in groups(people, "name") for n in s])
    ]


def test_by_commune(people: Directory) -> None:
    assert [head for head, _some in groups(people, "commune")] == [
        "Florac Trois Rivières",
        "Langogne",
        "Mende",
        "Sans commune",
    ]


def test_codes_are_in_their_order(people: Directory) -> None:
    data, _missing = printing.data_of(printing.job_of(people, replace(new_edition("directory"), order="code")))
    codes = [sheet["code"] for group in data["sections"][0]["groups"] for sheet in group["sheets"]]
    assert codes == sorted(codes)


def test_an_index_is_in_french_order_and_says_a_word_once() -> None:
    words = [
        ("côté", "1"),
        ("cote", "2"),
        ("Atelier 10", "3"),
        ("coté", "4"),
        ("Atelier 9", "5"),
        ("cote", "6"),
        ("côte", "7"),
    ]
    found = [(entry["label"], entry["ids"]) for entry in entries_of(words)]
    assert found == [
        ("Atelier 9", ["5"]),
        ("Atelier 10", ["3"]),
        ("cote", ["2", "6"]),
        ("coté", ["4"]),
        ("côte", ["7"]),
        ("côté", ["1"]),
    ]


def test_an_index_leads_to_the_pages_where_the_names_are(people: Directory) -> None:
    now = people.store.folder.clock()
    people.do("Essai", [Create(new_id(now), "place", {"title": f"Lieu n{at:02}"}) for at in range(60)])
    edition = replace(new_edition("directory"), paper="a5", parts=(), options={"index_names": True})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printing.print_edition(people, edition).pdf)).pages]
    index = max(at for at, text in enumerate(pages) if "Tous les noms" in text)
    pairs = re.findall(r"(Lieu n\d\d) (\d+)", "\n".join(pages[index:]))
    assert len(pairs) == 60
    assert all(name in pages[int(page) - 1] for name, page in pairs)


def test_pages_that_follow_each_other_are_told_as_one() -> None:
    """« 1–5, 7 », each page once."""
    people = [sheet_of(f"Nom{at:03}", skills=["Vannerie"]) for at in range(90)] + [
        sheet_of("Seul") for _at in range(40)
    ]
    people.append(sheet_of("Zoé", skills=["Vannerie"]))
    pages = [p.extract_text() for p in PdfReader(io.BytesIO(typeset("annuaire.typ", directory_of(people)))).pages]
    index = next(at for at, text in enumerate(pages) if "Qui sait faire quoi" in text)
    told = re.search(r"Vannerie (\d+)–(\d+), (\d+)$", pages[index], re.MULTILINE)
    assert told is not None
    first, last, alone = map(int, told.groups())
    assert [*range(first, last + 1), alone] == [at for at, text in enumerate(pages[:index], 1) if "Vannerie" in text]
    assert alone > last + 1
