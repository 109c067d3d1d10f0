"""A map that does not come: once more, then without the graphics card, then the list alone."""

from __future__ import annotations

from appli.presenters.map_engine import MapEngine, choose, is_compatible
from tests.presenters.fakes import FakeShell


def test_one_failure_is_met_by_trying_again(shell: FakeShell) -> None:
    engine = MapEngine(shell)
    assert engine.failed() is None
    trouble = engine.failed()
    assert trouble
    assert trouble.title == "La carte s’est arrêtée."
    assert trouble.reopen == "Rouvrir Maillage en mode compatible"
    assert "la liste reste là" in trouble.words


def test_the_compatible_mode_is_remembered_and_the_program_starts_anew(shell: FakeShell) -> None:
    engine = MapEngine(shell)
    assert not is_compatible()
    engine.reopen_compatible()
    assert is_compatible()
    assert shell.reopened == 1
    choose(compatible=False)
    assert not is_compatible()


def test_what_is_tried_already_is_not_offered_again(shell: FakeShell) -> None:
    choose(compatible=True)
    engine = MapEngine(shell)
    assert engine.stayed_blank() is None
    engine.failed()
    trouble = engine.failed()
    assert trouble
    assert trouble.reopen == ""


def test_a_blank_map_is_asked_about(shell: FakeShell) -> None:
    trouble = MapEngine(shell).stayed_blank()
    assert trouble
    assert trouble.title == "La carte paraît vide."
    assert trouble.reopen
