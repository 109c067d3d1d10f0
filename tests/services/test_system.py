"""Drafts and sticks, as far as one can tell without a mail program: what is asked of the system, what follows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from email import message_from_bytes
from pathlib import Path

import pytest

from appli.services import system


@pytest.mark.skipif(sys.platform == "win32", reason="xdg-email is of the other systems")
@pytest.mark.parametrize(("code", "opened"), [(0, True), (3, False), (4, False)])
def test_a_draft_is_asked_with_every_file(
    code: int, opened: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> int:
        asked.append(command)
        return code

    program = tmp_path / "xdg-email"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    files = [tmp_path / "a-1-sur-2.maille", tmp_path / "a-2-sur-2.maille"]
    assert system.draft_mail("Nouvelles", "Bonjour,", files, run) is opened
    [command] = asked
    assert [command[n + 1] for n, word in enumerate(command) if word == "--attach"] == [str(f) for f in files]


@pytest.mark.skipif(sys.platform == "win32", reason="xdg-email is of the other systems")
def test_without_a_mail_program_nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not system.draft_mail("Nouvelles", "Bonjour,", [tmp_path / "a.maille"], lambda _command: 0)


def test_a_draft_file_holds_the_packet_and_is_not_sent(tmp_path: Path) -> None:
    packet = tmp_path / "nouvelles.maille"
    packet.write_bytes(bytes(range(256)))
    message = message_from_bytes(system.draft_text("Nouvelles de Florac", "Bonjour,\n\nVoilà.", [packet]))
    assert message["X-Unsent"] == "1"
    [body, attached] = message.get_payload()  # type: ignore[misc]
    assert "Voilà" in body.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert attached.get_filename() == packet.name  # type: ignore[union-attr]
    assert attached.get_payload(decode=True) == packet.read_bytes()  # type: ignore[union-attr]


@pytest.mark.skipif(sys.platform == "win32", reason="drives have letters there")
def test_what_is_plugged_in_is_a_stick() -> None:
    assert system.is_stick(Path("/media/nour/MAIRIE"))
    assert system.is_stick(Path("/run/media/nour/MAIRIE"))
    assert not system.is_stick(Path("/"))
    assert not system.is_stick(Path("/home/media"))
