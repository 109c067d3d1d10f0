"""Where this PC keeps things, and the few choices a person makes for the window; beside the program if portable."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from appli.ports import Clock, wall_clock

PORTABLE_MARK = "maillage.portable"


def clock() -> Clock:
    """This PC's clock, or the moment of `MAILLAGE_MAINTENANT` (ISO) for tests and documentation."""
    fixed = os.environ.get("MAILLAGE_MAINTENANT")
    if not fixed:
        return wall_clock
    moment = int(datetime.fromisoformat(fixed).astimezone().timestamp() * 1000)
    return lambda: moment


def program_version() -> str:
    """Which version this is; empty where the program was not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("maillage")
    except PackageNotFoundError:
        return ""


def config_dir() -> Path:
    """Settings and this PC's identities."""
    return _place("MAILLAGE_CONFIG", "user_config_dir")


def cache_dir() -> Path:
    """Logs, crash reports, temporary files."""
    return _place("MAILLAGE_CACHE", "user_cache_dir")


def default_directory() -> Path:
    """The folder of the directory opened when none is named."""
    named = os.environ.get("MAILLAGE_ANNUAIRE")
    if named:
        return Path(named)
    return last_directory() or usual_directory()


def last_directory() -> Path | None:
    """The folder of the directory that was open last, if any was."""
    last = load_settings().last_directory
    return as_found(last) if last else None


def remember_directory(folder: Path) -> None:
    """That one is open now."""
    save_settings(last_directory=as_kept(folder))


def usual_directory() -> Path:
    """Where a first directory is made unless somebody says otherwise."""
    return _place("", "user_data_dir") / "annuaire"


def example_directory() -> Path:
    """Where « Essayer avec des données d’exemple » puts its invented people, apart from the real ones."""
    return _place("", "user_data_dir") / "exemple"


def portable_root() -> Path | None:
    """The folder that carries the program with all it keeps, as on a stick; None on an ordinary PC."""
    beside = Path(sys.executable).parent
    return beside if (beside / PORTABLE_MARK).exists() else None


def as_kept(path: Path) -> str:
    """A path as it is written down: from the folder of the program where it travels with it, whatever the drive."""
    root = portable_root()
    there = path.absolute()
    inside = root is not None and there.is_relative_to(root.absolute())
    return there.relative_to(root.absolute()).as_posix() if root is not None and inside else str(path)


def as_found(text: str) -> Path:
    """What was written down by `as_kept`, where it is today."""
    root, path = portable_root(), Path(text)
    return path if root is None or path.is_absolute() else root / path


def _place(variable: str, which: str) -> Path:
    named = os.environ.get(variable) if variable else None
    if named:
        return Path(named)
    beside = portable_root()
    if beside is not None:
        return beside / "donnees" / which.removeprefix("user_").removesuffix("_dir")
    import platformdirs  # only the window's first lines and tests come here without a variable

    found: str = getattr(platformdirs, which)("maillage", appauthor=False)
    return Path(found)


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of this PC, not of the directory."""

    theme: Literal["system", "light", "dark"] = "system"
    text_scale: int = 100
    last_directory: str = ""
    operator: str = ""
    """Initials of whoever is typing on a shared PC; empty when nobody said."""
    clock_seen: int = 0
    """What spoke against this PC's clock when somebody last said that they know, in ms."""
    online_map: str = ""
    """The online map somebody agreed to; empty: none, nothing is ever asked."""
    online_address: str = ""
    """Another address for it, with {z}, {x} and {y}, should the service move before this program does."""
    compatible_map: bool = False
    """Whether the map is drawn without the graphics card, which leaves it blank on some PCs."""


_PASSING: dict[Path, Settings] = {}
"""Choices that could not be written down: they last as long as the program."""


def load_settings() -> Settings:
    """The choices made; defaults for whatever is missing or unreadable."""
    if config_dir() in _PASSING:
        return _PASSING[config_dir()]
    try:
        found: dict[str, Any] = json.loads((config_dir() / "reglages.json").read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    kept = {f.name: found[f.name] for f in fields(Settings) if isinstance(found.get(f.name), type(f.default))}
    return replace(Settings(), **kept)


def save_settings(**changes: Any) -> Settings:
    """Change some choices; where nothing can be written, for as long as the program runs."""
    chosen = replace(load_settings(), **changes)
    folder = config_dir()
    temporary = folder / "reglages.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(asdict(chosen), ensure_ascii=False, indent=1), "utf-8")
        temporary.replace(folder / "reglages.json")
    except OSError:
        _PASSING[folder] = chosen
    else:
        _PASSING.pop(folder, None)
    return chosen
