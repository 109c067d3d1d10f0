"""Making a packet: what others lack of this directory, signed, in one file or in several small ones."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from appli.domain.audience import Audience
from appli.domain.causality import Delta, Knowledge
from appli.domain.changes import Create, Put
from appli.errors import UserError
from appli.exchange import limits, passphrase
from appli.exchange.gathering import Contents
from appli.exchange.keys import KeyFiles, KeyPair, fingerprint
from appli.exchange.manifest import Heading
from appli.exchange.writing import write_bundle
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.exchanging import handed, orders, pictures
from appli.services.exchanging.counting import Counted, touched
from appli.services.exchanging.drives import Drive
from appli.services.exchanging.journal import Made, note_made
from appli.services.exchanging.peers import Lacking, Peer, lacking, note_given
from appli.services.exchanging.public import public_only
from appli.services.exchanging.ways import Way
from appli.services.long_lists import without_collector
from appli.services.spaces import ensure_founded, replica_name, space_of


@dataclass(frozen=True, slots=True)
class Given:
    """A packet made. `records` counts the records of all sorts in it, `sheets` the sheets they are or belong to."""

    paths: tuple[Path, ...]
    records: int
    sheets: int
    bytes: int
    audience: Audience
    incremental: bool


@without_collector()
def give(
    directory: Directory,
    target: Path,
    *,
    to: Peer | None = None,
    audience: Audience = Audience.SHARED,
    phrase: str | None = None,
    volumes: bool = False,
    way: Way = Way.FILE,
    progress: Progress = SILENT,
) -> Given:
    """Make a packet for everybody, or with what one PC lacks. The file is verified after it is written.

    `way`: how it goes, for the journal.

    Raises UserError for a private audience, EnvironmentProblem when the disk or the stick refuses.
    """
    pair, known, drive = _pair_for(directory, audience), _known_to(to, audience), Drive(target.parent)
    with directory.store.handing_over(known) as delta:
        records = Counted(public_only(directory, delta.records) if audience == Audience.PUBLIC else delta.records)
        named = pictures.Named(records)
        asked = () if audience == Audience.PUBLIC else pictures.asked_by(directory, to)
        photos = pictures.Going(directory, named, asked)
        written = write_bundle(
            target,
            _heading(directory, delta, known, audience),
            _contents(delta, named, photos, audience),
            pair,
            phrase=phrase,
            volume_size=limits.VOLUME if volumes else None,
            progress=progress,
        )
    drive.refuse_another(written.paths)
    if way != Way.FOLDER:  # what lies in the shared folder is made anew without being asked
        handed.note(directory, written.paths)
    if to is not None:
        note_given(directory, to.uid, photos.names)
    incremental = bool(known.as_dict())
    sheets = records.sheets | touched(directory, records.others) if incremental else records.sheets
    note_made(directory, Made(to.label if to else "", len(sheets), audience == Audience.PUBLIC, incremental, way))
    return Given(written.paths, written.counts.records, len(sheets), written.bytes, audience, incremental)


def _pair_for(directory: Directory, audience: Audience) -> KeyPair:
    if audience < Audience.SHARED:
        raise _private()
    ensure_founded(directory)
    pair = signing_pair(directory)
    orders.ensure_signed(directory)
    return pair


def _known_to(to: Peer | None, audience: Audience) -> Knowledge:
    """What need not be told; nothing of the kind to everybody, nor to a PC that does not hold what it should."""
    return Knowledge() if to is None or to.differs or audience == Audience.PUBLIC else to.knowledge


def _contents(delta: Delta, records: pictures.Named, photos: pictures.Going, audience: Audience) -> Contents:
    statements = [one.statement for one in delta.statements]
    unknown = () if audience == Audience.PUBLIC else delta.unknown
    return Contents(records, delta.erasures, statements, unknown=unknown, photos=photos)


def _private() -> UserError:
    return UserError(
        "private_bundle",
        _("Ce qui est privé ne quitte jamais ce poste : aucun paquet n’a été fait."),
        _("Choisissez « partagé » ou « public »."),
    )


SMALL = 2_000
"""So many records, some hundred kilobytes, are given whole: too much does no harm, what is missing does."""
_PART = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to give a PC: all, or what it lacks."""

    whole: bool
    lacking: Lacking
    records: int
    """How many there are in all."""


def propose(directory: Directory, to: Peer) -> Proposal:
    """Everything as long as that is small; what the PC lacks as soon as that is less than a quarter of it."""
    lacks = lacking(directory, to)
    total = sum(directory.reads.counts().values())
    whole = to.differs or not to.know or total <= SMALL or lacks.records * _PART > total
    return Proposal(whole, lacks, total)


def propose_phrase() -> str:
    """Seven words to close a packet with, other ones each time."""
    return passphrase.propose()


def signing_pair(directory: Directory) -> KeyPair:
    """The pair this PC signs with; its public half stands in the PC's own record, for all to see."""
    replica = directory.store.replica
    pair = KeyFiles(directory.store.folder.config).pair(replica)
    entry, key = directory.reads.entry(replica), pair.public.hex()
    if entry is None:
        # who joined a network and only read so far says its name with its first packet
        directory.do("", [Create(replica, "replica", {"label": replica_name(directory), "public_key": key})])
    elif entry.values.get("public_key") != key:
        directory.do("", [Put(replica, "public_key", key)])
    return pair


def own_fingerprint(directory: Directory) -> str:
    """The six words of this PC's key, that others compare; empty as long as it signed nothing."""
    pair = KeyFiles(directory.store.folder.config).held(directory.store.replica)
    return fingerprint(pair.public) if pair else ""


def _heading(directory: Directory, delta: Delta, known: Knowledge, audience: Audience) -> Heading:
    space = space_of(directory)
    if space is None:
        raise LookupError("a packet of no space")
    public = audience == Audience.PUBLIC
    mine = directory.store.knowledge().as_dict()
    return Heading(
        space=space.id,
        space_name=space.title,
        replica=directory.store.replica,
        label=replica_name(directory),
        audience=audience,
        sort="incremental" if known.as_dict() else "full",
        # a public packet leaves things out, so that nobody may think to know all by it
        claim={} if public else delta.claim,
        know={} if public else mine,
        made_at=directory.store.folder.clock(),
        app_version=version("maillage"),
        since=known.as_dict(),
        lacks=() if public else pictures.lacking(directory),
        digest="" if public else directory.store.concord.fingerprint(),
    )
