"""A group of sheets judged to be one, as one sheet: the first says who it is, the others fill it and stand beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from appli.domain.ids import RecordId
from appli.domain.text import fold
from appli.geo.positions import distance_km
from appli.services.consenting import Answer
from appli.services.directory import Directory
from appli.services.grouping import groups_of
from appli.services.linking import LinkedSheet
from appli.services.sheets import Chip, Elsewhere, Line, Sheet, United, sheet

SAME_SPOT_KM = 0.1
"""What two measures of one door may differ by."""

Chips = tuple[tuple[str, tuple[Chip, ...]], ...]


def whole_sheet(directory: Directory, record_id: RecordId) -> Sheet:
    """The sheet of a record, or of the group it belongs to. Raises UserError when it is not in the directory."""
    members = groups_of(directory, [record_id]).of(record_id)
    first, *others = (sheet(directory, m) for m in members)
    if not others:
        return first
    every = [first, *others]
    lines = _lines(every)
    return replace(
        first,
        subtitle=next((s.subtitle for s in every if s.subtitle), ""),
        audience=max(s.audience for s in every),
        demo=any(s.demo for s in every),
        lines=lines,
        chips=_chips(every),
        links=_links(every),
        consents=_consents(every),
        near=tuple(row for row in first.near if row.id not in members),
        position=next((s.position for s in every if s.position and s.position[2] != "commune"), first.position),
        confirmed=max((s.confirmed for s in every if s.confirmed), key=lambda c: str(c["on"]), default=None),
        undecided=tuple(line for line in lines if len(line.choices) > 1),
        photos=tuple({p.sha256: p for one in reversed(every) for p in reversed(one.photos)}.values())[::-1],
        notes=tuple(sorted((n for one in every for n in one.notes), key=lambda n: (n.date, n.id), reverse=True)),
        united=tuple(United(s.id, s.title, s.code) for s in every),
    )


def _lines(every: Sequence[Sheet]) -> tuple[Line, ...]:
    """The lines of the first; what others say else beside the same field, or under it where a list has several."""
    merged = list(every[0].lines)
    for other in every[1:]:
        for line in other.lines:
            alike = [n for n, known in enumerate(merged) if (known.name, known.label) == (line.name, line.label)]
            known = any(_same(merged[n], line) for n in alike) or (alike and _one_spot(every[0], other, line))
            if known and not line.choices:
                continue
            if alike and line.record == other.id and not line.choices:
                at = alike[0]
                merged[at] = replace(merged[at], others=(*merged[at].others, Elsewhere(line.text, other.code)))
            else:
                merged.insert(alike[-1] + 1 if alike else len(merged), line)
    return tuple(merged)


def _one_spot(first: Sheet, other: Sheet, line: Line) -> bool:
    """Whether two measures are of one door."""
    if line.kind != "position" or not first.position or not other.position:
        return False
    return distance_km(first.position[:2], other.position[:2]) <= SAME_SPOT_KM


def _same(known: Line, line: Line) -> bool:
    said = (known.text, *(o.text for o in known.others))
    return any(fold(text) == fold(line.text) for text in said)


def _chips(every: Sequence[Sheet]) -> Chips:
    found: dict[str, dict[RecordId, Chip]] = {}
    for one in every:
        for label, chips in one.chips:
            for chip in chips:
                found.setdefault(label, {}).setdefault(chip.term, chip)
    return tuple((label, tuple(some.values())) for label, some in found.items())


def _links(every: Sequence[Sheet]) -> tuple[LinkedSheet, ...]:
    """The links of all, those between themselves left out."""
    inside = {one.id for one in every}
    found = {(k.role, k.inverse, k.other): k for one in reversed(every) for k in one.links if k.other not in inside}
    return tuple(found[key] for key in _in_order(every, found))


def _in_order(every: Sequence[Sheet], found: Iterable[tuple[str, bool, RecordId]]) -> list[tuple[str, bool, RecordId]]:
    kept = set(found)
    return [k for k in dict.fromkeys((k.role, k.inverse, k.other) for one in every for k in one.links) if k in kept]


def _consents(every: Sequence[Sheet]) -> tuple[Answer, ...]:
    """One answer per purpose; where two sheets differ, the refusal counts."""
    found: dict[str, Answer] = {}
    for answer in (a for one in every for a in one.consents):
        known = found.get(answer.purpose)
        if known is None or (_agreed(known) and not _agreed(answer)):
            found[answer.purpose] = answer
    return tuple(found.values())


def _agreed(answer: Answer) -> bool:
    return bool(answer.given and not answer.withdrawn_on)
