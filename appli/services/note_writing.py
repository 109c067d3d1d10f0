"""What a new note holds: the text, the day, and who wrote it on which PC, as far as is known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.spaces import replica_name


def note_values(directory: Directory, text: str) -> dict[str, Any]:
    """The fields of a note written now. Raises UserError when it says nothing."""
    said = text.strip()
    if not said:
        raise UserError("empty_note", _("Une note vide ne dit rien. Rien n’a changé."), _("Écrivez quelques mots."))
    today = datetime.fromtimestamp(directory.store.folder.clock() / 1000).astimezone()
    author = ", ".join(part for part in (directory.operator, replica_name(directory)) if part)
    return {"text": said, "date": f"{today:%Y-%m-%d}", "author": author}
