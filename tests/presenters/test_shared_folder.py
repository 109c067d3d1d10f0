"""The shared folder in the window, without one: how it is told, what waits, what comes by itself, what closing does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from appli.app import open_index
from appli.errors import UserError
from appli.presenters.exchange_folder import ExchangeFolder
from appli.presenters.exchange_journal import ExchangeJournal
from appli.presenters.session import Session
from appli.presenters.shared_folder import CHANNEL, EVERY, SharedFolder
from appli.presenters.shell import BUNDLE
from appli.services.exchanging import receiving, shared_folder
from tests.presenters.conftest import Village, make, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs
from tests.presenters.packets import Accueil, network

Carry = Callable[[Callable[..., Any]], Any]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Maillage partagé"
    folder.mkdir()
    return folder


@pytest.fixture
def accueil(
    shell: FakeShell, village: Village, as_services: Carry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Accueil:
    made: Accueil = as_services(lambda d: network(village, d, tmp_path / "accueil", monkeypatch))
    return made


@pytest.fixture
def page(shell: FakeShell) -> ExchangeFolder:
    found = ExchangeFolder(shell)
    found.view = CallRecorder()
    found.enter()
    return found


def shares(accueil: Accueil, root: Path) -> None:
    """« Accueil » uses the folder, and writes there."""
    with accueil.opened() as other:
        shared_folder.choose(other, root)
        shared_folder.go_round(other)


def accepted(page: ExchangeFolder, accueil: Accueil, root: Path, as_services: Carry) -> None:
    """Both use it, and a person here said yes to the first packet."""
    shares(accueil, root)
    page.choose(root)
    path = next(root.rglob(f"{page._folder.standing.waiting[0].sender.hex()}/*.maille"))  # type: ignore[union-attr]
    as_services(lambda d: receiving.receive(d, path, confirmed=True))
    page.look_now()
    assert page.waiting == []


def test_without_a_folder_one_is_proposed_and_nothing_is_looked_at(page: ExchangeFolder, jobs: InlineJobs) -> None:
    assert (page.is_known, page.state, page.waiting) == (True, "none", [])
    assert "Syncthing" in page.words
    assert CHANNEL not in jobs.waiting


def test_a_folder_that_is_chosen_is_told_in_words(
    page: ExchangeFolder, shell: FakeShell, jobs: InlineJobs, root: Path, now_is: Callable[[str], None]
) -> None:
    now_is("2026-11-22T14:32:00+01:00")
    page.choose(root)
    assert page.words == "Relevé à 14\u00a0h\u00a032 · 1 poste y écrit · rien n’attend"
    assert page.root == root
    assert shell.toasts[-1][0] == "Dossier partagé\u00a0: «\u00a0Maillage partagé\u00a0»."
    assert jobs.waiting[CHANNEL][0] == EVERY
    assert list(root.rglob("*.maille"))


def test_a_folder_around_the_directory_is_refused(page: ExchangeFolder, shell: FakeShell, village: Village) -> None:
    page.choose(village.folder.parent)
    [problem] = shell.problems
    assert isinstance(problem, UserError)
    assert "Les bases ne doivent pas voyager" in problem.message
    assert page.state == "none"


def test_the_first_packet_waits_and_is_looked_at_as_any_other(
    page: ExchangeFolder, shell: FakeShell, accueil: Accueil, root: Path
) -> None:
    shares(accueil, root)
    page.choose(root)
    [row] = page.waiting
    assert row.title == "«\u00a0Accueil\u00a0»\u00a0: 1 paquet"
    assert "Premier paquet" in row.why
    assert page.words.endswith("2 postes y écrivent · 1 paquet attend")
    assert shell.shared_folder.waiting == 1
    page.look_at(row.sender)
    key, request = shell.visits[-1]
    assert key == BUNDLE
    assert [p.suffix for p in request.paths] == [".maille"]


def test_after_the_first_packet_the_others_of_that_pc_come_by_themselves(
    page: ExchangeFolder, shell: FakeShell, accueil: Accueil, root: Path, as_services: Carry
) -> None:
    shares(accueil, root)
    with accueil.opened() as other:
        nour = make(other, "person", name="Nour Exemplaire")
        shared_folder.go_round(other)
    page.choose(root)
    assert page.waiting[0].title.endswith("2 paquets")
    page.look_at(page.waiting[0].sender)
    [first] = shell.visits[-1][1].paths
    as_services(lambda d: receiving.receive(d, first, confirmed=True))
    page.look_now()
    assert page.waiting == []
    assert as_services(lambda d: d.title_of(nour)) == "Nour Exemplaire"


def test_what_comes_by_itself_is_said_and_can_be_taken_back_for_good(
    page: ExchangeFolder, shell: FakeShell, accueil: Accueil, root: Path, as_services: Carry
) -> None:
    shell.shared_folder.came.listen(lambda came: tell(shell, came))
    accepted(page, accueil, root, as_services)
    with accueil.opened() as other:
        nour = make(other, "person", name="Nour Exemplaire")
        shared_folder.go_round(other)
    page.look_now()
    assert shell.toasts[-1][0] == "Reçu de «\u00a0Accueil\u00a0» par le dossier partagé\u00a0: 1 nouvelle."
    assert as_services(lambda d: d.title_of(nour)) == "Nour Exemplaire"
    journal = ExchangeJournal(shell)
    journal.enter()
    assert journal.lines[0].rest.endswith("1 nouvelle, par le dossier partagé")
    back = shell.backs[-1]
    assert back is not None
    back()
    assert as_services(lambda d: d.title_of(nour)) == ""
    for _time in range(3):
        page.look_now()
    assert as_services(lambda d: d.title_of(nour)) == ""
    assert page.waiting[0].why == "Vous avez annulé ce qu’il apporte."
    assert shell.shared_folder.waiting == 0


def tell(shell: FakeShell, came: Any) -> None:
    from appli.presenters.shared_folder_words import tell_came

    tell_came(shell, came)


def test_what_is_written_here_goes_there_a_moment_later(
    page: ExchangeFolder, jobs: InlineJobs, root: Path, as_services: Carry
) -> None:
    page.choose(root)
    before = len(list(root.rglob("*.maille")))
    as_services(lambda d: d.do("Ici", [_put(d)]))
    assert jobs.waiting[CHANNEL][0] < EVERY
    jobs.pass_time(CHANNEL)
    assert len(list(root.rglob("*.maille"))) == before + 1


def _put(directory: Any) -> Any:
    from appli.domain.changes import Put

    mason = next(e for e in directory.reads.of_kind("person") if e.title == "Mathieu Valdeyron")
    return Put(mason.id, "occupation", "Maçon et couvreur")


def test_a_folder_that_goes_away_is_said_calmly_and_found_again(
    page: ExchangeFolder, shell: FakeShell, jobs: InlineJobs, root: Path
) -> None:
    page.choose(root)
    shutil.move(root, root.with_name("debranche"))
    page.look_now()
    assert page.state == "away"
    assert "rien" not in page.words.lower() or "perdu" in page.words
    root.mkdir()
    page.look_now()
    assert page.state == "empty"
    assert list(root.iterdir()) == []
    root.rmdir()
    shutil.move(root.with_name("debranche"), root)
    jobs.pass_time(CHANNEL)
    assert page.state == "well"
    assert shell.problems == []


def test_an_emptied_folder_is_begun_again_by_a_person(page: ExchangeFolder, root: Path) -> None:
    page.choose(root)
    shutil.rmtree(next(root.glob("maillage-*")))
    page.look_now()
    assert page.state == "empty"
    page.begin_anew()
    assert page.state == "well"
    assert list(root.rglob("*.maille"))


def test_versions_that_syncthing_keeps_are_warned_of(page: ExchangeFolder, root: Path) -> None:
    page.choose(root)
    assert page.warning == ""
    (root / ".stversions").mkdir()
    page.look_now()
    assert "ce qui est effacé y reste" in page.warning


def test_leaving_is_asked_first(page: ExchangeFolder, shell: FakeShell, root: Path) -> None:
    page.choose(root)
    page.ask_to_leave()
    assert page.state == "well"
    view = page.view
    assert isinstance(view, CallRecorder)
    view.last("ask")[1]()
    assert page.state == "none"
    assert not list(root.rglob("*.maille"))
    assert "retirés" in shell.toasts[-1][0]


def test_after_closing_nothing_is_looked_at_any_more(
    page: ExchangeFolder, shell: FakeShell, jobs: InlineJobs, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.choose(root)
    shell.shared_folder.close()
    monkeypatch.setattr(shared_folder, "look", lambda _d: pytest.fail("looked at after closing"))
    jobs.pass_time(CHANNEL)
    shell.shared_folder.seen()
    assert CHANNEL not in jobs.waiting


@pytest.fixture
def second(session: Session, village: Village, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeShell]:
    """Another window on the same directory: it can only read."""
    monkeypatch.setattr("appli.store.lock.LOCK_SECONDS", 0.05)
    other = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
    other.open()
    yield FakeShell(other)
    other.close()


def test_a_second_window_reads_how_it_is_and_does_nothing(page: ExchangeFolder, root: Path, second: FakeShell) -> None:
    page.choose(root)
    for path in root.rglob("*.maille"):
        path.unlink()  # there is work, for the window that may do it
    told = ExchangeFolder(second)
    told.enter()
    assert told.words == "1 poste y écrit · rien n’attend"
    assert told.why_not_write
    assert not list(root.rglob("*.maille"))
    assert second.problems == []


def test_work_that_is_stopped_leaves_everything_as_it_was(
    session: Session, root: Path, as_services: Carry, jobs: InlineJobs
) -> None:
    from appli.errors import Cancelled

    as_services(lambda d: shared_folder.choose(d, root))
    found = SharedFolder(session, lambda problem: pytest.fail(str(problem)))
    assert found.is_known

    def stopped(*_arguments: object) -> None:
        raise Cancelled

    found._failed(Cancelled())
    assert not found.is_working
