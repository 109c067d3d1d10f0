"""The folder goes away while the window is open, as when a stick is pulled out: nothing pretended, nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appli.app import open_directory
from appli.presenters.away import CHANNEL, Away
from appli.presenters.form import Form
from appli.presenters.session import Session
from appli.presenters.shell import Request
from appli.services.editing import trash
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs


class Window(FakeShell):
    """A shell that tells problems as the main window does."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.strips: list[tuple[str, str, str, Callable[[], None]]] = []
        self.dropped = 0
        self.away = Away(self, self)

    def show_notice(self, title: str, words: str, deed: str, take: Callable[[], None]) -> None:
        self.strips.append((title, words, deed, take))

    def drop_notice(self) -> None:
        self.dropped += 1

    def report(self, problem: Exception) -> None:
        if not self.away.tell(problem):
            super().report(problem)


@pytest.fixture
def window(session: Session) -> Window:
    return Window(session)


def pull_out(folder: Path) -> Path:
    return folder.rename(folder.with_name("clé débranchée"))


def put_in(folder: Path) -> None:
    folder.with_name("clé débranchée").rename(folder)


def do(window: Window, village: Village) -> list[Any]:
    """Put the mason into the trash; what was answered."""
    done: list[Any] = []
    window.session.do(lambda d: trash(d, [village.ids["mason"]]), done.append, window.report)
    return done


def test_nothing_is_called_saved_and_all_goes_on_when_it_is_back(
    window: Window, village: Village, jobs: InlineJobs
) -> None:
    pull_out(village.folder)
    assert do(window, village) == []
    assert do(window, village) == []
    assert window.problems == []
    assert window.refusals == ["Pas enregistré\u00a0: le dossier de l’annuaire n’est plus là."] * 2
    ((title, words, deed, _take),) = window.strips
    assert "n’est plus là" in title
    assert "clé" in words
    assert deed == "Réessayer"
    jobs.pass_time(CHANNEL)
    assert window.dropped == 0

    put_in(village.folder)
    jobs.pass_time(CHANNEL)
    assert window.dropped == 1
    assert "de nouveau là" in window.toasts[-1][0]
    assert len(do(window, village)) == 1
    window.session.close()
    again = open_directory(village.folder)
    assert again.title_of(village.ids["mason"])
    assert again.store.done()[0].label.startswith("Mettre"), again.store.done()[0].label
    again.close()


def test_the_person_tries_again(window: Window, village: Village) -> None:
    pull_out(village.folder)
    do(window, village)
    window.strips[-1][3]()
    assert len(window.strips) == 2, "it is not back: the strip stays"
    put_in(village.folder)
    window.strips[-1][3]()
    assert "de nouveau là" in window.toasts[-1][0]


def test_saving_again_is_enough(window: Window, village: Village) -> None:
    pull_out(village.folder)
    do(window, village)
    put_in(village.folder)
    assert len(do(window, village)) == 1


def test_an_empty_folder_in_its_place_gets_nothing(window: Window, village: Village) -> None:
    pull_out(village.folder)
    village.folder.mkdir()
    do(window, village)
    do(window, village)
    assert list(village.folder.iterdir()) == []
    village.folder.rmdir()
    put_in(village.folder)


def test_another_directory_in_its_place_gets_nothing(window: Window, village: Village, tmp_path: Path) -> None:
    open_directory(tmp_path / "autre").close()
    pull_out(village.folder)
    (tmp_path / "autre").rename(village.folder)
    do(window, village)
    before = (village.folder / "partage.db").read_bytes()
    assert do(window, village) == []
    assert "un autre annuaire" in window.strips[-1][0]
    assert (village.folder / "partage.db").read_bytes() == before
    shutil.rmtree(village.folder)
    put_in(village.folder)
    assert len(do(window, village)) == 1


def test_what_is_typed_stays_and_is_not_said_to_be_kept(window: Window, village: Village, jobs: InlineJobs) -> None:
    form = Form(window)
    form.view = CallRecorder()  # type: ignore[assignment]
    form.enter(Request(record=village.ids["elise"]))
    path = "occupation"
    form.type(path, "Ébéniste")
    pull_out(village.folder)
    jobs.pass_time("form-brouillon")
    assert window.typing == "Saisie en cours, pas encore gardée"
    form.save()
    assert form.filling is not None, "the form stays"
    assert form.filling.asked.content(path) == "Ébéniste"
    put_in(village.folder)
    form.save()
    assert window.toasts[-1][0] == "Fiche «\u00a0Élise Roumégas\u00a0» enregistrée."


def test_other_problems_are_told_elsewhere(window: Window, village: Village) -> None:
    assert not window.away.tell(ValueError("x"))
    from appli.errors import EnvironmentProblem

    assert not window.away.tell(EnvironmentProblem("unwritable", "x")), "the folder is there"
    assert not window.away.tell(EnvironmentProblem("disk_full", "x"))
