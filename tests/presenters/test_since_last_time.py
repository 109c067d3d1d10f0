"""What a window tells once when it opens: an update that was made, a directory that went to another PC."""

from __future__ import annotations

import json

from appli.presenters import since_last_time
from tests.presenters.fakes import CallRecorder, FakeShell


def test_nothing_new_is_nothing_told(shell: FakeShell) -> None:
    view = CallRecorder()
    since_last_time.tell(shell, view.show_notice)
    assert (shell.toasts, view.calls) == ([], [])


def test_an_update_is_told_once_with_the_backup_that_stands(shell: FakeShell) -> None:
    found: list[object] = []
    shell.session.do(lambda d: setattr(d.store.folder, "was_older", True), found.append)
    since_last_time.tell(shell, CallRecorder().show_notice)
    ((said, _undo),) = shell.toasts
    assert "sauvegarde d’avant" in said


def test_a_directory_taken_to_another_pc_says_so_until_it_was_read(shell: FakeShell) -> None:
    mark = shell.session.folder / "emporte.json"
    mark.write_text(json.dumps({"at": 1_795_348_800_000, "file": "x"}), "utf-8")
    view = CallRecorder()
    since_last_time.tell(shell, view.show_notice)
    title, words, deed, read = view.last("show_notice")
    assert title == "Cet annuaire a été emporté sur un autre poste le 22 novembre 2026."
    assert "paquet" in words
    assert deed == "J’ai compris"
    read()
    assert not mark.exists()
