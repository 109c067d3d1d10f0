"""Where one has been: sheets and skills looked at, to go back to and forward again."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")

LONGEST = 100


class History(Generic[T]):
    """A line of places with a current one; a new visit forgets what lay ahead."""

    def __init__(self) -> None:
        self._places: list[T] = []
        self._at = -1

    @property
    def current(self) -> T | None:
        """Where one is."""
        return self._places[self._at] if self._places else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def visit(self, place: T) -> None:
        """Go somewhere; staying where one is leaves no step."""
        if place == self.current:
            return
        self._places = [*self._places[: self._at + 1], place][-LONGEST:]
        self._at = len(self._places) - 1

    def replace(self, place: T) -> None:
        """Be somewhere else without a step: what a list shows while one looks for something."""
        if self._places:
            self._places[self._at] = place
        else:
            self.visit(place)

    def back(self) -> T | None:
        """The place before."""
        self._at = max(self._at - 1, min(0, self._at))
        return self.current

    def forward(self) -> T | None:
        """The place after."""
        self._at = min(self._at + 1, len(self._places) - 1)
        return self.current

    def forget(self, gone: set[T]) -> None:
        """Places that are no more."""
        kept = [(n, p) for n, p in enumerate(self._places) if p not in gone]
        self._at = sum(1 for n, _p in kept if n <= self._at) - 1
        self._places = [p for _n, p in kept]
        if self._places and self._at < 0:
            self._at = 0
