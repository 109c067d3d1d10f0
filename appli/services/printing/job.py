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
from appli.services.photos import small
from appli.services.printing.edition import Edition
from appli.services.printing.model import PAPERS, Paper
from appli.services.printing.sheets import printed_sheet, sorting_name
from appli.services.sheets_out import SheetOut


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
    handed: dict[str, SheetOut] = field(default_factory=dict)
    """Sheets that are expected back, with what they show, by id of record in hexadecimal."""
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
        made = printed_sheet(self.selection, subject, self.edition.parts)
        if self._has_photos():
            made |= self._portrait(subject)
        return made

    def _has_photos(self) -> bool:
        """Whether the edition shows portraits."""
        return any(o.code == "photos" for o in self.edition.of.options) and bool(self.edition.option("photos"))

    def _portrait(self, subject: Subject) -> dict[str, str]:
        """The first photo that may be shown, as the small picture the screen uses: no word of where or when in it."""
        for row in subject.parts("photo"):
            owner = subject.entry if row.values.get("owner") == subject.entry.id.hex() else None
            name = str(row.values.get("sha256") or "")
            if owner is None or not name or not self.selection.disclosure.photo_may_go(owner, row):
                continue
            content = small(self.directory, name)
            if content is not None:
                path = f"photos/{name}.jpg"
                self.pictures[path] = content
                return {"photo": path, "photo_alt": str(row.values.get("alt") or "")}
        return {}

    def _place(self, subject: Subject) -> tuple[str, ...]:
        name = sort_key(sorting_name(subject))
        match self.edition.order:
            case "commune":
                return sort_key(str((subject.values.get("commune") or {}).get("name") or "")), name
            case "code":
                return (subject.code,)
        return (name,)
