"""What is looked for, shared by the field at the top, the list, the filters and the map: change it here, all follow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from appli.presenters.broadcast import Broadcast
from appli.store.index_model import Order, Query

ORDERS: tuple[Order, ...] = ("relevance", "title", "updated")


class Search:
    """Holds one query; `changed` tells each new one."""

    def __init__(self) -> None:
        self.query = Query()
        self.changed: Broadcast[Query] = Broadcast()

    def set_text(self, text: str) -> None:
        """Other words."""
        self._become(text=text)

    def set_order(self, order: Order) -> None:
        """Another order."""
        self._become(order=order)

    def set_trashed(self, trashed: bool) -> None:
        """The trash alone, or everything but the trash; filters count for one of them only."""
        self._become(trashed=trashed, filters=())

    def set_near(self, near: tuple[float, float, float] | None) -> None:
        """Around a point (latitude, longitude, kilometres), or anywhere."""
        order: Order = self.query.order
        if near is None and order == "distance":
            order = "relevance"
        self._become(near=near, order=order)

    def toggle(self, group: str, value: str, on: bool) -> None:
        """Keep one more value of a group, or one less."""
        chosen = {name: set(values) for name, values in self.query.filters}
        values = chosen.setdefault(group, set())
        if on:
            values.add(value)
        else:
            values.discard(value)
        self._become(filters=tuple((name, frozenset(v)) for name, v in chosen.items() if v))

    def drop(self, part: str) -> None:
        """Give up one condition: `text`, `near`, `bounds`, `audience`, or the group of a filter."""
        if part == "text":
            self._become(text="")
        elif part == "near":
            self.set_near(None)
        elif part == "bounds":
            self._become(bounds=None)
        elif part == "audience":
            self._become(min_audience=None)
        else:
            self._become(filters=tuple(f for f in self.query.filters if f[0] != part))

    def take_over(self, query: Query) -> None:
        """Look for what another window looked for."""
        if query != self.query:
            self.query = query
            self.changed.tell(query)

    def clear_filters(self) -> None:
        """Keep the words alone."""
        self._become(filters=(), near=None, bounds=None, min_audience=None)

    def chosen(self, group: str) -> frozenset[str]:
        """The values kept of a group."""
        return next((values for name, values in self.query.filters if name == group), frozenset())

    def _become(self, **changes: Any) -> None:
        self.take_over(replace(self.query, **changes))
