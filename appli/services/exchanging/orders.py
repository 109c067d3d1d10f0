"""Orders to erase: signing one's own, judging those that arrive, and what waits for a person.

An order takes effect by itself when its author was référent of the space at the time it was signed. Any other is kept,
handed on, and asks: the sheet stays until somebody says yes here, which signs an order of this PC's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from appli.domain.causality import Stamp
from appli.domain.ids import RecordId
from appli.domain.roles import Roles
from appli.domain.statements import Kept, Statement
from appli.errors import UserError
from appli.exchange.keys import KeyFiles
from appli.exchange.statements import ErasureOrder, KnowledgeRequest, RoleOrder, opened, signed
from appli.i18n import N_, _, _n, number
from appli.services.directory import Directory
from appli.services.exchanging import roles as naming
from appli.services.exchanging.roles import ROLE, ROOT
from appli.services.finding import code_of
from appli.services.spaces import ensure_founded, space_of

if TYPE_CHECKING:
    from appli.exchange.manifest import Manifest
    from appli.store.merge import Received

ERASURE, LATER = "erasure", "later"
REASONS = {
    "asked": N_("à la demande de la personne"),
    "gone": N_("la personne a quitté le réseau"),
    "mistake": N_("fiche créée sans le vouloir"),
    "duplicate": N_("fiche en double"),
    "other": N_("autre raison"),
}
"""Why somebody is forgotten, by the code an order bears."""
_MANY, _SHARE, _IDS = 20, 0.02, 5_000
"""So many sheets, or such a part of them, do not go without a person's word; so many ids fit an order."""


class Rehearsed(Protocol):
    """What a packet would do, as far as it matters here."""

    @property
    def received(self) -> Received: ...

    @property
    def going(self) -> set[RecordId]:
        """Sheets that would be erased, or go to the trash."""


def removes_much(directory: Directory, preview: Rehearsed) -> bool:
    """Whether so many sheets would go that somebody should look twice."""
    return len(preview.going) > max(_MANY, int(_SHARE * sum(directory.reads.counts().values())))


def needs_a_person(directory: Directory, preview: Rehearsed) -> bool:
    """Whether receiving what was rehearsed needs a person because of what it erases.

    Orders of référents take effect by themselves, unless they are many; any other order asks.
    """
    return bool(preview.received.asked) or removes_much(directory, preview)


def erasing_asked(directory: Directory, preview: Rehearsed) -> UserError:
    """Why a packet is not received without a person's word."""
    count = len(preview.received.asked)
    words = _n(
        "Ce paquet demande d’effacer {n} fiche, sans qu’un poste référent l’ait ordonné. Rien n’a changé.",
        "Ce paquet demande d’effacer {n} fiches, sans qu’un poste référent l’ait ordonné. Rien n’a changé.",
        count,
    )
    held = directory.reads.entries(sorted(preview.received.asked))
    codes = ", ".join(code_of(entry) for entry in held if entry.kind.info.letter)
    return UserError(
        "erasure_asked",
        words.format(n=number(count)),
        _("Vérifiez avec la personne, puis acceptez ce paquet. Codes des fiches : {codes}.").format(codes=codes or "—"),
    )


# ---- one's own orders


def sign(directory: Directory, ids: Iterable[RecordId], reason: str) -> None:
    """Sign that these records, and all that lived by them, are to be forgotten everywhere."""
    named = sorted(ids)
    space, store = ensure_founded(directory), directory.store
    naming.ensure(directory)
    pair, roles = KeyFiles(store.folder.config).pair(store.replica), naming.roles_of(directory)
    every = [*named, *sorted(set(store.orders.parts_of(named)) - set(named))]
    for start in range(0, len(every), _IDS):
        some = tuple(every[start : start + _IDS])

        def make(stamp: Stamp, some: tuple[RecordId, ...] = some) -> Kept:
            content = ErasureOrder(
                space=space.hex(),
                author=store.replica.hex(),
                at=roles.moment(pair.public, stamp.at),
                ids=tuple(one.hex() for one in some),
                reason=reason,
                counter=stamp.counter,
            )
            return Kept(signed(content, pair), ERASURE, some, stamp.dot)

        store.orders.declare(make)
    store.orders.write_ledger()


def ensure_signed(directory: Directory) -> None:
    """Sign what this PC erased without an order: an older version did it, or the power went in between."""
    naming.ensure(directory)
    left = directory.store.orders.unsigned()
    if left:
        sign(directory, left, "other")


def reason_of(directory: Directory, record_id: RecordId) -> str:
    """Why somebody wants a record erased, by the code of the earliest order that names it."""
    found = [said for said in every(directory) if record_id in said.records]
    return min(found, key=lambda said: said.at).reason if found else "other"


def every(directory: Directory) -> list[ErasureOrder]:
    """All orders kept here."""
    read = (opened(one.statement) for one in directory.store.orders.every() if one.sort == ERASURE)
    return [said for said in read if isinstance(said, ErasureOrder)]


# ---- those that arrive


@dataclass(frozen=True, slots=True)
class Judged:
    """What may be kept of the statements that came, and which orders take effect by themselves."""

    kept: tuple[Kept, ...]
    authority: frozenset[str]
    refused: int
    """Forged, of another space, signed by a key that is not their author's, or naming roles without being référent."""


def judge(directory: Directory, statements: Iterable[Statement], manifest: Manifest | None = None) -> Judged:
    """Read and weigh what others signed, together with what is kept already; `manifest`: of the packet they came in."""
    return _Judge(directory, manifest).judge(statements)


class _Judge:
    def __init__(self, directory: Directory, manifest: Manifest | None) -> None:
        self._directory = directory
        space = space_of(directory)
        self._space = (space.id if space else manifest.heading.space if manifest else b"").hex()
        self._founder = directory.store.orders.creator(space.id) if space else None
        self._joins = space is None
        self._sender = (manifest.heading.replica, manifest.key) if manifest else (b"", b"")
        self._known = directory.store.orders.every()
        self._roles = naming.grants_of(k for k in self._known if k.sort in (ROLE, ROOT))
        self._refused = 0

    def judge(self, statements: Iterable[Statement]) -> Judged:
        kept: list[Kept] = []
        granting: list[Kept] = []
        known = {one.uid for one in self._known if one.sort != LATER}
        for one in statements:
            if one.uid in known:
                continue
            known.add(one.uid)
            found = self._read(one)
            if found is not None:
                (granting if found.sort in (ROLE, ROOT) else kept).append(found)
        roles = Roles([*self._roles, *naming.grants_of(granting)])
        counting = {g.uid for g in roles.grants}
        kept += [one for one in granting if one.uid in counting]
        self._refused += sum(one.uid not in counting for one in granting)
        return Judged(tuple(kept), authority(roles, [*self._known, *kept]), self._refused)

    def _read(self, statement: Statement) -> Kept | None:
        try:
            said = opened(statement)
        except UserError:
            self._refused += 1
            return None
        if said is None:
            return Kept(statement, LATER)
        if isinstance(said, KnowledgeRequest):
            return None
        author = bytes.fromhex(said.author)
        if said.space != self._space or not self._is_key_of(author, statement.key):
            self._refused += 1
            return None
        if isinstance(said, RoleOrder):
            return Kept(statement, ROOT if self._is_root(statement, said) else ROLE)
        return _kept(statement, said)

    def _is_key_of(self, author: bytes, key: bytes) -> bool:
        """Whether a key is its author's, as far as this PC can tell."""
        if (author, key) == self._sender:
            return True
        known = naming.key_of(self._directory, author)
        return not known or known == key or any(g.replica == author and g.key == key for g in self._roles)

    def _is_root(self, statement: Statement, said: RoleOrder) -> bool:
        """Trusted on first use: the roots of the packet one joins with, later the one that created the space."""
        if any(one.sort == ROOT for one in self._known) or not naming.claims_root(statement, said):
            return False
        return self._joins or bytes.fromhex(said.author) == self._founder


def authority(roles: Roles, some: Iterable[Kept]) -> frozenset[str]:
    """The orders whose author was référent when they were signed."""
    found = set()
    for one in some:
        if one.sort != ERASURE:
            continue
        said = opened(one.statement)
        if isinstance(said, ErasureOrder) and roles.is_referent(one.statement.key, said.at, bytes.fromhex(said.author)):
            found.add(one.uid)
    return frozenset(found)


def _kept(statement: Statement, said: ErasureOrder) -> Kept:
    dot = None if said.counter is None else (bytes.fromhex(said.author), said.counter)
    return Kept(statement, ERASURE, said.records, dot)
