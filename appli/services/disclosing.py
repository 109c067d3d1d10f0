"""What may leave the directory, and for whom: the one place where audiences and people's answers decide.

Whatever shows the directory outside this PC's own screen (a list to open elsewhere, a page on the web, paper, a public
packet) asks here and adds nothing of its own. A field goes when its audience allows it, a person when her answers do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from appli.domain import portraits
from appli.domain.answers import UNASKED, Answers, agrees, answers_by_person
from appli.domain.audience import Audience
from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.services.indexing import is_live


class Medium(StrEnum):
    """How it leaves."""

    FILE = "file"
    PAPER = "paper"
    MAP = "map"


class Reason(StrEnum):
    """Why a sheet stays."""

    AUDIENCE = "audience"
    CONSENT = "consent"
    MINOR = "minor"
    TRASH = "trash"


_PURPOSES = {
    (Medium.FILE, Audience.SHARED): "screen",
    (Medium.FILE, Audience.PUBLIC): "web",
    (Medium.PAPER, Audience.SHARED): "members_print",
    (Medium.PAPER, Audience.PUBLIC): "public_print",
    (Medium.MAP, Audience.SHARED): "screen",
    (Medium.MAP, Audience.PUBLIC): "map",
}
"""Which answer decides. What stays with the host alone (private) asks nobody."""


class Disclosure:
    """What may leave for one audience by one medium."""

    def __init__(self, directory: Directory, audience: Audience, medium: Medium, purpose: str = "") -> None:
        """The answers are read once: make one for each thing that leaves.

        `purpose`: a question of its own (`letters`): who answered no is left out, whoever reads.
        """
        self._directory = directory
        self.audience = audience
        self.medium = medium
        self.purpose = purpose
        asked = directory.reads.of_kind("consent") if audience > Audience.PRIVATE or purpose else ()
        self._answers: Mapping[RecordId, Answers] = answers_by_person(asked)
        self._open: dict[str, bool] = {}

    def why_not(self, entry: Entry) -> Reason | None:
        """Why a sheet stays; None when it may go."""
        if entry.trashed or entry.values.get("restricted"):
            return Reason.TRASH
        if entry.audience < self.audience:
            return Reason.AUDIENCE
        if entry.kind.code != "person":
            return None
        outside = self.medium != Medium.FILE or self.audience >= Audience.PUBLIC
        if entry.values.get("minor") and outside:
            return Reason.MINOR
        return None if self._agrees(entry.id) else Reason.CONSENT

    def _agrees(self, person: RecordId) -> bool:
        purpose = _PURPOSES.get((self.medium, self.audience))
        answers = self._answers.get(person, UNASKED)
        if answers.get(self.purpose) is False:
            return False
        return purpose is None or agrees(answers, purpose, self.audience)

    def values(self, entry: Entry) -> dict[str, Any]:
        """The fields of a sheet that may go. A field that names a sheet which stays is left out."""
        fields = entry.kind.fields
        allowed = entry.values_for(self.audience)
        return {n: v for n, v in allowed.items() if fields[n].type.code != "reference" or self.is_open(v)}

    def field_may_go(self, entry: Entry, name: str) -> bool:
        """Whether the audience of a field allows it."""
        return entry.field_audience(name) >= self.audience

    def is_open(self, reference: str) -> bool:
        """Whether a sheet named in a value may be named; what is no sheet of somebody may."""
        if reference not in self._open:
            self.look_at((reference,))
        return self._open[reference]

    def look_at(self, references: Iterable[str]) -> None:
        """Read at once the sheets that `is_open` will be asked about."""
        missing = {reference: bytes.fromhex(reference) for reference in references if reference not in self._open}
        found = {entry.id: entry for entry in self._directory.reads.entries(list(missing.values()))}
        for reference, record in missing.items():
            self._open[reference] = record in found and self.why_not(found[record]) is None

    def row_may_go(self, owner: Entry, row: Entry) -> bool:
        """Whether a row of a sheet (a telephone, a skill, a link) may go with it."""
        return is_live(row) and min(row.audience, owner.audience) >= self.audience

    def photo_may_go(self, owner: Entry, row: Entry) -> bool:
        """Whether a photo may go with its sheet: beyond this PC, whoever it shows must have agreed."""
        if not self.row_may_go(owner, row):
            return False
        answers = self._answers.get(owner.id, UNASKED)
        return self.audience == Audience.PRIVATE or portraits.may_leave(
            owner.kind.code, answers, row.values.get("consent")
        )
