"""The Réglages: each answer kept at once and said; the example left; what cannot be changed says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appli import config
from appli.app import load_gazetteer, open_directory, open_index
from appli.errors import EnvironmentProblem
from appli.presenters import example
from appli.presenters.session import Session
from appli.presenters.settings import Facts, Settings
from appli.presenters.shell import FIRST_RUN
from appli.services.spaces import SpaceFacts, change, found, replica_name, space_of, write_notice
from appli.services.undoing import undo
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs


class Bench:
    """The presenter and what its view was asked."""

    def __init__(self, shell: FakeShell) -> None:
        self.shell, self.view, self.territory = shell, CallRecorder(), CallRecorder()
        self.page = Settings(shell, load_gazetteer)
        self.page.view = self.view
        self.page.territories.view = self.territory
        self.page.show()

    @property
    def facts(self) -> Facts:
        shown: Facts = self.view.last("show_facts")[0]
        return shown

    def told(self) -> tuple[str, bool]:
        return self.shell.toasts[-1]


@pytest.fixture
def bench(shell: FakeShell, as_services: Callable[..., Any]) -> Bench:
    as_services(lambda d: found(d, SpaceFacts("Réseau", [{"level": "department", "code": "48"}], "", "Accueil")))
    return Bench(shell)


def values(bench: Bench) -> dict[str, Any]:
    answers: list[Any] = []
    bench.shell.session.read("essai", lambda d, _stopped: space_of(d), answers.append)
    return dict(answers[0].values)


def test_what_is_kept_is_shown(bench: Bench) -> None:
    assert (bench.facts.name, bench.facts.label, bench.facts.operator) == ("Réseau", "Accueil", "")
    assert [p.name for p in bench.territory.last("show_pieces")[0]] == ["Lozère"]
    assert bench.view.last("show_writable") == ("",)


@pytest.mark.parametrize(
    ("setter", "typed", "field", "kept"),
    [
        ("set_name", "  Réseau  du Gévaudan ", "name", "Réseau du Gévaudan"),
        ("set_controller", "Association du Gévaudan", "controller", "Association du Gévaudan"),
        ("set_contact", "04 65 71 20 18 ", "rights_contact", "04 65 71 20 18"),
    ],
)
def test_an_answer_is_kept_at_once_said_and_can_be_undone(
    bench: Bench, as_services: Callable[..., Any], setter: str, typed: str, field: str, kept: str
) -> None:
    getattr(bench.page, setter)(typed)
    assert values(bench)[field] == kept
    words, can_undo = bench.told()
    assert words
    assert can_undo
    as_services(undo)
    assert values(bench).get(field) != kept
    assert kept not in (bench.facts.name, bench.facts.controller, bench.facts.contact)


def test_the_same_answer_again_says_nothing(bench: Bench) -> None:
    bench.page.set_name("Réseau")
    bench.page.set_contact("")
    bench.page.set_label("Accueil")
    bench.page.set_notice(" ")
    assert bench.shell.toasts == []


def test_a_directory_keeps_a_name(bench: Bench) -> None:
    bench.page.set_name("   ")
    assert values(bench)["name"] == "Réseau"
    assert bench.facts.name == "Réseau"


def test_an_answer_can_be_taken_away(bench: Bench) -> None:
    bench.page.set_contact("04 65 71 20 18")
    bench.page.set_contact("")
    assert not values(bench).get("rights_contact")


def test_this_pc_is_called_otherwise(bench: Bench) -> None:
    bench.page.set_label("Bureau de Nour")
    assert bench.facts.label == "Bureau de Nour"
    bench.page.set_label(" ")
    assert bench.facts.label == "Bureau de Nour"


def test_the_initials_sign_what_is_done_from_now_on(bench: Bench, as_services: Callable[..., Any]) -> None:
    bench.page.set_operator(" NB ")
    assert config.load_settings().operator == "NB"
    as_services(lambda d: change(d, "name", "Réseau du Gévaudan"))
    signed = as_services(lambda d: d.store.done()[0])
    assert signed.operator == "NB"
    bench.page.set_operator("")
    assert "plus signés" in bench.told()[0]


def test_the_territory_is_kept_piece_by_piece(bench: Bench) -> None:
    territories = bench.page.territories
    territories.type("florac")
    territories.add_first()
    assert [p["code"] for p in values(bench)["territory"]] == ["48", "48061"]
    assert bench.told()[1]
    territories.remove(territories.pieces[0])
    territories.remove(territories.pieces[0])
    assert not values(bench).get("territory")


def test_the_notice_is_kept_in_versions(bench: Bench) -> None:
    bench.page.set_notice("Vos données servent à l’annuaire.")
    assert bench.facts.notice == "Vos données servent à l’annuaire."
    assert bench.told()[1]


def test_what_changes_elsewhere_is_shown(bench: Bench, as_services: Callable[..., Any]) -> None:
    as_services(lambda d: write_notice(d, "Nouvelle."))
    as_services(lambda d: change(d, "territory", [{"level": "commune", "code": "48061"}]))
    assert bench.facts.notice == "Nouvelle."
    assert [p.code for p in bench.territory.last("show_pieces")[0]] == ["48061"]


def test_closed_it_listens_no_more(bench: Bench, as_services: Callable[..., Any]) -> None:
    bench.page.close()
    before = len(bench.view.calls)
    as_services(lambda d: change(d, "name", "Autre"))
    assert len(bench.view.calls) == before


def test_a_directory_open_elsewhere_is_only_read(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.store.lock.LOCK_SECONDS", 0.05)
    other = open_directory(village.folder, holder="Accueil")
    session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
    try:
        bench = Bench(FakeShell(session))
        assert bench.view.last("show_writable") == ("L’annuaire s’ouvre.",)
        session.open()
        assert "ailleurs" in bench.view.last("show_writable")[0]
        bench.page.set_name("Autre")
        assert bench.shell.toasts == []
    finally:
        session.close()
        other.close()


def test_a_directory_that_did_not_open_says_why(village: Village) -> None:
    def refuse(*_arguments: object) -> None:
        raise EnvironmentProblem("newer_base", "Trop récent.")

    session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), refuse)  # type: ignore[arg-type]
    bench = Bench(FakeShell(session))
    session.open()
    bench.page.show()
    assert bench.view.last("show_writable") == ("Trop récent.",)
    session.close()


def test_the_look_is_set_from_here(bench: Bench) -> None:
    bench.page.set_theme("dark")
    bench.page.set_scale(150)
    kept = config.load_settings()
    assert (kept.theme, kept.text_scale) == ("dark", 150)


def test_another_directory_is_chosen_on_the_first_page(bench: Bench) -> None:
    assert not bench.page.can_change_directory
    bench.shell.pages.add(FIRST_RUN)
    assert bench.page.can_change_directory
    bench.page.change_directory()
    assert bench.shell.visits[-1][0] == FIRST_RUN


# --- the example


def test_leaving_the_example_erases_it_once_its_window_is_closed(bench: Bench, village: Village) -> None:
    config.save_settings(last_directory=str(village.folder))
    open_directory(config.example_directory()).close()
    inside = Session(config.example_directory(), lambda: open_index(config.example_directory()), InlineJobs(), opener)
    inside.open()
    leaving = Bench(FakeShell(inside))
    assert leaving.page.in_example
    assert not bench.page.in_example
    leaving.page.leave_example()
    assert leaving.shell.folders == [example.own_directory()]
    assert example.is_made()
    inside.close()
    greet = leaving.shell.greetings[0]
    assert greet is not None
    greet(bench.shell)
    assert not config.example_directory().exists()
    assert bench.told() == ("L’exemple est effacé.", False)


def test_one_comes_back_to_the_directory_of_the_last_time(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAILLAGE_ANNUAIRE")
    assert example.own_directory() == config.usual_directory()
    config.save_settings(last_directory=str(village.folder))
    assert example.own_directory() == village.folder
    config.save_settings(last_directory=str(config.example_directory()))
    assert example.own_directory() == config.usual_directory()


def test_an_example_that_cannot_be_erased_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    open_directory(config.example_directory()).close()

    def held(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(EnvironmentProblem, match="n’a pas pu être effacé"):
        example.erase()
    assert example.is_made()


def test_a_name_given_here_is_that_of_this_pc(bench: Bench) -> None:
    bench.page.set_label("Bureau")
    names: list[str] = []
    bench.shell.session.read("essai", lambda d, _stopped: replica_name(d), names.append)
    assert names == ["Bureau"]
