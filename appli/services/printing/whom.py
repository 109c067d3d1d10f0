"""Whom to call about something: the people and structures behind it, each with one way to reach them.

They pass the same gate as the sheets printed: whoever may not be on this paper is not named by what she lends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.services.exporting.subjects import Selection, Subject
from appli.services.printing.job import Job
from appli.services.printing.sheets import contacts_of

_WAYS = ("phone", "mobile", "email")
"""What one is reached by, the best first."""
_BEHIND = ("keeps", "owns", "located_at")
"""The links to who has a thing in hand, the nearest first."""


def reached(job: Job, ids: Iterable[RecordId]) -> dict[RecordId, str]:
    """« Inès Cabrillac, 04 65 71 33 08 » by id, of those who may be on this paper."""
    selection = Selection(job.directory, job.selection.disclosure, list(dict.fromkeys(ids)))
    return {
        sheet: ", ".join(filter(None, (subject.title, _way(contacts_of(selection, subject)))))
        for subject in selection.subjects()
        for sheet in subject.sheets
    }


def behind(job: Job, subjects: Sequence[Subject]) -> dict[RecordId, list[str]]:
    """Who keeps, owns or houses each of these things, by its id."""
    things = {sheet: subject.entry for subject in subjects for sheet in subject.sheets}
    found: list[tuple[int, RecordId, RecordId]] = []
    for link in job.directory.reads.referring("link", ["to_id", "from_id"], things):
        rank, thing, other = _ends(link)
        if thing in things and job.selection.disclosure.row_may_go(things[thing], link):
            found.append((rank, things[thing].id, other))
    said = reached(job, [other for _rank, _thing, other in found])
    whom: dict[RecordId, dict[str, None]] = {}
    for _rank, thing, other in sorted(found):
        if other in said:
            whom.setdefault(thing, {})[said[other]] = None
    return {thing: list(words) for thing, words in whom.items()}


def _ends(link: Entry) -> tuple[int, RecordId, RecordId]:
    """How near the link is, the thing it is about (none of ours when it says something else), and the other end."""
    role, ends = link.values.get("role"), [bytes.fromhex(link.values[name]) for name in ("from_id", "to_id")]
    if role not in _BEHIND:
        return 0, b"", b""
    thing, other = ends if role == "located_at" else reversed(ends)
    return _BEHIND.index(role), thing, other


def _way(contacts: Iterable[Mapping[str, str]]) -> str:
    known = [contact for contact in contacts if contact["type"] in _WAYS]
    return min(known, key=lambda contact: _WAYS.index(contact["type"]))["value"] if known else ""
