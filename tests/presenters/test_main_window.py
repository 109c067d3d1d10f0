"""The window around the pages: going, searching, files, quitting, what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appli import config
from appli.app import open_directory, open_index
from appli.presenters import reports
from appli.presenters.main_window import MainWindow
from appli.presenters.session import Session
from appli.presenters.shell import Request
from appli.services.editing import trash
from appli.services.spaces import SpaceFacts, found
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, InlineJobs

PAGES = {"annuaire", "carte", "form", "import", "paquet"}


class Bench:
    """The presenter and what the window was asked."""

    def __init__(self, session: Session, pages: set[str] = PAGES) -> None:
        self.view = CallRecorder()
        self.window = MainWindow(session, self.view, pages, {"annuaire", "carte"})  # type: ignore[arg-type]
        self.window.go("annuaire")

    def status(self) -> tuple[Any, ...]:
        return self.view.last("show_status")

    def pages(self) -> list[str]:
        return [arguments[0] for name, arguments in self.view.calls if name == "show_page"]


@pytest.fixture
def bench(session: Session) -> Bench:
    return Bench(session)


def test_going_and_coming_back(bench: Bench) -> None:
    bench.window.go("carte")
    bench.window.go("form", Request(kind="person"))
    bench.window.back()
    bench.window.back()
    bench.window.back()
    assert bench.pages() == ["annuaire", "carte", "form", "carte", "annuaire"]


def test_a_page_this_version_lacks_is_a_fault(bench: Bench) -> None:
    assert not bench.window.has_page("agenda")
    with pytest.raises(LookupError):
        bench.window.go("agenda")


def test_typing_where_nothing_follows_leads_to_the_directory(bench: Bench) -> None:
    bench.window.go("import")
    bench.window.type_search("bois")
    assert bench.pages()[-1] == "annuaire"
    assert bench.window.search.query.text == "bois"


def test_typing_on_the_map_stays_there(bench: Bench) -> None:
    bench.window.go("carte")
    bench.window.type_search("bois")
    assert bench.pages()[-1] == "carte"


def test_what_is_typed_and_not_saved_is_said_until_one_leaves(bench: Bench) -> None:
    assert "Tout est enregistré" in bench.status()
    bench.window.say_typing("Saisie en cours, gardée à part")
    assert "Saisie en cours, gardée à part" in bench.status()
    assert "Tout est enregistré" not in bench.status()
    bench.window.go("carte")
    assert "Tout est enregistré" in bench.status()


def test_a_search_changed_elsewhere_is_shown_in_the_field(bench: Bench) -> None:
    bench.window.search.set_text("menuiserie")
    assert bench.view.last("show_search") == ("menuiserie",)


def test_files_go_to_their_page(bench: Bench, tmp_path: Path) -> None:
    liste, paquet, photo = (tmp_path / name for name in ("liste.XLSX", "a.maille", "photo.png"))
    for file in (liste, paquet, photo):
        file.write_bytes(b"x")
    bench.window.files_given([liste])
    assert bench.view.last("show_page") == ("import", Request(paths=(liste,)))
    bench.window.files_given([paquet])
    assert bench.view.last("show_page") == ("paquet", Request(paths=(paquet,)))
    bench.window.files_given([photo])
    assert bench.view.last("show_refused")[0] == "Maillage ne sait pas ouvrir «\u00a0photo.png\u00a0». Rien n’a changé."
    bench.window.files_given([tmp_path])
    assert bench.view.last("open_folder") == (tmp_path, None)


def test_a_bundle_in_a_version_without_its_page(session: Session, tmp_path: Path) -> None:
    bench = Bench(session, {"annuaire"})
    paquet = tmp_path / "a.maille"
    paquet.write_bytes(b"x")
    bench.window.files_given([paquet])
    assert "Rien n’a changé" in bench.view.last("show_refused")[0]


def test_new_records_need_the_form_and_a_directory_one_may_write(session: Session, bench: Bench) -> None:
    bench.window.create("need")
    assert bench.view.last("show_page") == ("form", Request(kind="need"))
    without = Bench(session, {"annuaire"})
    without.window.create()
    assert without.pages() == ["annuaire"]


def test_the_foot_says_that_all_is_safe(bench: Bench) -> None:
    bench.window.say_status("3 fiches")
    counted, example, saved, backup, late = bench.status()
    assert (counted, example, saved, backup, late) == (
        "3 fiches",
        "",
        "Tout est enregistré",
        "Pas encore de sauvegarde",
        False,
    )


def test_the_title_is_the_name_of_the_directory(bench: Bench, as_services: Callable[..., Any]) -> None:
    as_services(lambda d: found(d, SpaceFacts("Réseau du Gévaudan")))
    assert bench.view.last("show_title") == ("Réseau du Gévaudan – Maillage",)


def test_the_folder_is_remembered(bench: Bench, village: Village) -> None:
    assert config.load_settings().last_directory == str(village.folder)


def test_undo_is_named_after_a_change(bench: Bench, village: Village, as_services: Callable[..., Any]) -> None:
    as_services(lambda d: trash(d, [village.ids["mason"]]))
    assert bench.view.last("show_undo")[0].undo == "Mettre à la corbeille"


def test_quitting_while_nothing_is_under_way(bench: Bench) -> None:
    assert bench.window.quit()


def test_quitting_while_working_asks(bench: Bench, jobs: InlineJobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "busy", lambda: True)
    assert not bench.window.quit()
    assert bench.view.last("ask_to_quit")[1:] == ("Attendre", "Arrêter et quitter")
    bench.window.stop_and_quit()
    assert bench.view.names()[-1] == "close_window"
    assert bench.window.quit()


def test_held_elsewhere_is_said_in_the_page(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.store.lock.LOCK_SECONDS", 0.05)
    other = open_directory(village.folder, holder="Accueil")
    session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
    try:
        bench = Bench(session)
        bench.window.open()
        title, words, deed, again = bench.view.last("show_notice")
        assert "Accueil" in title
        assert words
        assert deed == "Réessayer"
        again()
        assert "Accueil" in bench.view.last("show_refused")[0]
        other.close()
        again()
        assert bench.view.last("open_folder")[0] == village.folder
        assert bench.status()[2] == "Lecture seule"
        bench.window.create()
        assert bench.pages() == ["annuaire"]
    finally:
        session.close()
        other.close()


def test_a_fault_of_the_last_time_is_told(closed_session: Session) -> None:
    bench = Bench(closed_session)
    reports.keep(ValueError("x"))
    bench.window.open()
    title, _words, deed, look = bench.view.last("show_notice")
    assert (title, deed) == ("Maillage a rencontré un imprévu, la dernière fois.", "Voir")
    look()
    assert "builtins.ValueError" in bench.view.last("show_problem")[0].report
    assert reports.unseen() == []


def test_a_folder_that_does_not_open_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "abime"
    folder.mkdir()
    for name in ("prive.db", "partage.db"):
        (folder / name).write_bytes(b"pas une base" * 100)
    session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
    bench = Bench(session)
    bench.window.open()
    assert bench.view.last("show_problem")[0].message
    assert bench.status()[2] == ""
    session.close()


def test_a_directory_brought_is_looked_at_although_the_one_here_is_damaged(tmp_path: Path) -> None:
    folder, file = tmp_path / "abime", tmp_path / "venu.maillage-dossier"
    folder.mkdir()
    file.write_bytes(b"maillage-dossier/1\n")
    for name in ("prive.db", "partage.db"):
        (folder / name).write_bytes(b"pas une base" * 100)
    session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
    bench = Bench(session, {"annuaire", "premiere-ouverture", "secours"})
    bench.window.files_given([file])
    bench.window.open()
    assert bench.pages() == ["annuaire", "premiere-ouverture"]
    bench.window.back()
    assert bench.window.page == "secours"
    session.close()
