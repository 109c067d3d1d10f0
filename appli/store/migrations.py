"""Bringing an older base to the declared schema with Alembic, inside the caller's transaction.

Declaring a field or a kind is one edit: what is merely missing (tables, columns, indexes) is found by comparing the
base with the declarations and added. A change of shape that cannot be found so becomes one of `STEPS`, by its number.
Nothing is ever dropped here: columns that a newer declaration left stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa  # noqa: TC002 — Alembic and this module share its connection at run time
from alembic.autogenerate import produce_migrations
from alembic.migration import MigrationContext
from alembic.operations import Operations, ops

from appli.store import schema
from appli.store.rows import SHARED

STEPS: dict[int, Callable[[Operations], None]] = {}
"""Changes of shape by the major number they lead to; empty until there is one."""

_ADDITIVE = (ops.CreateTableOp, ops.AddColumnOp, ops.CreateIndexOp)


def upgrade(connection: sa.Connection) -> None:
    """Run the steps the base has not seen, then add whatever it lacks."""
    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": _ours,
            "target_metadata": schema.metadata,
            "transactional_ddl": True,
        },
    )
    operations = Operations(context)
    seen = connection.exec_driver_sql("PRAGMA main.user_version").scalar_one() // 100_000
    for major in sorted(STEPS):
        if major > seen:
            STEPS[major](operations)
    wanted = produce_migrations(context, schema.metadata).upgrade_ops
    for operation in _flat(wanted):
        if isinstance(operation, _ADDITIVE):
            operations.invoke(operation)


def _ours(name: str | None, type_: str, _parents: object) -> bool:
    return type_ != "schema" or name in (None, SHARED)


def _flat(container: ops.OpContainer | None) -> Iterator[ops.MigrateOperation]:
    for operation in container.ops if container else ():
        if isinstance(operation, ops.OpContainer):
            yield from _flat(operation)
        else:
            yield operation
