"""Back and forward, as in any browser."""

from __future__ import annotations

from appli.presenters.history import LONGEST, History


def walked(*places: str) -> History[str]:
    history: History[str] = History()
    for place in places:
        history.visit(place)
    return history


def test_back_and_forward() -> None:
    history = walked("a", "b", "c")
    assert (history.back(), history.back(), history.back()) == ("b", "a", "a")
    assert (history.forward(), history.forward(), history.forward()) == ("b", "c", "c")


def test_a_new_visit_forgets_what_lay_ahead() -> None:
    history = walked("a", "b", "c")
    history.back()
    history.visit("d")
    assert not history.can_go_forward
    assert history.back() == "b"


def test_staying_leaves_no_step() -> None:
    assert not walked("a", "a").can_go_back


def test_passing_by_replaces() -> None:
    history = walked("a", "b")
    history.replace("c")
    assert history.current == "c"
    assert history.back() == "a"


def test_what_is_gone_is_skipped_whichever_side_it_lies() -> None:
    history = walked("a", "b", "c", "d")
    history.back()
    history.forget({"b", "d"})
    assert history.current == "c"
    assert not history.can_go_forward
    assert history.back() == "a"


def test_forgetting_the_current_place_falls_back() -> None:
    history = walked("a", "b")
    history.forget({"b"})
    assert history.current == "a"
    history.forget({"a"})
    assert history.current is None
    assert not history.can_go_back


def test_it_does_not_grow_for_ever() -> None:
    history = walked(*(str(n) for n in range(LONGEST + 50)))
    for _n in range(LONGEST + 50):
        history.back()
    assert history.current == "50"


def test_nothing_seen_yet() -> None:
    history: History[str] = History()
    assert history.back() is None
    assert history.forward() is None
