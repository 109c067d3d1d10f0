"""Answers in words as a person confirms them: how they were read, and what else they may mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from appli.domain.consent_words import ConsentReading, read_consent
from appli.formats.table import Table
from appli.formats.values import absent
from appli.i18n import N_, _
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.targets import CONSENT

MEANINGS = ("oui", "oui sauf tél", "oui sauf mail", "oui sauf tél et mail", "papier seulement", "non", "")
"""Words that leave no doubt, among which a person chooses what the list's words mean; the last notes nothing."""

_WHERE = {
    "screen": N_("à l’écran"),
    "members_print": N_("annuaire imprimé"),
    "public_print": N_("affiche"),
    "map": N_("carte publique"),
    "web": N_("Internet"),
    "photo": N_("photo"),
    "letters": N_("lettres"),
}
_CLOSED = {
    "phone": N_("téléphone privé"),
    "email": N_("courriel privé"),
    "address": N_("adresse privée"),
}


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """How one writing of the answers is understood, and how often it stands in the list."""

    text: str
    count: int
    reading: ConsentReading
    meaning: str | None = None
    """Words that a person said mean the same; None when it is read as it is."""

    @property
    def sure(self) -> bool:
        """Nobody need look: every word was understood, or a person said what it means."""
        return self.meaning is not None or self.reading.certain


def consent_words(table: Table, mapping: ImportMapping) -> list[ConsentWords]:
    """Every writing of the answers in the list, the doubtful ones first, then the most frequent."""
    columns = [c.index for c in table.columns if mapping.target(c.name) == CONSENT]
    meanings = dict(mapping.consents)
    counts: Counter[str] = Counter()
    for row in table.rows:
        text = next((t for i in columns if (t := row[i]) and not absent(t)), None)
        if text:
            counts[" ".join(text.split())] += 1
    found = [ConsentWords(t, n, read_consent(meanings.get(t, t)), meanings.get(t)) for t, n in counts.items()]
    return sorted(found, key=lambda c: (c.reading.certain and c.meaning is None, -c.count))


def reading_text(reading: ConsentReading) -> str:
    """« oui : à l’écran, annuaire imprimé ; téléphone privé »."""
    allowed = [_(_WHERE[p]) for p, given in reading.given.items() if given]
    if not reading.given:
        return _("rien n’est noté") if reading.certain else _("pas compris : rien n’est noté")
    if not allowed:
        return _("non : fiche privée, sur ce poste seulement")
    said = _("oui : {where}").format(where=", ".join(allowed))
    if reading.given.get("screen") is False:
        said = _("{where} seulement : fiche privée").format(where=", ".join(allowed))
    closed = [_(_CLOSED[name]) for name in reading.closed_fields if name in _CLOSED]
    return " ; ".join([said, *closed]).replace(" ;", "\u202f;")


def meaning_text(meaning: str) -> str:
    """A choice of the menu, in the same words."""
    return reading_text(read_consent(meaning))
