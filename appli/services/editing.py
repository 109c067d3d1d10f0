"""Creating and changing sheets by assignments, the one language of the form and of the command line.

An assignment names a field, a part of one (`address.street`) or a list of parts (`phone`, `skills`):
`=` sets, an empty value clears, `+=` and `-=` add to and take from lists, `@=` chooses the audience.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from appli.domain import catalogue
from appli.domain.audience import Audience, parse_audience
from appli.domain.changes import Change, Changes, Create, Put
from appli.domain.entry import Entry
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.grouping import groups_of
from appli.services.lists import ListEditor
from appli.services.parsing import parse_part, parse_value

Operation = Literal["=", "+=", "-=", "@="]


@dataclass(frozen=True, slots=True)
class Assignment:
    """One thing to change. `value` is a text as typed, or an already canonical value."""

    name: str
    operation: Operation
    value: Any


@dataclass(frozen=True, slots=True)
class Created:
    """A new sheet."""

    id: RecordId
    changes: Changes


def new_sheet(
    directory: Directory, kind_code: str, assignments: Sequence[Assignment], audience: Audience | None = None
) -> tuple[RecordId, list[Change]]:
    """The id of a new sheet and what creates it with all its parts.

    Raises UserError when it has no name or a value cannot stand.
    """
    kind = catalogue.kind(kind_code)
    record_id = new_id(directory.store.folder.clock())
    draft = Entry(record_id, kind, {"audience": int(audience)} if audience is not None else {})
    editor = _Editor(directory, draft)
    parts = list(editor.changes(assignments))
    values = {n: v for n, v in editor.values.items() if v is not None}
    if not Entry(record_id, kind, values).title:
        raise UserError(
            "no_title",
            _("La fiche n’a pas de nom. Rien n’a été créé."),
            _("Donnez au moins « {label} ».").format(label=kind.title_field.label),
        )
    return record_id, [Create(record_id, kind.code, values, editor.overrides), *parts]


def create_sheet(
    directory: Directory, kind_code: str, assignments: Sequence[Assignment], audience: Audience | None = None
) -> Created:
    """A new sheet with all its parts, in one work."""
    record_id, changes = new_sheet(directory, kind_code, assignments, audience)
    return Created(record_id, directory.do(_("Nouvelle fiche"), changes))


def edit_sheet(directory: Directory, entry: Entry, assignments: Sequence[Assignment]) -> Changes:
    """Change a sheet in one work; what equals the present values writes nothing."""
    label, changes = sheet_changes(directory, entry, assignments)
    return directory.do(label, changes)


def sheet_changes(directory: Directory, entry: Entry, assignments: Sequence[Assignment]) -> tuple[str, list[Change]]:
    """The name of the work that changes a sheet so, and its changes. Raises UserError when a value cannot stand."""
    refuse_restricted(entry)
    editor = _Editor(directory, entry)
    parts = list(editor.changes(assignments))
    changes: list[Change] = []
    for name, value in editor.values.items():
        if name in editor.touched:
            changes.append(Put(entry.id, name, value, editor.overrides.get(name)))
    for name, audience in editor.overrides.items():
        if name not in editor.touched:
            changes.append(Put(entry.id, name, entry.values.get(name), audience))
    return label_for(entry.kind, editor.names), [*changes, *parts]


def refuse_restricted(entry: Entry) -> None:
    """A frozen sheet is not changed. Raises UserError."""
    if entry.values.get("restricted"):
        raise UserError(
            "restricted",
            _("Cette fiche est gelée : elle ne peut être ni montrée ni modifiée. Rien n’a changé."),
            _("Levez d’abord le gel avec la personne."),
        )


def label_for(kind: Kind, names: Sequence[str]) -> str:
    """What « Annuler » will say: the field when one changed, the sheet when several did; never anybody's name."""
    if len(set(names)) == 1:
        name = names[0]
        found = kind.fields.get(name)
        label = found.label if found else _(kind.collections[name].label)
        return _("Modifier « {label} »").format(label=label)
    return _("Modifier la fiche")


class _Editor:
    """Turns assignments into values of the sheet (kept here) and changes of its parts (returned)."""

    def __init__(self, directory: Directory, entry: Entry) -> None:
        self._directory = directory
        self._entry = entry
        self._kind = entry.kind
        self.values: dict[str, Any] = dict(entry.values)
        self.overrides: dict[str, Audience] = {}
        self.touched: set[str] = set()
        self.names: list[str] = []

    def changes(self, assignments: Sequence[Assignment]) -> Iterator[Change]:
        audiences = {a.name: audience_word(a.value) for a in assignments if a.operation == "@="}
        for one in assignments:
            head, _dot, part = one.name.partition(".")
            field = self._kind.field_named(head)
            if field is not None:
                self.names.append(field.name)
                self._set_field(field, part, one)
                continue
            name = list_named(self._kind, head)
            if name is None:
                raise unknown_field(self._kind, head)
            self.names.append(name)
            editor = ListEditor(self._directory, self._entry, self._kind.collections[name], audiences.get(head))
            yield from editor.changes(one.operation, one.value)

    def _set_field(self, field: Field, part: str, one: Assignment) -> None:
        if one.operation == "@=":
            self.overrides[field.name] = audience_word(one.value)
            return
        if field.name == "audience":
            self.values["audience"] = int(audience_word(one.value))
        elif part:
            current = self.values.get(field.name)
            self.values[field.name] = parse_part(self._directory, field, part, str(one.value), current)
        elif one.operation == "=":
            self.values[field.name] = self._parsed(field, one.value)
        else:
            self.values[field.name] = self._with(field, one)
        self.touched.add(field.name)

    def _parsed(self, field: Field, value: Any) -> Any:
        return parse_value(self._directory, field, value) if isinstance(value, str) else field.validate(value)

    def _with(self, field: Field, one: Assignment) -> Any:
        if not field.type.many:
            raise UserError(
                "not_a_list",
                _("« {label} » n’a qu’une valeur. Rien n’a changé.").format(label=field.label),
                _("Écrivez {name}=valeur.").format(name=field.name),
            )
        present = list(self.values.get(field.name) or [])
        asked = self._parsed(field, one.value) or []
        kept = [v for v in present if v not in asked]
        return field.validate([*kept, *asked] if one.operation == "+=" else kept)


def list_named(kind: Kind, word: str) -> str | None:
    """A list of parts by its code, label or synonym."""
    if word in kind.collections:
        return word
    wanted = word.strip().lower()
    for name, collection in kind.collections.items():
        if wanted in {_(collection.label).lower(), *(s.lower() for s in collection.synonyms)}:
            return name
    return None


def audience_word(value: Any) -> Audience:
    """`private`, `partagé`… or an Audience."""
    if isinstance(value, Audience):
        return value
    found = parse_audience(str(value))
    if found is None:
        raise UserError(
            "bad_audience",
            _("« {value} » n’est pas un niveau de partage. Rien n’a changé.").format(value=value),
            _("Écrivez privé, partagé ou public."),
        )
    return found


def unknown_field(kind: Kind, word: str) -> UserError:
    """A name that is no field of that kind."""
    known = ", ".join([*(n for n, f in kind.fields.items() if f.declared.section != "none"), *kind.collections])
    return UserError(
        "unknown_field",
        _("« {word} » n’est pas un champ d’une fiche « {kind} ». Rien n’a changé.").format(word=word, kind=kind.label),
        _("Champs possibles : {known}.").format(known=known),
    )


def trash(directory: Directory, ids: Sequence[RecordId]) -> Changes:
    """Put sheets into the trash, with those they are one with; they can come back."""
    groups = groups_of(directory, ids)
    every = dict.fromkeys(member for one in ids for member in groups.of(one))
    return directory.do(_("Mettre à la corbeille"), [Put(i, "trashed", True) for i in every])


def restore(directory: Directory, ids: Sequence[RecordId]) -> Changes:
    """Take sheets out of the trash."""
    return directory.do(_("Sortir de la corbeille"), [Put(i, "trashed", None) for i in ids])


def confirm(directory: Directory, record_id: RecordId, how: str, on: str, by: str = "") -> Changes:
    """Note that somebody checked the sheet."""
    value = {"on": on, "how": how, "by": by or None}
    return directory.do(_("Confirmer la fiche"), [Put(record_id, "confirmation", value)])
