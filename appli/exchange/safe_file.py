"""A file that is there whole or not at all, even on a stick that fills up or is pulled out half way."""

from __future__ import annotations

import errno
import hashlib
import os
import uuid
from pathlib import Path
from typing import Self

from appli.errors import EnvironmentProblem
from appli.i18n import _

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class SafeFiles:
    """Several files written beside their targets, checked, then put in place together.

    As a context manager: whatever ends badly before `commit` leaves the targets as they were.
    """

    def __init__(self) -> None:
        self._ready: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        for temporary, _target in self._ready:
            _forget(temporary)
        self._ready = []

    def add(self, target: Path, content: bytes) -> None:
        """Write a file beside its target and read it back from the disk."""
        _sweep(target)
        temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.tmp")
        self._ready.append((temporary, target))
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            same = _digest_on_disk(temporary) == hashlib.sha256(content).digest()
        except OSError as problem:
            raise _refusal(problem) from problem
        if not same:
            raise _not_kept()

    def commit(self) -> None:
        """Put them all in place."""
        try:
            while self._ready:
                temporary, target = self._ready[0]
                _put(temporary, target)
                self._ready.pop(0)
                _settle(target.parent)
        except OSError as problem:
            raise _refusal(problem) from problem


def write_file(target: Path, content: bytes) -> None:
    """Write one file, there whole or not at all. Raises EnvironmentProblem."""
    with SafeFiles() as files:
        files.add(target, content)
        files.commit()


def _put(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError as problem:  # writing beside it went well: Windows keeps what another program has open
        if not target.exists():
            raise
        raise EnvironmentProblem(
            "in_use",
            _("« {name} » est sans doute ouvert dans un autre programme. L’ancien fichier est resté tel quel.").format(
                name=target.name
            ),
            _("Fermez-le, puis réessayez, ou choisissez un autre nom."),
        ) from problem


def _sweep(target: Path) -> None:
    """Take away what a power cut left of a former attempt at the same file."""
    opening = f".{target.name}."
    try:
        left = [path for path in target.parent.iterdir() if path.name.startswith(opening) and path.suffix == ".tmp"]
    except OSError:
        return  # the writing that follows says why
    for path in left:
        _forget(path)


def _digest_on_disk(path: Path) -> bytes:
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):  # ask the stick, not the memory of what was sent to it
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").digest()


def _settle(folder: Path) -> None:
    """Have the new name written too, where the system allows it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as problem:
        if problem.errno != errno.EINVAL:  # some network folders cannot
            raise
    finally:
        os.close(handle)


def _forget(temporary: Path) -> None:
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return  # the stick is gone, and it with it


def _refusal(problem: OSError) -> EnvironmentProblem:
    if problem.errno in _FULL:
        return EnvironmentProblem(
            "disk_full",
            _("Il n’y a plus assez de place pour écrire ce fichier. Votre annuaire n’a pas changé."),
            _("Libérez de la place ou choisissez un autre dossier, puis réessayez."),
        )
    if problem.errno in _CLOSED:
        return EnvironmentProblem(
            "not_writable",
            _("Maillage n’a pas le droit d’écrire dans ce dossier. Votre annuaire n’a pas changé."),
            _("Choisissez un autre dossier, ou une clé qui n’est pas protégée en écriture."),
        )
    return EnvironmentProblem(
        "disk_gone",
        _("Le fichier n’a pas pu être écrit : la clé ou le dossier ne répond plus. Votre annuaire n’a pas changé."),
        _("Remettez la clé en place, ou choisissez un autre dossier, puis réessayez."),
    )


def _not_kept() -> EnvironmentProblem:
    return EnvironmentProblem(
        "not_kept",
        _("Ce qui est relu n’est pas ce qui a été écrit : la clé est sans doute usée. Votre annuaire n’a pas changé."),
        _("Choisissez une autre clé ou un autre dossier."),
    )
