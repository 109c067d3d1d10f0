"""The roles of the PCs of a network, as Échanges shows them, and naming one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appli.i18n import N_, _
from appli.presenters.session import Session
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory

_NAMED = {
    "referent": N_("Nommer référent"),
    "host": N_("Nommer animateur"),
    "contributor": N_("Nommer contributeur"),
    "reader": N_("Nommer lecteur"),
}


@dataclass(frozen=True, slots=True)
class RolesShown:
    """What is known of them. `held`: PC → (role, words)."""

    own: str = ""
    may_name: bool = False
    held: Mapping[bytes, tuple[str, str]] = field(default_factory=dict)

    def words_of(self, uid: bytes) -> str:
        """« référent », « animateur jusqu’au 30 juin 2027 »."""
        return self.held.get(uid, ("", ""))[1]

    def deeds_for(self, uid: bytes) -> tuple[tuple[str, str], ...]:
        """What this PC may name another."""
        if not self.may_name:
            return ()
        now = self.held.get(uid, ("", ""))[0]
        some = tuple((role, _(words)) for role, words in _NAMED.items() if role != now)
        return (*some, ("", _("Retirer son rôle"))) if now else some


def roles_shown(directory: Directory, uids: Iterable[bytes]) -> RolesShown:
    """Read them."""
    from appli.services.exchanging import roles
    from appli.services.wording import date_text

    known = roles.roles_of(directory)
    held: dict[bytes, tuple[str, str]] = {}
    for uid in uids:
        one = roles.standing(directory, uid, known)
        if one is not None:
            words = _(roles.NAMES[one.role])
            if one.until:
                words = _("{role} jusqu’au {day}").format(role=words, day=date_text(one.until.isoformat()))
            held[uid] = (one.role.value, words)
    mine = roles.standing(directory, directory.store.replica, known)
    return RolesShown(_own(mine.role.value if mine else ""), mine is not None and mine.role == "referent", held)


def _own(role: str) -> str:
    if role == "referent":
        return _("Ce poste est référent : les autres suivent ses effacements et il nomme les rôles.")
    return _("Ce poste n’est pas référent : ailleurs, une personne confirmera ses effacements.")


def give_role(shell: Shell, session: Session, uid: bytes, role: str, name: str, then: Callable[[], None]) -> None:
    """Name a PC; the next packets tell the others."""

    def work(directory: Directory) -> None:
        from appli.domain.roles import Role
        from appli.services.exchanging import roles

        roles.name(directory, uid, Role(role) if role else None)

    def done(_none: None) -> None:
        words = _("Le rôle de « {name} » est signé : les prochains paquets le diront aux autres.")
        shell.toast(words.format(name=name))
        then()

    session.do(work, done, shell.report)
