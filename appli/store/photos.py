"""The bytes of photos, beside the base in `photos/`, each under its SHA-256; thumbnails under `vignettes/`.

A file is written once and never changed. It stays as long as anything here names its fingerprint: a record of either
file (the trash included), a former value, the journal, a packet that may be taken back, a form being filled in; or a
backup, but for what was erased since. What nothing names is swept away, and an erasure that was interrupted is swept
after at the next opening. Thumbnails are made when a photo is first shown and never travel. Beside the backups lies a
second name of each photo, for who has nothing but them left; it is swept with the first.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from appli.domain import catalogue
from appli.errors import EnvironmentProblem
from appli.i18n import _n, number
from appli.store import backup as backups
from appli.store import engine as sqlite
from appli.store.engine import Connection, translated
from appli.store.folder import Folder, raw
from appli.store.folder_files import PRIVATE_FILE, SHARED_FILE
from appli.store.rows import SHARED
from appli.store.whole_file import halves, removed, write_whole

FOLDER, SMALL = "photos", "vignettes"
_DIRTY = "a-balayer"
"""Stands from before an erasure until the files it concerns are gone."""
_NAME = re.compile(r"[0-9a-f]{64}")
_SHOWN = 12
"""Characters of a fingerprint that a sentence shows."""
_TOLD = 5


class Photos:
    """The photos of one directory folder."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.path = folder.path / FOLDER
        self._small = self.path / SMALL
        self._saved = folder.path / backups.FOLDER / FOLDER

    # ---- bytes

    def put(self, content: bytes) -> str:
        """Keep a photo; returns its fingerprint. The same photo twice is kept once."""
        name = hashlib.sha256(content).hexdigest()
        if self.get(name) is None:
            write_whole(self.path / name, content)
        return name

    def get(self, name: str) -> bytes | None:
        """The bytes of a photo; None when it is not here, or no longer what it was."""
        content = _read(self.path / name) if _NAME.fullmatch(name) else None
        return content if content is not None and hashlib.sha256(content).hexdigest() == name else None

    def size(self, name: str) -> int | None:
        """The bytes it takes; None when it is not here."""
        try:
            return (self.path / name).stat().st_size if _NAME.fullmatch(name) else None
        except OSError:
            return None

    def small(self, name: str) -> bytes | None:
        """The thumbnail that was kept."""
        return _read(self._small / name) if _NAME.fullmatch(name) else None

    def keep_small(self, name: str, content: bytes) -> None:
        """Keep a thumbnail; where nothing can be written, it is made again next time."""
        with suppress(EnvironmentProblem):
            if not self._folder.read_only and self.size(name) is not None:
                write_whole(self._small / name, content)

    def names(self) -> set[str]:
        """The photos that are here."""
        return _names(self.path)

    # ---- beside the backups

    def back_up(self) -> None:
        """Keep them beside the backups too, for who is left with nothing else; once on the disk if it can."""
        for name in self.names() - _names(self._saved):
            _hold(self.path / name, self._saved / name)

    def bring_back(self) -> None:
        """Those that the base names, that are not here, and that lie beside the backups."""
        saved = _names(self._saved) - self.names()
        if saved:
            with self._folder.reading() as connection:
                saved &= _named(raw(connection), True)
        for name in saved:
            _hold(self._saved / name, self.path / name)

    # ---- what names them

    def wanted(self) -> dict[str, int]:
        """The photos that shared records name and that do not lie in the trash, the newest record first, and sizes."""
        sql = (
            f"SELECT p.sha256, p.size FROM {SHARED}.photo p "
            "WHERE p.sha256 IS NOT NULL AND p.trashed IS NOT 1 ORDER BY p.id DESC"
        )
        with self._folder.reading() as connection:
            return {name: size or 0 for name, size in raw(connection).execute(sql) if _NAME.fullmatch(name)}

    def missing(self) -> list[str]:
        """The photos that shared records name and that are not here, the newest record first."""
        wanted = self.wanted()
        here = self.names() if wanted else set()
        return [name for name in wanted if name not in here]

    # ---- sweeping

    def about_to_erase(self) -> None:
        """Remember, across an interruption, that files may have to go."""
        if self.names() or _names(self._small) or _names(self._saved):
            with suppress(OSError):
                (self.path / _DIRTY).touch()

    def sweep_after(self) -> None:
        """Finish what an interruption left, if anything."""
        if (self.path / _DIRTY).exists():
            self.sweep()

    def sweep(self) -> set[str]:
        """Remove the files that nothing names any more; returns their fingerprints."""
        files = self.names() | _names(self._small) | _names(self._saved)
        with self._folder.reading() as connection:
            base = raw(connection)
            going = files - _named(base, bool(files))
            if going:
                going -= self._named_by_backups(base)
        places = (self._small, self._saved, self.path)
        left = [place / name for name in going for place in places if not removed(place / name)]
        for half in halves(self.path):
            removed(half)
        if not left:
            removed(self.path / _DIRTY)
        return going

    def _named_by_backups(self, base: Connection) -> set[str]:
        """What a backup would bring back, and that was not erased since."""
        erased = {one for (one,) in base.execute(f"SELECT id FROM {SHARED}.erased")}
        found: set[str] = set()
        for one in backups.backups(self._folder.path):
            with suppress(EnvironmentProblem, OSError, sqlite.Error):
                found |= _named_by_backup(one.path, erased)
        return found

    # ---- looking over

    def problems(self) -> Iterator[str]:
        """French sentences about files that are not here, damaged, or named by nothing."""
        here = self.names()
        missing = self.missing()
        damaged = sorted(name for name in here if self.get(name) is None)
        with self._folder.reading() as connection:
            stray = sorted(here - _named(raw(connection), bool(here)))
        if missing:
            words = _n(
                "{n} photo n’est pas encore arrivée\u00a0: {names}.",
                "{n} photos ne sont pas encore arrivées\u00a0: {names}.",
                len(missing),
            )
            yield _told(words, missing)
        if damaged:
            words = _n("{n} photo est abîmée\u00a0: {names}.", "{n} photos sont abîmées\u00a0: {names}.", len(damaged))
            yield _told(words, damaged)
        if stray:
            words = _n(
                "{n} photo n’est sur aucune fiche\u00a0: {names}.",
                "{n} photos ne sont sur aucune fiche\u00a0: {names}.",
                len(stray),
            )
            yield _told(words, stray)


def _told(words: str, names: list[str]) -> str:
    shown = ", ".join(name[:_SHOWN] for name in names[:_TOLD])
    return words.format(n=number(len(names)), names=shown + ("…" if len(names) > _TOLD else ""))


# --- what names a photo ---------------------------------------------------------------------------


def _fingerprints() -> tuple[str, str]:
    """The numbers of the kinds that name files, and of the field that does, for SQL."""
    kinds = [catalogue.kind(code) for code in ("photo", "attachment")]
    return ",".join(str(k.number) for k in kinds), str(kinds[0].fields["sha256"].number)


def _named(base: Connection, any_file: bool) -> set[str]:
    """Every fingerprint that anything in this base names."""
    if not any_file:
        return set()
    kinds, field = _fingerprints()
    found = {name for table in ("photo", "attachment") for name in _column(base, SHARED, table)}
    texts = [
        f"SELECT val FROM {SHARED}.fv JOIN {SHARED}.ver USING(id) WHERE f={field} AND kind IN ({kinds})",
        f"SELECT state FROM {SHARED}.stranger",
        f"SELECT val FROM main.private_value WHERE kind IN ({kinds}) AND f={field}",
        f"SELECT concat(before, after) FROM main.journal_item WHERE kind IN ({kinds}) OR op='before'",
        f"SELECT before FROM main.packet_item WHERE f IN ({field}, -3)",
        "SELECT val FROM main.draft",
    ]
    return found.union(*(_in(text for (text,) in base.execute(sql)) for sql in texts))


def _column(base: Connection, schema: str, table: str) -> set[str]:
    return {name for (name,) in base.execute(f"SELECT sha256 FROM {schema}.{table} WHERE sha256 IS NOT NULL")}


def _in(texts: Iterable[str | None]) -> set[str]:
    return {name for text in texts if text for name in _NAME.findall(text)}


def _named_by_backup(path: Path, erased: set[bytes]) -> set[str]:
    """The fingerprints in the records of a backup, but for records that were erased since, or that lived by such."""
    kinds, field = _fingerprints()
    owner = str(catalogue.kind("photo").fields["owner"].number)
    found: set[str] = set()
    with translated(), closing(sqlite.connect(path / SHARED_FILE, read_only=True)) as shared:
        for table in ("photo", "attachment"):
            for one, of, name in shared.execute(f"SELECT id, owner, sha256 FROM {table} WHERE sha256 IS NOT NULL"):
                if one not in erased and not (of and bytes.fromhex(of) in erased):
                    found.add(name)
    sql = (
        "SELECT v.id, o.val, v.val FROM private_value v LEFT JOIN private_value o ON o.id=v.id "
        f"AND o.f={owner} WHERE v.kind IN ({kinds}) AND v.f={field}"
    )
    with translated(), closing(sqlite.connect(path / PRIVATE_FILE, read_only=True)) as private:
        for one, of, text in private.execute(sql):
            if one not in erased and not (of and bytes.fromhex(of.strip('"')) in erased):
                found |= _in([text])
    return found


# --- files ----------------------------------------------------------------------------------------


def _hold(source: Path, target: Path) -> None:
    """The same file under another name, or a copy where the disk knows no such thing; what fails is tried again."""
    with suppress(OSError, EnvironmentProblem):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            write_whole(target, source.read_bytes())


def _names(path: Path) -> set[str]:
    try:
        return {entry.name for entry in os.scandir(path) if _NAME.fullmatch(entry.name)}
    except OSError:
        return set()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
