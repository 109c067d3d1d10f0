"""What somebody is typing, kept aside on this PC until it is saved or given up: changing page, quitting, a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.services.form_model import PHOTOS, Filled, SheetForm

NEW = "nouvelle:"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed over one sheet, or for a new one."""

    key: str
    title: str
    filled: Filled
    at: int

    @property
    def record(self) -> RecordId | None:
        """The sheet it changes."""
        return None if self.key.startswith(NEW) else bytes.fromhex(self.key)

    @property
    def shape(self) -> str:
        """The shape of the sheet it creates."""
        return self.key.removeprefix(NEW) if self.key.startswith(NEW) else ""


def key_of(form: SheetForm) -> str:
    """One draft by sheet, and one for each shape of a new one."""
    return form.record.hex() if form.record else f"{NEW}{form.shape}"


def keep(directory: Directory, key: str, title: str, filled: Mapping[str, Any]) -> None:
    """Keep what is typed (`Filled.to_json`), in the place of what was kept before."""
    kept = {"title": title, "filled": dict(filled), "at": directory.store.folder.clock()}
    directory.store.note("draft", key, kept)


def forget(directory: Directory, key: str) -> None:
    """It was saved, or given up."""
    kept = directory.store.noted("draft").get(key)
    if kept is not None:
        directory.store.note("draft", key, None)
        if PHOTOS in json.dumps(kept):
            directory.store.photos.sweep()  # those that were chosen and not saved


def find(directory: Directory, key: str) -> Draft | None:
    """What was being typed; None when nothing was, or when a former version kept it in a way of its own."""
    return next((d for d in waiting(directory) if d.key == key), None)


def waiting(directory: Directory) -> list[Draft]:
    """Everything that was being typed, the latest first."""
    found = []
    for key, kept in directory.store.noted("draft").items():
        if isinstance(kept, dict) and isinstance(kept.get("filled"), dict):
            filled = Filled.from_json(kept["filled"])
            found.append(Draft(key, str(kept.get("title", "")), filled, int(kept.get("at", 0))))
    return sorted(found, key=lambda d: d.at, reverse=True)
