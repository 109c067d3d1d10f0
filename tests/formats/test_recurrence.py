"""Repeated events: the days one would write in a diary."""

from __future__ import annotations

from datetime import date

import pytest

from appli.formats.recurrence import MOST, days

MONDAY, FAR = date(2026, 11, 23), date(2026, 12, 31)


def shown(start: str, rule: str | None, *without: str, first: date = MONDAY, last: date = FAR) -> list[str]:
    return [day.isoformat()[5:] for day in days(start, rule, without, first, last)]


def test_what_does_not_repeat() -> None:
    assert shown("2026-11-24T18:30", None) == ["11-24"]
    assert shown("2026-11-20", None) == []


def test_every_week_but_one() -> None:
    assert shown("2026-11-03T18:30", "FREQ=WEEKLY", "2026-12-01", last=date(2026, 12, 8)) == ["11-24", "12-08"]


def test_the_first_saturday_until_a_day() -> None:
    rule = "FREQ=MONTHLY;BYDAY=1SA;UNTIL=20261206T225959Z"
    assert shown("2026-10-03T10:00", rule) == ["12-05"]


@pytest.mark.parametrize("rule", ["FREQ=NEVER", "COUNT=", "X", "FREQ=DAILY;BYDAY=XX"])
def test_a_rule_that_cannot_be_read_gives_its_first_day(rule: str) -> None:
    assert shown("2026-11-24", rule) == ["11-24"]


def test_what_never_ends_ends_here() -> None:
    assert len(shown("2026-11-23", "FREQ=DAILY", last=date(2036, 1, 1))) == MOST
