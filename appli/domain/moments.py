"""A moment others wrote, in the time of this place: whatever clock it came from, it can be shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local(milliseconds: int) -> datetime:
    """The moment with the zone of this PC; with UTC where the system has no zone for such years."""
    moment = _EPOCH + timedelta(milliseconds=milliseconds)
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        return moment
