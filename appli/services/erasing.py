"""Erasing a person (or any sheet) for ever: the order, and every trace this PC can reach."""

from __future__ import annotations

from appli.domain.changes import Changes, Erase
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.grouping import whole


def erase(directory: Directory, record_id: RecordId) -> Changes:
    """Forget a record: tables, versions, journal, imports' memory, drafts, index; then the logs of writing too.

    Sheets judged to be the same go with it: whoever asks to be forgotten asks it of every sheet about her.
    """
    directory.store.require(record_id)
    every = whole(directory, record_id)
    for one in every:
        directory.store.note("draft", one.hex(), None)
    done = directory.do(_("Effacer une fiche"), [Erase(one) for one in every])
    directory.store.folder.checkpoint()
    return done
