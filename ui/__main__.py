"""The one entry: a verb goes to the terminal's half without loading Qt; nothing, or files, opens the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from appli import resources

VALUED, BARE = "--annuaire", frozenset(("--json",))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [resources.READ_WORKBOOK]:
        return int(import_module("appli.formats.child").main())
    folder, rest = _split(words)
    if not _for_window(words, rest):
        from appli.cli.main import main as terminal

        return terminal(words)
    if not _has_screen():
        from appli.i18n import _

        what = _("Maillage ne trouve pas d’écran où ouvrir sa fenêtre. Rien n’a changé.")
        way = _("Ouvrez-le depuis un bureau, ou donnez un verbe : « maillage --help ».")
        sys.stderr.write(f"{what}\n{way}\n")
        return 3
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses to start as root otherwise
    return _window(Path(folder) if folder else None, [Path(word) for word in rest])


def _window(named: Path | None, files: Sequence[Path]) -> int:
    """Hand the files to the window that is open on that folder already; open one when there is none."""
    from appli.presenters import second_start, startup

    opened, place = startup.folder_for(named, files), second_start.Place()
    if not place.take(opened.folder):
        from ui.doorbell import ring_until_answered

        taken = ring_until_answered(opened.folder, opened.files, place)
        if taken is not None:
            return 0 if taken else _tell(second_start.no_answer())
    from ui.main import run

    return run(opened.folder, opened.files, place)


def _tell(problem: Exception) -> int:
    from ui.main import tell

    return tell(problem)


def _split(words: Sequence[str]) -> tuple[str, list[str]]:
    """The folder named, and what follows the options."""
    folder, at = "", 0
    while at < len(words):
        word = words[at]
        if word == VALUED and at + 1 < len(words):
            folder, at = words[at + 1], at + 2
        elif word.startswith(f"{VALUED}="):
            folder, at = word.partition("=")[2], at + 1
        elif word in BARE:
            at += 1
        else:
            break
    return folder, list(words[at:])


def _for_window(words: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether the window is meant: no verb and no option of the terminal, only files that exist, or nothing."""
    if not rest:
        return not BARE & set(words)
    from appli.cli.arguments import VERBS

    if rest[0] in VERBS or rest[0].startswith("-"):
        return False
    return all(Path(word).exists() for word in rest)


def _has_screen() -> bool:
    """Whether Qt will find where to draw; on Windows and macOS it always does."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
