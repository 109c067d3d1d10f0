"""A sheet from words, as somebody would write it."""

from __future__ import annotations

from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet


def made(directory: Directory, kind: str, audience: Audience | None = None, **fields: str) -> RecordId:
    """`title="Le Relais", commune="48095"`."""
    asked = [Assignment(name, "=", value) for name, value in fields.items()]
    return create_sheet(directory, kind, asked, audience).id
