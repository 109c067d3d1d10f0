"""After an update: what an older version kept without reading it takes its place."""

from __future__ import annotations

from appli.domain.causality import Delta
from appli.exchange.decoding import read_alone
from appli.services.directory import Directory
from appli.services.exchanging import orders
from appli.services.spaces import space_of


def read_again(directory: Directory) -> None:
    """Read kept lines and statements once more; those that are understood now are received like any others.

    Lines that still hold something of a later version stay as they are, and so does what they speak of.
    """
    if space_of(directory) is None:
        return
    kept = directory.store.concord.unread()
    read = [(line, read_alone(line)) for line in kept]
    statements = [one.statement for one in directory.store.orders.every() if one.sort == orders.LATER]
    statements += [one for _line, chunk in read for one in chunk.statements]
    said = orders.judge(directory, statements)
    delta = Delta(
        {},
        tuple(state for _line, chunk in read for state in chunk.records),
        tuple(order for _line, chunk in read for order in chunk.erasures),
        said.kept,
        said.authority,
    )
    done = directory.store.concord.read_again(delta, [line for line, chunk in read if not chunk.unknown])
    directory.follow(done)
