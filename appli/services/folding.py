"""Groups of sheets in the index: one document bears the words of all, the others are folded under it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.services.grouping import KIND, Directory, all_groups, connected, ends_of
from appli.store.index import Index, IndexDoc


class IndexedDirectory(Directory, Protocol):
    """A directory with its index."""

    index: Index


def together(doc: IndexDoc, others: Iterable[IndexDoc]) -> IndexDoc:
    """The document of a group: the first says who it is, the others fill what it leaves open and add their words."""
    found = doc
    for other in others:
        lies = found.lat is not None and not (found.precision == "commune" and other.precision not in (None, "commune"))
        position = (found.lat, found.lon, found.precision) if lies else (other.lat, other.lon, other.precision)
        found = replace(
            found,
            second_line=found.second_line or other.second_line,
            commune=found.commune or other.commune,
            insee=found.insee or other.insee,
            skills=tuple(dict.fromkeys((*found.skills, *other.skills))),
            place=f"{found.place} {other.commune} {other.place}",
            body=f"{found.body} {other.title} {other.second_line} {other.body}",
            facets=tuple(dict.fromkeys((*found.facets, *other.facets))),
            lat=position[0],
            lon=position[1],
            precision=position[2],
            siblings=found.siblings + other.siblings,
            updated=max(found.updated, other.updated),
            codes_within=(*found.codes_within, other.code),
        )
    return found


def folded(doc: IndexDoc) -> IndexDoc:
    """The document of a sheet that another stands for."""
    return replace(doc, folded=True, skills=(), place="", body="", facets=(), lat=None, lon=None, precision=None)


def stirred(directory: IndexedDirectory, done: Changes, heads: Collection[RecordId]) -> set[RecordId]:
    """The sheets whose documents change although nothing was written in them: groups made, parted, or written in."""
    touched: set[RecordId] = set(heads)
    judged = list(directory.reads.of_kind(KIND, done.records)) if directory.reads.holds(KIND) else []
    if judged or done.removed:
        touched |= {end for one in judged for end in ends_of(one) or ()}
        # a judgement that is gone no longer says whom it held together: the index still does
        before = directory.index.folded()
        now = {m for m, members in all_groups(directory).by_member.items() if m != members[0]}
        moved = before.keys() ^ now
        touched |= moved | directory.index.bearing(before[m] for m in moved if m in before)
    return connected(directory, touched)
