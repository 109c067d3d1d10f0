"""Joining a network by the first packet received: who sends it is said before a new directory is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from appli.domain.audience import Audience
from appli.errors import UserError
from appli.exchange.keys import fingerprint
from appli.exchange.reading import open_bundle
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.exchanging.bundles import partial
from appli.services.exchanging.receiving import Receipt, receive
from appli.services.spaces import name_replica


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a packet says of its network, read without any directory. Its signature holds."""

    space: str
    sender: str
    made_at: int
    size: int
    records: int
    fingerprint: str


def introduce(path: Path, phrase: str | None = None) -> Introduction:
    """Whose network a packet leads into. Raises what `open_bundle` refuses, UserError for a public or partial one."""
    bundle = open_bundle(path, phrase)
    try:
        manifest, heading = bundle.manifest, bundle.manifest.heading
        if heading.audience == Audience.PUBLIC:
            raise UserError(
                "public_bundle",
                _("Ce paquet est public : il ne fait pas entrer dans le réseau. Rien n’a changé."),
                _("Demandez à « {name} » un paquet partagé.").format(name=heading.label),
            )
        if heading.since:
            raise partial(heading.label)
        return Introduction(
            heading.space_name,
            heading.label,
            heading.made_at,
            path.stat().st_size,
            manifest.counts.records,
            fingerprint(manifest.key),
        )
    finally:
        bundle.close()


def join(directory: Directory, path: Path, phrase: str | None, label: str, progress: Progress = SILENT) -> Receipt:
    """Take all of a packet into an empty directory, and give this PC its name in the network."""
    receipt = receive(directory, path, phrase, confirmed=True, progress=progress)
    if label:
        name_replica(directory, label)
    return receipt
