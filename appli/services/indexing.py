"""From records to what the index reads: one document per sheet, with the words of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from appli.domain import catalogue, shapes
from appli.domain.answers import UNASKED, Answers, answers_by_person, is_hidden
from appli.domain.audience import Audience
from appli.domain.changes import Changes
from appli.domain.entry import Entry
from appli.domain.field_types import no_words
from appli.domain.fields import CodeList, Kind
from appli.domain.ids import RecordId, short_code
from appli.domain.typography import typeset
from appli.geo.trust import Trust, trust_in
from appli.ports import SILENT, Progress
from appli.services.folding import folded, stirred, together
from appli.services.grouping import Groups, all_groups, groups_of
from appli.services.long_lists import without_collector
from appli.services.second_line import second_line
from appli.store.index import Index, IndexDoc
from appli.store.reads import Reads
from appli.store.store import Store

if TYPE_CHECKING:
    from appli.geo.commune import Commune
    from appli.geo.gazetteer import Gazetteer


class Directory(Protocol):
    """What indexing needs of an open directory."""

    store: Store
    index: Index

    @property
    def reads(self) -> Reads: ...

    @property
    def gazetteer(self) -> Gazetteer: ...


_BATCH = 1000
_MANY = 500
"""From so many sheets on, building the index anew costs less than mending it."""


@without_collector()
def rebuild(directory: Directory, progress: Progress = SILENT) -> None:
    """Build the whole index from the store."""
    generation = directory.store.folder.generation
    counts = directory.reads.counts()
    total = _sheets(directory)
    groups = all_groups(directory)

    def docs() -> Iterator[IndexDoc]:
        done = 0
        for kind in catalogue.main_kinds():
            if not counts.get(kind.code):
                continue
            for batch in _batches(directory.reads.of_kind(kind.code)):
                yield from _docs(directory, kind, batch, groups)
                done += len(batch)
                progress.step(done, total)

    directory.index.rebuild(docs(), generation, progress)


def follow(directory: Directory, done: Changes, progress: Progress = SILENT) -> None:
    """Index again the sheets that a work touched, whatever part of them it was."""
    generation = directory.store.folder.generation
    if directory.index.stamp() is None:
        rebuild(directory, progress)
        return
    if len(done.records) > _MANY and len(done.records) > _sheets(directory):
        rebuild(directory, progress)
        return
    sheets, terms, owning = directory.reads.owners(sorted(done.records))
    heads = sheets | owning | directory.reads.using_terms(terms)
    if len(heads) > _MANY and len(heads) > _sheets(directory) // 3:
        rebuild(directory, progress)
        return
    heads = stirred(directory, done, heads)
    groups = groups_of(directory, heads)
    gone = set(done.removed)
    docs: list[IndexDoc] = []
    for kind, entries in _by_kind(directory.reads.entries(sorted(heads - gone))).items():
        if kind.is_main:
            docs.extend(_docs(directory, kind, entries, groups))
    gone |= heads - {d.id for d in docs}
    directory.index.update(docs, gone, generation)


def _sheets(directory: Directory) -> int:
    counts = directory.reads.counts()
    return sum(counts.get(k.code, 0) for k in catalogue.main_kinds())


@dataclass(slots=True)
class _Parts:
    """The parts of a batch of sheets, by sheet."""

    contacts: Mapping[RecordId, list[Entry]] = field(default_factory=dict)
    terms: Mapping[RecordId, list[tuple[str, RecordId, str]]] = field(default_factory=dict)
    siblings: Mapping[RecordId, int] = field(default_factory=dict)
    answers: Mapping[RecordId, Answers] = field(default_factory=dict)


def _docs(directory: Directory, kind: Kind, entries: Sequence[Entry], groups: Groups) -> list[IndexDoc]:
    if not groups.by_member:
        parts = _parts(directory, kind, [e.id for e in entries])
        return [_doc(directory, e, parts) for e in entries if not e.values.get("restricted")]
    here = {e.id for e in entries}
    within = {m for e in entries for m in groups.of(e.id) if not groups.is_folded(e.id)} - here
    every = [*entries, *directory.reads.entries(sorted(within))]
    parts = _parts(directory, kind, [e.id for e in every])
    docs = {e.id: _doc(directory, e, parts) for e in every if not e.values.get("restricted")}
    return [_grouped(docs, i, groups) for i in docs if i in here]


def _grouped(docs: Mapping[RecordId, IndexDoc], record_id: RecordId, groups: Groups) -> IndexDoc:
    if groups.is_folded(record_id):
        return folded(docs[record_id])
    others = (docs[m] for m in groups.of(record_id) if m != record_id and m in docs)
    return together(docs[record_id], others)


def _parts(directory: Directory, kind: Kind, ids: Sequence[RecordId]) -> _Parts:
    reads = directory.reads
    contacts = reads.parts("contact_point", ids) if reads.holds("contact_point") else {}
    siblings = {i: sum(len(c.undecided) for c in some if is_live(c)) for i, some in contacts.items()}
    labels: dict[str, str] = {}
    terms: dict[RecordId, list[tuple[str, RecordId, str]]] = {}
    for collection in kind.collections.values():
        if collection.key != "term" or not reads.holds(collection.child):
            continue
        rows = reads.parts(collection.child, ids)
        wanted = {e.values["term"] for some in rows.values() for e in some if e.values.get("term")} - labels.keys()
        for term in reads.entries([bytes.fromhex(t) for t in sorted(wanted)]):
            labels[term.id.hex()] = term.title
        for owner, some in rows.items():
            kept = (e for e in some if is_live(e) and e.values.get("term") in labels)
            terms.setdefault(owner, []).extend(
                (collection.name, bytes.fromhex(e.values["term"]), labels[e.values["term"]]) for e in kept
            )
    consents = reads.parts("consent", ids) if kind.code == "person" and reads.holds("consent") else {}
    answers = answers_by_person(row for some in consents.values() for row in some)
    return _Parts(contacts, terms, siblings, answers)


def is_live(part: Entry) -> bool:
    """Whether a part or a link stands: neither taken off (adding at the same time wins) nor in the trash."""
    kept = any(s.value is not False for s in part.siblings.get("present", ()))
    return not part.trashed and (kept or part.values.get("present") is not False)


def _doc(directory: Directory, entry: Entry, parts: _Parts) -> IndexDoc:
    kind, values = entry.kind, entry.values
    terms = parts.terms.get(entry.id, [])
    commune = values.get("commune") or {}
    lat, lon, precision = position_of(directory, values)
    audience = entry.audience
    skill, place, body = _words(kind, values)
    return IndexDoc(
        id=entry.id,
        kind=kind.code,
        shape=shapes.shape_of(kind, values),
        code=short_code(entry.id, shapes.letter_of(kind, values)),
        title=entry.title,
        second_line=second_line(entry, [label for _name, _id, label in terms]),
        commune=typeset(str(commune.get("name", ""))),
        insee=commune.get("insee"),
        skills=(*(label for _name, _id, label in terms), *skill),
        place=" ".join(place),
        body=" ".join([*body, *_contact_words(parts.contacts.get(entry.id, ()))]),
        facets=tuple(_facets(entry, audience, terms)),
        lat=lat,
        lon=lon,
        precision=precision,
        audience=int(audience),
        trashed=entry.trashed or is_hidden(audience, parts.answers.get(entry.id, UNASKED)),
        siblings=len(entry.undecided) + parts.siblings.get(entry.id, 0),
        demo=bool(values.get("demo")),
        initials=initials(values.get("name")) if kind.code == "person" else "",
        updated=entry.stamp.at if entry.stamp else 0,
    )


def _words(kind: Kind, values: Mapping[str, Any]) -> list[list[str]]:
    """The words of a record by the weight of its fields: skills, places, body; codes by their French labels."""
    found: list[list[str]] = [[], [], []]
    for name, weight, words, codes in _readers(kind):
        value = values.get(name)
        if value is None:
            continue
        if words and (said := words(value)):
            found[weight].append(said)
        if codes is not None:
            found[weight] += [codes.label(c) for c in (value if isinstance(value, list) else [value])]
    return found


@cache
def _readers(kind: Kind) -> list[tuple[str, int, Callable[[Any], str] | None, CodeList | None]]:
    """The fields that have words: (name, number of its weight, how its value reads, its codes)."""
    found: list[tuple[str, int, Callable[[Any], str] | None, CodeList | None]] = []
    for name, f in kind.fields.items():
        for number, weight in enumerate(("skill", "place", "body")):
            words = f.type.words if f.declared.weight == weight and f.type.words is not no_words else None
            codes = f.codes if weight in ("body", f.declared.weight) else None
            if words or codes is not None:
                found.append((name, number, words, codes))
    return found


def _contact_words(contacts: Sequence[Entry]) -> Iterator[str]:
    for contact in contacts:
        if is_live(contact) and (value := contact.values.get("value")):
            yield str(value)
            if contact.values.get("type") in ("phone", "mobile"):
                yield "".join(c for c in str(value) if c.isdigit())


def _facets(
    entry: Entry, audience: Audience, terms: Sequence[tuple[str, RecordId, str]]
) -> Iterator[tuple[str, str, str]]:
    yield "kind", *shapes.facet_of(entry.kind, entry.values)
    commune = entry.values.get("commune")
    if commune:
        yield "commune", commune.get("insee") or commune["name"], typeset(commune["name"])
    for name, term, label in terms:
        yield ("skill" if name in ("skills", "wanted_skills") else name), term.hex(), label
    for name, codes in _faceted(entry.kind):
        if (value := entry.values.get(name)) is not None:
            for code in value if isinstance(value, list) else [value]:
                yield codes.name, code, codes.label(code)
    if audience == Audience.PRIVATE:
        yield "audience", "private", "Privé"


@cache
def _faceted(kind: Kind) -> list[tuple[str, CodeList]]:
    """The fields by whose codes one filters."""
    return [(f.name, f.codes) for f in kind.fields.values() if f.declared.facet and f.codes is not None]


def position_of(directory: Directory, values: Mapping[str, Any]) -> tuple[float | None, float | None, str | None]:
    """Where a sheet stands on the map: its own position, else its commune's.

    One that cannot be meant (0, 0; latitude and longitude exchanged) counts as none; one that lies far from its
    commune, in the sea or abroad is kept. Both make the place `doubtful`: the map may show it, but not as a fact. What
    somebody showed on the map is believed.
    """
    insee = (values.get("commune") or {}).get("insee")
    commune = directory.gazetteer.by_insee(insee) if insee else None
    position = values.get("position")
    if position:
        trust = trust_of(directory.gazetteer, position, commune)
        if trust is not Trust.IMPOSSIBLE:
            precision = position.get("precision", "exact")
            return position["lat"], position["lon"], precision if trust is Trust.LIKELY else "doubtful"
    if commune is None or commune.lat is None:
        return None, None, None
    return commune.lat, commune.lon, "doubtful" if position else "commune"


def trust_of(gazetteer: Gazetteer, position: Mapping[str, Any], commune: Commune | None) -> Trust:
    """What to think of a written position: what somebody showed on the map needs no other look."""
    if position.get("source") == "map":
        return Trust.LIKELY
    return trust_in(gazetteer, position["lat"], position["lon"], commune)


def initials(name: Mapping[str, Any] | None) -> str:
    """Two letters for the disc of a person."""
    if not name:
        return ""
    given, family = str(name.get("given") or ""), str(name.get("family") or "")
    if not (given and family):
        words = str(name.get("display", "")).split()
        given, family = (words[0], words[-1]) if len(words) > 1 else ((words or [""])[0], "")
    # a particle is not an initial: « de la Fiction » files under F
    family = next((w for w in family.split() if w[:1].isupper()), family)
    return (given[:1] + family[:1]).upper()


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _by_kind(entries: Sequence[Entry]) -> dict[Kind, list[Entry]]:
    found: dict[Kind, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.kind, []).append(entry)
    return found
