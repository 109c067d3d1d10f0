"""« Impression »: editions that keep their choices, pages made of what may be shown, a number that goes up."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.presenters.printing import CHANNEL, Pages, Printing
from appli.presenters.printing_words import sheets_of_paper
from appli.presenters.shell import FOUND, Request
from appli.services.printing.edition import Edition, editions, new_edition
from appli.services.printing.models import MODELS
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs


@pytest.fixture
def printing(shell: FakeShell) -> Printing:
    presenter = Printing(shell)
    presenter.view = CallRecorder()  # type: ignore[assignment]
    presenter.enter()
    return presenter


def kept(shell: FakeShell) -> list[Edition]:
    found: list[Edition] = []
    shell.session.do(editions, found.extend)
    return found


def shown(presenter: Printing) -> Pages:
    assert presenter.pages is not None
    return presenter.pages


def test_every_model_proposes_itself_and_nothing_is_kept_for_looking(printing: Printing, shell: FakeShell) -> None:
    assert [row.kept for row in printing.rows] == [False] * len(MODELS)
    assert kept(shell) == []
    assert shown(printing).count >= 1
    assert shell.status.endswith(("page", "pages"))


def test_a_choice_keeps_the_edition_and_makes_its_pages_anew(
    printing: Printing, shell: FakeShell, jobs: InlineJobs
) -> None:
    printing.change(title="Annuaire d’automne", paper="a4")
    (edition,) = kept(shell)
    assert (edition.title, edition.paper, edition.number) == ("Annuaire d’automne", "a4", 0)
    before = shown(printing)
    jobs.pass_time(CHANNEL)
    assert shown(printing) is not before
    assert not shown(printing).facing
    printing.set_option("photos", True)
    printing.set_part("summary", False)
    (edition,) = kept(shell)
    assert edition.option("photos") is True
    assert "summary" not in edition.parts


def test_a_booklet_is_read_in_order_and_printed_in_another(printing: Printing) -> None:
    pages = shown(printing)
    assert pages.facing
    assert pages.reading != pages.printing


def test_saving_counts_one_printing_a_day(printing: Printing, shell: FakeShell, tmp_path: Path) -> None:
    printing.change(title="Annuaire")
    printing.change(title="Annuaire des membres")
    target = tmp_path / printing.file_name.removesuffix(".pdf")
    printing.save(target)
    printing.save(target)
    assert (tmp_path / printing.file_name).read_bytes() == shown(printing).printing
    assert printing.edition.number == 1
    assert [e.number for e in kept(shell)] == [1]
    assert "édition 1" in printing.rows[printing.editions.place].line


def test_an_edition_removed_comes_back(printing: Printing, shell: FakeShell) -> None:
    printing.change(title="Annuaire d’hiver")
    printing.editions.remove()
    assert kept(shell) == []
    assert len(printing.rows) == len(MODELS)
    back = shell.backs[-1]
    assert back is not None
    back()
    assert [e.title for e in kept(shell)] == ["Annuaire d’hiver"]


def test_a_second_one_of_a_model_has_a_name_of_its_own(printing: Printing, shell: FakeShell) -> None:
    printing.editions.add("directory")
    printing.editions.add("directory")
    titles = [e.title for e in kept(shell)]
    assert len(titles) == len(set(titles)) == 2


def test_nothing_found_is_said(printing: Printing, jobs: InlineJobs) -> None:
    printing.change(text="introuvable absolument")
    jobs.pass_time(CHANNEL)
    assert printing.pages is None
    assert isinstance(printing.view, CallRecorder)
    assert "Aucune fiche" in printing.view.last("show_refusal")[0]


def test_what_is_written_elsewhere_makes_the_pages_anew(
    printing: Printing, jobs: InlineJobs, shell: FakeShell, village: Village
) -> None:
    from appli.services.editing import trash

    before = shown(printing).words
    shell.session.do(lambda d: trash(d, [village.ids["mason"]]))
    jobs.pass_time(CHANNEL)
    assert shown(printing).words != before
    printing.leave()
    shell.session.do(lambda d: trash(d, [village.ids["workshop"]]))
    assert CHANNEL not in jobs.waiting, "nobody looks"


def test_communes_are_those_of_the_sheets(printing: Printing) -> None:
    printing.ask_communes()
    assert isinstance(printing.view, CallRecorder)
    (communes,) = printing.view.last("show_communes")
    assert [words for _code, words in communes] == ["Florac Trois Rivières", "Marvejols"]


@pytest.mark.parametrize(("pages", "sheets"), [(1, "1 feuille A4"), (4, "1 feuille A4"), (5, "2 feuilles A4")])
def test_how_much_paper_a_booklet_takes(pages: int, sheets: str) -> None:
    assert sheets_of_paper(new_edition("directory"), pages).startswith(sheets)


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_choice_of_a_model_can_be_drawn(printing: Printing, model: str) -> None:
    printing.editions.add(model)
    offer = printing.offer
    assert offer.help
    assert offer.readers
    for option in offer.options:
        assert option.sort != "choice" or option.value in dict(option.choices)
        assert option.sort != "number" or option.low <= option.value <= option.high


def test_the_blank_form_also_exists_as_a_list(printing: Printing, tmp_path: Path) -> None:
    assert not printing.has_blank_list
    printing.editions.add("joining")
    assert printing.has_blank_list
    printing.save_blank_list(tmp_path / "bulletin")
    assert (tmp_path / "bulletin.xlsx").read_bytes().startswith(b"PK")


def test_one_sheet_is_printed_from_where_it_is_read(shell: FakeShell, village: Village) -> None:
    presenter = Printing(shell)
    presenter.enter(Request(record=village.ids["elise"]))
    assert presenter.edition.title == "Élise Roumégas"
    assert shown(presenter).count == 1
    assert kept(shell) == []
    presenter.enter(Request(record=village.ids["workshop"]))
    assert presenter.edition.title == "Atelier des Trois Rivières"
    assert len(presenter.rows) == len(MODELS) + 1, "what was asked for before has made room"


def test_what_the_list_shows_is_printed(shell: FakeShell) -> None:
    shell.search.set_text("menuis")
    presenter = Printing(shell)
    presenter.enter(Request(kind=FOUND))
    assert presenter.edition.text == "menuis"
    assert shown(presenter).words.startswith("1 fiche")


def test_what_is_printed_is_kept_but_not_what_was_asked_for_in_passing(
    printing: Printing, shell: FakeShell, village: Village, tmp_path: Path
) -> None:
    printing.save(tmp_path / "a.pdf")
    assert [e.number for e in kept(shell)] == [1]
    printing.enter(Request(record=village.ids["elise"]))
    printing.save(tmp_path / "b.pdf")
    assert len(kept(shell)) == 1


def test_what_no_letter_of_ours_writes_is_said(printing: Printing, shell: FakeShell, jobs: InlineJobs) -> None:
    from tests.presenters.conftest import make

    shell.session.do(lambda d: make(d, "person", name="漢字 Vanel"))
    printing.change(paper="a4")
    jobs.pass_time(CHANNEL)
    assert "字 漢" in shown(printing).words
