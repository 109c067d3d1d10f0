"""A bundle made and put in place: streamed in, signed, and whole on the disk or not there at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from appli.domain.audience import Audience
from appli.exchange import limits, manifest, passphrase, readme, refusals
from appli.exchange.archive import MANIFEST, README, SIGNATURE, build
from appli.exchange.chunks import Packed
from appli.exchange.gathering import Contents, Gathered, Part, counted
from appli.exchange.keys import KeyPair
from appli.exchange.manifest import Counts, Heading, Inventory, Member, Volume
from appli.exchange.safe_file import SafeFiles
from appli.i18n import _
from appli.ports import SILENT, Progress


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were made."""

    paths: tuple[Path, ...]
    bytes: int
    counts: Counts
    """Of all files together."""
    uids: tuple[str, ...]
    """Of each file, as `Manifest.uid` says on the other side."""
    volumes: str | None
    """What the volumes have in common (`Volume.set`), if there are several."""


def write_bundle(
    target: Path,
    heading: Heading,
    contents: Contents,
    pair: KeyPair,
    *,
    phrase: str | None = None,
    volume_size: int | None = None,
    progress: Progress = SILENT,
) -> Written:
    """Write `target`, or `target-1-sur-3.maille` and so on if it is to be cut in volumes and needs it.

    With `phrase`, each file is closed with that passphrase. Nothing is left behind when it ends badly.
    """
    if heading.audience < Audience.SHARED:
        raise refusals.private_bundle()
    gathered = Gathered(contents, progress)
    parts = gathered.parts(volume_size or limits.FILE)
    if len(parts) > 1 and volume_size is None:
        raise refusals.too_large_to_write(limits.FILE)
    volumes = _volumes(parts, heading, pair)
    paths = [_path(target, volume) for volume in volumes]
    uids: list[str] = []
    written = 0
    with SafeFiles() as files:
        for done, (path, part, volume) in enumerate(zip(paths, parts, volumes, strict=True)):
            progress.step(done, len(parts), _("Écriture du paquet"))
            content, uid = _file(heading, gathered, part, volume, pair)
            if phrase is not None:
                content = passphrase.encrypt(content, phrase)
            if len(content) > limits.FILE:
                raise refusals.too_large_to_write(limits.FILE)
            files.add(path, content)
            written += len(content)
            uids.append(uid)
        files.commit()
    progress.step(len(parts), len(parts), _("Écriture du paquet"))
    counts = _counts(gathered.chunks, len(gathered.photos))
    return Written(tuple(paths), written, counts, tuple(uids), volumes[0].set if volumes[0] else None)


def _file(heading: Heading, gathered: Gathered, part: Part, volume: Volume | None, pair: KeyPair) -> tuple[bytes, str]:
    """One archive, and its uid."""
    counts = _counts(part.chunks, len(part.photos))
    bodies: list[tuple[str, bytes, int | None]] = [(README, readme.text(heading, counts, volume), None)]
    bodies += [(f"data/{rank:04d}.jsonl.zst", chunk.content, chunk.raw) for rank, chunk in enumerate(part.chunks)]
    bodies += [(f"photos/{photo.sha256}", photo.content(), None) for photo in part.photos]
    members = tuple(_member(name, body, raw) for name, body, raw in bodies)
    inventory = Inventory(members, counts, gathered.highest, gathered.fields, volume)
    signed, signature = manifest.write(heading, inventory, pair)
    if len(signed) > limits.MANIFEST:
        raise refusals.too_large_to_write(limits.FILE)
    files = [(name, body) for name, body, _raw in bodies]
    content = build([files[0], (MANIFEST, signed), (SIGNATURE, signature), *files[1:]])
    return content, hashlib.sha256(signed).hexdigest()


def _member(name: str, body: bytes, raw: int | None) -> Member:
    return Member(name, len(body), len(body) if raw is None else raw, hashlib.sha256(body).hexdigest())


def _counts(chunks: Sequence[Packed], photos: int) -> Counts:
    return Counts(**counted(chunks), photos=photos)


def _volumes(parts: Sequence[Part], heading: Heading, pair: KeyPair) -> list[Volume | None]:
    if len(parts) == 1:
        return [None]
    whole = hashlib.sha256(pair.public + heading.replica + heading.made_at.to_bytes(8, "big"))
    for part in parts:
        for chunk in part.chunks:
            whole.update(chunk.content)
        for photo in part.photos:
            whole.update(photo.sha256.encode())
    name = whole.hexdigest()[:32]
    return [Volume(name, number, len(parts)) for number in range(1, len(parts) + 1)]


def _path(target: Path, volume: Volume | None) -> Path:
    if volume is None:
        return target
    return target.with_name(f"{target.stem}-{volume.number}-sur-{volume.of}{target.suffix}")
