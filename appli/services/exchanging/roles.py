"""Roles of the PCs of a network: reading what was signed, naming, and the root that everything hangs on.

The key of the PC that founded the space is the root; who joins takes the roots the first packet brings, as it takes
that packet's key. A folder that was copied or restored writes under a new name and key: it holds no role, unless the
key this folder had before is still on this very PC, which then hands its role over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from appli.domain.ids import RecordId
from appli.domain.roles import Grant, Role, Roles
from appli.domain.statements import Kept, Statement
from appli.errors import UserError
from appli.exchange.keys import KeyFiles, KeyPair
from appli.exchange.statements import RoleOrder, opened, signed
from appli.i18n import N_, _
from appli.services.directory import Directory
from appli.services.exchanging.peers import peer
from appli.services.spaces import space_of

NAMES = {
    Role.REFERENT: N_("référent"),
    Role.HOST: N_("animateur"),
    Role.CONTRIBUTOR: N_("contributeur"),
    Role.READER: N_("lecteur"),
}
ROLE, ROOT = "role", "root"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a PC holds today."""

    role: Role
    until: date | None
    named_by: bytes
    """The PC that named it; itself for the one that founded the network."""
    at: int


def roles_of(directory: Directory) -> Roles:
    """All that counts."""
    return Roles(grants_of(k for k in directory.store.orders.every() if k.sort in (ROLE, ROOT)))


def grants_of(some: Iterable[Kept]) -> list[Grant]:
    """What kept statements grant; their signatures held when they were kept."""
    found = ((kept, opened(kept.statement)) for kept in some)
    return [
        grant_of(kept.statement, said, root=kept.sort == ROOT) for kept, said in found if isinstance(said, RoleOrder)
    ]


def grant_of(statement: Statement, said: RoleOrder, *, root: bool = False) -> Grant:
    """One statement as a grant."""
    return Grant(
        uid=statement.uid,
        signer=statement.key,
        replica=bytes.fromhex(said.replica),
        key=bytes.fromhex(said.key),
        role=None if said.role is None else Role(said.role),
        at=said.at,
        since=date.fromisoformat(said.since) if said.since else None,
        until=date.fromisoformat(said.until) if said.until else None,
        is_root=root,
        author=bytes.fromhex(said.author),
    )


def claims_root(statement: Statement, said: RoleOrder) -> bool:
    """Whether a PC names itself: what only the one that founded the space may do."""
    return said.role == Role.REFERENT.value and said.key == statement.key.hex() and said.replica == said.author


def standing(directory: Directory, replica: bytes, roles: Roles | None = None) -> Standing | None:
    """What a PC holds now; None for nothing."""
    roles = roles or roles_of(directory)
    key = key_of(directory, replica)
    now = directory.store.folder.clock()
    if not roles.grants and replica == founder_of(directory):
        return Standing(Role.REFERENT, None, replica, now)  # it will sign so with its next packet
    grant = roles.standing(key, roles.moment(key, now)) if key else roles.of_replica(replica, now)
    if grant is None or grant.role is None or grant.replica != replica:
        return None
    return Standing(grant.role, grant.until, grant.author, grant.at)


def am_referent(directory: Directory) -> bool:
    """Whether this PC may name others, and erase everywhere."""
    found = standing(directory, directory.store.replica)
    return found is not None and found.role is Role.REFERENT


def key_of(directory: Directory, replica: bytes) -> bytes:
    """The public key of a PC as it is known here; empty if it is not."""
    if replica == directory.store.replica:
        pair = KeyFiles(directory.store.folder.config).held(replica)
        return pair.public if pair else b""
    known = peer(directory, replica)
    if known is not None and known.key:
        return bytes.fromhex(known.key)
    entry = directory.reads.entry(replica)
    return bytes.fromhex(str(entry.values.get("public_key") or "")) if entry else b""


def name(directory: Directory, replica: bytes, role: Role | None, until: date | None = None) -> None:
    """Give a PC a role, or take away what it holds. Raises UserError: who is no référent, whose key is unknown."""
    ensure(directory)
    if not am_referent(directory):
        raise not_referent(directory)
    key = key_of(directory, replica)
    if not key:
        raise UserError(
            "no_key",
            _("La clé de ce poste n’est pas encore connue : aucun rôle ne lui a été donné."),
            _("Attendez son premier paquet, puis réessayez."),
        )
    _sign(directory, _pair(directory), directory.store.replica, replica, key, role, until)


def not_referent(directory: Directory) -> UserError:
    """Why somebody else has to name."""
    from appli.services.sheets import replica_label

    names = [replica_label(directory, g.replica) for g in roles_of(directory).referents(directory.store.folder.clock())]
    hint = _("Demandez-le au poste référent : {names}.").format(names=", ".join(sorted(set(names))))
    return UserError(
        "not_referent",
        _("Ce poste n’est pas référent : il ne peut donner aucun rôle. Rien n’a changé."),
        hint if names else _("Aucun poste de ce réseau n’est référent, à la connaissance de celui-ci."),
    )


# ---- the root


def founder_of(directory: Directory) -> bytes | None:
    """The PC that created the space; this one if there is none yet."""
    space = space_of(directory)
    return directory.store.orders.creator(space.id) if space else directory.store.replica


def ensure(directory: Directory) -> None:
    """Sign what should be signed by now: the root of a space founded here, the role of a PC that changed its name."""
    store, space = directory.store, space_of(directory)
    if space is None or store.folder.read_only:
        return
    roles, former = roles_of(directory), store.orders.former_names()
    if not roles.grants:
        founder = store.orders.creator(space.id)
        held = KeyFiles(store.folder.config).held(founder) if founder and founder in former else None
        if founder == store.replica:
            held = _pair(directory)
        if founder is None or held is None:
            return
        _sign(directory, held, founder, founder, held.public, Role.REFERENT, sort=ROOT)
        roles = roles_of(directory)
    _hand_over(directory, roles, former)


def _hand_over(directory: Directory, roles: Roles, former: Collection[bytes]) -> None:
    """This folder changed its name, and the key it was référent with is still on this PC."""
    store, now = directory.store, directory.store.folder.clock()
    files = KeyFiles(store.folder.config)
    mine = files.held(store.replica)
    if mine is not None and any(g.key == mine.public for g in roles.grants):
        return  # a role it holds, or was taken away
    for grant in roles.referents(now):
        pair = files.held(grant.replica) if grant.replica in former else None
        if pair is not None and pair.public == grant.key:
            mine = mine or _pair(directory)
            _sign(directory, pair, grant.replica, store.replica, mine.public, Role.REFERENT)
            return


def _pair(directory: Directory) -> KeyPair:
    return KeyFiles(directory.store.folder.config).pair(directory.store.replica)


def _sign(
    directory: Directory,
    pair: KeyPair,
    author: RecordId,
    replica: RecordId,
    key: bytes,
    role: Role | None,
    until: date | None = None,
    sort: str = ROLE,
) -> None:
    space = space_of(directory)
    if space is None:
        raise LookupError("a role in no space")
    roles, now = roles_of(directory), directory.store.folder.clock()
    last = max((g.at for g in roles.grants if g.key == key), default=0)
    content = RoleOrder(
        space=space.id.hex(),
        author=author.hex(),
        at=max(roles.moment(pair.public, now), last + 1),
        replica=replica.hex(),
        key=key.hex(),
        role=None if role is None else role.value,
        until=until.isoformat() if until else None,
    )
    said = signed(content, pair)
    directory.store.orders.declare(lambda _stamp: Kept(said, sort))
