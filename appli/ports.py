"""What the core asks of the outside, as protocols, so that a test can hand in its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol


class Progress(Protocol):
    """Where a long task tells how far it is; `step` raises Cancelled once the person has said stop."""

    def step(self, done: int, total: int, label: str = "") -> None: ...


class Silent:
    """A progress nobody watches."""

    def step(self, done: int, total: int, label: str = "") -> None:
        """Nothing to tell."""


SILENT = Silent()

Clock = Callable[[], int]
"""Wall time in milliseconds since 1970; may be wrong, so nothing is ever decided by it alone."""


def wall_clock() -> int:
    """This PC's clock, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000
