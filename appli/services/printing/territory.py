"""The territory on paper: numbered places on outlines, and a legend that says who and what is where.

Places nearer to each other than a number is wide share one. Whoever may not be on a map is not on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from appli.documents.map_drawing import outlines_svg
from appli.domain.text import sort_key
from appli.errors import UserError
from appli.geo.vector_tiles import Spot, spot_of
from appli.i18n import _, _n, number
from appli.services.disclosing import Disclosure, Medium
from appli.services.exporting.subjects import Selection, Subject
from appli.services.printing.ground import CREDITS, Frame, Ground, ground_of
from appli.services.printing.job import Job

_MARK = 4.8
"""Millimetres a number takes."""
_BAND = 12.0
"""Numbers grow along bands of so many millimetres, so that one finds them on the map."""
_EDGE = 7.0
_LEAST_KM = 12.0
_FAR = 0.06
"""The share of places that may lie off the map when they would make it twice as large."""
_MOST_TOWNS = 24
_LETTER = 1.4
"""Millimetres a letter of a town's name takes at most."""
_SCALE_ROOM = 9.0
"""Millimetres above the lower edge that the scale takes."""
_WORLD_KM = 40_075.0

Pair = tuple[Subject, dict[str, Any]]


@dataclass(slots=True)
class _Placed:
    spot: Spot
    sheets: list[dict[str, Any]] = field(default_factory=list)


def compose(job: Job) -> Mapping[str, Any]:
    """{map} as `territory` says, {counted}."""
    pairs = [(subject, job.sheet(subject)) for subject in job.subjects()]
    wide = job.paper.width >= job.paper.height
    size = (job.paper.width - 34.0, (job.paper.height - 60.0) if wide else job.paper.height * 0.58)
    made = territory(job, pairs, *size)
    job.records = sum(len(entry["sheets"]) for entry in made["legend"]) + len(made["away"]) if made else 0
    if not made and pairs:
        raise _nowhere()
    counted = _n("{n} fiche", "{n} fiches", job.records).format(n=number(job.records))
    return {"map": made, "counted": counted}


def territory(
    job: Job, pairs: Sequence[Pair], width: float, height: float, picture: str = "carte.svg"
) -> dict[str, Any]:
    """{picture, width, height, alt, marks: [{n, x, y}], towns: [{name, x, y, dot, left}], scale: {length, label},
    credits, legend: [{n, where, sheets}], away: [sheets that are not on it]}, in millimetres; empty when nothing has a
    place.
    """
    gate = Disclosure(job.directory, job.edition.audience, Medium.MAP)
    asked = [subject.entry.id for subject, _sheet in pairs]
    allowed = {subject.entry.id for subject in Selection(job.directory, gate, asked).subjects(job.progress)}
    placed: list[tuple[Spot, dict[str, Any]]] = []
    away: list[dict[str, Any]] = []
    for subject, sheet in pairs:
        if subject.entry.id not in allowed:
            continue
        point = job.selection.place_of(subject)
        if point is None:
            away.append(sheet)
        else:
            placed.append((spot_of(point), sheet))
    if not placed:
        return {}
    frame = _frame([spot for spot, _sheet in placed], width, height)
    inside = [(frame.on_paper(spot), sheet) for spot, sheet in placed if frame.holds(spot, _MARK / 2)]
    away += [sheet for spot, sheet in placed if not frame.holds(spot, _MARK / 2)]
    marks = _numbered(inside)
    ground = ground_of(frame)
    job.pictures[picture] = outlines_svg(ground.outlines, width, height)
    return {"picture": picture, **_told(frame, marks, away, ground)}


def _told(frame: Frame, marks: list[_Placed], away: list[dict[str, Any]], ground: Ground) -> dict[str, Any]:
    alt = _n(
        "Carte du territoire : {n} repère numéroté, dit dans la légende.",
        "Carte du territoire : {n} repères numérotés, dits dans la légende.",
        len(marks),
    )
    return {
        "width": frame.width,
        "height": frame.height,
        "alt": alt.format(n=number(len(marks))),
        "marks": [{"n": n, "x": m.spot[0], "y": m.spot[1]} for n, m in enumerate(marks, 1)],
        "towns": list(_towns(frame, ground, marks)),
        "scale": _scale(frame),
        "credits": _("Fond : {source}").format(source=CREDITS),
        "legend": [{"n": n, "where": _where(m.sheets), "sheets": m.sheets} for n, m in enumerate(marks, 1)],
        "away": away,
    }


# --- where things lie -------------------------------------------------------------------------------------------------


def _frame(spots: Sequence[Spot], width: float, height: float) -> Frame:
    """All places with room about them; a few that lie far off do not make the map useless."""
    west, north, east, south = _bounds(spots)
    middle = _median(x for x, _y in spots), _median(y for _x, y in spots)
    near = sorted(spots, key=lambda spot: math.dist(spot, middle))[: max(1, math.ceil(len(spots) * (1 - _FAR)))]
    closer = _bounds(near)
    if max(east - west, south - north) > 2 * max(closer[2] - closer[0], closer[3] - closer[1], 1e-4):
        west, north, east, south = closer
    scale = min(
        (width - 2 * _EDGE) / max(east - west, 1e-9),
        (height - 2 * _EDGE) / max(south - north, 1e-9),
        min(width, height) * _WORLD_KM * _cosine((north + south) / 2) / _LEAST_KM,
    )
    x, y = (west + east) / 2, (north + south) / 2
    return Frame(x - width / scale / 2, y - height / scale / 2, scale, width, height)


def _bounds(spots: Iterable[Spot]) -> tuple[float, float, float, float]:
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _median(numbers: Iterable[float]) -> float:
    found = sorted(numbers)
    return found[len(found) // 2]


def _cosine(y: float) -> float:
    """How much narrower the world is at that height of the unit square."""
    return 1 / math.cosh(math.pi * (1 - 2 * y))


def _numbered(places: Sequence[tuple[Spot, dict[str, Any]]]) -> list[_Placed]:
    """What is too near to be told apart under one mark, in the order one reads the map."""
    cells: dict[tuple[int, int], list[_Placed]] = {}
    found: list[_Placed] = []
    for (x, y), sheet in places:
        cell = int(x // _MARK), int(y // _MARK)
        about = [m for dx in (-1, 0, 1) for dy in (-1, 0, 1) for m in cells.get((cell[0] + dx, cell[1] + dy), ())]
        mark = next((m for m in about if math.dist(m.spot, (x, y)) < _MARK), None)
        if mark is None:
            mark = _Placed((x, y))
            cells.setdefault(cell, []).append(mark)
            found.append(mark)
        mark.sheets.append(sheet)
    return sorted(found, key=lambda m: (int(m.spot[1] // _BAND), m.spot[0]))


def _where(sheets: Iterable[Mapping[str, Any]]) -> str:
    communes = dict.fromkeys(sheet["commune"] for sheet in sheets if sheet["commune"])
    return " · ".join(sorted(communes, key=sort_key))


def _towns(frame: Frame, ground: Ground, marks: Sequence[_Placed]) -> Iterable[dict[str, Any]]:
    """The largest towns whose names, whole, cover neither a mark nor another name; one with a mark is named beside it.

    A name stands at the right of its town, or at the left where there is no room for it.
    """
    taken = [(x - 2.4, y - 2.4, x + 2.4, y + 2.4) for x, y in (m.spot for m in marks)]
    taken.append((0, frame.height - _SCALE_ROOM, frame.width / 4 + _EDGE, frame.height))
    shown = 0
    for spot, name in ground.towns:
        own = next((m.spot for m in marks if math.dist(m.spot, spot) < _MARK), None)
        (x, y), apart, long = own or spot, 1.6 if own else 0.0, _LETTER * len(name)
        for side in (1, -1):
            near, far = x + side * (apart + 0.9), x + side * (apart + 2 + long)
            box = (min(near, far), y - 1.5, max(near, far), y + 1.5)
            inside = box[0] > 0 and box[2] < frame.width
            if inside and not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
                taken.append(box)
                yield {"name": name, "x": x + side * apart, "y": y, "dot": own is None, "left": side < 0}
                shown += 1
                break
        if shown == _MOST_TOWNS:
            return


def _scale(frame: Frame) -> dict[str, Any]:
    """A round number of kilometres, about a fifth of the width."""
    km_a_mm = _WORLD_KM * _cosine(frame.north + frame.height / frame.scale / 2) / frame.scale
    most = frame.width / 4 * km_a_mm
    km = max((f * 10**e for e in range(-1, 4) for f in (1, 2, 5) if f * 10**e <= most), default=most)
    return {"length": km / km_a_mm, "label": _("{n} km").format(n=number(km, 0 if km >= 1 else 1))}


def _nowhere() -> UserError:
    return UserError(
        "nothing_on_map",
        _("Aucune des fiches trouvées n’a de place sur la carte. Rien n’a été écrit."),
        _("Donnez-leur une commune, ou choisissez d’autres fiches."),
    )
