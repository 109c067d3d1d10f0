"""Theme and size of the text: applied at once, kept for the next time."""

from __future__ import annotations

import pytest

from appli import config
from appli.presenters.look import Look, nearest_scale
from tests.presenters.fakes import CallRecorder


def test_choices_are_applied_and_kept() -> None:
    view = CallRecorder()
    look = Look(view)
    look.set_theme("dark")
    look.larger()
    assert view.calls == [("show_look", ("dark", 100)), ("show_look", ("dark", 125))]
    again = Look(CallRecorder())
    assert (again.theme, again.scale) == ("dark", 125)


def test_sizes_have_a_first_and_a_last_step() -> None:
    view = CallRecorder()
    look = Look(view)
    look.smaller()
    assert view.calls == []
    for _n in range(9):
        look.larger()
    assert look.scale == 200


@pytest.mark.parametrize(("written", "used"), [(100, 100), (130, 125), (90, 100), (1000, 200), (-5, 100)])
def test_a_figure_somebody_wrote_into_the_settings(written: int, used: int) -> None:
    config.save_settings(text_scale=written)
    assert Look(CallRecorder()).scale == used
    assert nearest_scale(written) == used
