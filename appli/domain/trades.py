"""Trade families: who looks for « maraîchage » also finds the maraîcher and the maraîchère."""

from __future__ import annotations


def families(word: str) -> tuple[str, ...]:
    """The family tokens of a folded word."""
    return ()
