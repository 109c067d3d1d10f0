"""Which character separates the cells, when commas stand inside cells and the first lines are titles."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

CANDIDATES = (";", "\t", "|", ",")
"""In order of trust: the comma also stands in sentences and in French decimals."""
NONE = "\x1f"
"""For a file of one column: a character no list contains."""

_DECLARED = re.compile(r'^\ufeff?"?sep=(.)"?\s*$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Fit:
    share: float
    """Of the lines that have the usual number of cells."""
    width: int
    skipped: int
    """Lines before the first one of that width."""

    def score(self, separator: str) -> float:
        trust = 0.5 if separator == "," else 1.0
        return trust * self.share * self.width / (1 + self.skipped)


def declared(first_line: str) -> str | None:
    """The separator Excel announces in a first line « sep=; »."""
    found = _DECLARED.match(first_line)
    return found[1] if found else None


def sniff(sample: str) -> str:
    """The separator that cuts most lines into the same number of cells; NONE for a single column."""
    fits = {separator: _fit(sample, separator) for separator in CANDIDATES}
    good = [s for s in CANDIDATES if fits[s].width > 1 and fits[s].share >= 0.5]
    if not good:
        good = [s for s in CANDIDATES if fits[s].width > 1]
    return max(good, key=lambda s: fits[s].score(s), default=NONE)


def _fit(sample: str, separator: str) -> _Fit:
    widths = _widths(sample, separator)
    if not widths:
        return _Fit(0.0, 1, 0)
    usual, count = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    wide = [w for w in widths if w > 1]
    if usual == 1 and len(wide) * 3 > len(widths):  # ragged lines, but separated all the same
        usual, count = Counter(wide).most_common(1)[0]
    skipped = next(i for i, w in enumerate(widths) if w == usual)
    return _Fit(count / len(widths), usual, skipped)


def _widths(sample: str, separator: str) -> list[int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, skipinitialspace=True)
    widths: list[int] = []
    with suppress(csv.Error):
        widths.extend(len(row) for row in reader if any(cell.strip() for cell in row))
    return widths[:-1] if len(widths) > 3 else widths  # the sample may stop inside a line
