"""A skill (or any term) as a thing to browse: who practises it, teaches it, wants it, which projects lack it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appli.domain import catalogue
from appli.domain.entry import Entry
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import N_, _
from appli.services.directory import Directory
from appli.services.indexing import is_live
from appli.store.index import Row

SKILL_GROUPS = (
    ("practises", N_("La pratiquent")),
    ("teaches", N_("Peuvent l’enseigner")),
    ("wants", N_("Veulent l’apprendre")),
    ("sought", N_("La recherchent")),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A sheet that has the term, and how: its level, for a skill."""

    row: Row
    detail: str


@dataclass(frozen=True, slots=True)
class TermPage:
    """A term and everybody who has it, in groups: (title, holders)."""

    id: RecordId
    scheme: str
    label: str
    groups: tuple[tuple[str, tuple[Holder, ...]], ...]


def term_page(directory: Directory, term: RecordId) -> TermPage:
    """The page of a term. Raises UserError when it is not in the directory."""
    entry = directory.reads.entry(term)
    if entry is None or entry.kind.code != "term":
        raise UserError("no_term", _("Cette compétence n’est plus dans l’annuaire."), _("Cherchez-la par son nom."))
    found: dict[str, list[Holder]] = {}
    for kind in _kinds_with_terms():
        parts = [p for p in directory.reads.where(kind.code, term=term) if is_live(p)]
        rows = {r.id: r for r in directory.index.rows([bytes.fromhex(p.values["owner"]) for p in parts])}
        for part in parts:
            row = rows.get(bytes.fromhex(part.values["owner"]))
            if row is not None and not row.trashed:
                for group in _groups_of(part):
                    found.setdefault(group, []).append(Holder(row, _level(part)))
    titles = {code: _(title) for code, title in SKILL_GROUPS}
    order = [code for code, _title in SKILL_GROUPS] + [code for code in found if code not in titles]
    return TermPage(
        term,
        str(entry.values.get("scheme", "")),
        entry.title,
        tuple((titles.get(code, code), _sorted(found[code])) for code in order if code in found),
    )


def _kinds_with_terms() -> list[Kind]:
    return [k for k in catalogue.all_kinds().values() if "owner" in k.fields and "term" in k.fields]


def _groups_of(part: Entry) -> Iterator[str]:
    if part.kind.code == "wanted_skill":
        yield "sought"
    elif part.kind.code == "skill":
        yield from part.values.get("intents") or ["practises"]
    else:
        yield part.kind.plural


def _level(part: Entry) -> str:
    field, value = part.kind.fields.get("level"), part.values.get("level")
    return field.codes.label(value).lower() if field and field.codes and value else ""


def _sorted(holders: list[Holder]) -> tuple[Holder, ...]:
    from appli.domain.text import sort_key

    return tuple(sorted(holders, key=lambda h: sort_key(h.row.title)))
