"""A sheet to sign at the door of a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appli.services.printing.job import Job
from appli.services.printing.sheets import printed_title


def compose(job: Job) -> Mapping[str, Any]:
    """{event, columns, people: [{name, commune}], spare}."""
    people = [
        {"name": printed_title(subject), "commune": str((subject.values.get("commune") or {}).get("name") or "")}
        for subject in job.subjects()
    ]
    return {
        "event": str(job.edition.option("event")),
        "columns": int(job.edition.option("columns")),
        "people": people,
        "spare": int(job.edition.option("spare")),
    }
