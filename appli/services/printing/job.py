"""One printing under way: what a model's function is given to gather its pages from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from appli.domain.text import sort_key
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.disclosing import Reason
from appli.services.exporting.subjects import Selection, Subject
from appli.services.printing.edition import Edition
from appli.services.printing.model import PAPERS, Paper
from appli.services.printing.sheets import printed_sheet


@dataclass(slots=True)
class Job:
    """The directory as far as this edition may show it. Nothing else of the directory goes to paper."""

    directory: Directory
    edition: Edition
    selection: Selection
    today: date
    progress: Progress = SILENT
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Pictures that the template names, by their path in it: « photos/5f…jpg »."""
    records: int = 0
    """How many sheets it holds, once gathered."""

    @property
    def paper(self) -> Paper:
        """The paper chosen."""
        return PAPERS[self.edition.paper]

    @property
    def left_out(self) -> Counter[Reason]:
        """How many sheets stay, and why, once all are gathered."""
        return self.selection.left_out

    def subjects(self) -> list[Subject]:
        """The sheets that may be printed, in the order of the edition."""
        found = list(self.selection.subjects(self.progress))
        found.sort(key=self._place)
        self.records = len(found)
        return found

    def sheet(self, subject: Subject) -> dict[str, Any]:
        """A sheet as templates read it (see `sheets.printed_sheet`), with the parts that the edition shows."""
        return printed_sheet(self.selection, subject, self.edition.parts)

    def _place(self, subject: Subject) -> tuple[str, ...]:
        name = sort_key(sorting_name(subject))
        match self.edition.order:
            case "commune":
                return sort_key(str((subject.values.get("commune") or {}).get("name") or "")), name
            case "code":
                return (subject.code,)
        return (name,)


def sorting_name(subject: Subject) -> str:
    """What a sheet is sorted by: a person by her family name."""
    value = subject.values.get(subject.kind.title_field.name)
    if isinstance(value, dict):
        return " ".join(str(value[k]) for k in ("family", "given") if value.get(k)) or str(
            value.get("sort") or subject.title
        )
    return subject.title
