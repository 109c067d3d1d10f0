"""What is said of each column before an import: a word for its state, samples, and the strips beside the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from appli.domain.fields import Kind
from appli.formats.profile import ColumnProfile
from appli.i18n import N_, _, _n, number
from appli.services.importing.consents import ConsentWords
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.proposing import is_told_by_title
from appli.services.importing.targets import CONSENT, EXTRA, FOREIGN_ID, SEVERAL, label_of

Tone = Literal["neutral", "success", "info", "warning", "danger"]
MOST_STRIPS = 3


@dataclass(frozen=True, slots=True)
class ColumnState:
    """A word with its tone and icon."""

    code: str
    words: str
    tone: Tone = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """One thing to know: what it is about in bold, what it means; `deed` leads to the tab `tab`."""

    tone: Tone
    title: str
    words: str
    deed: str = ""
    tab: str = ""


_HIDDEN = {
    "email": N_("valeurs masquées : adresses"),
    "phone": N_("valeurs masquées : numéros"),
}
_HIDDEN_NAMES = N_("valeurs masquées : noms de personnes")
_FULL = 0.995
_LOOKED_AT = frozenset({"email", "phone", "web", "id", "lat", "lon", "postcode", "insee", "hours", "date", "consent"})
"""What values say by themselves."""


def samples_of(profile: ColumnProfile) -> str:
    """Three values; those that name or reach people stay hidden."""
    if not profile.filled_share:
        return _("aucune valeur")
    if profile.personal and profile.looks_like != "consent":
        hidden = _HIDDEN.get(profile.looks_like or "", _HIDDEN_NAMES)
        return _(hidden)
    return " · ".join(" ".join(s.split()) for s in profile.samples)


def state_of(kind: Kind, mapping: ImportMapping, profile: ColumnProfile, *, by_hand: bool, unsure: bool) -> ColumnState:
    """The state of a column. `by_hand`: somebody chose it; `unsure`: answers of the list are not understood."""
    target = mapping.target(profile.name)
    if target is None:
        if profile.personal and profile.filled_share and not by_hand:
            return _check()
        return ColumnState("left", _("laissée"))
    if target == EXTRA:
        return ColumnState("kept", _("gardée telle quelle"))
    if target == CONSENT and unsure:
        return _check()
    feeding = mapping.feeding(target) if target not in SEVERAL else [profile.name]
    if feeding[0] != profile.name:
        return ColumnState("fills", _("complète {column}").format(column=feeding[0]), "info", "info")
    return _of_target(kind, mapping, profile, by_hand=by_hand)


def _of_target(kind: Kind, mapping: ImportMapping, profile: ColumnProfile, *, by_hand: bool) -> ColumnState:
    if by_hand:
        return ColumnState("chosen", _("choisie"), "success", "check")
    if not is_told_by_title(profile, kind) and profile.looks_like not in _LOOKED_AT:
        return _check()
    if profile.filled_share < _FULL and _completed_by(mapping, profile):
        return ColumnState("filled", _("complétée"), "info", "info")
    return ColumnState("known", _("reconnue"), "success", "check")


def _check() -> ColumnState:
    return ColumnState("check", _("à vérifier"), "warning", "circle-question-mark")


def consent_state(words: ConsentWords) -> ColumnState:
    """Whether somebody must look at a writing of the answers."""
    if words.meaning is not None:
        return ColumnState("chosen", _("choisie"), "success", "check")
    return ColumnState("known", _("comprise"), "success", "check") if words.sure else _check()


def _completed_by(mapping: ImportMapping, profile: ColumnProfile) -> str:
    """What says the same when the column is empty: another column, or a code."""
    target = mapping.target(profile.name) or ""
    others = [c for c in mapping.feeding(target) if c != profile.name and target not in SEVERAL]
    if others:
        return others[0]
    if target == "commune.name":
        return next((c for t in ("commune.insee", "address.postcode") for c in mapping.feeding(t)), "")
    return ""


def strips(
    kind: Kind,
    mapping: ImportMapping,
    profiles: Sequence[ColumnProfile],
    touched: Collection[str],
    unsure: int,
) -> list[Strip]:
    """What should be known before going on, the gravest first, a few at most."""
    found = [*_about_consent(kind, mapping, unsure)]
    found += [s for p in profiles if p.name not in touched for s in _about_people(mapping, p)]
    found += [s for p in profiles for s in _about_gaps(kind, mapping, p)]
    found.sort(key=lambda s: ("danger", "warning", "info").index(s.tone))
    return found[:MOST_STRIPS]


def _about_consent(kind: Kind, mapping: ImportMapping, unsure: int) -> list[Strip]:
    if kind.code != "person":
        return []
    columns = mapping.feeding(CONSENT)
    if not columns:
        words = _("Sans elle, ces personnes ne seront pas imprimées.")
        return [Strip("warning", _("Aucune colonne ne dit leur accord."), words)]
    if unsure:
        words = _n(
            "{n} réponse n’est pas comprise : dites ce qu’elle signifie.",
            "{n} réponses ne sont pas comprises : dites ce qu’elles signifient.",
            unsure,
        )
        return [Strip("warning", columns[0], words.format(n=number(unsure)), _("Voir les accords"), "consents")]
    words = _("dit ce que chaque personne accepte. Vérifiez comment c’est compris.")
    return [Strip("info", columns[0], words, _("Voir les accords"), "consents")]


def _about_people(mapping: ImportMapping, profile: ColumnProfile) -> list[Strip]:
    if mapping.target(profile.name) is not None or not profile.personal or not profile.filled_share:
        return []
    return [Strip("warning", profile.name, _("nomme des personnes. Ne l’importez qu’avec leur accord."))]


def _about_gaps(kind: Kind, mapping: ImportMapping, profile: ColumnProfile) -> list[Strip]:
    target = mapping.target(profile.name)
    empty = round((1 - profile.filled_share) * 100)
    other = _completed_by(mapping, profile)
    if target in (None, EXTRA, FOREIGN_ID) or not other or not empty or mapping.feeding(target)[0] != profile.name:
        return []
    label = label_of(kind, target)
    words = _("est vide {n} fois sur 100. « {label} » sera alors tiré de {other}.")
    return [Strip("info", profile.name, words.format(n=number(empty), label=label, other=other))]
