"""New sheets of a packet that may speak of somebody, or of some place, already here: suggested before it comes in.

The likeness is the one of Doublons. Only the sheets that come are put in blocks; those that are here pass by once, and
each is compared with the few it shares a block with. What somebody judged already, here or in the packet, is not asked
again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from appli.domain.ids import RecordId
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.duplicates import KINDS, MOST_SHARED, NEIGHBOURS, Block, all_facts, blocks_of
from appli.services.exchanging.previewing import Fate, Preview, SheetChange
from appli.services.grouping import verdicts
from appli.services.likeness import SUGGESTED, Facts, Likeness, compare, facts_of


@dataclass(frozen=True, slots=True)
class Twin:
    """A sheet that is here and may be the same as one that comes: how likely, and why."""

    id: RecordId
    title: str
    score: float
    reasons: tuple[str, ...]


def find_twins(directory: Directory, preview: Preview, progress: Progress = SILENT) -> dict[RecordId, Twin]:
    """Of each new sheet of a packet its likeliest twin, if it has one. Raises Cancelled when stopped."""
    comers = _Comers([_facts(sheet) for sheet in preview.sheets if _may_have_twin(sheet)])
    if not comers.blocks:
        return {}
    said = verdicts(directory)
    judged = preview.judged | said.same | said.apart | said.undecided
    best: dict[RecordId, tuple[Likeness, RecordId]] = {}
    for here in all_facts(directory, progress):
        if here.id in preview.going:
            continue
        for comer in comers.met_by(here):
            likeness = compare(comer, here)
            if likeness.score >= SUGGESTED and (min(comer.id, here.id), max(comer.id, here.id)) not in judged:
                known = best.get(comer.id)
                if known is None or (likeness.score, known[1]) > (known[0].score, here.id):
                    best[comer.id] = likeness, here.id
    titles = {e.id: e.title for e in directory.reads.entries(sorted({here for _like, here in best.values()}))}
    return {comer: Twin(i, titles.get(i, ""), like.score, like.reasons) for comer, (like, i) in best.items()}


def _may_have_twin(sheet: SheetChange) -> bool:
    entry = sheet.entry
    new = sheet.fate is Fate.NEW and entry is not None and sheet.kind in KINDS
    return new and entry is not None and not entry.trashed and not entry.values.get("restricted")


def _facts(sheet: SheetChange) -> Facts:
    assert sheet.entry is not None
    contacts = [e for e in sheet.beside if e.kind.code == "contact_point"]
    origins = [bytes.fromhex(s) for e in sheet.beside if e.kind.code == "foreign_id" and (s := e.values.get("source"))]
    return facts_of(sheet.entry, contacts, origins)


class _Comers:
    """The sheets that come, by what they may share; of a crowd, in the order of their names."""

    def __init__(self, some: list[Facts]) -> None:
        self.blocks: dict[Block, list[Facts]] = defaultdict(list)
        for one in sorted(some, key=lambda f: f.key):
            for block in blocks_of(one):
                self.blocks[block].append(one)

    def met_by(self, here: Facts) -> list[Facts]:
        """Those to compare with a sheet that is here, each once."""
        found: dict[RecordId, Facts] = {}
        for block in blocks_of(here):
            crowd = self.blocks.get(block)
            if not crowd:
                continue
            if len(crowd) > MOST_SHARED:
                at = bisect_left(crowd, here.key, key=lambda f: f.key)
                crowd = crowd[max(0, at - NEIGHBOURS // 2) : at + NEIGHBOURS // 2]
            found |= {one.id: one for one in crowd}
        return list(found.values())
