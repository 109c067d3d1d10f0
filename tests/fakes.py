"""Stand-ins for the outside of `appli.ports`: a clock that stands still, a hand that stops work."""

from __future__ import annotations

from dataclasses import dataclass, field

from appli.errors import Cancelled


@dataclass
class FixedClock:
    """A clock in milliseconds that moves only when told; may be moved back."""

    now: int = 1_795_163_400_000  # 2026-11-20, 09:30 in Paris

    def __call__(self) -> int:
        return self.now

    def advance(self, milliseconds: int) -> None:
        self.now += milliseconds


@dataclass
class RecordingProgress:
    """A progress that remembers every step."""

    steps: list[tuple[int, int, str]] = field(default_factory=list)

    def step(self, done: int, total: int, label: str = "") -> None:
        self.steps.append((done, total, label))


@dataclass
class StoppedAt:
    """Somebody who presses « Arrêter » at the n-th step (counted from 1)."""

    at: int
    seen: int = 0

    def step(self, done: int, total: int, label: str = "") -> None:
        self.seen += 1
        if self.seen >= self.at:
            raise Cancelled
