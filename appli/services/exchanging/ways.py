"""How a packet comes or goes, for the journal of exchanges."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """By what a packet travelled."""

    FILE = "file"
    FOLDER = "folder"
    """The folder that several PCs share."""
    MAIL = "mail"
