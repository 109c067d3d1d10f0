"""How this PC stands towards what others can read: how much was forgotten, what was given up, what it was called."""

from __future__ import annotations

import json
from pathlib import Path

from appli.domain.causality import Knowledge
from appli.store.engine import scalar
from appli.store.folder import Folder, raw
from appli.store.packets import claim_from
from appli.store.registers import Registers
from appli.store.rows import SHARED


def forgotten(folder: Folder) -> int:
    """How many records were forgotten here for ever: it never shrinks."""
    with folder.reading() as connection:
        return int(scalar(raw(connection), f"SELECT count(*) FROM {SHARED}.erased") or 0)


def given_up(folder: Folder) -> Knowledge:
    """The commits that packets taken back had brought, and that nothing brought since."""
    found = Knowledge()
    with folder.reading() as connection:
        registers = Registers(raw(connection))
        for (text,) in registers.connection.execute("SELECT brought FROM main.packet WHERE undone IS NOT NULL"):
            for uid, intervals in claim_from(text).items():
                found.add(uid, intervals)
        return Knowledge(found.missing_from(registers.knowledge()))


def is_former(config: Path, uid: bytes) -> bool:
    """Whether this PC wrote under that name, and no directory of this PC goes by it any more."""
    known = config / "postes"
    if not (known / f"{uid.hex()}.cle").exists():
        return False
    return not any(_names(path, uid.hex()) for path in known.glob("*.json"))


def _names(identity: Path, uid: str) -> bool:
    try:
        return bool(json.loads(identity.read_text("utf-8"))["uid"] == uid)
    except (OSError, ValueError, KeyError, TypeError):
        return True  # unreadable: it may be that one
