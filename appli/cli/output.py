"""What a verb prints: one JSON document, or lines for a person."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any


class Output:
    """Where a verb puts its answer."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.code = 0
        """What the program ends with when the verb was carried out and its answer is bad news."""

    def answer(self, document: Mapping[str, Any], lines: Iterable[str]) -> None:
        """The verb's answer, in the form asked."""
        if self.as_json:
            print(json.dumps(document, ensure_ascii=False))
        else:
            for line in lines:
                print(line)

    def say(self, sentence: str) -> None:
        """A word beside the answer."""
        print(sentence, file=sys.stderr)


class TerminalProgress:
    """A line on stderr that says how far a long task is; silent when nobody watches."""

    def __init__(self) -> None:
        self._shown = 0.0
        self._watched = sys.stderr.isatty()

    def step(self, done: int, total: int, label: str = "") -> None:
        """Show the progress at most ten times a second."""
        now = time.monotonic()
        if not self._watched or (now - self._shown < 0.1 and done < total):
            return
        self._shown = now
        end = "\n" if done >= total else ""
        print(f"\r{label} {done}/{total}  ", end=end, file=sys.stderr, flush=True)
