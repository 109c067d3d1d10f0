"""The detailed maps of a directory folder: files of tiles in `cartes/`, and what is kept of each in `cartes.json`.

They never travel and are in no backup: a map weighs a hundred times what the directory does, and whoever gave it can
give it again. What the list does not name is swept away, so a file that Windows would not let go leaves later.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from appli.domain.map_tiles import ArchiveInfo, refusal
from appli.errors import EnvironmentProblem, UserError
from appli.i18n import _, number
from appli.ports import Progress
from appli.store.whole_file import being_written, halves, removed, write_whole

FOLDER, LIST = "cartes", "cartes.json"
ROOM = 200 * 10**6
"""What must stay free for the directory itself."""
_NAME = re.compile(r"([0-9a-f]{16})\.(?:pmtiles|mbtiles)")
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class KeptMap:
    """One map that was brought here."""

    id: str
    file: str
    title: str
    size: int
    digest: str
    shown: bool
    info: ArchiveInfo


class _Copied(NamedTuple):
    name: str
    size: int
    digest: str


class MapFiles:
    """The maps of one directory folder; needs no open directory."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FOLDER

    def all(self) -> list[KeptMap]:
        """The maps that are here, the one drawn above the others first."""
        return [kept for kept in self._listed() or () if (self.path / kept.file).is_file()]

    def keep(self, maps: Sequence[KeptMap]) -> None:
        """Keep this list, and no other file."""
        rows = json.dumps([asdict(kept) for kept in maps], ensure_ascii=False, indent=1)
        write_whole(self.path / LIST, rows.encode())
        self.sweep()

    def bring(self, source: Path, ending: str, examine: Callable[[Path], ArchiveInfo], progress: Progress) -> KeptMap:
        """Copy a map here, above the others. `examine` judges what was copied, and refuses what cannot be shown."""
        self.sweep()
        known = self.all()
        self._make_room(source)
        name = f"{secrets.token_hex(8)}.{ending}"
        copied = self._copy(source, name, known, progress)
        target = self.path / copied.name
        try:
            info = examine(target)
            kept = KeptMap(name.partition(".")[0], name, _title(info, source), copied.size, copied.digest, True, info)
            self.keep([kept, *known])
        except BaseException:
            removed(target)
            raise
        return kept

    def sweep(self) -> None:
        """Remove what interruptions left, and what the list does not name; nothing if there is no list to go by."""
        for half in halves(self.path):
            removed(half)
        listed = self._listed()
        if listed is not None and self.path.is_dir():
            named = {kept.file for kept in listed}
            for file in self.path.iterdir():
                if _NAME.fullmatch(file.name) and file.name not in named:
                    removed(file)

    # --- parts ---

    def _make_room(self, source: Path) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            wanted, free = source.stat().st_size, shutil.disk_usage(self.path).free
        except OSError as problem:
            raise refusal("map_gone", source) from problem
        if free < wanted + ROOM:
            lacking = (wanted + ROOM - free) / 1e6
            raise EnvironmentProblem(
                "map_no_room",
                _("Il n’y a pas assez de place sur le disque pour cette carte. Vos cartes n’ont pas changé."),
                _("Libérez {n} Mo, puis réessayez.").format(n=number(max(1, round(lacking)))),
            )

    def _copy(self, source: Path, name: str, known: Sequence[KeptMap], progress: Progress) -> _Copied:
        digest, done = hashlib.sha256(), 0
        try:
            opened, size = source.open("rb"), source.stat().st_size
        except OSError as problem:
            raise refusal("map_gone", source) from problem
        with opened, being_written(self.path / name) as target:
            while chunk := _read(opened.read, source):
                target.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                progress.step(done, max(size, done), source.name)
            same = next((kept for kept in known if kept.digest == digest.hexdigest()), None)
            if same is not None:
                raise UserError("map_known", _("Cette carte est déjà là : « {title} ».").format(title=same.title))
        return _Copied(name, done, digest.hexdigest())

    def _listed(self) -> list[KeptMap] | None:
        """What the list says; None when it cannot be read."""
        try:
            rows = json.loads((self.path / LIST).read_bytes())
            return [kept for row in rows if (kept := _read_row(row)) is not None]
        except FileNotFoundError:
            return []
        except (OSError, TypeError, ValueError):
            return None


def _read(read: Callable[[int], bytes], source: Path) -> bytes:
    """The next piece of a file that may lie on a stick somebody pulls out."""
    try:
        return read(_CHUNK)
    except OSError as problem:
        raise refusal("map_gone", source) from problem


def _read_row(row: dict[str, Any]) -> KeptMap | None:
    with suppress(AttributeError, KeyError, TypeError, ValueError):
        info = {f.name: row["info"][f.name] for f in fields(ArchiveInfo)}
        info |= {"bounds": _bounds(info["bounds"]), "vector_layers": tuple(map(str, info["vector_layers"]))}
        kept = KeptMap(**{f.name: row[f.name] for f in fields(KeptMap)} | {"info": ArchiveInfo(**info)})
        match = _NAME.fullmatch(kept.file)
        return kept if match and match[1] == kept.id else None
    return None


def _bounds(edges: list[float]) -> tuple[float, float, float, float]:
    south, west, north, east = map(float, edges)
    return south, west, north, east


def _title(info: ArchiveInfo, source: Path) -> str:
    """What the file calls itself; nameless ones say the name they were copied under, which nobody knows."""
    return info.name if info.name and not _NAME.fullmatch(f"{info.name}.pmtiles") else source.stem
