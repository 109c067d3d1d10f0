"""From a query to what FTS5 is asked: every word quoted, so that nothing typed can be a syntax error.

A text is looked for in tiers, the best place first: titles, then skills, places, bodies. A tier looks in the
columns of those before it too, so that « coworking mende » is found by a title and a place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from appli.domain.text import Term, terms

FAMILY, FACET, CODE, TRASH, FOLDED = "^", "~f", "~c", "~t", "~g"
"""What begins the marks that stand among the words: `fold` never yields these characters."""

NOTHING = '"~"'
"""Matches no document."""

_TIERS = (("title", 0.75), ("skills", 0.6), ("place", 0.45), ("body", 0.3))
CODE_SCORE, EXACT_SCORE, FIRST_SCORE = 1.0, 1.0, 0.9

_CODE = re.compile(
    r"\s*(?:(?P<letter>[a-z])[- ]+)?(?P<body>[0-9a-z]{1,8})(?:[- ]+(?P<check>[0-9a-z]))?\s*",
    re.IGNORECASE,
)
_READ_AS = str.maketrans("ilo", "110")


@dataclass(frozen=True, slots=True)
class Tier:
    """What one place holds, as MATCH expressions: with and without what the tiers before it found."""

    match: str
    fresh: str
    score: float
    titles: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A text as FTS5 expressions; no tier at all when nothing is looked for."""

    tiers: tuple[Tier, ...]
    whole: str | None
    """What the tiers find together."""


def plan(text: str, chosen: list[list[int]], *, trashed: bool) -> Plan:
    """The tiers of a text among the documents that have one value of each choice, in the trash or out of it."""
    conditions = [_any_of_values(value_ids) for value_ids in chosen]
    trash, folded = f'"{TRASH}"', f'"{FOLDED}"'

    def limited(match: str) -> str:
        kept = " AND ".join([match, *conditions])
        return f"({kept}) AND {trash}" if trashed else f"({kept}) NOT ({trash} OR {folded})"

    wanted = terms(text)
    if not wanted:
        first, conditions = (conditions or [trash])[0], conditions[1:]
        whole = limited(first) if chosen or trashed else None
        return Plan((Tier(whole, whole, 0.0),) if whole else (), whole)
    expression = " AND ".join(_any_of(term) for term in wanted)
    code = code_match(text)
    tiers = [Tier(limited(code), limited(code), CODE_SCORE)] if code else []
    before, columns = "", ""
    for column, score in _TIERS:
        columns = f"{columns} {column}".strip()
        here = f"({{{columns}}} : ({expression}))"
        fresh = f"({here} NOT {before})" if before else here
        tiers.append(Tier(limited(here), limited(fresh), score, titles=column == "title"))
        before = here
    return Plan(tuple(tiers), limited(f"({before} OR {code})" if code else before))


def _any_of(term: Term) -> str:
    ways = [f'"{start}" *' for start in term.starts]
    ways += [f'"{word}"' for word in term.exact]
    ways += [f'"{FAMILY}{family}"' for family in term.families]
    return _either(ways)


def _either(ways: list[str]) -> str:
    return f"({' OR '.join(ways)})" if len(ways) != 1 else ways[0]


def facet_mark(value_id: int) -> str:
    """The word that stands for a facet's value."""
    return f"{FACET}{value_id}"


def facet_ids(marks: str) -> list[int]:
    """The numbers of the values among a document's marks."""
    return [int(mark[len(FACET) :]) for mark in marks.split() if mark.startswith(FACET)]


def _any_of_values(value_ids: list[int]) -> str:
    return _either([f'"{facet_mark(value_id)}"' for value_id in value_ids] or [NOTHING])


def marks_of(codes: Sequence[str], value_ids: list[int], *, trashed: bool, folded: bool = False) -> str:
    """The words a document is found by though it does not say them."""
    facets = f" {FACET}".join(["", *map(str, value_ids)])
    state = f" {FOLDED}" if folded else f" {TRASH}" if trashed else ""
    return f"{' '.join(map(code_mark, codes))}{facets}{state}"


def code_mark(code: str) -> str:
    """The word that stands for a printed code."""
    return f"{CODE}{code[2:].replace('-', '').lower()}"


def code_match(text: str, shortest: int | None = None) -> str | None:
    """What looks for a text as the beginning of a printed code; None when it cannot be one.

    Among words, only what is long enough or dashed like a code is tried as one.
    """
    read = _CODE.fullmatch(text)
    if read is None:
        return None
    body = (read["body"] + (read["check"] or "")).lower()
    if len(body) < (shortest or (3 if read["letter"] else 6)):
        return None
    starts = [body] if read["letter"] else [body, body[1:]]  # the first of seven may be the letter of the kind
    return _either([f'"{CODE}{start.translate(_READ_AS)}" *' for start in starts])


def begins_code(typed: str, code: str) -> bool:
    """Whether a printed code begins as typed, with its letter or without."""
    wanted, letter, body = _compact(typed), code[0].lower(), _compact(code)[1:]
    ways = [wanted, wanted[1:]] if wanted.startswith(letter) else [wanted]
    return any(body.startswith(way.translate(_READ_AS)) for way in ways)


def _compact(code: str) -> str:
    return re.sub(r"[\s-]", "", code).lower()
