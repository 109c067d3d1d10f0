"""2,048 French words that are told over the telephone without spelling: eleven bits each.

The list is the project's own and frozen: a fingerprint read aloud must give the same words on every PC, for ever.
Short common words, written with plain letters only, none the plural or the feminine of another.
"""

from __future__ import annotations

from functools import cache

from appli import resources

COUNT = 2_048
BITS = 11


@cache
def listed() -> tuple[str, ...]:
    """The words, in their order."""
    return tuple(resources.path("mots/mots.txt").read_text("ascii").split())
