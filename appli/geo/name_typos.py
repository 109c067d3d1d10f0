"""Names written with a mistake or two: « Langonge », « Marvejos », « pont de monvert ».

The last resort of a search, and never a certainty. Names are compared without their spaces and leading article, only
with those of nearly their length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

MOST_ANSWERS = 30
_MISTAKES = ((14, 3), (8, 2), (4, 1))
"""From how many letters on, how many mistakes: in a short name each letter counts."""


class Typos:
    """Compact names (see `name_index.compact`), by their lengths."""

    def __init__(self, names: Iterable[str]) -> None:
        self._of_length: dict[int, list[str]] = defaultdict(list)
        for name in names:
            self._of_length[len(name)].append(name)

    def like(self, name: str) -> list[tuple[str, int]]:
        """The names that differ by letters added, dropped, changed or swapped, and by how many; the best first."""
        most = next((mistakes for letters, mistakes in _MISTAKES if len(name) >= letters), 0)
        if not most:
            return []
        from rapidfuzz import process  # costs a tenth of a second: paid by who mistypes first
        from rapidfuzz.distance import OSA

        around = [one for n in range(len(name) - most, len(name) + most + 1) for one in self._of_length.get(n, ())]
        found = process.extract(name, around, scorer=OSA.distance, score_cutoff=most, limit=MOST_ANSWERS)
        return [(one, int(mistakes)) for one, mistakes, _place in found if mistakes]
