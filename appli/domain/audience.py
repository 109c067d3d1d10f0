"""Who may see a value. Gaps are left so that a level can be added between two others."""

from __future__ import annotations

from enum import IntEnum

from appli.i18n import N_


class Audience(IntEnum):
    """From this PC alone to everyone."""

    PRIVATE = 0
    HOSTS = 10  # reserved
    SHARED = 20
    PUBLIC = 30

    @property
    def code(self) -> str:
        """The stable English word used on the command line and in files."""
        return self.name.lower()


LABELS = {
    Audience.PRIVATE: N_("Privé"),
    Audience.HOSTS: N_("Animateurs"),
    Audience.SHARED: N_("Partagé"),
    Audience.PUBLIC: N_("Public"),
}

CHOICES = (Audience.PRIVATE, Audience.SHARED, Audience.PUBLIC)
"""What a person may choose today."""

_WORDS = {
    "private": Audience.PRIVATE,
    "prive": Audience.PRIVATE,
    "privé": Audience.PRIVATE,
    "shared": Audience.SHARED,
    "partage": Audience.SHARED,
    "partagé": Audience.SHARED,
    "public": Audience.PUBLIC,
}


def parse_audience(word: str) -> Audience | None:
    """`private`, `prive`, `privé`… -> Audience; None for any other word."""
    return _WORDS.get(word.strip().lower())
