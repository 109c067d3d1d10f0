"""What the form says around its fields: its parts, who sees what, agreement, roles, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from appli.domain.moments import local
from appli.i18n import N_, _, _n, number

SECTIONS = (
    ("identity", N_("Identité"), "user-round"),
    ("contact", N_("Coordonnées"), "phone"),
    ("skills", N_("Savoir-faire"), "star"),
    ("about", N_("Présentation"), "file-text"),
    ("details", N_("Détails"), "sliders-horizontal"),
    ("links", N_("Liens"), "link"),
    ("consent", N_("Accord"), "shield-check"),
)
"""Key, words, icon, in the order of the page."""
NAMED_AT_MOST = 6


def consent_purposes() -> list[tuple[str, str]]:
    """Each purpose of consent and its words."""
    from appli.domain.kinds.consent import PURPOSES

    return [(code, PURPOSES.label(code)) for code in PURPOSES.codes]


def consent_ways() -> list[tuple[str, str]]:
    """How an answer may be given."""
    from appli.domain.kinds.consent import HOW

    return [(code, HOW.label(code)) for code in HOW.codes]


def link_roles() -> list[tuple[str, str]]:
    """Every way to link, read from this sheet."""
    from appli.services.linking import role_words

    return role_words()


def day_words(iso: str) -> str:
    """A day as one reads it; empty for none."""
    from appli.services.wording import date_text

    return date_text(iso) if iso else ""


def day_typed(words: str) -> str | None:
    """The day that somebody typed, in ISO; None when it does not read as one."""
    from appli.formats.dates import partial_date

    return partial_date(words).iso if words.strip() else ""


def moment_words(milliseconds: int) -> str:
    """« 22 novembre 2026 à 9 h 12 »."""
    from appli.services.wording import moment_text

    return moment_text(f"{local(milliseconds):%Y-%m-%dT%H:%M}")


def seen_words(labels: Mapping[str, Sequence[str]], level: str) -> str:
    """« Nom, commune, courriel. »: what the cards of « Qui verra quoi ? » say."""
    some = list(labels.get(level, ()))
    if not some:
        return _("Rien pour l’instant.")
    shown = [some[0], *(label[:1].lower() + label[1:] for label in some[1:NAMED_AT_MOST])]
    words = ", ".join(shown)
    more = len(some) - NAMED_AT_MOST
    if more > 0:
        words += " " + _n("et {n} autre", "et {n} autres", more).format(n=number(more))
    return f"{words}."


def errors_words(count: int) -> str:
    """« 2 champs à corriger »."""
    return _n("{n} champ à corriger", "{n} champs à corriger", count).format(n=number(count)) if count else ""


def giving_up_words(*, new: bool) -> tuple[str, str, str, str]:
    """The question before what was typed is lost: title, text, the safe answer, the other one."""
    stays = _("La fiche ne sera pas créée.") if new else _("La fiche reste telle qu’elle est enregistrée.")
    text = f"{stays} {_('Ce que vous venez de saisir sera perdu.')}"
    return _("Abandonner cette saisie\u202f?"), text, _("Continuer la saisie"), _("Abandonner la saisie")
