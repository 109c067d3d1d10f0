"""Who this PC is for one directory folder, kept outside that folder.

A folder that was copied, cloned or put back from a backup carries the commit numbers of the original: if two PCs went
on under one name, they would give one number to two edits and one of them would be lost without a word. So the name
(replica uid) and a nonce live in the configuration directory, the nonce also in the folder, and both change at every
opening for writing; when they do not agree, the folder takes a new name and loses nothing.
"""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from appli.config import portable_root
from appli.domain.ids import new_id


@dataclass(frozen=True, slots=True)
class Identity:
    """What the configuration directory knows of one folder."""

    uid: str
    nonce: str
    next_nonce: str | None
    path: str
    machine: str


class IdentityFile:
    """The identity of one folder; a file of its own, so that two folders never write the same one."""

    def __init__(self, config: Path, folder: Path) -> None:
        self._where, self._machine = _known_by(folder.resolve())
        key = uuid.uuid5(uuid.NAMESPACE_URL, self._where.as_posix()).hex
        self._path = config / "postes" / f"{key}.json"

    def claim(self, folder_nonce: str | None) -> tuple[bytes, str, bool]:
        """(replica uid, the nonce to write into the folder, whether the uid is new).

        Call `confirm` once the nonce is in the folder; a crash between the two is recognised at the next opening.
        """
        known = self._read()
        same = (
            known is not None
            and folder_nonce is not None
            and folder_nonce in (known.nonce, known.next_nonce)
            and known.machine == self._machine
            and known.path == str(self._where)
        )
        uid = known.uid if known is not None and same else new_id().hex()
        fresh = uuid.uuid4().hex
        self._write(Identity(uid, folder_nonce or "", fresh, str(self._where), self._machine))
        return bytes.fromhex(uid), fresh, not same

    def knows(self, folder_nonce: str | None) -> bool:
        """Whether a folder is still the one that was opened last; nothing is written."""
        known = self._read()
        return known is not None and folder_nonce is not None and folder_nonce in (known.nonce, known.next_nonce)

    @staticmethod
    def fresh() -> tuple[bytes, str]:
        """(another replica uid, a nonce for the folder): call `confirm` once both are in the folder."""
        return new_id(), uuid.uuid4().hex

    def known_uid(self) -> bytes:
        """The name this PC last wrote under, to recognise its own writing; empty if it never did."""
        known = self._read()
        return bytes.fromhex(known.uid) if known else b""

    def confirm(self, uid: bytes, nonce: str) -> None:
        """The folder now holds this nonce and no other is accepted."""
        self._write(Identity(uid.hex(), nonce, None, str(self._where), self._machine))

    def _read(self) -> Identity | None:
        try:
            return Identity(**json.loads(self._path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _write(self, identity: Identity) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_suffix(".tmp")
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(identity), file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)


def _known_by(folder: Path) -> tuple[Path, str]:
    """The path and the PC a folder is known by; where the program travels with it, neither the drive nor the PC counts.

    A copy of such a stick is told by the packets of others alone (`appli.store.twins`).
    """
    root = portable_root()
    if root is not None and root.resolve() in folder.parents:
        return folder.relative_to(root.resolve()), "portable"
    return folder, machine()


def machine() -> str:
    """Something that differs between PCs and stays on one; not a secret."""
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            found = Path(path).read_text("ascii").strip()
        except OSError:
            continue
        if found:
            return uuid.uuid5(uuid.NAMESPACE_OID, found).hex
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{uuid.getnode():012x}").hex
