"""Two sheets compared field by field, for somebody who has to say whether they are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from appli.domain.ids import RecordId
from appli.domain.text import fold
from appli.geo.positions import distance_km
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.group_sheet import SAME_SPOT_KM, whole_sheet
from appli.services.sheets import Line, Sheet

Match = Literal["same", "different", "alone"]
Said = dict[str, tuple[str, ...]]
"""What a sheet says, by label."""


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One label, and what each sheet says under it."""

    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    match: Match


@dataclass(frozen=True, slots=True)
class Face:
    """Which sheet stands on a side."""

    id: RecordId
    title: str
    code: str
    shape: str
    initials: str
    kind: str
    sources: tuple[str, ...]
    """The lists it came from."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sheets, their lines in one order."""

    left: Face
    right: Face
    lines: tuple[ComparedLine, ...]


def side_by_side(directory: Directory, one: RecordId, other: RecordId) -> Comparison:
    """What two sheets (or groups) say: what both speak of, then the rest. Raises UserError when one is gone."""
    left, right = whole_sheet(directory, one), whole_sheet(directory, other)
    said, answered = _said(left), _said(right)
    _put_together(said, answered)
    labels = [*said, *(label for label in answered if label not in said)]
    lines = [_line(label, said.get(label, ()), answered.get(label, ())) for label in labels]
    lines.sort(key=lambda one: one.match == "alone")
    if left.position and right.position and distance_km(left.position[:2], right.position[:2]) <= SAME_SPOT_KM:
        lines = [replace(one, match="same") if one.label == _("Position") else one for one in lines]
    return Comparison(_face(directory, left), _face(directory, right), tuple(lines))


def _said(sheet: Sheet) -> Said:
    found: dict[str, list[str]] = {_("Nom"): [sheet.title]}
    for line in sheet.lines:
        found.setdefault(line.label, []).extend(_texts(line))
    for label, chips in sheet.chips:
        found.setdefault(label, []).extend(c.label for c in chips)
    for link in sheet.links:
        found.setdefault(_("Liens"), []).append(f"{link.label} {link.title_other}")
    return {label: tuple(dict.fromkeys(t for t in texts if t)) for label, texts in found.items()}


def _put_together(left: Said, right: Said) -> None:
    """The same number may be « Téléphone » on one sheet and « Téléphone portable » on the other: one line for both."""
    for label in [one for one in left if one not in right]:
        mine = {fold(text) for text in left[label]}
        twin = next((o for o in right if o not in left and mine & {fold(text) for text in right[o]}), None)
        if twin is not None:
            both = _("{one} ou {other}").format(one=label, other=twin.lower())
            left[both], right[both] = left.pop(label), right.pop(twin)


def _texts(line: Line) -> Sequence[str]:
    own = [c.text for c in line.choices] if len(line.choices) > 1 else [line.text]
    return [*own, *(o.text for o in line.others)]


def _line(label: str, left: tuple[str, ...], right: tuple[str, ...]) -> ComparedLine:
    mine, theirs = {fold(t) for t in left}, {fold(t) for t in right}
    match: Match = "alone" if not mine or not theirs else "same" if mine & theirs else "different"
    return ComparedLine(label, left, right, match)


def _face(directory: Directory, sheet: Sheet) -> Face:
    ids = [sheet.id, *(u.id for u in sheet.united if u.id != sheet.id)]
    origins = directory.reads.referring("foreign_id", ("record",), ids)
    sources = [bytes.fromhex(o.values["source"]) for o in origins if o.values.get("source")]
    named = tuple(e.title for e in directory.reads.entries(list(dict.fromkeys(sources))))
    return Face(sheet.id, sheet.title, sheet.code, sheet.shape, sheet.initials, sheet.kind, named)
