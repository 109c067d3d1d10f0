"""The first page: its doors, what is dropped on it, the questions of a new directory, the example."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appli import config
from appli.app import load_gazetteer, open_directory, open_index
from appli.presenters import example
from appli.presenters.doors import DOORS, Notice, doors_shown
from appli.presenters.first_run import FirstRun
from appli.presenters.session import Session
from appli.presenters.shell import ANNUAIRE, BUNDLE, FIRST_AID, FIRST_RUN, IMPORT, SETTINGS, Request
from appli.services.spaces import replica_name, space_of
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

PAGES = {ANNUAIRE, IMPORT, SETTINGS, FIRST_RUN, FIRST_AID}


class Bench:
    """The presenter, its window and what its views were asked."""

    def __init__(self, session: Session, pages: set[str] | None = None) -> None:
        self.shell = FakeShell(session, pages=PAGES if pages is None else pages)
        self.view, self.questions, self.territory = CallRecorder(), CallRecorder(), CallRecorder()
        self.page = FirstRun(self.shell, self.view, load_gazetteer)
        self.founding = self.page.founding
        self.founding.view = self.questions
        self.founding.territories.view = self.territory

    @property
    def notice(self) -> Notice | None:
        found: Notice | None = self.view.last("show_notice")[0]
        return found

    @property
    def jobs(self) -> InlineJobs:
        assert isinstance(self.shell.session.jobs, InlineJobs)
        return self.shell.session.jobs


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    """A folder that is not there yet."""
    folder = tmp_path / "neuf" / "annuaire"
    session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
    yield session
    session.close()


@pytest.fixture
def bench(empty: Session) -> Bench:
    return Bench(empty)


def read(folder: Path) -> tuple[dict[str, Any], str]:
    """What the space of a folder says, and the name of this PC there."""
    directory = open_directory(folder)
    try:
        space = space_of(directory)
        return (dict(space.values) if space else {}), replica_name(directory)
    finally:
        directory.close()


# --- doors


def test_only_doors_that_lead_somewhere_are_shown() -> None:
    assert [d.key for d in doors_shown(PAGES.__contains__, in_example=False)] == ["create", "open", "example"]
    assert [d.key for d in doors_shown({BUNDLE}.__contains__, in_example=False)] == ["create", "join", "example"]
    assert [d.key for d in doors_shown({BUNDLE}.__contains__, in_example=True)] == ["create", "join", "open"]
    assert {d.key for d in DOORS} == {"create", "join", "open", "example"}


def test_the_example_is_as_large_as_its_door_says() -> None:
    from appli.services.demonstration import documents

    assert sum(len(d["records"]) for d in documents()) > 200


def test_nothing_is_written_before_a_choice(bench: Bench) -> None:
    bench.page.enter(Request())
    assert bench.page.words()[0] == "Bonjour. Par où commencer\u202f?"
    assert bench.notice is None
    bench.page.choose("create")
    bench.page.back()
    assert bench.page.step == "doors"
    assert not bench.shell.session.folder.parent.exists()
    assert not bench.page.can_leave


def test_from_a_directory_one_can_go_back_to_it(shell: FakeShell, session: Session) -> None:
    bench = Bench(session)
    bench.page.enter(Request())
    assert bench.page.words()[0] == "Quel annuaire ouvrir\u202f?"
    bench.page.back()
    assert bench.shell.returns == 1


# --- what is dropped or chosen


def test_a_packet_leads_to_its_network_and_a_broken_one_says_why(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "reseau.maille").write_bytes(b"x")
    joining = CallRecorder()
    bench.page.joining.view = joining
    bench.page.enter(Request(paths=(tmp_path / "reseau.maille",)))
    assert bench.page.step == "join"
    assert joining.last("show_part") == ("refused",)
    assert "pas un paquet" in joining.last("show_refusal")[0]
    bench.page.back()
    assert bench.page.step == "doors"


def test_a_list_is_imported_once_the_directory_is_there(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "adherents.xlsx").write_bytes(b"x")
    bench.page.enter(Request(paths=(tmp_path / "adherents.xlsx",)))
    assert bench.page.step == "questions"
    assert bench.notice is not None
    assert "adherents.xlsx" in bench.notice.title
    bench.founding.set_name("Réseau")
    bench.founding.create()
    (greet,) = bench.shell.greetings
    assert greet is not None
    new = FakeShell(bench.shell.session, pages=PAGES)
    greet(new)
    assert new.visits == [(IMPORT, Request(paths=(tmp_path / "adherents.xlsx",)))]


def test_giving_the_questions_up_gives_the_list_up(bench: Bench, tmp_path: Path) -> None:
    bench.page.take([tmp_path / "adherents.csv"])
    bench.page.back()
    assert bench.founding.files == ()


@pytest.mark.parametrize("name", ["photo.png", "lettre.odt"])
def test_other_files_change_nothing(bench: Bench, tmp_path: Path, name: str) -> None:
    bench.page.take([tmp_path / name])
    assert bench.notice is not None
    assert name in bench.notice.title
    assert bench.page.step == "doors"


def test_a_list_in_a_version_without_import(empty: Session, tmp_path: Path) -> None:
    bench = Bench(empty, {ANNUAIRE, FIRST_RUN})
    bench.page.take([tmp_path / "adherents.csv"])
    assert bench.page.step == "doors"
    assert bench.notice is not None


@pytest.mark.parametrize("inside", ["", "photos", ".."])
def test_a_folder_is_opened_from_inside_and_from_around(bench: Bench, village: Village, inside: str) -> None:
    chosen = village.folder / inside
    chosen.mkdir(exist_ok=True)
    bench.page.take([chosen.resolve()])
    assert bench.shell.folders == [village.folder.resolve()]


def test_a_folder_without_directory_offers_to_make_one_there(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "lettre.odt").write_text("x")
    bench.page.take([tmp_path / "documents"])
    assert bench.shell.folders == []
    assert bench.notice is not None
    assert bench.notice.deed == "En créer un ici"
    bench.notice.take()
    assert bench.page.step == "questions"
    assert bench.founding.answers.folder == tmp_path / "documents" / "annuaire"


def test_a_directory_in_a_synchronised_folder_is_shown_to_its_window(bench: Bench, village: Village) -> None:
    (village.folder / ".stfolder").mkdir()
    bench.page.take([village.folder])
    assert bench.shell.folders == [village.folder], "that window offers to move it, or to read it"


# --- a directory that should be there


def test_a_stick_that_is_not_plugged_in(bench: Bench, village: Village) -> None:
    gone = bench.shell.session.folder
    config.save_settings(last_directory=str(gone))
    bench.page.enter(Request())
    assert bench.notice is not None
    assert str(gone) in bench.notice.words
    bench.notice.take()
    assert bench.shell.folders == [gone]
    bench.page.choose("create")
    assert bench.founding.answers.folder == config.usual_directory()


def test_a_directory_that_lost_a_file_leads_to_first_aid(village: Village) -> None:
    (village.folder / "partage.db").unlink()
    session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
    bench = Bench(session)
    bench.page.enter(Request())
    assert bench.notice is not None
    assert "partage.db" in bench.notice.title
    bench.notice.take()
    assert bench.shell.visits == [(FIRST_AID, Request())]
    session.close()


# --- the questions


def test_a_directory_is_made_from_its_answers_and_opened(bench: Bench) -> None:
    bench.page.choose("create")
    assert bench.questions.last("show_folder")[:2] == (str(bench.shell.session.folder), "")
    founding = bench.founding
    founding.set_name("  Réseau   du Gévaudan ")
    founding.set_contact("Accueil, 04 65 71 20 18")
    founding.set_label("Poste de l’accueil")
    founding.territories.type("lozère")
    founding.territories.add_first()
    founding.create()
    assert bench.shell.folders == [bench.shell.session.folder]
    values, label = read(bench.shell.session.folder)
    assert values["name"] == "Réseau du Gévaudan"
    assert values["rights_contact"] == "Accueil, 04 65 71 20 18"
    assert values["territory"] == [{"level": "department", "code": "48"}]
    assert label == "Poste de l’accueil"
    greet = bench.shell.greetings[0]
    assert greet is not None
    greet(bench.shell)
    assert bench.shell.toasts == [("L’annuaire «\u00a0Réseau du Gévaudan\u00a0» est créé.", False)]


def test_all_but_the_name_can_wait(bench: Bench) -> None:
    bench.page.choose("create")
    bench.founding.create()
    assert "nom" in bench.questions.last("show_name_missing")[0]
    assert bench.shell.folders == []
    bench.founding.set_name("Réseau")
    assert bench.questions.last("show_name_missing") == ("",)
    bench.founding.create()
    values, label = read(bench.shell.folders[0])
    assert values["name"] == "Réseau"
    assert label


def test_a_folder_that_will_not_do_says_why_and_makes_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.page.choose("create")
    bench.founding.set_name("Réseau")
    bench.founding.set_folder(tmp_path / "Dropbox" / "annuaire")
    folder, refusal, deed = bench.questions.last("show_folder")
    assert "Dropbox" in refusal
    assert deed == ""
    bench.founding.create()
    assert bench.shell.folders == []
    assert not Path(folder).exists()


def test_a_folder_with_a_directory_offers_to_open_it(bench: Bench, village: Village) -> None:
    bench.page.choose("create")
    bench.founding.set_folder(village.folder)
    assert bench.questions.last("show_folder")[2] == "Ouvrir cet annuaire"
    bench.founding.open_there()
    assert bench.shell.folders == [village.folder]


def test_a_folder_taken_meanwhile_is_seen_at_the_last_moment(bench: Bench) -> None:
    bench.page.choose("create")
    bench.founding.set_name("Réseau")
    open_directory(bench.shell.session.folder).close()
    bench.founding.create()
    assert bench.shell.folders == []
    assert bench.questions.last("show_making") == (False,)
    assert "déjà" in bench.questions.last("show_folder")[1]


def test_what_fails_is_reported_and_can_be_tried_again(bench: Bench, tmp_path: Path) -> None:
    bench.page.choose("create")
    bench.founding.set_name("Réseau")
    bench.founding.territories.type("lozère")
    bench.founding.territories.add_first()
    (piece,) = bench.founding.territories.pieces
    bench.founding.territories.pieces = (type(piece)("planet", "3", "Terre", ""),)
    bench.founding.create()
    assert len(bench.shell.problems) == 1
    assert bench.shell.folders == []
    assert bench.questions.last("show_making") == (False,)


def test_a_second_directory_is_made_beside_the_first(session: Session) -> None:
    open_directory(config.usual_directory()).close()
    bench = Bench(session)
    bench.page.choose("create")
    assert bench.founding.answers.folder == config.usual_directory().with_name("annuaire-2")


# --- the territory


def test_pieces_are_chosen_among_what_is_offered(bench: Bench) -> None:
    territories = bench.founding.territories
    territories.type("florac")
    names = [p.name for p in bench.territory.last("show_offers")[0]]
    assert names[0] == "Florac Trois Rivières"
    territories.add(territories.offers[-1])
    assert [p.level for p in bench.territory.last("show_pieces")[0]] == ["epci"]
    assert bench.territory.last("show_offers") == ((),)
    territories.type("florac")
    assert territories.pieces[0] not in territories.offers
    territories.remove(territories.pieces[0])
    assert territories.parts == []


def test_words_that_mean_nothing_add_nothing(bench: Bench) -> None:
    territories = bench.founding.territories
    territories.type("zzqx")
    assert not territories.add_first()
    assert territories.parts == []


def test_late_offers_for_words_that_have_changed_are_dropped(bench: Bench) -> None:
    territories = bench.founding.territories
    bench.jobs.hold = True
    territories.type("mende")
    bench.jobs.hold = False
    territories.type("")
    bench.jobs.release()
    assert territories.offers == ()


# --- the example


def test_a_file_that_comes_while_the_example_is_made_is_not_taken(bench: Bench, tmp_path: Path) -> None:
    bench.page.step = "work"
    bench.page.enter(Request(paths=(tmp_path / "liste.csv",)))
    assert bench.page.step == "work"
    assert "liste.csv" in bench.shell.refusals[-1]


def test_the_example_is_made_apart_then_opened(bench: Bench) -> None:
    bench.page.choose("example")
    assert bench.shell.folders == [config.example_directory()]
    assert example.is_made()
    said = [arguments[2] for called, arguments in bench.view.calls if called == "show_progress"]
    assert any(words.endswith("fiches sur 210") for words in said)
    assert said[-1] == "Préparation de la recherche"
    assert not bench.shell.session.folder.exists()
    bench.page.choose("example")
    assert bench.shell.folders == [config.example_directory()] * 2


def test_an_example_that_fails_leaves_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.services.demonstration.FILES", ("fiches.json", "absent.json"))
    bench.page.choose("example")
    assert bench.page.step == "doors"
    assert len(bench.shell.problems) == 1
    assert not config.example_directory().exists()


def test_what_a_killed_attempt_left_is_not_taken_for_the_example(bench: Bench) -> None:
    config.example_directory().mkdir(parents=True)
    (config.example_directory() / "prive.db").write_bytes(b"half")
    bench.page.choose("example")
    assert bench.jobs.problems == []
    assert bench.shell.folders == [config.example_directory()]


def test_a_stick_with_backups_alone_leads_back_to_the_latest(bench: Bench, village: Village, tmp_path: Path) -> None:
    directory = open_directory(village.folder)
    name = directory.store.backup("manuelle").name
    directory.close()
    stick = tmp_path / "cle"
    shutil.copytree(village.folder / "sauvegardes", stick / "sauvegardes")
    bench.page.take([stick / "sauvegardes" / name])  # a backup itself is never opened to be written in
    assert bench.shell.folders == []
    bench.page.take([stick])
    assert bench.notice is not None
    assert "il y reste des sauvegardes" in bench.notice.title
    bench.notice.take()
    assert bench.shell.folders == [stick]
    again = open_directory(stick)
    assert len(list(again.reads.of_kind("person"))) == 2
    again.close()
