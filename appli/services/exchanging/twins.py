"""Another PC that writes under the name of this one: what tells of it in a packet, and the new name taken then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appli.domain.causality import Delta
from appli.domain.changes import Create
from appli.errors import UserError
from appli.exchange.keys import KeyFiles
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.exchanging.peers import peers
from appli.services.spaces import replica_name

if TYPE_CHECKING:
    from appli.exchange.manifest import Heading, Manifest
    from appli.exchange.reading import Bundle


def knows_more(directory: Directory, heading: Heading) -> bool:
    """Whether whoever made a packet has seen commits of this PC that were not made here."""
    own = directory.store.knowledge().as_dict().get(directory.store.replica, ())
    last = own[-1][1] if own else 0
    said = (*heading.know.get(directory.store.replica, ()), *heading.claim.get(directory.store.replica, ()))
    return any(high > last for _low, high in said)


def signed_here(directory: Directory, manifest: Manifest) -> bool:
    """Whether a packet under the name of this PC bears its signature."""
    return manifest.key == KeyFiles(directory.store.folder.config).pair(directory.store.replica).public


def refuse_own(directory: Directory, bundle: Bundle) -> None:
    """A packet under the name of this PC brings nothing, unless a copy of its folder made it. Raises UserError."""
    if not signed_here(directory, bundle.manifest):
        raise UserError(
            "changed_key",
            _("Attention : ce paquet dit venir de ce poste, mais sa signature n’est pas la sienne. Rien n’a changé."),
            _("Ne l’utilisez pas. Parlez-en à la personne qui vous l’a donné."),
        )
    if knows_more(directory, bundle.manifest.heading):
        return
    lines = bundle.lines()
    if directory.store.concord.made_here(Delta(bundle.manifest.heading.claim, lines.records, tuple(lines.erasures))):
        raise UserError(
            "own_bundle",
            _("Ce paquet a été fait par ce poste : il n’apporte rien de neuf. Rien n’a changé."),
            _("Donnez-le à un autre poste."),
        )


def confirmed(directory: Directory) -> int:
    """The highest commit of this PC that another one said it has: up to it, all is in order."""
    mine = directory.store.replica.hex()
    return max((high for one in peers(directory) for _low, high in one.know.get(mine, ())), default=0)


def part(directory: Directory, safe: int) -> str:
    """Take a new name, under which all that was written since `safe` goes on; returns it."""
    label = _next(replica_name(directory))
    directory.store.concord.part_from_twin(safe)
    directory.do("", [Create(directory.store.replica, "replica", {"label": label})])
    return label


def _next(label: str) -> str:
    """« Accueil », « Accueil (2) », « Accueil (3) »."""
    found = re.fullmatch(r"(.*) \(([0-9]{1,3})\)", label)
    return f"{found[1]} ({int(found[2]) + 1})" if found else f"{label} (2)"
