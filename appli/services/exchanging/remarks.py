"""What somebody should know of a packet beside what it brings: an odd clock, a twin, two directories that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appli.i18n import _
from appli.services.clocks import sender_words

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.bundles import Opened
    from appli.store.merge import Received


def remarks(
    directory: Directory, opened: Opened, result: Received, renamed: str | None = None, *, received: bool = False
) -> tuple[str, ...]:
    """The sentences, most urgent first. `renamed`: the name this PC took; `received`: not only looked at."""
    said = [
        _twin(opened.envelope.twin or result.twin, renamed),
        _differs(opened, result, received=received),
        _later(opened, result),
        sender_words(opened.envelope.sender, opened.envelope.made_at, directory.store.folder.clock()),
    ]
    return tuple(one for one in said if one)


def _twin(suspected: bool, renamed: str | None) -> str:
    if renamed is None and not suspected:
        return ""
    words = _(
        "Ce paquet connaît des modifications de ce poste qui n’ont pas été faites ici : ce dossier a été copié, ou "
        "remis comme il était."
    )
    if renamed is None:
        after = _("En le réunissant, ce poste prendra un nouveau nom et gardera tout ce qui a été écrit ici.")
    else:
        after = _("Ce poste se nomme maintenant « {name} » ; rien de ce qui a été écrit n’est perdu.").format(
            name=renamed
        )
    return f"{words} {after}"


def _differs(opened: Opened, result: Received, *, received: bool) -> str:
    if result.mended:
        return _("Les deux annuaires n’étaient plus les mêmes : ce paquet complet les a remis d’accord.")
    if not result.differs:
        return ""
    words = _("Les deux annuaires devraient être les mêmes et ne le sont pas.")
    if opened.envelope.incremental:
        after = _("Demandez à « {name} » un paquet complet : il les remettra d’accord.")
    elif not received:
        after = _("Réunissez ce paquet, qui est complet : il les remettra d’accord.")
    else:
        after = _("Faites pour « {name} » un paquet complet : il les remettra d’accord.")
    return f"{words} {after.format(name=opened.envelope.sender)}"


def _later(opened: Opened, result: Received) -> str:
    if not opened.has_unknown:
        return ""
    words = _("Une partie de ce paquet vient d’une version plus récente de Maillage.")
    if result.crowded:
        after = _("Elle ne tient plus ici : installez la mise à jour, puis ouvrez le paquet de nouveau.")
    else:
        after = _("Elle est gardée telle quelle et transmise aux autres postes ; la mise à jour la montrera.")
    return f"{words} {after}"
