"""Whether a photo may leave this PC: whoever it shows must have said yes. Silence keeps it here."""

from __future__ import annotations

from appli.domain.answers import Answers
from appli.domain.audience import Audience

MISSING = "missing"
"""What a photo says of itself when somebody on it has not agreed."""


def may_leave(owner_kind: str, answers: Answers, shown: str | None) -> bool:
    """Whether a photo may go to other PCs.

    On a person's sheet her own answer counts, and no other one stands for it; elsewhere what is noted with the photo.
    """
    if shown == MISSING:
        return False
    return owner_kind != "person" or (answers.get("photo") is True and answers.get("screen") is not False)


def ceiling(owner_kind: str, answers: Answers, shown: str | None) -> Audience:
    """The widest audience that a photo may have."""
    return Audience.PUBLIC if may_leave(owner_kind, answers, shown) else Audience.PRIVATE
