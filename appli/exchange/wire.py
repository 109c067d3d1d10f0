"""The lines of a bundle as JSON writes them: one object per line, its sort under `line`.

    {"line":"record","id":"0190…","kind":1,"base":["9f…",12,1763971200000,null],"values":{"1":…},"fields":{"41":…}}

`base` and each version begin with their stamp: replica, commit counter, wall time in ms, initials of the operator. A
version goes on with its audience (null: as declared) and its value. A field's context is not written where it follows
from the base and the versions; `seen` adds what else its authors had seen, `context` replaces all of it.

Keys are whole words and replicas stand in full: against one-letter keys and a table of replicas that costs 0.8 % of a
full bundle and 5 % of a small one (measured), and a line means the same wherever it is carried, and can be read.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from appli.exchange import limits

Uid = Annotated[str, msgspec.Meta(min_length=32, max_length=32)]
Number = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
"""Of a kind or a field."""
Counter = Annotated[int, msgspec.Meta(ge=0, le=limits.INTEGER)]
Moment = Annotated[int, msgspec.Meta(ge=0, le=limits.LAST_MOMENT)]
Initials = Annotated[str, msgspec.Meta(max_length=100)]
Level = Annotated[int, msgspec.Meta(ge=0, le=100)]
Seen = Annotated[dict[Uid, Counter], msgspec.Meta(max_length=limits.ITEMS)]


class StampPart(msgspec.Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    """Who wrote, where and when."""

    replica: Uid
    counter: Counter
    at: Moment
    operator: Initials | None


class VersionPart(msgspec.Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    """One value, after the stamp of who wrote it."""

    replica: Uid
    counter: Counter
    at: Moment
    operator: Initials | None
    audience: Level | None
    value: Any


class RegisterPart(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One field somebody rewrote."""

    versions: Annotated[list[VersionPart], msgspec.Meta(max_length=limits.ITEMS)]
    seen: Seen = msgspec.field(default_factory=dict)
    context: Seen | None = None


NO_VALUES = msgspec.Raw(b"{}")


class RecordLine(
    msgspec.Struct, tag_field="line", tag="record", forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """All that is sent of one record; what its values are hangs on its kind."""

    id: Uid
    kind: Number
    base: StampPart | None = None
    values: msgspec.Raw = NO_VALUES
    fields: dict[Number, RegisterPart] = msgspec.field(default_factory=dict)


class ErasureLine(
    msgspec.Struct, tag_field="line", tag="erasure", forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """That a record is to be forgotten; `of` names what a part lived by."""

    id: Uid
    by: StampPart
    of: Annotated[tuple[Uid, ...], msgspec.Meta(max_length=limits.ITEMS)] = ()


class StatementLine(msgspec.Struct, tag_field="line", tag="statement", forbid_unknown_fields=True):
    """What somebody signed, in the very bytes that were signed."""

    body: Annotated[str, msgspec.Meta(max_length=limits.STATEMENT)]
    key: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
    signature: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}$")]


Line = RecordLine | ErasureLine | StatementLine


read_values = msgspec.json.Decoder(dict[Number, Any]).decode
"""The values of any line, by the number of their field."""

_PARTS: dict[str, type[msgspec.Struct]] = {"record": RecordLine, "erasure": ErasureLine, "statement": StatementLine}


class _Named(msgspec.Struct):
    line: str


_named = msgspec.json.Decoder(_Named)


def comes_first(raw: bytes) -> bool:
    """Whether a line of a later version belongs before the records: an order, or what somebody signed."""
    try:
        return _named.decode(raw).line in ("erasure", "statement")
    except msgspec.MsgspecError:
        return False


def known_part(line: dict[str, Any]) -> dict[str, Any] | None:
    """The line without what a later version added to it; None when its very sort is new."""
    name = line.get("line")
    if not isinstance(name, str):
        return line
    sort = _PARTS.get(name)
    if sort is None:
        return None
    kept = {key: value for key, value in line.items() if key == "line" or key in sort.__struct_fields__}
    for key in ("base", "by"):
        if isinstance(kept.get(key), list):
            kept[key] = kept[key][: len(StampPart.__struct_fields__)]
    if isinstance(kept.get("fields"), dict):
        kept["fields"] = {number: _known_register(register) for number, register in kept["fields"].items()}
    return kept


def _known_register(register: Any) -> Any:
    if not isinstance(register, dict):
        return register
    kept = {key: value for key, value in register.items() if key in RegisterPart.__struct_fields__}
    if isinstance(kept.get("versions"), list):
        size = len(VersionPart.__struct_fields__)
        kept["versions"] = [v[:size] if isinstance(v, list) else v for v in kept["versions"]]
    return kept
