"""Another PC in the words of the screen: until when news went and came, how it stands, and the rest when one asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from appli.i18n import _, _n, number
from appli.presenters.packet_words import Sign, day_words

if TYPE_CHECKING:
    from appli.services.exchanging.peers import Lacking, Peer

SILENT_AFTER = 90 * 86_400_000
"""Milliseconds after which a PC is one that nothing is heard of."""


def day_of(milliseconds: int) -> date:
    """The day of a moment, here."""
    return datetime.fromtimestamp(milliseconds / 1000).astimezone().date()


def peer_words(peer: Peer, now: int) -> str:
    """« Mes nouvelles jusqu’au 15 novembre, les siennes jusqu’au 18 novembre »."""
    today = day_of(now)
    given = _("Mes nouvelles : aucun paquet fait pour lui")
    if peer.given_at is not None:
        given = _("Mes nouvelles jusqu’au {day}").format(day=day_words(peer.given_at, today))
    received = _("les siennes : aucun paquet reçu")
    if peer.received_at is not None:
        received = _("les siennes jusqu’au {day}").format(day=day_words(peer.received_at, today))
    return f"{given}, {received}"


def sign_of(peer: Peer, lacks: Lacking | None, now: int, *, revoked: bool) -> Sign:
    """How it stands. `lacks`: None where it did not say what it has."""
    if revoked:
        return Sign(_("écarté"), "danger", "x")
    if peer.received_at is None:
        return Sign(_("aucune nouvelle reçue"), "neutral", "clock")
    if now - peer.received_at > SILENT_AFTER:
        since = _("sans nouvelles depuis le {day}").format(day=day_words(peer.received_at, day_of(now)))
        return Sign(since, "neutral", "clock")
    if peer.differs:
        return Sign(_("diffère du vôtre"), "warning", "triangle-alert")
    if lacks is None:
        return Sign(_("n’a pas dit ce qu’il a"), "neutral", "circle-question-mark")
    if not lacks.changes:
        return Sign(_("à jour"), "success", "check")
    return Sign(_lack_words(lacks), "warning", "package")


def differs_words(peer: Peer) -> str:
    """What to do about two directories that should be the same."""
    words = _(
        "L’annuaire du poste « {name} » devrait être le même que celui-ci et ne l’est pas : demandez-lui un paquet "
        "complet et faites-en un pour lui, rien ne sera perdu."
    )
    return words.format(name=peer.label)


def _lack_words(lacks: Lacking) -> str:
    if lacks.sheets:
        return _n("il lui manque {n} fiche", "il lui manque {n} fiches", lacks.sheets).format(n=number(lacks.sheets))
    words = _n("il lui manque {n} changement", "il lui manque {n} changements", lacks.changes)
    return words.format(n=number(lacks.changes))


def details_of(peer: Peer, lacks: Lacking | None, missing: Sequence[str], now: int) -> tuple[tuple[str, str], ...]:
    """(what, how it is)."""
    today = day_of(now)
    never = _("jamais")
    given = day_words(peer.given_at, today) if peer.given_at is not None else never
    received = day_words(peer.received_at, today) if peer.received_at is not None else never
    rows = [
        (_("Dernier paquet fait pour lui"), given),
        (_("Dernier paquet reçu de lui"), received),
        (_("Ce qu’il connaît"), _known_words(lacks)),
        (_("Ce qui manque ici"), " ".join(missing) or _("rien de ses modifications")),
    ]
    words = _fingerprint(peer)
    rows.append((_("Les mots de sa clé"), words or _("aucune clé acceptée pour l’instant")))
    return tuple(rows)


def _known_words(lacks: Lacking | None) -> str:
    if lacks is None:
        return _("il n’a pas encore dit ce qu’il a")
    if not lacks.changes:
        return _("tout ce qui est ici, selon ses dernières nouvelles")
    changes = _n("il lui manque {n} changement", "il lui manque {n} changements", lacks.changes)
    words = changes.format(n=number(lacks.changes))
    if lacks.sheets:
        sheets = _n("sur {n} fiche", "sur {n} fiches", lacks.sheets).format(n=number(lacks.sheets))
        words = f"{words} {sheets}"
    return _("{lack}, selon ses dernières nouvelles").format(lack=words)


def _fingerprint(peer: Peer) -> str:
    from appli.services.exchanging.peers import words_of

    return words_of(peer)
