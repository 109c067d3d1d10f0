"""Erasing a person (or any sheet) for ever: the order, and every trace this PC can reach."""

from __future__ import annotations

from appli.domain.changes import Changes, Erase
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.services.directory import Directory


def erase(directory: Directory, record_id: RecordId) -> Changes:
    """Forget a record: tables, versions, journal, imports' memory, drafts, index; then the logs of writing too."""
    directory.store.require(record_id)
    directory.store.note("draft", record_id.hex(), None)
    done = directory.do(_("Effacer une fiche"), [Erase(record_id)])
    directory.store.folder.checkpoint()
    return done
