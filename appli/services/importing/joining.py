"""Two rows of a list that speak of one record, made into one draft: nothing said by either is lost."""

from __future__ import annotations

from collections.abc import Callable

from appli.domain.consent_words import ConsentReading
from appli.domain.text import fold
from appli.i18n import _
from appli.services.importing.draft import Draft, Remark


def join(first: Draft, other: Draft, same_word: Callable[[str, str], str]) -> None:
    """Add to the first what the other says; where both say something else, the first row counts."""
    for name, value in other.values.items():
        first.values.setdefault(name, value)
    for name, words in other.lists.items():
        known = first.lists.setdefault(name, [])
        same = {same_word(name, w) for w in known}
        known += [w for w in words if same_word(name, w) not in same]
    for column, text in other.extras.items():
        if column not in first.extras:
            first.keep(column, text)
    members = {fold(name) for name in first.organizations}
    first.organizations += tuple(name for name in other.organizations if fold(name) not in members)
    _join_consent(first, other)


def _join_consent(first: Draft, other: Draft) -> None:
    """Of two different answers the narrower counts: nothing is shown that either row refuses."""
    if other.consent is None:
        return
    if first.consent is not None:
        if _allowed(first.consent) == _allowed(other.consent):
            return
        reason = _("Deux réponses différentes aux lignes {one} et {two} : la plus réservée est retenue")
        first.tell(Remark("consent_unsure", reason.format(one=first.line, two=other.line)))
        if _openness(first.consent) <= _openness(other.consent):
            return
    first.consent, first.closed, first.audience = other.consent, other.closed, other.audience


def _allowed(reading: ConsentReading) -> tuple[object, ...]:
    return dict(reading.given), set(reading.closed_fields)


def _openness(reading: ConsentReading) -> int:
    return 10 * sum(reading.given.values()) - len(reading.closed_fields)
