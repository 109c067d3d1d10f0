"""A packet that came, before anything of it is received: whose it is, of which network, whether it may come in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from appli.domain.audience import Audience
from appli.domain.causality import Delta, Knowledge
from appli.errors import UserError
from appli.exchange.keys import fingerprint
from appli.exchange.manifest import Manifest
from appli.exchange.reading import Bundle, Lines, open_bundle
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.exchanging import orders, twins
from appli.services.exchanging.aside import of as waiting_of
from appli.services.exchanging.peers import Peer, Trust, peer
from appli.services.spaces import space_of


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a packet says of itself and what this PC knows of its sender."""

    uid: str
    sender: str
    """The name of the PC it comes from."""
    replica: bytes
    space: str
    made_at: int
    size: int
    audience: Audience
    incremental: bool
    encrypted: bool
    volume: tuple[int, int] | None
    """(which one, of how many)."""
    to_come: tuple[int, ...]
    """Which other volumes of its set are not here yet."""
    fingerprint: str
    """Six words of the sender's key, to compare by telephone."""
    is_first: bool
    """Nothing signed by this PC was ever received: a person accepts it, once."""
    foreign: bool
    """A public packet of another network: its sheets become copies here."""
    joins: bool
    """This directory is empty: receiving the packet joins its network."""
    again: bool
    """It was received before and not taken back."""
    waiting: int
    """How many of its sheets somebody left aside."""
    damaged: int
    """Parts that cannot be read."""
    twin: bool
    """It knows commits of this PC that were not made here."""


class Opened:
    """A packet file, opened and allowed in. Use it as a context manager."""

    def __init__(self, directory: Directory, bundle: Bundle, envelope: Envelope, known: Peer | None) -> None:
        self._directory = directory
        self.bundle = bundle
        self.envelope = envelope
        self.known = known
        self._lines: Lines | None = None
        self.refused = 0
        """Signed orders in it that are not to be believed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.bundle.close()

    @property
    def manifest(self) -> Manifest:
        return self.bundle.manifest

    def delta(self, progress: Progress = SILENT) -> Delta:
        """What it brings: orders to erase at once, records as they are read."""
        self._lines = self.bundle.lines(progress)
        lines = self._lines
        said = orders.judge(self._directory, lines.statements, self.manifest)
        self.refused = said.refused
        return Delta(
            self.manifest.heading.claim,
            lines.records,
            tuple(lines.erasures),
            said.kept,
            said.authority,
            unknown=lines.unknown,
            know=self.manifest.heading.know,
            digest=self.manifest.heading.digest,
        )

    @property
    def has_unknown(self) -> bool:
        """Whether something in what was read is of a later version."""
        return self._lines is not None and bool(self._lines.unknown)

    @property
    def complete(self) -> bool:
        """Whether all was read and nothing is damaged: only then its claim counts."""
        return self.bundle.complete


def open_packet(directory: Directory, path: Path, phrase: str | None = None) -> Opened:
    """Open a packet file and refuse at once what may not come in.

    Raises UserError: no packet, damaged, encrypted (`passphrase_needed`), of another network, of this very PC, of a PC
    whose key changed or that was revoked, public; EnvironmentProblem: a newer format, a stick that was pulled out.
    """
    bundle = open_bundle(path, phrase)
    try:
        known = _check(directory, bundle)
        return Opened(directory, bundle, _envelope(directory, path, bundle, known), known)
    except BaseException:
        bundle.close()
        raise


def _check(directory: Directory, bundle: Bundle) -> Peer | None:
    manifest, heading = bundle.manifest, bundle.manifest.heading
    if heading.replica == directory.store.replica:
        twins.refuse_own(directory, bundle)
    space = space_of(directory)
    if space is None and heading.since:
        raise partial(heading.label)
    if space is not None and space.id != heading.space:
        if heading.audience == Audience.PUBLIC:
            return None
        raise UserError(
            "other_space",
            _("Ce paquet vient d’un autre réseau, « {name} ». Rien n’a changé.").format(name=heading.space_name),
            _("Pour rejoindre ce réseau, ouvrez le paquet dans un nouvel annuaire."),
        )
    known = peer(directory, heading.replica)
    if known is not None and known.trust == Trust.REVOKED:
        raise UserError(
            "revoked_peer",
            _("Vous avez écarté le poste « {name} » : son paquet n’a pas été lu.").format(name=known.label),
            _("Pour l’accepter à nouveau : Échanges > Les postes du réseau."),
        )
    if known is not None and known.key and known.key != manifest.key.hex():
        raise UserError(
            "changed_key",
            _(
                "Attention : ce paquet dit venir du poste « {name} », mais sa signature n’est pas la sienne. "
                "Rien n’a changé."
            ).format(name=known.label),
            _(
                "Appelez la personne. Si son poste a été réinstallé, comparez ces mots avec les siens : {words}. "
                "Puis oubliez l’ancienne clé dans Échanges > Les postes du réseau."
            ).format(words=fingerprint(manifest.key)),
        )
    return known


def partial(label: str) -> UserError:
    """A packet of news alone, where all is needed: one does not join a network by it."""
    return UserError(
        "partial_bundle",
        _("Ce paquet n’apporte que des nouveautés : il ne suffit pas pour rejoindre un réseau. Rien n’a changé."),
        _("Demandez à « {name} » un paquet fait pour tous les postes.").format(name=label),
    )


def _envelope(directory: Directory, path: Path, bundle: Bundle, known: Peer | None) -> Envelope:
    manifest, heading = bundle.manifest, bundle.manifest.heading
    volume = manifest.volume
    standing = {p.uid for p in directory.store.packets_received() if p.undone is None}
    return Envelope(
        uid=manifest.uid,
        sender=heading.label,
        replica=heading.replica,
        space=heading.space_name,
        made_at=heading.made_at,
        size=path.stat().st_size,
        audience=heading.audience,
        incremental=heading.sort == "incremental",
        encrypted=bundle.encrypted,
        volume=(volume.number, volume.of) if volume else None,
        to_come=_to_come(directory, manifest),
        fingerprint=fingerprint(manifest.key),
        is_first=known is None or not known.key,
        foreign=(space := space_of(directory)) is not None and space.id != heading.space,
        joins=space is None,
        again=manifest.uid in standing,
        waiting=aside.sheets if (aside := waiting_of(directory, manifest.uid)) else 0,
        damaged=len(bundle.damaged),
        twin=heading.replica == directory.store.replica or twins.knows_more(directory, heading),
    )


def _to_come(directory: Directory, manifest: Manifest) -> tuple[int, ...]:
    volume = manifest.volume
    if volume is None:
        return ()
    came = {volume.number}
    for packet in directory.store.packets_received():
        if packet.undone is None and packet.facts.get("set") == volume.set and not packet.facts.get("partial"):
            came.add(int(packet.facts["volume"][0]))
    return tuple(sorted(set(range(1, volume.of + 1)) - came))


def gaps(directory: Directory, also: Knowledge | None = None) -> list[dict[str, object]]:
    """What is missing in between: [{"replica": its name, "from": first, "to": last}]."""
    from appli.services.sheets import replica_label

    known = directory.store.knowledge()
    for uid, intervals in (also.as_dict() if also else {}).items():
        known.add(uid, intervals)
    return [
        {"replica": replica_label(directory, uid), "from": low, "to": high}
        for uid, missing in sorted(known.gaps().items())
        for low, high in missing
    ]
