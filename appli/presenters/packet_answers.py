"""What a packet answers when it is looked at or received, and what follows from it for whoever decides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from appli.domain.ids import RecordId
from appli.errors import AppError
from appli.i18n import N_, _, _n, number
from appli.presenters.packet_sheets import PacketSheets

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.exchanging.bundles import Envelope
    from appli.services.exchanging.previewing import Preview
    from appli.services.exchanging.receiving import Receipt

_DEEDS = {
    "other_space": N_("Rejoindre ce réseau dans un nouvel annuaire…"),
    "revoked_peer": N_("Voir les postes du réseau"),
    "changed_key": N_("Voir les postes du réseau"),
}
"""What else may be done with a packet that is refused."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A packet, rehearsed."""

    envelope: Envelope
    preview: Preview
    receipt: Receipt
    removes_much: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a packet does not come in; `deed`, when there is something else to do with it."""

    title: str
    words: str
    deed: str = ""


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands under the list. `reason`: why one cannot go on; empty when one can."""

    safe: str
    primary: str
    reason: str
    guard: str
    """What has to be ticked before much is removed; empty when nothing of the kind."""


def refusal_of(problem: AppError) -> Refusal:
    """A refusal in words."""
    return Refusal(problem.message, problem.hint, _(_DEEDS[problem.code]) if problem.code in _DEEDS else "")


def foot_of(looked: Looked | None, sheets: PacketSheets, *, guarded: bool, can_write: bool) -> Foot:
    """What one may do."""
    if looked is None:
        return Foot("", "", _("Aucun paquet n’est ouvert."), "")
    erased, left = len(looked.preview.received.erased), len(sheets.left_out)
    safe = _("Vous pourrez tout annuler.")
    if erased:
        safe = _("Vous pourrez tout annuler, sauf l’effacement.")
    if left:
        words = _n(
            "{n} fiche laissée de côté : rouvrez ce paquet pour la prendre.",
            "{n} fiches laissées de côté : rouvrez ce paquet pour les prendre.",
            left,
        )
        safe = f"{safe} {words.format(n=number(left))}"
    taken = sheets.taken
    primary = _("Réunir ce paquet")
    if taken:
        primary = _n("Réunir {n} fiche", "Réunir {n} fiches", taken).format(n=number(taken))
    guard = _guard_words(looked, sheets)
    reason = _reason(sheets, needs_guard=bool(guard) and not guarded, can_write=can_write)
    return Foot(safe, primary, reason, guard)


def _reason(sheets: PacketSheets, *, needs_guard: bool, can_write: bool) -> str:
    if not can_write:
        return _("Cet annuaire est ouvert en lecture seule.")
    if sheets.total and not sheets.taken:
        return _("Cochez au moins une fiche.")
    return _("Cochez d’abord que vous voulez enlever ces fiches.") if needs_guard else ""


def _guard_words(looked: Looked, sheets: PacketSheets) -> str:
    if not looked.removes_much:
        return ""
    going = len(looked.preview.going - sheets.left_out)
    words = _n("Ce paquet enlèverait {n} fiche.", "Ce paquet enlèverait {n} fiches.", going)
    return words.format(n=number(going)) if going else ""


def look(directory: Directory, path: Path, phrase: str | None, progress: Progress) -> Looked:
    """Rehearse a packet."""
    from appli.services.exchanging.receiving import examine, receipt_of, removes_much

    opened, preview = examine(directory, path, phrase, progress)
    with opened:
        receipt = receipt_of(directory, opened, preview.received)
    return Looked(opened.envelope, preview, receipt, removes_much(directory, preview))


def receive(
    directory: Directory,
    path: Path,
    phrase: str | None,
    left_out: frozenset[RecordId],
    progress: Progress,
) -> Receipt:
    """Take a packet in."""
    from appli.services.exchanging.receiving import receive as carry_out

    return carry_out(directory, path, phrase, confirmed=True, left_out=left_out, progress=progress)
