"""The paper round trip: sheets printed, their codes read from the PDF, corrections typed, and what is still out."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.services import notes, undoing
from appli.services.consenting import Answer, answers_of, note_consent
from appli.services.directory import Directory
from appli.services.editing import Assignment, edit_sheet, trash
from appli.services.erasing import erase
from appli.services.freshness import confirm_all
from appli.services.judging import unite
from appli.services.linking import link
from appli.services.printing.edition import editions, keep, new_edition
from appli.services.printing.printing import Printed, data_of, job_of, outlook, print_edition
from appli.services.returning import Paper, find_paper, take_in
from appli.services.sheets_out import SheetOut, carrier_name, hand_out, mark, sheets_out
from tests.services.printing.test_printing import made, text_of

NAMES = ("Odette Vanel", "Hugo Ramdanel", "Inès Cabrillac", "Zoé Astruc", "Paul Meyrueis", "Lise Foulquier")
CODE = re.compile(r"[A-Z]-[0-9A-Z]{6}-[0-9A-Z]")


def printed(directory: Directory, model: str = "corrections", text: str = "", **options: Any) -> Printed:
    return print_edition(directory, replace(new_edition(model), text=text, options=options))


def handed_out(directory: Directory) -> Mapping[str, SheetOut]:
    """The sheets as they are printed, without the pages."""
    job = job_of(directory, new_edition("corrections"))
    data_of(job)
    hand_out(directory, job.handed)
    return job.handed


def entry(directory: Directory, record: RecordId) -> Entry:
    found = directory.reads.entry(record)
    assert found is not None
    return found


def edit(directory: Directory, record: RecordId, name: str, value: str) -> None:
    edit_sheet(directory, entry(directory, record), [Assignment(name, "=", value)])


def line(paper: Paper, code: str) -> Any:
    return next(one for one in paper.lines if one.line.code == code)


@pytest.fixture
def ten(one: Directory, now_is: Callable[[str], None]) -> dict[str, RecordId]:
    """Six people and four places."""
    now_is("2026-11-22T10:00:00+01:00")
    found = {n: made(one, "person", name=n, commune="Mende", phone=f"04 65 71 20 1{i}") for i, n in enumerate(NAMES)}
    places = ("La Halle", "Le Fournil", "La Filature", "Le Lavoir")
    return found | {title: made(one, "place", title=title, commune="Langogne") for title in places}


def test_ten_papers_go_out_and_come_back(one: Directory, ten: dict[str, RecordId]) -> None:
    paper = printed(one)
    hand_out(one, paper.handed)
    codes = set(CODE.findall(text_of(paper.pdf)))
    papers = {paper.title: paper for paper in (find_paper(one, code) for code in codes)}
    assert papers.keys() == ten.keys()
    assert all(one_.printed == one_.line.words and not one_.changed for p in papers.values() for one_ in p.lines)
    odette = take_in(
        one,
        papers["Odette Vanel"],
        {
            "name.family": "Vanel-Roux",
            "phone": "04 65 71 20 99",
            "skills": "Vannerie ; Reliure",
            "address.street": "4 rue Haute",
        },
        {"members_print": True, "letters": False},
    )
    assert not odette.errors
    take_in(one, papers["La Halle"], {"title": "La Vieille Halle", "commune": "Marvejols"}, {})
    take_in(one, papers["Hugo Ramdanel"], {}, {})
    again = find_paper(one, papers["Odette Vanel"].code.replace("-", "").lower()[1:])
    assert again.title == "Odette Vanel-Roux"
    said = {one_.line.code: one_.line.words for one_ in again.lines}
    assert said["phone"] == "04 65 71 20 99"
    assert sorted(said["skills"].split("\u202f; ")) == ["Reliure", "Vannerie"]
    assert said["address.street"] == "4 rue Haute"
    known = {a.purpose: (a.given, a.how, a.on) for a in answers_of(one, ten["Odette Vanel"])}
    assert known == {"members_print": (True, "paper", "2026-11-22"), "letters": (False, "paper", "2026-11-22")}
    assert entry(one, ten["La Halle"]).values["commune"]["name"] == "Marvejols"
    assert entry(one, ten["Hugo Ramdanel"]).values["confirmation"] == {"on": "2026-11-22", "how": "paper"}
    states = {one.title_of(record): out.state for record, out in sheets_out(one).items()}
    assert sorted(states.values()) == ["out"] * 7 + ["returned"] * 3
    assert [states[title] for title in ("Odette Vanel-Roux", "La Vieille Halle", "Hugo Ramdanel")] == ["returned"] * 3


def test_a_paper_is_one_work(one: Directory, ten: dict[str, RecordId]) -> None:
    paper = find_paper(one, handed_out(one)[ten["Zoé Astruc"].hex()].code)
    take_in(one, paper, {"name.given": "Zoë", "summary": "Tourne le bois"}, {"web": True})
    undoing.undo(one)
    values = entry(one, ten["Zoé Astruc"]).values
    assert values["name"]["display"] == "Zoé Astruc"
    assert "summary" not in values
    assert "confirmation" not in values
    assert answers_of(one, ten["Zoé Astruc"]) == []


def test_what_cannot_stand_is_said_at_its_line_and_nothing_is_written(one: Directory, ten: dict[str, RecordId]) -> None:
    paper = find_paper(one, handed_out(one)[ten["Zoé Astruc"].hex()].code)
    done = take_in(
        one, paper, {"phone": "04 65", "summary": "Juste", "name.given": "", "name.family": ""}, {"web": True}
    )
    assert done.errors.keys() >= {"phone"}
    values = entry(one, ten["Zoé Astruc"]).values
    assert "summary" not in values
    assert sheets_out(one)[ten["Zoé Astruc"]].state == "out"


def test_nobody_loses_her_name(one: Directory, ten: dict[str, RecordId]) -> None:
    paper = find_paper(one, handed_out(one)[ten["Zoé Astruc"].hex()].code)
    assert "besoin d’un nom" in take_in(one, paper, {"name.given": "", "name.family": ""}, {}).errors["name.given"]
    halle = find_paper(one, handed_out(one)[ten["La Halle"].hex()].code)
    assert "besoin d’un nom" in take_in(one, halle, {"title": ""}, {}).errors["title"]


def test_what_changed_since_is_marked(one: Directory, ten: dict[str, RecordId]) -> None:
    code = handed_out(one)[ten["Zoé Astruc"].hex()].code
    edit(one, ten["Zoé Astruc"], "phone", "04 65 71 99 99")
    paper = find_paper(one, code)
    assert line(paper, "phone").changed
    assert (line(paper, "phone").printed, line(paper, "phone").line.words) == ("04 65 71 20 13", "04 65 71 99 99")
    assert not line(paper, "commune").changed


def test_a_lost_paper_is_no_longer_awaited_and_may_still_come(one: Directory, ten: dict[str, RecordId]) -> None:
    handed = handed_out(one)
    mark(one, ten["La Halle"], "lost", "2026-12-01")
    assert sheets_out(one)[ten["La Halle"]].state == "lost"
    paper = find_paper(one, handed[ten["La Halle"].hex()].code)
    assert line(paper, "title").printed == "La Halle"
    take_in(one, paper, {}, {})
    assert sheets_out(one)[ten["La Halle"]].shown == {}


def test_the_same_pages_saved_twice_are_one_going_out(one: Directory, ten: dict[str, RecordId]) -> None:
    handed, halle, zoe = handed_out(one), ten["La Halle"], ten["Zoé Astruc"]
    take_in(one, find_paper(one, handed[halle.hex()].code), {}, {})
    mark(one, zoe, "lost", "2026-11-22")
    hand_out(one, handed)
    assert sheets_out(one)[halle].state == "returned"
    assert sheets_out(one)[zoe].state == "out", "one that was lost is printed again"
    take_in(one, find_paper(one, handed[zoe.hex()].code), {"summary": "Tourne le bois"}, {})
    handed_out(one)
    assert sheets_out(one)[zoe].state == "out", "other words are another paper"


def test_only_sheets_whose_pages_are_printed_are_out(one: Directory, ten: dict[str, RecordId]) -> None:
    edit(one, ten["Zoé Astruc"], "description", "Long. " * 900)
    paper = printed(one, text="Zoé")
    assert paper.handed_on[ten["Zoé Astruc"].hex()] == range(1, paper.pages), "after the list of the commune"
    paper = printed(one)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(paper.pdf)).pages]
    for key, out in paper.handed.items():
        assert {at for at, text in enumerate(pages) if out.code in text and at} == set(paper.handed_on[key])
    some = paper.handed_with({3, 4})
    assert {out.code for out in some.values()} == {code for at in (3, 4) for code in CODE.findall(pages[at])}
    assert paper.handed_with({0}) == {}


def test_taking_a_paper_back_leaves_it_out(one: Directory, ten: dict[str, RecordId]) -> None:
    halle = ten["La Halle"]
    out = handed_out(one)[halle.hex()]
    take_in(one, find_paper(one, out.code), {"title": "La Vieille Halle"}, {})
    undoing.undo(one)
    assert sheets_out(one)[halle] == replace(out, work=sheets_out(one)[halle].work)
    assert line(find_paper(one, out.code), "title").printed == "La Halle"
    undoing.redo(one)
    assert (sheets_out(one)[halle].state, sheets_out(one)[halle].shown) == ("returned", {})


def test_erasing_leaves_nothing_of_the_paper(one: Directory, ten: dict[str, RecordId]) -> None:
    for carried in ("Zoé Astruc", "Hugo Ramdanel"):
        link(one, ten["Inès Cabrillac"], "relay_for", ten[carried])
    edit(one, ten["Zoé Astruc"], "occupation", "Canari-4242")
    handed_out(one)
    edit(one, ten["Zoé Astruc"], "occupation", "Autre")
    out = sheets_out(one)[ten["Zoé Astruc"]]
    assert out.shown["occupation"] == "Canari-4242"
    assert carrier_name(one, out) == "Inès Cabrillac"
    erase(one, ten["Zoé Astruc"])
    erase(one, ten["Inès Cabrillac"])
    one.store.folder.checkpoint()
    left = b"".join(path.read_bytes() for path in one.store.path.glob("*.db*"))
    assert b"Canari-4242" not in left
    assert "Inès".encode() not in left
    assert b"Cabrillac" not in left
    assert carrier_name(one, sheets_out(one)[ten["Hugo Ramdanel"]]) == ""


def test_sheets_are_grouped_by_who_carries_them(one: Directory, ten: dict[str, RecordId]) -> None:
    link(one, ten["Inès Cabrillac"], "relay_for", ten["Zoé Astruc"])
    link(one, ten["Paul Meyrueis"], "relay_for", ten["Lise Foulquier"])
    trash(one, [ten["Paul Meyrueis"]])
    done = printed(one, grouping="carrier", carrier="Nour Benchaïb")
    hand_out(one, done.handed)
    text = text_of(done.pdf)
    assert "Feuilles portées par Inès Cabrillac" in text
    assert "Une feuille à remettre" in text
    assert "8 feuilles à remettre" in text
    assert "Meyrueis" not in text
    assert "Rendez cette feuille à Inès Cabrillac" in text
    assert {carrier_name(one, out) for out in sheets_out(one).values()} == {"Inès Cabrillac", "Nour Benchaïb"}


def test_hosts_words_and_minors_stay_in(one: Directory, ten: dict[str, RecordId]) -> None:
    notes.add(one, ten["Zoé Astruc"], "Ne paie pas sa cotisation")
    edit(one, ten["Paul Meyrueis"], "minor", "oui")
    done = printed(one)
    assert ten["Paul Meyrueis"].hex() not in done.handed
    text = text_of(done.pdf)
    assert "cotisation" not in text
    assert "Meyrueis" not in text
    assert "Astruc" in text


def test_a_corrected_number_leaves_every_sheet_of_the_person(one: Directory, ten: dict[str, RecordId]) -> None:
    unite(one, ten["Odette Vanel"], ten["Lise Foulquier"])
    handed = handed_out(one)
    (code,) = (handed[r.hex()].code for r in (ten["Odette Vanel"], ten["Lise Foulquier"]) if r.hex() in handed)
    paper = find_paper(one, code)
    assert sorted(line(paper, "phone").printed.split("\u202f; ")) == ["04 65 71 20 10", "04 65 71 20 15"]
    take_in(one, paper, {"phone": "04 65 71 20 99"}, {})
    assert line(find_paper(one, code), "phone").line.words == "04 65 71 20 99"


def test_a_sheet_in_the_trash_is_not_corrected(one: Directory, ten: dict[str, RecordId]) -> None:
    code = handed_out(one)[ten["La Halle"].hex()].code
    trash(one, [ten["La Halle"]])
    with pytest.raises(UserError, match="corbeille"):
        find_paper(one, code)


# --- the campaign ----------------------------------------------------------------------------------------------------


def test_only_those_not_confirmed_for_so_long(one: Directory, ten: dict[str, RecordId]) -> None:
    confirm_all(one, [ten["La Halle"], ten["Zoé Astruc"]], "phone", "2026-05-22")
    confirm_all(one, [ten["Le Fournil"]], "visit", "2026-05")
    assert outlook(one, replace(new_edition("corrections"), options={"months": 6})) == (3, "")
    assert outlook(one, replace(new_edition("corrections"), options={"months": 7})) == (0, "")
    with pytest.raises(UserError, match="Aucune fiche"):
        printed(one, months=7)


def test_only_the_sheets_chosen_one_by_one(one: Directory, ten: dict[str, RecordId]) -> None:
    two = tuple(ten[name].hex() for name in ("La Halle", "Zoé Astruc"))
    edition = keep(one, replace(new_edition("corrections"), records=two))
    assert editions(one) == [edition]
    assert outlook(one, edition) == (2, "")
    assert outlook(one, replace(edition, text="Zoé")) == (1, "")
    assert outlook(one, replace(edition, options={"months": 1})) == (0, "")


def test_letters_leave_out_who_refuses_and_name_her_elsewhere(one: Directory, ten: dict[str, RecordId]) -> None:
    for name in ("Zoé Astruc", "Hugo Ramdanel"):
        edit_sheet(one, entry(one, ten[name]), [Assignment("address.street", "=", "4 rue Haute")])
    note_consent(one, ten["Hugo Ramdanel"], [Answer("letters", False)])
    done = printed(one, "letters")
    letters, others = text_of(done.pdf).split("À appeler ou à visiter")
    assert "Bonjour Zoé Astruc" in letters
    assert "Ramdanel" not in letters
    assert "Ramdanel, Hugo" in others
    assert "refuse le courrier" in others
    assert "Vanel, Odette" in others
    assert "sans adresse" in others
    assert "Astruc" not in others


def test_calls_name_numbers_and_who_has_none(one: Directory, ten: dict[str, RecordId]) -> None:
    edit(one, ten["Zoé Astruc"], "phone", "")
    called, visited = text_of(printed(one, "calls").pdf).split("Sans téléphone")
    assert "Vanel, Odette" in called
    assert "04 65 71 20 10" in called
    assert "Astruc, Zoé" in visited
