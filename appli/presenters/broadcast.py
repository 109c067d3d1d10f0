"""One who tells, many who listen: what changed reaches every open screen, and each decides what to refresh."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Broadcast(Generic[T]):
    """Calls every listener, in the order they came; whoever leaves while it tells is not called any more."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Hear from now on; the answer stops it."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def tell(self, news: T) -> None:
        """Call everybody."""
        for listener in list(self._listeners):
            if listener in self._listeners:
                listener(news)
