"""A sheet as a form: every field and list as text one may change, derived from the declaration of its kind.

A form speaks the language of `editing`: each field that changed becomes one assignment, so the window, the command line
and the import accept and refuse the same things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue, shapes
from appli.domain.audience import Audience
from appli.domain.changes import Change, Changes
from appli.domain.entry import Entry
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from appli.domain.kinds.consent import HOW, PURPOSES
from appli.errors import UserError
from appli.i18n import _
from appli.services.consenting import Answer, answers_of, consent_change
from appli.services.directory import Directory
from appli.services.editing import Assignment, new_sheet, sheet_changes
from appli.services.linking import LinkedSheet, link_change, links_of, role_named, unlink_change
from appli.services.lists import rows_of, word_of
from appli.services.wording import moment_text

SECTIONS = ("identity", "contact", "skills", "about", "details")
ALWAYS = ("phone", "mobile", "email", "web")
"""Contacts one is asked for; the others appear once they are filled."""

_NOT_TYPED = frozenset({"territory", "confirmation", "answers", "reference", "key"})
_PARTS = {
    "address": ("street", "complement", "lieu_dit", "postcode"),
    "period": ("start", "end"),
    "remit": ("topics", "how_to_apply", "response_delay"),
}


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing to fill. `name` is what an assignment calls it."""

    name: str
    label: str
    section: str
    editor: str
    """line, text, choice, choices, flag, commune, list."""
    text: str = ""
    chosen: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    audience: str = "public"
    help: str = ""
    undecided: bool = False
    """Whether several values stand: writing here settles them."""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """All that the form shows."""

    record: RecordId | None
    kind: str
    kind_label: str
    shape: str
    title: str
    audience: str
    fields: tuple[FormField, ...]
    links: tuple[LinkedSheet, ...] = ()
    consents: Mapping[str, bool] = field(default_factory=dict)
    consent_how: str = ""
    consent_on: str = ""

    @property
    def asks_consent(self) -> bool:
        return self.kind == "person"


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link to make: a role read from this sheet, and the other one."""

    role: str
    other: RecordId


@dataclass(slots=True)
class Filled:
    """What somebody typed: only what differs from the form."""

    texts: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    audiences: dict[str, str] = field(default_factory=dict)
    audience: str = ""
    consents: dict[str, bool] = field(default_factory=dict)
    consent_how: str = ""
    consent_on: str = ""
    new_links: list[NewLink] = field(default_factory=list)
    gone_links: list[tuple[str, bool, RecordId]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: the record, or what must be mended first, by field."""

    record: RecordId | None
    changes: Changes
    errors: Mapping[str, str]
    title: str = ""


def new_form(kind_or_shape: str) -> SheetForm:
    """An empty form of a kind, or of a shape (`need`)."""
    kind, values = _kind_of(kind_or_shape)
    entry = Entry(b"", kind, values)
    return _form(None, entry, tuple(_fields(entry)))


def _kind_of(word: str) -> tuple[Kind, dict[str, Any]]:
    for kind in catalogue.main_kinds():
        if kind.code == word:
            return kind, {}
        for shape in kind.info.shapes:
            if shape.code == word and shape.letter:
                return kind, {shape.field: shape.value}
    return catalogue.kind("person"), {}


def form_of(directory: Directory, record_id: RecordId) -> SheetForm:
    """The form of a sheet as it stands. Raises UserError when it is no longer there."""
    entry = directory.reads.entry(record_id)
    if entry is None:
        raise UserError(
            "no_record",
            _("Cette fiche n’est plus dans l’annuaire. Rien n’a changé."),
            _("Actualisez la liste, puis réessayez."),
        )
    fields = (*_fields(entry), *_lists(directory, entry))
    answers = answers_of(directory, record_id) if entry.kind.code == "person" else []
    latest = answers[0] if answers else None
    return SheetForm(
        record_id,
        entry.kind.code,
        shapes.label_of(entry.kind, entry.values),
        shapes.shape_of(entry.kind, entry.values),
        entry.title,
        entry.audience.code,
        fields,
        tuple(links_of(directory, record_id)),
        {a.purpose: a.given for a in answers},
        (latest.how or "") if latest else "",
        (latest.on or "") if latest else "",
    )


def _form(record: RecordId | None, entry: Entry, fields: tuple[FormField, ...]) -> SheetForm:
    empty = tuple(_empty_lists(entry.kind))
    label = shapes.label_of(entry.kind, entry.values)
    shape = shapes.shape_of(entry.kind, entry.values)
    return SheetForm(record, entry.kind.code, label, shape, "", entry.audience.code, (*fields, *empty))


# ---- what is asked


def _fields(entry: Entry) -> Iterator[FormField]:
    for declared in entry.kind.fields.values():
        if declared.declared.section not in SECTIONS or declared.type.code in _NOT_TYPED:
            continue
        parts = _PARTS.get(declared.type.code)
        if parts is None:
            yield _field(entry, declared)
        else:
            yield from (_part(entry, declared, p) for p in parts)


def _field(entry: Entry, declared: Field) -> FormField:
    value = entry.values.get(declared.name)
    editor, text = _editor(declared), ""
    chosen: tuple[str, ...] = ()
    if editor == "choices":
        chosen = tuple(value or ())
    elif editor in ("choice", "flag"):
        chosen = () if value is None else (str(value).lower(),)
    else:
        text = typed(declared, value)
    return FormField(
        declared.name,
        declared.label,
        declared.declared.section,
        editor,
        text,
        chosen,
        _options(declared, editor),
        entry.field_audience(declared.name).code,
        _(declared.declared.help) if declared.declared.help else "",
        declared.name in entry.siblings,
    )


def _editor(declared: Field) -> str:
    if declared.codes is not None:
        return "choices" if declared.type.many else "choice"
    return {"flag": "flag", "long_text": "text", "commune": "commune"}.get(declared.type.code, "line")


def _options(declared: Field, editor: str) -> tuple[tuple[str, str], ...]:
    if editor == "flag":
        return (("true", _("Oui")), ("false", _("Non")))
    codes = declared.codes
    return tuple((code, codes.label(code)) for code in codes.codes) if codes else ()


def _part(entry: Entry, declared: Field, part: str) -> FormField:
    value = (entry.values.get(declared.name) or {}).get(part)
    labels = {p.code: p.label for p in declared.type.parts}
    text = moment_text(value) if value and part in ("start", "end") else str(value or "")
    label = _(labels[part]) if part in labels else declared.label
    audience = entry.field_audience(declared.name).code
    return FormField(f"{declared.name}.{part}", label, declared.declared.section, "line", text, audience=audience)


def typed(declared: Field, value: Any) -> str:
    """A value as one would type it, so that what is not touched reads back the same."""
    if value is None:
        return ""
    code = declared.type.code
    if code == "name":
        return str(value["display"])
    if code == "commune":
        return str(value["name"])
    if code == "position":
        return f"{value['lat']} ; {value['lon']}"
    if code == "money":
        return f"{value['cents'] / 100:.2f}".replace(".", ",").removesuffix(",00")
    if code == "quantity":
        return f"{value:g}".replace(".", ",")
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    return str(value)


def _lists(directory: Directory, entry: Entry) -> Iterator[FormField]:
    for name, collection in entry.kind.collections.items():
        if not (collection.scheme or collection.child == "contact_point"):
            continue
        rows = rows_of(directory, entry.id, collection)
        if not rows and not collection.scheme and name not in ALWAYS:
            continue
        words = [word_of(directory, collection, r) for r in rows]
        standing = rows[0].audience if rows else collection.audience
        default = catalogue.kind(collection.child).info.audience if standing is None else standing
        yield FormField(
            name,
            _(collection.label),
            collection.section,
            "list",
            ", ".join(words),
            audience=min(default, entry.audience).code,
            undecided=any(collection.key in r.siblings for r in rows),
        )


def _empty_lists(kind: Kind) -> Iterator[FormField]:
    for name, collection in kind.collections.items():
        if collection.scheme or name in ALWAYS:
            default = collection.audience
            audience = catalogue.kind(collection.child).info.audience if default is None else default
            audience = min(audience, kind.info.audience)
            yield FormField(name, _(collection.label), collection.section, "list", audience=audience.code)


# ---- saving


def save(directory: Directory, form: SheetForm, filled: Filled) -> Saved:
    """Write what changed in one work; nothing is written while a field cannot stand."""
    entry = directory.reads.entry(form.record) if form.record else None
    kind = catalogue.kind(form.kind)
    start = entry or Entry(b"", kind, dict(_kind_of(form.shape)[1]))
    asked = list(_assignments(form, filled))
    errors = _errors(directory, start, asked)
    if errors:
        return Saved(form.record, Changes(), errors)
    audience = Audience[filled.audience.upper()] if filled.audience else None
    try:
        if entry is None:
            asked += [Assignment(n, "=", v) for n, v in start.values.items()]
            record, changes = new_sheet(directory, form.kind, asked, audience)
            label = _("Nouvelle fiche")
        else:
            if audience is not None:
                asked.append(Assignment("audience", "=", audience))
            record = entry.id
            label, changes = sheet_changes(directory, entry, asked)
    except UserError as problem:
        return Saved(form.record, Changes(), {kind.title_field.name: f"{problem.message} {problem.hint}"})
    beside = list(_beside(filled, record))
    done = directory.do(label if asked or entry is None else _("Modifier la fiche"), [*changes, *beside])
    return Saved(record, done, {}, directory.title_of(record))


def _assignments(form: SheetForm, filled: Filled) -> Iterator[Assignment]:
    editors = {f.name: f.editor for f in form.fields}
    for name, text in filled.texts.items():
        yield Assignment(name, "=", _words(text) if editors.get(name) == "list" else text)
    for name, chosen in filled.choices.items():
        editor = editors[name]
        value: Any = list(chosen) or None
        if editor in ("choice", "flag"):
            value = chosen[0] if chosen else ""
        yield Assignment(name, "=", value if value is not None else "")
    # a list written anew keeps the audience it had, unless another was chosen
    kept = {f.name: f.audience for f in form.fields if f.editor == "list" and f.name in filled.texts}
    for name, audience in {**kept, **filled.audiences}.items():
        yield Assignment(name.partition(".")[0], "@=", Audience[audience.upper()])


def _words(text: str) -> list[str]:
    return [w.strip() for w in text.replace("\n", ",").split(",") if w.strip()]


def _errors(directory: Directory, entry: Entry, asked: Sequence[Assignment]) -> dict[str, str]:
    """What cannot stand, field by field, in the words of the form."""
    found: dict[str, str] = {}
    title = entry.kind.title_field
    if any(a.name == title.name and a.operation == "=" and not str(a.value).strip() for a in asked):
        found[title.name] = _("Une fiche a besoin d’un nom.")
    for one in asked:
        # the parts of one value stand or fall together: an end needs its start
        whole = [a for a in asked if a.name.partition(".")[0] == one.name.partition(".")[0]]
        try:
            sheet_changes(directory, entry, whole)
        except UserError as problem:
            sentence = problem.message.split(". ")[0].rstrip(".")
            found[one.name] = f"{sentence}. {problem.hint}".strip()
    return found


def _beside(filled: Filled, record: RecordId) -> Iterator[Change]:
    for purpose, given in filled.consents.items():
        yield consent_change(record, Answer(purpose, given, filled.consent_on or None, filled.consent_how or None))
    for link in filled.new_links:
        role, inverse = role_named(link.role)
        yield link_change(*((link.other, role, record) if inverse else (record, role, link.other)))
    for role, inverse, other in filled.gone_links:
        yield unlink_change(*((other, role, record) if inverse else (record, role, other)))


def consent_questions() -> list[tuple[str, str]]:
    """Each purpose and its words."""
    return [(code, PURPOSES.label(code)) for code in PURPOSES.codes]


def consent_ways() -> list[tuple[str, str]]:
    """How an answer may be given."""
    return [(code, HOW.label(code)) for code in HOW.codes]
