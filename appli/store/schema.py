"""What stands beside the records: versions and knowledge in one file, private values and the journal in the other.

Shared (`partage.db`, may travel):
  writer   small numbers for replica uids        know    which commits were received completely (interval sets)
  ver      base of each record (its creation)    fv      versions of rewritten fields
  erased   what is forgotten for ever            meta    the file's own facts
  asked    what others want forgotten, and nothing lets take effect here yet
  statement, ordered   what people signed, orders to erase and roles, and the records each order names
  stranger, unread   records of kinds that a newer version declared, and lines of packets that it alone reads
Private (`prive.db`, never leaves this PC):
  private_record, private_value   what was kept here      journal, journal_item   what was done, to undo it
  taken_back   records that were shared here and, before they ever left, no longer
  packet, packet_item   what was received from others, and what it replaced, to take it back
  import_log, import_value, mapping   lists read before   draft   text typed and not saved yet
  peer   other PCs: their keys, what they know, when one heard of them
  shared_folder   where the folder others read lies, what was written and read there
  given  packets made for others   aside   packets put off, or of which sheets were left out
  refused   records somebody here does not want to forget   handed   the packet files this PC wrote
  edition   what is printed again and again   sheet_out   correction sheets handed out, with what they show
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from appli.domain import catalogue
from appli.store.rows import SHARED, all_tables

MAJOR = 4
REFERENCE = 34
"""The length of a reference to another record, as JSON text."""

_BLOB, _INT, _TEXT = sa.LargeBinary, sa.Integer, sa.Text
metadata: sa.MetaData = SQLModel.metadata


def _shared(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    return sa.Table(name, metadata, *columns, schema=SHARED, sqlite_with_rowid=False)


def _private(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    return sa.Table(name, metadata, *columns, sqlite_with_rowid=False)


shared_meta = _shared("meta", sa.Column("key", _TEXT, primary_key=True), sa.Column("value", _TEXT))
writer = sa.Table(
    "writer",
    metadata,
    sa.Column("i", _INT, primary_key=True),
    sa.Column("uid", _BLOB, nullable=False),
    schema=SHARED,
)
know = _shared(
    "know",
    sa.Column("r", _INT, primary_key=True),
    sa.Column("aud", _INT, primary_key=True),
    sa.Column("lo", _INT, primary_key=True),
    sa.Column("hi", _INT, nullable=False),
)
ver = _shared(
    "ver",
    sa.Column("id", _BLOB, primary_key=True),
    sa.Column("kind", _INT, nullable=False),
    # empty until the creation has arrived, and always for derived ids (but for our counter, if created here)
    sa.Column("r", _INT),
    sa.Column("c", _INT),
    sa.Column("h", _INT),
    sa.Column("op", _TEXT),
)
fv = _shared(
    "fv",
    sa.Column("id", _BLOB, primary_key=True),
    sa.Column("f", _INT, primary_key=True),
    sa.Column("r", _INT, primary_key=True),
    sa.Column("c", _INT, primary_key=True),
    sa.Column("h", _INT, nullable=False),
    sa.Column("op", _TEXT),
    sa.Column("aud", _INT),
    # JSON; NULL when it is the only version, whose value the record's own table holds
    sa.Column("val", _TEXT),
    # [writer, counter, …]; NULL covers only itself and the base
    sa.Column("ctx", _BLOB),
)


def _erasures(name: str) -> sa.Table:
    return _shared(
        name,
        sa.Column("id", _BLOB, primary_key=True),
        sa.Column("r", _INT, nullable=False),
        sa.Column("c", _INT, nullable=False),
        sa.Column("h", _INT, nullable=False),
        # of a part: the ids of what it lived by, one after the other
        sa.Column("owners", _BLOB),
    )


erased = _erasures("erased")
asked = _erasures("asked")
statement = _shared(
    "statement",
    sa.Column("uid", _TEXT, primary_key=True),
    sa.Column("sort", _TEXT, nullable=False),
    # the commit of its author that it was signed in
    sa.Column("r", _INT),
    sa.Column("c", _INT),
    sa.Column("body", _BLOB, nullable=False),
    sa.Column("key", _BLOB, nullable=False),
    sa.Column("signature", _BLOB, nullable=False),
)
ordered = _shared("ordered", sa.Column("id", _BLOB, primary_key=True), sa.Column("uid", _TEXT, primary_key=True))
stranger = _shared("stranger", sa.Column("id", _BLOB, primary_key=True), sa.Column("state", _TEXT, nullable=False))
unread = _shared(
    "unread",
    sa.Column("id", _BLOB, primary_key=True),
    # the record it speaks of, if one can tell
    sa.Column("about", _BLOB),
    sa.Column("raw", _BLOB, nullable=False),
)
meta = _private("meta", sa.Column("key", _TEXT, primary_key=True), sa.Column("value", _TEXT))
private_record = _private(
    "private_record",
    sa.Column("id", _BLOB, primary_key=True),
    sa.Column("kind", _INT, nullable=False),
    sa.Column("h", _INT, nullable=False),
)
private_value = _private(
    "private_value",
    sa.Column("id", _BLOB, primary_key=True),
    sa.Column("f", _INT, primary_key=True),
    sa.Column("kind", _INT, nullable=False),
    sa.Column("val", _TEXT, nullable=False),
    # the audience the person chose; NULL as declared
    sa.Column("aud", _INT),
    sa.Column("h", _INT, nullable=False),
    sa.Index("private_reference", "val", sqlite_where=sa.text(f"length(val)={REFERENCE}")),
)
taken_back = _private(
    "taken_back",
    sa.Column("id", _BLOB, primary_key=True),
    sa.Column("uid", _BLOB, primary_key=True),
    # the commits of that name up to this one were never handed out with the record
    sa.Column("c", _INT, nullable=False),
)
journal = sa.Table(
    "journal",
    metadata,
    sa.Column("seq", _INT, primary_key=True),
    sa.Column("h", _INT, nullable=False),
    sa.Column("op", _TEXT),
    sa.Column("label", _TEXT, nullable=False),
    # the commit of the shared file this work ends with: if it never landed there, the work is taken back
    sa.Column("counter", _INT),
    sa.Column("undoes", _INT),
    sa.Column("undone_by", _INT),
)
journal_item = _private(
    "journal_item",
    sa.Column("seq", _INT, primary_key=True),
    sa.Column("n", _INT, primary_key=True),
    sa.Column("id", _BLOB, nullable=False),
    sa.Column("kind", _INT, nullable=False),
    sa.Column("f", _INT),
    sa.Column("op", _TEXT, nullable=False),
    sa.Column("before", _TEXT),
    sa.Column("after", _TEXT),
)
import_log = sa.Table(
    "import_log",
    metadata,
    sa.Column("seq", _INT, primary_key=True),
    sa.Column("h", _INT, nullable=False),
    sa.Column("file", _TEXT, nullable=False),
    sa.Column("source", _BLOB, nullable=False),
    sa.Column("stats", _TEXT, nullable=False),
    sa.Column("journal", _INT),
    sa.Column("undone", _INT),
)
import_value = _private(
    "import_value",
    sa.Column("source", _BLOB, primary_key=True),
    sa.Column("id", _BLOB, primary_key=True),
    sa.Column("val", _TEXT, nullable=False),
)
packet = sa.Table(
    "packet",
    metadata,
    sa.Column("seq", _INT, primary_key=True),
    sa.Column("uid", _TEXT, nullable=False, index=True),
    sa.Column("sender", _BLOB, nullable=False),
    sa.Column("h", _INT, nullable=False),
    # commits it speaks of, and those of them that were unknown: {replica: [[low, high], …]}
    sa.Column("claim", _TEXT, nullable=False),
    sa.Column("brought", _TEXT, nullable=False),
    sa.Column("facts", _TEXT, nullable=False),
    sa.Column("undone", _INT),
)
packet_item = _private(
    "packet_item",
    sa.Column("seq", _INT, primary_key=True),
    sa.Column("id", _BLOB, primary_key=True),
    sa.Column("f", _INT, primary_key=True),
    sa.Column("before", _TEXT),
    sa.Index("packet_item_id", "id"),
)
mapping = _private("mapping", sa.Column("source", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False))
peer = _private("peer", sa.Column("uid", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False))
given = _private("given", sa.Column("key", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False))
aside = _private("aside", sa.Column("uid", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False))
refused = _private("refused", sa.Column("id", _BLOB, primary_key=True), sa.Column("h", _INT, nullable=False))
handed = _private("handed", sa.Column("path", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False))
shared_folder = _private(
    "shared_folder", sa.Column("key", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False)
)
edition = _private("edition", sa.Column("key", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False))
sheet_out = _private("sheet_out", sa.Column("key", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False))
draft = _private("draft", sa.Column("key", _TEXT, primary_key=True), sa.Column("val", _TEXT, nullable=False))


def version() -> int:
    """The schema's number, for `user_version`: it grows by itself when a field is declared."""
    all_tables()
    return MAJOR * 100_000 + sum(len(k.fields) for k in catalogue.all_kinds().values())


def shared_tables() -> list[sa.Table]:
    """Every table of `partage.db`."""
    all_tables()
    return [t for t in metadata.sorted_tables if t.schema == SHARED]


def private_tables() -> list[sa.Table]:
    """Every table of `prive.db`."""
    all_tables()
    return [t for t in metadata.sorted_tables if t.schema is None]


@cache
def creation() -> Sequence[str]:
    """The statements that make every table of a new directory, written once: SQLAlchemy takes ten times their doing."""
    tables, dialect = [*private_tables(), *shared_tables()], sqlite.dialect()
    indexes = [one for table in tables for one in sorted(table.indexes, key=lambda index: str(index.name))]
    made = [str(CreateTable(one).compile(dialect=dialect)) for one in tables]
    return [*made, *(str(CreateIndex(one).compile(dialect=dialect)) for one in indexes)]
