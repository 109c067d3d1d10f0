"""Each kind of problem is told its own way; a report of a fault holds no value of any record."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli import config
from appli.errors import Cancelled, EnvironmentProblem, UserError
from appli.presenters import reports
from appli.presenters.notices import Notices
from tests.presenters.fakes import CallRecorder

NAME = "Élise Roumégas"


@pytest.fixture
def view() -> CallRecorder:
    return CallRecorder()


def broken(secret: str) -> None:
    """A bug that quotes a record."""
    try:
        {}[secret]
    except KeyError as problem:
        raise ValueError(f"no {secret}") from problem


def fault() -> Exception:
    try:
        broken(NAME)
    except ValueError as problem:
        return problem
    raise AssertionError


def test_their_input_is_answered_in_passing(view: CallRecorder) -> None:
    Notices(view).report(UserError("x", "Rien n’a changé.", "Écrivez autre chose."))
    assert view.calls == [("refuse", ("Rien n’a changé. Écrivez autre chose.",))]


def test_stopping_is_no_problem(view: CallRecorder) -> None:
    Notices(view).report(Cancelled())
    assert view.calls == [("toast", ("Arrêté. Rien n’est resté à moitié fait.",))]


def test_the_disk_is_told_in_a_dialog(view: CallRecorder) -> None:
    Notices(view).report(EnvironmentProblem("disk_full", "Il n’y a plus de place.", "Libérez 200 Mo."))
    problem = view.last("show_problem")[0]
    assert (problem.message, problem.hint, problem.report) == ("Il n’y a plus de place.", "Libérez 200 Mo.", "")
    assert "disk_full" in (config.cache_dir() / reports.LOG).read_text("utf-8")


def test_a_fault_is_told_once_and_kept_without_any_name(view: CallRecorder) -> None:
    notices = Notices(view)
    notices.report(fault())
    notices.report(fault())
    assert view.names() == ["show_problem"]
    problem = view.last("show_problem")[0]
    assert problem.message.startswith("Maillage a rencontré un imprévu. Vos fiches sont enregistrées.")
    assert problem.folder == reports.folder()
    for text in [problem.report, *(p.read_text("utf-8") for p in reports.unseen())]:
        assert "builtins.ValueError" in text
        assert "builtins.KeyError" in text
        assert "test_notices.py" in text
        assert NAME not in text
        assert str(Path.home()) not in text
    assert NAME not in (config.cache_dir() / reports.LOG).read_text("utf-8")


def test_reports_are_told_once_at_the_next_start() -> None:
    reports.keep(fault())
    found = reports.unseen()
    assert len(found) == 1
    reports.mark_seen(found)
    assert reports.unseen() == []


def test_reports_do_not_pile_up() -> None:
    for _n in range(40):
        reports.keep(fault())
    assert len(reports.unseen()) <= 20


def test_what_the_interpreter_left_becomes_a_report() -> None:
    crash = config.cache_dir() / reports.CRASH
    crash.parent.mkdir(parents=True, exist_ok=True)
    crash.write_text('Fatal Python error: Aborted\n  File "/home/elise/appli/store/write.py", line 3 in x\n', "utf-8")
    reports.take_crash()
    text = reports.unseen()[0].read_text("utf-8")
    assert text.startswith(f"Maillage {config.program_version()} · Python ")
    assert '"appli/store/write.py", line 3' in text
    assert "/home/elise" not in text
    assert not crash.exists()


def test_a_cache_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    monkeypatch.setenv("MAILLAGE_CACHE", str(tmp_path / "fichier" / "cache"))
    assert reports.keep(fault()) is None
    reports.note("x")
    reports.take_crash()
    assert reports.unseen() == []
