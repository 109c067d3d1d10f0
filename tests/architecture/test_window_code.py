"""Habits of the window's code that no linter checks."""

from __future__ import annotations

from tests.architecture.sources import callee, calls, modules


def test_the_event_loop_is_never_re_entered() -> None:
    found = [
        f"{path}:{call.lineno}"
        for path, tree in modules().items()
        for call in calls(tree)
        if callee(call) == "processEvents"
    ]
    assert not found, "long work belongs to ui.tasks"
