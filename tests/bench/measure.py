"""One line of the table."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A figure, the budget it is held to (none for what only explains), and how to read it."""

    what: str
    value: float
    unit: str
    budget: str
    within: bool
    detail: str = ""


def spread(sorted_values: Sequence[float]) -> str:
    """How far the values lie apart."""
    return f"médiane {statistics.median(sorted_values):.1f}, max {sorted_values[-1]:.1f}"
