"""A skill as a thing to browse: everybody who has it, in the groups of what they do with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.changes import Put
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet, trash
from appli.services.lists import term_id
from appli.services.terms import TermPage, term_page


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    opened = open_directory(tmp_path / "annuaire")
    yield opened
    opened.close()


def make(directory: Directory, kind: str, **fields: str) -> RecordId:
    return create_sheet(directory, kind, [Assignment(n, "=", v) for n, v in fields.items()]).id


def page(directory: Directory, scheme: str = "skill", label: str = "Soudure") -> dict[str, list[str]]:
    found: TermPage = term_page(directory, term_id(scheme, label))
    return {title: [h.row.title for h in holders] for title, holders in found.groups}


def qualify(directory: Directory, owner: RecordId, **values: object) -> None:
    row = directory.reads.parts("skill", [owner])[owner][0]
    directory.do("Qualifier", [Put(row.id, name, value) for name, value in values.items()])


def test_who_practises_teaches_wants_and_which_project_lacks_it(directory: Directory) -> None:
    teacher = make(directory, "person", name="Élise", skills="Soudure")
    make(directory, "person", name="Ambre", skills="Soudure")
    learner = make(directory, "person", name="Zoé", skills="Soudure")
    make(directory, "project", title="Remorque commune", wanted_skills="Soudure")
    qualify(directory, teacher, intents=["practises", "teaches"], level="expert")
    qualify(directory, learner, intents=["wants"])
    assert page(directory) == {
        "La pratiquent": ["Ambre", "Élise"],
        "Peuvent l’enseigner": ["Élise"],
        "Veulent l’apprendre": ["Zoé"],
        "La recherchent": ["Remorque commune"],
    }
    holders = dict(term_page(directory, term_id("skill", "Soudure")).groups)["Peuvent l’enseigner"]
    assert [h.detail for h in holders] == ["confirmé"]


def test_what_is_in_the_trash_or_taken_off_is_not_there(directory: Directory) -> None:
    gone = make(directory, "person", name="Ambre", skills="Soudure")
    other = make(directory, "person", name="Zoé", skills="Soudure")
    trash(directory, [gone])
    qualify(directory, other, present=False)
    assert page(directory) == {}


def test_other_terms_have_one_group(directory: Directory) -> None:
    make(directory, "place", title="La Recyclerie", functions="Atelier partagé")
    assert list(page(directory, "function", "Atelier partagé").values()) == [["La Recyclerie"]]


def test_a_term_nobody_wrote(directory: Directory) -> None:
    with pytest.raises(UserError, match="n’est plus"):
        term_page(directory, term_id("skill", "Vol à voile"))
