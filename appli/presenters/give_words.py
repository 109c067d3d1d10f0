"""What the dialog that makes a packet says: for whom, how much of it and why, where it lies, the mail it goes with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appli.i18n import _, _n, number
from appli.presenters.backup_list import size_words

if TYPE_CHECKING:
    from appli.services.exchanging.giving import Given, Proposal
    from appli.services.exchanging.peers import Peer
    from appli.services.exchanging.requests import Asked


def receiver_words(peer: Peer, asked: Asked | None) -> str:
    """One PC among those it may be for."""
    if asked is not None and asked.peer.uid == peer.uid:
        if asked.is_known:
            return _("« {name} », qui en fait la demande").format(name=peer.label)
        return _("« {name} », poste encore inconnu qui en fait la demande").format(name=peer.label)
    return _("« {name} »").format(name=peer.label)


def proposal_words(proposal: Proposal | None, *, whole: bool) -> str:
    """What is known of what a PC lacks, and what the packet will carry."""
    if proposal is None:
        return ""
    lacks = proposal.lacking
    if not lacks.changes:
        lack = _("Il a déjà tout ce qui est ici, selon ses dernières nouvelles.")
    elif lacks.sheets:
        words = _n(
            "Il lui manque {n} fiche, nouvelle ou modifiée.",
            "Il lui manque {n} fiches, nouvelles ou modifiées.",
            lacks.sheets,
        )
        lack = words.format(n=number(lacks.sheets))
    else:
        words = _n("Il lui manque {n} changement.", "Il lui manque {n} changements.", lacks.changes)
        lack = words.format(n=number(lacks.changes))
    if not whole:
        return _("{lack} Le paquet ne portera que cela.").format(lack=lack)
    if proposal.whole:
        return _("{lack} Le paquet portera tout : il reste petit, et rien ne manquera.").format(lack=lack)
    return _("{lack} Le paquet portera tout.").format(lack=lack)


def written_words(given: Given, stick: str, *, closed: bool) -> tuple[str, str]:
    """(title, words) once a packet is there, read again."""
    count = len(given.paths)
    if stick and count == 1:
        title = _("Paquet écrit et relu sur la clé « {name} ». Vous pouvez retirer la clé.").format(name=stick)
    elif stick:
        words = _n(
            "Paquet écrit en {n} fichier et relu sur la clé « {name} ». Vous pouvez retirer la clé.",
            "Paquet écrit en {n} fichiers et relu sur la clé « {name} ». Vous pouvez retirer la clé.",
            count,
        )
        title = words.format(n=number(count), name=stick)
    elif count == 1:
        title = _("Paquet écrit et relu.")
    else:
        title = _n("Paquet écrit en {n} fichier et relu.", "Paquet écrit en {n} fichiers et relu.", count)
        title = title.format(n=number(count))
    words = _n("{n} fiche, {size}.", "{n} fiches, {size}.", given.sheets)
    said = words.format(n=number(given.sheets), size=size_words(given.bytes))
    if closed:
        said = f"{said} {_('Donnez la phrase secrète de vive voix, pas avec le fichier.')}"
    return title, said


def mail_words(given: Given) -> tuple[str, str]:
    """(subject, body) of the mail a packet goes with."""
    count = len(given.paths)
    subject = _("Nouvelles de notre annuaire")
    joined = _n(
        "Voici un paquet de notre annuaire, dans {n} fichier joint.",
        "Voici un paquet de notre annuaire, dans {n} fichiers joints.",
        count,
    )
    how = _("Pour le recevoir : enregistrez ce qui est joint, puis ouvrez-le avec Maillage (Échanges, Recevoir).")
    return subject, "\n\n".join((_("Bonjour,"), joined.format(n=number(count)), how))
