"""The pane of the sheet: what it shows, where one has been, what one may do there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appli.domain.ids import RecordId
from appli.presenters.session import Session
from appli.presenters.sheet import SheetPane
from appli.presenters.sheet_page import SheetPage, ShownLine
from appli.presenters.shell import Request
from appli.services.editing import Assignment, edit_sheet
from appli.services.erasing import erase
from appli.services.judging import unite
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell


class Bench:
    """The pane and its view."""

    def __init__(self, session: Session, shell: FakeShell) -> None:
        self.shell = shell
        self.view = CallRecorder()
        self.seen: list[RecordId | None] = []
        self.pane = SheetPane(session, shell, self.seen.append)
        self.pane.view = self.view  # type: ignore[assignment]

    def page(self) -> SheetPage:
        page: SheetPage = self.view.last("show_sheet")[0]
        return page

    def line(self, label: str) -> ShownLine:
        return next(x for _title, lines in self.page().sections for x in lines if x.label == label)


@pytest.fixture
def bench(session: Session, shell: FakeShell) -> Bench:
    shell.pages.add("form")
    return Bench(session, shell)


def test_a_sheet_in_the_words_of_the_screen(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    page = bench.page()
    assert page.title == "Élise Roumégas"
    assert page.subtitle == "Menuisière à Florac Trois Rivières"
    assert page.foot.startswith("Fiche P-")
    assert page.foot.endswith("jamais confirmée")
    assert bench.line("Courriel").target == "mailto:elise@example.org"
    assert bench.line("Courriel").audience == "shared"
    assert [c.word for _label, chips in page.chips for c in chips] == ["Menuiserie", "Tournage"]
    assert [(x.relation, x.title) for x in page.links] == [("membre de", "Atelier des Trois Rivières")]


def test_what_the_head_says_is_not_said_again(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    assert "Métier ou activité" not in {x.label for _t, lines in bench.page().sections for x in lines}


def test_an_answer_not_given_is_to_be_asked(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    card = bench.page().consent
    assert card is not None
    assert card.title == "Accord à demander"
    bench.pane.look_at(village.ids["workshop"])
    assert bench.page().consent is None


def test_several_values_are_all_shown_and_lead_to_their_page(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    page = bench.page()
    assert page.dispute_title == "Deux valeurs pour «\u00a0Téléphone\u00a0»."
    assert set(bench.line("Téléphone").texts) == {"06 39 98 41 07", "06 39 98 41 70"}
    assert bench.line("Téléphone").target == ""
    bench.pane.settle()
    assert bench.shell.visits == []
    bench.shell.pages.add("a_trancher")
    bench.pane.settle()
    assert bench.shell.visits == [("a_trancher", Request(record=village.ids["elise"]))]


def test_confirming_says_when(bench: Bench, village: Village, now_is: Callable[[str], None]) -> None:
    now_is("2026-11-20T09:30:00+01:00")
    bench.pane.look_at(village.ids["mason"])
    bench.pane.confirm("phone")
    assert bench.page().freshness == "confirmée le 20 novembre 2026"
    assert bench.shell.toasts == [("Mathieu Valdeyron\u00a0: confirmée aujourd’hui.", True)]


def test_following_links_leaves_a_way_back(bench: Bench, village: Village) -> None:
    elise, workshop = village.ids["elise"], village.ids["workshop"]
    bench.pane.look_at(elise)
    bench.pane.open(workshop)
    assert bench.seen[-1] == workshop
    assert bench.view.last("show_ways") == (True, False)
    bench.pane.back()
    assert bench.page().id == elise
    assert bench.seen[-1] == elise
    bench.pane.forward()
    assert bench.page().id == workshop


def test_passing_by_leaves_no_step(bench: Bench, village: Village) -> None:
    for name in ("elise", "mason", "workshop"):
        bench.pane.look_at(village.ids[name])
    assert bench.view.last("show_ways") == (False, False)


def test_a_skill_leads_to_who_has_it(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    bench.pane.open_term(bench.page().chips[0][1][0].term)
    term = bench.view.last("show_term")[0]
    assert term.label == "Menuiserie"
    assert [(title, [h.row.title for h in holders]) for title, holders in term.groups] == [
        ("La pratiquent", ["Élise Roumégas"])
    ]
    assert bench.seen[-1] is None
    bench.pane.back()
    assert bench.page().title == "Élise Roumégas"


def test_what_is_changed_elsewhere_is_shown(bench: Bench, village: Village, as_services: Callable[..., Any]) -> None:
    bench.pane.look_at(village.ids["mason"])

    def change(directory: Any) -> Any:
        entry = directory.reads.entry(village.ids["mason"])
        return edit_sheet(directory, entry, [Assignment("occupation", "=", "Tailleur de pierre")])

    as_services(change)
    assert bench.page().subtitle == "Tailleur de pierre à Marvejols"


def test_erasing_tells_what_goes_and_is_done_after_a_yes(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["mason"])
    bench.pane.ask_erasing()
    (erasing,) = bench.view.last("ask_erasing")
    assert erasing.title == "Effacer «\u00a0Mathieu Valdeyron\u00a0» définitivement\u202f?"
    assert erasing.goes[0].startswith("La fiche P-")
    assert erasing.elsewhere.startswith("Ce poste est référent")
    assert [words for words in erasing.stays if "imprimées" in words]
    assert dict(erasing.reasons).keys() >= {"asked", "mistake"}
    assert bench.page().title == "Mathieu Valdeyron"
    erasing.set_reason("mistake")
    erasing.erase()
    assert "show_nothing" in bench.view.names()
    assert bench.shell.toasts == [("Fiche effacée pour toujours.", False)]
    assert bench.pane.page is None


def test_a_record_erased_elsewhere_leaves_the_history(
    bench: Bench, village: Village, as_services: Callable[..., Any]
) -> None:
    bench.pane.look_at(village.ids["elise"])
    bench.pane.open(village.ids["mason"])
    as_services(lambda d: erase(d, village.ids["elise"]))
    assert not bench.pane.history.can_go_back


def test_editing_needs_the_form(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    bench.pane.edit()
    page, request = bench.shell.visits[-1]
    assert (page, request.record) == ("form", village.ids["elise"])
    bench.shell.pages.discard("form")
    assert not bench.pane.can_edit
    bench.pane.edit()
    assert len(bench.shell.visits) == 1


def test_the_code_is_copied(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    bench.pane.copy_code()
    assert bench.view.last("copy")[0] == bench.page().code


def test_before_the_directory_is_open_the_head_is_there(closed_session: Session, village: Village) -> None:
    bench = Bench(closed_session, FakeShell(closed_session))
    bench.pane.look_at(village.ids["elise"])
    assert bench.page().title == "Élise Roumégas"
    assert not bench.page().whole
    assert not bench.pane.can_change
    closed_session.open()
    assert bench.page().whole


def test_nothing_chosen(bench: Bench) -> None:
    bench.pane.look_at(None)
    assert bench.view.names()[-1] == "show_nothing"
    bench.pane.edit()
    bench.pane.confirm("visit")
    bench.pane.copy_code()
    bench.pane.ask_erasing()
    assert bench.shell.visits == []


def test_a_link_is_taken_off_from_either_end_and_offered_back(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["workshop"])
    (link,) = bench.page().links
    bench.pane.unlink(link.link)
    assert bench.page().links == ()
    assert bench.shell.toasts[-1] == ("Lien enlevé.", True)
    bench.pane.look_at(village.ids["elise"])
    assert bench.page().links == ()


def test_sheets_judged_to_be_one_are_one_page_and_can_be_parted(
    bench: Bench, village: Village, as_services: Callable[..., Any]
) -> None:
    elise, mason = village.ids["elise"], village.ids["mason"]
    as_services(lambda d: unite(d, elise, mason))
    bench.pane.open(mason)
    page = bench.page()
    assert page.title == "Élise Roumégas"
    assert [u.title for u in page.united] == ["Élise Roumégas", "Mathieu Valdeyron"]
    assert bench.seen[-1] == elise
    assert bench.line("Métier ou activité").texts[0] == "Menuisière"
    assert bench.line("Métier ou activité").texts[1].startswith("Maçon (fiche P-")
    bench.pane.ask_erasing()
    (erasing,) = bench.view.last("ask_erasing")
    assert any(words.startswith("La fiche réunie avec elle") for words in erasing.goes)
    bench.pane.separate(page.united[1])
    assert bench.page().united == ()
    assert bench.shell.toasts[-1][1]
