"""« Effacer définitivement… »: what goes, where to, what nobody can call back, and why; then it is done for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from appli.domain.ids import RecordId
from appli.i18n import _, _n, number
from appli.presenters.session import Session
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.erasing import Erased, Outlook

CHANNEL = "fiche-effacer"


class ErasingView(Protocol):
    """What draws the question."""

    def ask_erasing(self, erasing: Erasing) -> None:
        """Ask; a yes calls `erase`."""


class Erasing:
    """One sheet about to be forgotten; its parts are told by `goes`, `elsewhere` and `stays`."""

    def __init__(self, session: Session, shell: Shell, record: RecordId, outlook: Outlook) -> None:
        self._session = session
        self._shell = shell
        self._record = record
        self._outlook = outlook
        self.reason = "asked"

    @property
    def title(self) -> str:
        """The question."""
        return _("Effacer « {title} » définitivement ?").format(title=self._outlook.sheets[0][0] or _("(sans nom)"))

    @property
    def goes(self) -> list[str]:
        """What goes: the sheet, those that are one with it, what lives by them."""
        (_title, code), *others = self._outlook.sheets
        said = [_("La fiche {code}, ici et dans les sauvegardes qu’on restaurerait.").format(code=code)]
        if others:
            words = _n(
                "La fiche réunie avec elle : {names}.", "Les {n} fiches réunies avec elle : {names}.", len(others)
            )
            names = ", ".join(f"{name or _('(sans nom)')} ({code})" for name, code in others)
            said.append(words.format(n=number(len(others)), names=names))
        parts = [words for kind, count in self._outlook.parts if (words := _part_words(kind, count))]
        rest = sum(count for kind, count in self._outlook.parts if not _part_words(kind, count))
        if rest:
            parts.append(_n("{n} autre élément", "{n} autres éléments", rest).format(n=number(rest)))
        if parts:
            said.append(_("Avec elle : {parts}.").format(parts=", ".join(parts)))
        said.append(_("Les paquets que ce poste a écrits et qu’il peut encore atteindre."))
        return said

    @property
    def elsewhere(self) -> str:
        """What becomes of it on the other PCs."""
        if not self._outlook.left:
            return _("Cette fiche n’a jamais quitté ce poste.")
        if self._outlook.referent:
            return _(
                "Ce poste est référent : les autres postes l’effaceront en recevant un paquet qui porte cet ordre."
            )
        return _(
            "Ce poste n’est pas référent : les autres postes garderont la fiche jusqu’à ce que quelqu’un, là-bas, "
            "accepte de l’effacer, ou qu’un poste référent l’ordonne."
        )

    @property
    def stays(self) -> list[str]:
        """What Maillage cannot call back."""
        said = [_("Les feuilles imprimées et ce que chacun a recopié.")]
        if self._outlook.aside:
            said.append(
                _n(
                    "La base mise de côté sur ce poste après une panne : vous pourrez la supprimer ensuite.",
                    "Les {n} bases mises de côté sur ce poste après une panne : vous pourrez les supprimer ensuite.",
                    self._outlook.aside,
                ).format(n=number(self._outlook.aside))
            )
        if self._outlook.left:
            said.append(_("Les postes dont on n’a jamais eu de nouvelles, et les sauvegardes faites ailleurs."))
            said.append(_("Les anciennes versions que gardent Syncthing, Nextcloud ou une messagerie."))
        said += [
            _("Le paquet « {name} », sur une clé ou un dossier absent.").format(name=name)
            for name in self._outlook.away
        ]
        return said

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """(code, words) of why it may be."""
        from appli.services.exchanging.orders import REASONS

        return [(code, _(words)) for code, words in REASONS.items()]

    def set_reason(self, code: str) -> None:
        """Why."""
        self.reason = code

    def erase(self) -> None:
        """The person said yes."""
        record, reason = self._record, self.reason

        def work(directory: Directory) -> Erased:
            from appli.services.erasing import erase_for

            return erase_for(directory, record, reason)

        self._session.do(work, self._done, self._shell.report)

    def _done(self, done: Erased) -> None:
        words = _("Fiche effacée pour toujours.")
        if done.out_of_reach:
            names = ", ".join(f"« {path.name} »" for path in done.out_of_reach)
            words = _("Fiche effacée. Ces paquets la contiennent encore, hors d’atteinte : {names}.").format(
                names=names
            )
        self._shell.toast(f"{words} {still_aside(done.aside)}".strip())


def still_aside(count: int) -> str:
    """What to say after an erasure of bases set aside on this PC; empty when there is none."""
    if not count:
        return ""
    return _n(
        "Une base mise de côté peut encore la contenir : supprimez-la dans les Réglages, Sauvegardes.",
        "{n} bases mises de côté peuvent encore la contenir : supprimez-les dans les Réglages, Sauvegardes.",
        count,
    ).format(n=number(count))


def start(session: Session, shell: Shell, record: RecordId, view: ErasingView) -> None:
    """Find out what would go, then ask."""

    def read(directory: Directory, _stopped: object) -> Outlook:
        from appli.services.erasing import outlook

        return outlook(directory, record)

    session.read(CHANNEL, read, lambda found: view.ask_erasing(Erasing(session, shell, record, found)), shell.report)


def _part_words(kind: str, count: int) -> str:
    words = {
        "contact_point": _n("{n} coordonnée", "{n} coordonnées", count),
        "link": _n("{n} lien", "{n} liens", count),
        "note": _n("{n} note", "{n} notes", count),
        "photo": _n("{n} photo", "{n} photos", count),
        "skill": _n("{n} compétence", "{n} compétences", count),
        "consent": _n("{n} accord", "{n} accords", count),
    }
    return words[kind].format(n=number(count)) if kind in words else ""


def asked_words(directory: Directory, records: Sequence[RecordId]) -> str:
    """« Effacement demandé par « Accueil ». », of a sheet or one that is one with it; empty when nothing waits."""
    waiting = {one.id: one for one in directory.store.orders.waiting() if not one.refused}
    found = next((waiting[one] for one in records if one in waiting), None)
    if found is None:
        return ""
    from appli.services.sheets import replica_label

    return _("Effacement demandé par « {name} ».").format(name=replica_label(directory, found.asked_by))
