"""Sheets each on a page of its own: to keep, to hand over, to put on the wall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appli.documents.qr import qr_svg
from appli.services.exporting.subjects import Subject
from appli.services.printing.job import Job
from appli.services.wording import value_text


def compose(job: Job) -> Mapping[str, Any]:
    """{sheets: [sheet + {qr}]}."""
    with_qr = bool(job.edition.option("qr"))
    return {"sheets": [{**job.sheet(s), "qr": qr_svg(s.code) if with_qr else ""} for s in job.subjects()]}


def posters(job: Job) -> Mapping[str, Any]:
    """{sheets: [sheet + {when, qr, leads}]}: the code leads to the web page if there is one, else names the sheet."""
    return {"sheets": [_poster(job, subject) for subject in job.subjects()]}


def _poster(job: Job, subject: Subject) -> dict[str, Any]:
    sheet = job.sheet(subject)
    web = next((c["value"] for c in sheet["contacts"] if c["type"] == "web"), "")
    when = subject.values.get("period")
    return {
        **sheet,
        "title": subject.title,
        "when": value_text(job.directory, subject.kind.fields["period"], when) if when else "",
        "qr": qr_svg(web or subject.code),
        "leads": web,
    }
