"""A directory that changes PC, in the window: what the card says, and how it arrives at the first opening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appli.app import load_gazetteer, open_directory, open_index
from appli.presenters.first_run import FirstRun
from appli.presenters.given_files import MOVED, is_moving, is_packet
from appli.presenters.leaving_pc import Leaving, LeavingPc
from appli.presenters.session import Session
from appli.presenters.shell import Request
from appli.services import changing_pc
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

PHRASE = "sept mots bien assez longs"


@pytest.fixture
def card(shell: FakeShell) -> tuple[LeavingPc, CallRecorder]:
    presenter, view = LeavingPc(shell), CallRecorder()
    presenter.view = view
    presenter.show()
    return presenter, view


def shown(view: CallRecorder) -> Leaving:
    leaving: Leaving = view.last("show_leaving")[0]
    return leaving


def test_the_card_proposes_words_and_says_what_it_weighs(card: tuple[LeavingPc, CallRecorder]) -> None:
    presenter, view = card
    leaving = shown(view)
    assert len(leaving.phrase.split()) == 7
    assert leaving.size.endswith("environ")
    assert (leaving.replaces, leaving.maps_size, leaving.why_not) == (True, "", "")
    before = leaving.phrase
    presenter.other_phrase()
    assert shown(view).phrase != before


def test_it_is_written_under_its_name_and_says_what_comes_next(
    card: tuple[LeavingPc, CallRecorder], tmp_path: Path
) -> None:
    presenter, view = card
    presenter.set_phrase("court")
    presenter.start()
    assert "trop courte" in view.last("show_idle")[0]
    presenter.set_phrase(PHRASE)
    presenter.start()
    name = view.last("ask_where")[0]
    assert name.endswith(".maillage-dossier")
    presenter.write(tmp_path / name.removesuffix(".maillage-dossier"))
    title, words, folder = view.last("show_left")
    assert name in title
    assert "phrase secrète" in words
    assert folder == tmp_path
    assert is_moving(tmp_path / name)
    assert not is_packet(tmp_path / name)


@pytest.fixture
def file(shell: FakeShell, tmp_path: Path) -> Path:
    target = tmp_path / "piece-jointe.maille"  # renamed on the way: its first bytes tell what it is
    found: list[object] = []
    shell.session.do(lambda d: changing_pc.leave(d, target, PHRASE, changing_pc.Choices()), found.append)
    assert found
    return target


@pytest.fixture
def first_run(tmp_path: Path) -> Iterator[tuple[FirstRun, FakeShell, CallRecorder]]:
    folder = tmp_path / "neuf" / "annuaire"
    session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
    shell, view = FakeShell(session), CallRecorder()
    page = FirstRun(shell, CallRecorder(), load_gazetteer)
    page.arriving.view = view
    yield page, shell, view
    session.close()


def test_the_file_opens_with_its_phrase_and_becomes_the_directory(
    first_run: tuple[FirstRun, FakeShell, CallRecorder], file: Path
) -> None:
    page, shell, view = first_run
    page.enter(Request(paths=(file,)))
    assert page.step == "arrive"
    assert view.last("show_part") == ("phrase",)
    page.arriving.open_with("une autre phrase")
    assert "n’ouvre pas ce fichier" in view.last("show_phrase")[1]
    page.arriving.open_with(PHRASE)
    facts = view.last("show_facts")[0]
    assert "4\u00a0fiches" in facts.facts.replace(" ", "\u00a0")
    page.arriving.join()
    (folder,) = shell.folders
    assert folder == page.arriving.folder
    shell.session.close()
    directory = open_directory(folder)
    assert len(list(directory.reads.of_kind("person"))) == 2
    directory.close()


def test_a_file_that_holds_nothing_asks_for_no_phrase(
    first_run: tuple[FirstRun, FakeShell, CallRecorder], tmp_path: Path
) -> None:
    page, _shell, view = first_run
    file = tmp_path / f"reçu{MOVED}"
    spoilt = {b"": "avant la fin", b"x" * 99: "autre chose", b"maillage-dossier/2\n": "plus récente"}
    for content, words in spoilt.items():
        file.write_bytes(content)
        page.enter(Request(paths=(file,)))
        assert page.step == "arrive"
        assert words in view.last("show_refusal")[0]
    file.unlink()
    page.arriving.open_with(PHRASE)
    assert "ne peut pas être lu" in view.last("show_refusal")[0]
    assert "show_phrase" not in view.names()


def test_a_file_brought_while_another_arrives_waits(
    first_run: tuple[FirstRun, FakeShell, CallRecorder], file: Path
) -> None:
    page, shell, view = first_run
    page.enter(Request(paths=(file,)))
    page.arriving.open_with(PHRASE)
    jobs = shell.session.jobs
    assert isinstance(jobs, InlineJobs)
    waiting: list[Callable[[], None]] = []
    carry_out, jobs.write = jobs.write, lambda *given: waiting.append(lambda: carry_out(*given))  # type: ignore[method-assign, assignment]
    page.arriving.join()
    page.enter(Request(paths=(file,)))
    page.enter(Request())
    assert view.last("show_part") == ("working",)
    assert (page.step, page.arriving.part) == ("arrive", "working")
    assert shell.refusals == [f"Un annuaire arrive sur ce poste. Rouvrez «\u00a0{file.name}\u00a0» quand il sera là."]
    jobs.write = carry_out  # type: ignore[method-assign]
    waiting[0]()
    assert shell.folders == [page.arriving.folder]


def test_from_an_open_directory_it_lies_beside_and_one_can_return(
    shell: FakeShell, village: Village, file: Path
) -> None:
    page = FirstRun(shell, CallRecorder(), load_gazetteer)
    page.enter(Request(paths=(file,)))
    page.arriving.open_with(PHRASE)
    assert page.arriving.folder not in (village.folder, Path())
    assert not page.arriving.folder.exists()
    page.back()
    assert shell.returns == 1
    page.enter(Request())
    page.take([file])
    page.back()
    assert (page.step, shell.returns) == ("doors", 1)


def test_a_damaged_file_is_refused_in_words_and_leaves_nothing(
    first_run: tuple[FirstRun, FakeShell, CallRecorder], file: Path
) -> None:
    page, shell, view = first_run
    file.write_bytes(file.read_bytes()[:200_000])
    page.enter(Request(paths=(file,)))
    page.arriving.open_with(PHRASE)
    page.arriving.join()
    assert "avant la fin" in view.last("show_refusal")[0]
    assert shell.folders == []
    assert not page.arriving.folder.exists()
