"""What is decided before there is a window: which folder, which files, how it looks. Nothing heavy is loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from appli import config
from appli.presenters import reports
from appli.presenters.look import ThemeName, nearest_scale
from appli.store.folder_files import is_directory

_NO_SHADERS_KEPT = {
    "MESA_SHADER_CACHE_DISABLE": "true",
    "__GL_SHADER_DISK_CACHE": "0",
    "QSG_RHI_DISABLE_DISK_CACHE": "1",
}
"""What keeps the drivers of graphics cards from writing into the person's home."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How the window looks on this PC."""

    theme: ThemeName
    scale: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The folder to open, and the files to hand to its window."""

    folder: Path
    files: tuple[Path, ...]


def choices() -> Choices:
    """The look that was chosen."""
    settings = config.load_settings()
    return Choices(settings.theme, nearest_scale(settings.text_scale))


def folder_for(named: Path | None, files: Sequence[Path]) -> Opened:
    """The folder named by the words (also by naming it, or a file inside it, like a document), else the usual one."""
    given = [f for f in files if not f.is_dir()]
    for one in files:
        if one.is_dir():
            return Opened(named or one, tuple(given))
        if is_directory(one.parent) and one.suffix == ".db":
            return Opened(named or one.parent, tuple(f for f in given if f != one))
    return Opened(named or config.default_directory(), tuple(given))


def keep_together() -> bool:
    """Whether the program travels with all it keeps; then it leaves nothing on the PCs where it passes."""
    if config.portable_root() is None:
        return False
    passing = config.cache_dir() / "passage"
    try:
        passing.mkdir(parents=True, exist_ok=True)
    except OSError:
        pass  # a protected stick: what is passing goes where the system has it go
    else:
        os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(passing)))
    os.environ.update(_NO_SHADERS_KEPT)
    return True


def window_settings() -> Path:
    """Where the places and sizes of windows and panes are kept."""
    return config.config_dir() / "fenetre.ini"


def crash_file() -> Path:
    """Where the interpreter writes if the process dies."""
    return config.cache_dir() / reports.CRASH
