"""Tables of the records, generated from their declarations: one SQLModel class per kind, one column per field.

A table holds the values shown; their versions stand in `appli.store.schema`. Nothing but this package sees a row.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import Field as Column
from sqlmodel import SQLModel

from appli.domain import catalogue
from appli.domain.fields import Field, Kind

SHARED = "partage"
"""The name under which the shared file is attached to the private one."""

_COLUMNS = {"TEXT": sa.Text, "INTEGER": sa.Integer, "REAL": sa.Float}
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_encode_fast = msgspec.json.Encoder(order="sorted").encode
_EXPONENT = re.compile(rb"e(?<=[0-9]e)[-+0-9]")  # begins with a letter, so that it is looked for at once

load = msgspec.json.decode
"""The value of a JSON text."""


def dump(value: Any) -> str:
    """Canonical JSON text: equal values are equal texts, on every PC."""
    text = _encode_fast(value)
    # the two encoders write the same but for numbers that have an exponent in one of them
    return _encode(value) if b"0.0000" in text or _EXPONENT.search(text) else text.decode()


def columns(*fields: Field) -> str:
    """Names of columns as SQL reads them: some fields are called like its own words (`order`, `to`)."""
    return ",".join(f'"{f.name}"' for f in fields)


class JsonText(sa.TypeDecorator[Any]):
    """A composite value as canonical JSON text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: sa.Dialect) -> Any:
        return None if value is None else dump(value)

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> Any:
        return None if value is None else load(value)


@cache
def row_class(kind: Kind) -> type[SQLModel]:
    """The generated table class of a kind."""
    annotations: dict[str, Any] = {"id": bytes}
    namespace: dict[str, Any] = {
        "__tablename__": kind.code,
        "__table_args__": {"schema": SHARED, "sqlite_with_rowid": False},
        "__module__": __name__,
        "id": Column(sa_column=sa.Column(sa.LargeBinary, primary_key=True)),
    }
    for field in kind.fields.values():
        annotations[field.name] = Any
        namespace[field.name] = Column(default=None, sa_column=_column(field))
    namespace["__annotations__"] = annotations
    name = "".join(word.title() for word in kind.code.split("_")) + "Row"
    metaclass: Any = type(SQLModel)
    made: type[SQLModel] = metaclass(name, (SQLModel,), namespace, table=True)
    return made


def table(kind: Kind) -> sa.Table:
    """The table of a kind."""
    found: sa.Table = row_class(kind).__table__  # type: ignore[attr-defined]
    return found


def _column(field: Field) -> sa.Column[Any]:
    if field.type.composite:
        return sa.Column(field.name, JsonText)
    if field.type.code == "flag":
        return sa.Column(field.name, sa.Boolean)
    return sa.Column(field.name, _COLUMNS[field.type.column], index=field.declared.binding)


@cache
def all_tables() -> dict[int, sa.Table]:
    """Tables by kind number; building them once also fills the metadata."""
    return {k.number: table(k) for k in catalogue.all_kinds().values()}
