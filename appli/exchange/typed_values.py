"""The values of a declared kind between a line and the cells of a row, by one typed call of the codec each way.

It takes only what is plainly right: whatever it refuses (a field of a later version, a number as another program writes
it, something wrong) is looked at the long way, in `decoding`, which alone decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import Annotated, Any

import msgspec

from appli.domain import catalogue
from appli.domain.cells import Cells, Layout, layout_of
from appli.domain.field_types import REFERENCE
from appli.domain.fields import Field
from appli.exchange import canonical, limits
from appli.exchange.values import Shape, shapes_of

_Whole = Annotated[int, msgspec.Meta(ge=-limits.INTEGER, le=limits.INTEGER)]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$", max_length=32)]
_SCALARS = {(str,): str, (bool,): bool, (): _Whole, (float,): _Whole | float}
"""What a decoder takes, by what a shape takes without a second look."""
_EXPONENT = re.compile(rb"e(?<=[0-9]e)[-+0-9]")


class TypedValues:
    """The values of one kind."""

    def __init__(self, layout: Layout, fields: Sequence[Field], shapes: Sequence[Shape]) -> None:
        """All in the order of the columns."""
        self._layout = layout
        self._shapes = [(place, shapes[place]) for place in layout.composites]
        names = [str(f.number) for f in fields]
        order = sorted(range(len(names)), key=names.__getitem__)  # as the encoder writes the keys of a mapping
        self._to_line, self._to_row = itemgetter(*order), itemgetter(*map(order.index, range(len(order))))
        self._struct = msgspec.defstruct(
            "Values",
            [
                (f"f{names[n]}", _type_of(fields[n], shapes[n]), msgspec.field(default=None, name=names[n]))
                for n in order
            ],
            forbid_unknown_fields=True,
            omit_defaults=True,
            gc=False,
        )
        self._decode = msgspec.json.Decoder(self._struct).decode

    def written(self, cells: Cells) -> msgspec.Struct:
        """What the encoder takes."""
        row = list(cells.row)
        for place in self._layout.composites:
            if row[place] is not None:
                row[place] = msgspec.Raw(row[place])
        return self._struct(*self._to_line(row))

    def reader(self) -> Callable[[msgspec.Raw], Cells]:
        """Reads the values of lines; raises ValueError or the codec's errors for what is to be read the long way.

        A value that many records have is looked at once.
        """
        decode, to_row, parts, layout = self._decode, self._to_row, msgspec.structs.astuple, self._layout
        looked_at: list[tuple[int, Shape, dict[bytes, str | None]]] = [(n, shape, {}) for n, shape in self._shapes]

        def cells(raw: msgspec.Raw) -> Cells:
            row = list(to_row(parts(decode(raw))))
            for place, shape, known in looked_at:
                if row[place] is not None:
                    said = bytes(row[place])
                    if said not in known:
                        known[said] = _canonical(said, shape)
                    row[place] = known[said]
            return Cells(layout, row)

        return cells


def _canonical(said: bytes, shape: Shape) -> str | None:
    """The text that the store keeps of a value."""
    value = msgspec.json.decode(said)
    if value is None:
        return None
    if type(value) not in shape.plain and not shape.fits(value):
        raise ValueError("value")
    text = canonical.encode(value)
    if b"0.0000" in text or _EXPONENT.search(text):
        raise ValueError("number")  # the store writes some numbers otherwise
    return text.decode()


@cache
def typed_values(number: int) -> TypedValues | None:
    """Of a kind; None for one of a later version."""
    kind = catalogue.kinds_by_number().get(number)
    if kind is None:
        return None
    fields, shapes = list(kind.fields.values()), shapes_of(number, False)
    return TypedValues(layout_of(kind), fields, [shapes[f.number] for f in fields])


def _type_of(field: Field, shape: Shape) -> Any:
    if field.type.composite:
        return msgspec.Raw
    if field.type is REFERENCE:
        return _Id
    return _SCALARS[tuple(shape.plain - {type(None)})]
