"""The shared folder in the words of the screen: how it is, why a packet waits, what came by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from appli.i18n import N_, _, _n, number
from appli.presenters.packet_words import did_words
from appli.presenters.shell import Shell
from appli.presenters.taking_back import take_back
from appli.services.exchanging.previewing import Fate
from appli.services.wording import time_text

if TYPE_CHECKING:
    from appli.services.exchanging.folder_coming import Came
    from appli.services.exchanging.shared_folder import Standing, Waiting

_WHY = {
    "first": N_("Premier paquet de ce poste : à accepter une fois, par une personne."),
    "twin": N_(
        "Une copie de cet annuaire écrit sous le nom de ce poste : réunissez-le, ce poste prendra un autre nom."
    ),
    "former": N_("Écrit par ce poste avant que son annuaire revienne à une sauvegarde."),
    "undone": N_("Vous avez annulé ce qu’il apporte."),
    "left_out": N_("Il apporte des fiches que vous avez laissées de côté."),
    "encrypted": N_("Il est fermé par une phrase secrète."),
    "newer": N_("Il vient d’une version plus récente de Maillage : installez la mise à jour."),
    "changed_key": N_("Attention : sa signature n’est pas celle de ce poste."),
    "bundle_forged": N_("Attention : il a été modifié après sa signature."),
    "misplaced": N_("Il est rangé à la place d’un autre poste."),
    "damaged": N_("Il est abîmé : il a sans doute été mal copié. Ce poste n’a rien perdu."),
    "behind": N_("Un paquet plus ancien de ce poste attend."),
}
_OTHERWISE = N_("Il demande à être regardé.")


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """The packets of one PC that wait. `grave`: somebody should be called first."""

    sender: bytes
    title: str
    why: str
    grave: bool


def state_words(standing: Standing, looked_at: int | None) -> str:
    """« Relevé à 14 h 32 · 3 postes y écrivent · rien n’attend »."""
    said = []
    if looked_at is not None:
        moment = datetime.fromtimestamp(looked_at / 1000).astimezone()
        said.append(_("Relevé à {time}").format(time=time_text(f"{moment:%H:%M}")))
    count = standing.writers
    said.append(_n("{n} poste y écrit", "{n} postes y écrivent", count).format(n=number(count)))
    waiting = sum(len(one.paths) for one in standing.waiting)
    words = _n("{n} paquet attend", "{n} paquets attendent", waiting) if waiting else _("rien n’attend")
    said.append(words.format(n=number(waiting)))
    return " · ".join(said)


def waiting_row(one: Waiting) -> WaitingRow:
    """Who sends it, how many, and why it waits."""
    count = len(one.paths)
    words = _n("« {name} » : {n} paquet", "« {name} » : {n} paquets", count)
    title = words.format(name=one.label or _("Poste sans nom"), n=number(count))
    return WaitingRow(one.sender, title, _why_words(one), one.why in ("changed_key", "bundle_forged"))


def _why_words(one: Waiting) -> str:
    count = one.count
    match one.why:
        case "conflicts":
            words = _n(
                "{n} fiche a été écrite ici et là-bas : deux valeurs à regarder.",
                "{n} fiches ont été écrites ici et là-bas : deux valeurs à regarder.",
                count,
            )
        case "asked":
            words = _n("Il demande d’effacer {n} fiche.", "Il demande d’effacer {n} fiches.", count)
        case "removes":
            words = _n("Il enlèverait {n} fiche d’un coup.", "Il enlèverait {n} fiches d’un coup.", count)
        case "duplicates":
            words = _n("{n} fiche ressemble à une fiche d’ici.", "{n} fiches ressemblent à des fiches d’ici.", count)
        case "massive":
            words = _n("Il touche {n} fiche d’un coup.", "Il touche {n} fiches d’un coup.", count)
        case code:
            known = _WHY.get(code, _OTHERWISE)
            return _(known)
    return words.format(n=number(count))


def tell_came(shell: Shell, came: Sequence[Came]) -> None:
    """Say what came by itself; a packet that came alone can be taken back at once."""
    words, alone = came_words(came)
    if alone is not None and alone.receipt.seq is not None:
        seq, sender = alone.receipt.seq, alone.receipt.sender
        shell.toast(words, back=lambda: take_back(shell, seq, sender))
    elif words:
        shell.toast(words)


def came_words(came: Sequence[Came]) -> tuple[str, Came | None]:
    """What came by itself, empty for no news; with the packet when it is the only one that brings some."""
    news = [(one, did) for one in came if (did := _did(one))]
    if not news:
        return "", None
    if len(news) == 1:
        [(one, did)] = news
        words = _("Reçu de « {name} » par le dossier partagé : {did}.")
        return words.format(name=one.receipt.sender, did=did), one
    count = len(news)
    words = _n("{n} paquet reçu par le dossier partagé.", "{n} paquets reçus par le dossier partagé.", count)
    return words.format(n=number(count)), None


def _did(one: Came) -> str:
    new, changed, erased = (one.fates.get(fate.value, 0) for fate in (Fate.NEW, Fate.CHANGED, Fate.ERASED))
    return did_words(new, changed, erased)
