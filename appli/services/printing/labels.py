"""Labels and badges: one small rectangle for each sheet, exactly where the sheet from the shop has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from appli.documents.qr import qr_svg
from appli.services.exporting.subjects import Subject
from appli.services.printing.job import Job
from appli.services.printing.label_sheets import CARD_SHEETS, LABEL_SHEETS, LabelSheet


def labels(job: Job) -> Mapping[str, Any]:
    """{pages: [[{x, y, lines}]], label: {width, height}, frames}. A sheet without an address gives none."""
    made = []
    for subject in job.subjects():
        lines = address_lines(job, subject)
        if lines:
            made.append({"lines": [subject.title, *lines]})
    job.records = len(made)
    return _laid_out(job, LABEL_SHEETS[job.edition.option("sheet")], made)


def badges(job: Job) -> Mapping[str, Any]:
    """{pages: [[{x, y, name, line, organization, code, qr}]], label, frames, space}."""
    made = []
    for subject in job.subjects():
        sheet = job.sheet(subject)
        made.append(
            {
                "name": subject.title,
                "line": sheet["second"] or sheet["summary"] if job.edition.has("summary") else "",
                "organization": next(iter(sheet["organizations"]), ""),
                "commune": sheet["commune"],
                "code": subject.code,
                "qr": qr_svg(subject.code) if job.edition.option("qr") else "",
            }
        )
    return _laid_out(job, CARD_SHEETS[job.edition.option("sheet")], made)


def address_lines(job: Job, subject: Subject) -> list[str]:
    """The lines under the name, as the post reads them; empty when one could not write there."""
    address = subject.values.get("address") or {}
    commune = subject.values.get("commune") or {}
    postcode = address.get("postcode") or _only_postcode(job, str(commune.get("insee") or ""))
    town = " ".join(str(word) for word in (postcode, str(commune.get("name") or "").upper()) if word)
    country = str(address.get("country") or "FR")
    lines = [address.get("complement"), address.get("street"), address.get("lieu_dit"), town]
    lines.append(country.upper() if country != "FR" else "")
    if not commune.get("name") or not any(address.get(part) for part in ("street", "lieu_dit", "postcode")):
        return []
    return [str(line) for line in lines if line]


def _only_postcode(job: Job, insee: str) -> str:
    """The postcode of a commune that has one only: with several, only the person knows hers."""
    commune = job.directory.gazetteer.by_insee(insee) if insee else None
    return commune.postcodes[0] if commune is not None and len(commune.postcodes) == 1 else ""


def _laid_out(job: Job, sheet: LabelSheet, made: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Each label with its corner, page by page; those already used up on the first sheet are skipped."""
    skipped = min(int(job.edition.option("first")), sheet.count) - 1
    shift_x, shift_y = float(job.edition.option("shift_x")), float(job.edition.option("shift_y"))
    pages: list[list[dict[str, Any]]] = []
    for at, one in enumerate(made, skipped):
        page, place = divmod(at, sheet.count)
        while len(pages) <= page:
            pages.append([])
        x, y = sheet.corner(place)
        pages[page].append({**one, "x": x + shift_x, "y": y + shift_y})
    size = {"width": sheet.width, "height": sheet.height}
    return {"pages": pages, "label": size, "frames": bool(job.edition.option("frames"))}
