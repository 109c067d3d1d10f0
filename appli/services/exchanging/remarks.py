"""What somebody should know of a packet beside what it brings: an odd clock, a twin, two directories that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appli.i18n import _, _n, number
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
        _asked(len(result.asked)),
        _refused(opened.refused),
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


def _asked(count: int) -> str:
    """Orders to erase that nobody here has to follow."""
    if not count:
        return ""
    words = _n(
        "{n} fiche est à effacer selon un poste qui n’est pas référent.",
        "{n} fiches sont à effacer selon un poste qui n’est pas référent.",
        count,
    )
    after = _("Rien n’est effacé ici avant votre réponse, dans Échanges > Effacements.")
    return f"{words.format(n=number(count))} {after}"


def _refused(count: int) -> str:
    """Signatures that do not hold, or of somebody else."""
    words = _n(
        "{n} ordre de ce paquet ne porte pas la signature de son auteur, ou vient d’ailleurs : il n’a aucun effet.",
        "{n} ordres de ce paquet ne portent pas la signature de leur auteur, ou viennent d’ailleurs : "
        "ils n’ont aucun effet.",
        count,
    )
    return words.format(n=number(count)) if count else ""


def _later(opened: Opened, result: Received) -> str:
    if not opened.has_unknown:
        return ""
    words = _("Une partie de ce paquet vient d’une version plus récente de Maillage.")
    if result.crowded:
        after = _("Elle ne tient plus ici : installez la mise à jour, puis ouvrez le paquet de nouveau.")
    else:
        after = _("Elle est gardée telle quelle et transmise aux autres postes ; la mise à jour la montrera.")
    return f"{words} {after}"
