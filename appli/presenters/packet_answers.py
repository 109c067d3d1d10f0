"""What a packet answers when it is looked at or received, and what follows from it for whoever decides."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from appli.domain.ids import RecordId
from appli.errors import AppError, Cancelled, UserError
from appli.i18n import N_, _, _n, number
from appli.presenters.jobs import Stopped
from appli.presenters.packet_sheets import PacketSheets

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.exchanging.bundles import Envelope
    from appli.services.exchanging.previewing import Preview
    from appli.services.exchanging.receiving import Receipt
    from appli.services.exchanging.resembling import Twin

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
    """Why a packet does not come in; `deed`, when there is something else to do with it; `is_loud`: beware."""

    title: str
    words: str
    deed: str = ""
    is_loud: bool = False


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands under the list. `reason`: why one cannot go on; empty when one can."""

    safe: str
    primary: str
    reason: str
    guard: str
    """What has to be ticked before much is removed; empty when nothing of the kind."""
    is_idle: bool = False
    """Whether receiving it would do nothing: all that is left is to close it."""


def refusal_of(problem: AppError) -> Refusal:
    """A refusal in words."""
    deed = _(_DEEDS[problem.code]) if problem.code in _DEEDS else ""
    return Refusal(problem.message, problem.hint, deed, problem.code == "changed_key")


def foot_of(looked: Looked | None, sheets: PacketSheets, *, guarded: bool, can_write: bool) -> Foot:
    """What one may do."""
    if looked is None:
        return Foot("", "", _("Aucun paquet n’est ouvert."), "")
    if looked.envelope.again and not sheets.total:
        return Foot(_("Rien n’a changé."), _("Fermer"), "", "", is_idle=True)
    erased, left = len(looked.preview.received.erased), len(sheets.left_out)
    safe = _("Vous pourrez tout annuler.")
    if erased:
        safe = _("Vous pourrez tout annuler, sauf l’effacement.")
    if left:
        words = _n(
            "{n} fiche laissée de côté : elle vous attendra dans Échanges.",
            "{n} fiches laissées de côté : elles vous attendront dans Échanges.",
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
    judgements: Sequence[tuple[RecordId, RecordId, bool]],
    progress: Progress,
) -> Receipt:
    """Take a packet in, then say of its sheets which are the same as others; what contradicts somebody is left."""
    from appli.services import judging
    from appli.services.exchanging.receiving import receive as carry_out

    receipt = carry_out(directory, path, phrase, confirmed=True, left_out=left_out, progress=progress)
    for one, other, same in judgements:
        with contextlib.suppress(UserError):
            (judging.unite if same else judging.keep_apart)(directory, one, other)
    return receipt


def put_off(directory: Directory, path: Path, phrase: str | None, sheets: int) -> None:
    """Keep a packet for later."""
    from appli.services.exchanging import aside
    from appli.services.exchanging.bundles import open_packet

    with open_packet(directory, path, phrase) as opened:
        aside.keep(directory, path, opened.manifest, sheets, whole=True)


def give_up(directory: Directory, uid: str) -> None:
    """Nothing of that packet is wanted."""
    from appli.services.exchanging import aside

    aside.forget(directory, uid)


def twins_of(directory: Directory, preview: Preview, stopped: Stopped) -> dict[RecordId, Twin]:
    """Look for twins of what comes, as long as somebody waits for it."""
    from appli.services.exchanging.resembling import find_twins

    return find_twins(directory, preview, _UntilStopped(stopped))


class _UntilStopped:
    """A progress that tells nobody, and stops when nobody waits any more."""

    def __init__(self, stopped: Stopped) -> None:
        self._stopped = stopped

    def step(self, _done: int, _total: int, _label: str = "") -> None:
        """Stop where nobody waits."""
        if self._stopped():
            raise Cancelled
