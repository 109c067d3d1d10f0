"""What people answered, and what follows from it: the rule that screens, files and paper all obey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from appli.domain.audience import Audience
from appli.domain.entry import Entry
from appli.domain.ids import RecordId

Answers = Mapping[str, bool]
"""What a person answered, by purpose; nothing for what nobody asked."""
UNASKED: Answers = {}


def answers_by_person(consents: Iterable[Entry]) -> dict[RecordId, Answers]:
    """The answers in rows of consent, by person."""
    found: dict[RecordId, dict[str, bool]] = {}
    for row in consents:
        owner, purpose = row.values.get("owner"), row.values.get("purpose")
        if owner and purpose and not row.trashed:
            found.setdefault(bytes.fromhex(owner), {})[purpose] = _agreed(row)
    return dict(found)


def _agreed(row: Entry) -> bool:
    """Whether it says yes, and still does; of two answers given at once, the no counts."""
    several = row.siblings.get("given")
    given = all(one.value for one in several) if several else bool(row.values.get("given"))
    return given and not row.values.get("withdrawn_on")


def agrees(answers: Answers, purpose: str, audience: Audience) -> bool:
    """Whether a person may be named: for everybody only after a yes, inside the network unless she said no.

    Who does not want to be on the screens of the network is nowhere outside it either.
    """
    return answers.get("screen") is not False and answers.get(purpose, audience < Audience.PUBLIC)


def is_hidden(audience: Audience, answers: Answers) -> bool:
    """Whether a shared sheet is not to be shown: the person said no after it was shared, perhaps on another PC."""
    return audience > Audience.PRIVATE and answers.get("screen") is False
