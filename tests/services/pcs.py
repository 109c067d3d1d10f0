"""Several PCs, each with a directory of its own, for whatever tests what passes between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from appli.domain.changes import Create
from appli.domain.ids import RecordId, new_id
from appli.errors import AppError
from appli.services.directory import Directory

Open = Callable[[str], Directory]
"""Opens the directory of a PC by a name; the same one twice for the same name."""


def person(directory: Directory, name: str, **values: object) -> RecordId:
    """Somebody is written there."""
    record_id = new_id()
    directory.do("Essai", [Create(record_id, "person", {"name": {"display": name}, **values})])
    return record_id


def refusal(call: Callable[[], object]) -> str:
    """The code of what the call raises; its words say that nothing changed, or what to do."""
    with pytest.raises(AppError) as caught:
        call()
    assert "n’a" in caught.value.message or "n’ont" in caught.value.message or caught.value.hint
    return caught.value.code
