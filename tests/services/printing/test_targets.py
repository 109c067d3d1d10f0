"""Where a document is written: whole or not at all, and why not in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.documents.typesetting import typeset
from appli.errors import EnvironmentProblem, UserError
from appli.services.printing.printing import check_target, write


def test_one_that_another_program_has_open_is_left_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "annuaire.pdf"
    target.write_bytes(b"ancien")

    def windows(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(Path, "replace", windows)
    with pytest.raises(EnvironmentProblem, match="ouvert dans un autre programme"):
        write(b"%PDF", target)
    assert target.read_bytes() == b"ancien"
    assert [file.name for file in tmp_path.iterdir()] == ["annuaire.pdf"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="n’a pas pu être écrit"):
        write(b"%PDF", tmp_path / "absent" / "annuaire.pdf")


def test_only_pdf(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="finit pas par"):
        check_target(tmp_path / "annuaire.docx")


def test_a_pc_without_room_for_passing_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "plein"))
    with pytest.raises(EnvironmentProblem, match="fichiers passagers"):
        typeset("annuaire.typ", {})
