"""The form of a sheet, derived from what its kind declares: adding a field to a kind adds it here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from appli.domain import catalogue, shapes
from appli.domain.audience import Audience
from appli.domain.entry import Entry, Sibling
from appli.domain.fields import OWN, Collection, Field, Kind
from appli.domain.ids import RecordId, short_code
from appli.domain.kinds.base import CONTACT_TYPES
from appli.domain.moments import local
from appli.errors import UserError
from appli.i18n import N_, _
from appli.services import indexing
from appli.services.consenting import Answer, answers_of
from appli.services.directory import Directory
from appli.services.form_contents import content_of, parts_of
from appli.services.form_model import Claim, Consents, ListForm, Option, Question, RowForm, SheetForm
from appli.services.linking import links_of
from appli.services.lists import word_of
from appli.services.sheets import replica_label
from appli.services.wording import date_text, moment_text, value_text

SECTIONS = ("identity", "contact", "skills", "about", "details", "consent")
ASKED_BESIDE = {"entered_on_behalf": "identity"}
"""Fields of no section that a form asks all the same."""
USUAL = {
    "person": (("mobile", "phone"), ("email",)),
    "page": (),
    "trip": (("mobile", "phone"),),
}
"""Contacts one is asked for, by kind: the first of each group, when none of the group is there."""
_USUAL = (("phone", "mobile"), ("email",), ("web",))
_HIDDEN = frozenset(("answers", "confirmation"))
_FIRST = {"contact": ("address", "commune", "position"), "about": ("description",)}
"""What opens a section, before the kind's own fields."""
_HELP = {
    "hours": N_("Comme on le dit : « du lundi au vendredi 9h-12h et 14h-18h, samedi matin 9h-12h »."),
    "position": N_("Latitude, puis longitude. Sans elle, la fiche est au bourg de sa commune."),
    "tags": N_("Un mot, puis Entrée."),
}


def new_form(shape: str) -> SheetForm:
    """An empty form of a kind, or of one of its shapes (`need`)."""
    kind, presets = _kind_of(shape)
    entry = Entry(b"", kind, presets)
    return _form(None, entry, tuple(_questions(None, entry)), tuple(_lists(None, entry)), presets)


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
    if entry is None or not entry.kind.is_main:
        raise UserError(
            "no_record",
            _("Cette fiche n’est plus dans l’annuaire. Rien n’a changé."),
            _("Actualisez la liste, puis réessayez."),
        )
    made = _form(record_id, entry, tuple(_questions(directory, entry)), tuple(_lists(directory, entry)), {})
    return replace(made, links=tuple(links_of(directory, record_id)), consents=_consents(directory, entry))


def _form(
    record: RecordId | None,
    entry: Entry,
    questions: tuple[Question, ...],
    lists: tuple[ListForm, ...],
    presets: Mapping[str, Any],
) -> SheetForm:
    person = entry.kind.code == "person"
    return SheetForm(
        record=record,
        kind=entry.kind.code,
        kind_label=shapes.label_of(entry.kind, entry.values),
        shape=shapes.shape_of(entry.kind, entry.values),
        title=entry.title,
        initials=indexing.initials(entry.values.get("name")) if person else "",
        code=short_code(record, shapes.letter_of(entry.kind, entry.values)) if record else "",
        audience=entry.audience,
        questions=questions,
        lists=lists,
        consents=Consents() if person else None,
        demo=bool(entry.values.get("demo")),
        restricted=bool(entry.values.get("restricted")),
        presets=presets,
    )


# --- fields --------------------------------------------------------------------------------------


def _questions(directory: Directory | None, entry: Entry) -> Iterator[Question]:
    for field in sorted(entry.kind.fields.values(), key=lambda f: _rank(entry.kind, f)):
        section = ASKED_BESIDE.get(field.name, field.declared.section)
        if section in SECTIONS and field.type.code not in _HIDDEN:
            yield _question(directory, entry, field, field.name, section)


def _rank(kind: Kind, field: Field) -> tuple[int, int]:
    """The name, what opens the section, what the kind declares itself, then what every sheet has."""
    first, own = _FIRST.get(field.declared.section, ()), list(kind.model.__annotations__)
    if field is kind.title_field:
        return 0, 0
    if field.name in first:
        return 1, first.index(field.name)
    return (2, own.index(field.name)) if field.name in own else (3, field.number)


def _question(directory: Directory | None, entry: Entry, field: Field, path: str, section: str) -> Question:
    value = entry.values.get(field.name)
    declared_help = field.declared.help or _HELP.get(field.type.code, "")
    return Question(
        path=path,
        label=field.label,
        section=section,
        type=field.type.code,
        editor="line" if field.type.editor == "hidden" else field.type.editor,
        content=content_of(field, value),
        options=_options(field, value),
        parts=parts_of(field, value),
        audience=entry.overrides.get(field.name, field.declared.audience),
        help=_(declared_help) if declared_help else "",
        claims=tuple(_claims(directory, field, entry.siblings.get(field.name, ()))),
        required=entry.kind.is_main and field is entry.kind.title_field,
    )


def _options(field: Field, value: Any) -> tuple[Option, ...]:
    if field.codes is None:
        return ()
    known = dict.fromkeys(field.codes.codes)
    # a code of a newer version stays, shown as it is
    known |= dict.fromkeys(value if isinstance(value, list) else [value] if value else [])
    return tuple(Option(code, field.codes.label(code)) for code in known)


def _claims(directory: Directory | None, field: Field, siblings: Iterable[Sibling]) -> Iterator[Claim]:
    if directory is None:
        return
    for one in siblings:
        words = value_text(directory, field, one.value) or _("(rien)")
        yield Claim(content_of(field, one.value), words, who_wrote(directory, one))


def who_wrote(directory: Directory, sibling: Sibling) -> str:
    """« Poste « Bureau », A. R., 14 mars 2026 »: never more than is known."""
    stamp = sibling.stamp
    parts = [replica_label(directory, stamp.replica), stamp.operator or "", date_text(_iso_day(stamp.at))]
    return ", ".join(p for p in parts if p)


def _iso_day(milliseconds: int) -> str:
    return local(milliseconds).date().isoformat()


# --- lists ---------------------------------------------------------------------------------------


def _lists(directory: Directory | None, entry: Entry) -> Iterator[ListForm]:
    collections = [c for c in entry.kind.collections.values() if c.section in SECTIONS]
    contacts = [c for c in collections if c.child == "contact_point"]
    if contacts:
        yield _contacts(directory, entry, contacts)
    for collection in collections:
        if collection.child != "contact_point":
            yield _list(directory, entry, collection)
            yield from _lists_within(directory, entry, collection)
    if (photos := entry.kind.collections.get("photos")) is not None:
        yield _photos(directory, entry, photos)


def _lists_within(directory: Directory | None, entry: Entry, outer: Collection) -> Iterator[ListForm]:
    """The lists that each written row of a list has of its own: the pledges of each campaign."""
    for inner in catalogue.kind(outer.child).collections.values():
        for row in _live(directory, entry, outer.child) if inner.section in SECTIONS else ():
            made = _list(directory, row, replace(inner, name=f"{inner.name}:{row.id.hex()}"))
            about = str(row.values.get(outer.key) or _(outer.label))
            label = _("{list} : {about}").format(list=_(inner.label), about=about)
            yield replace(made, label=label, owner=row.id, within=outer.name)


def _photos(directory: Directory | None, entry: Entry, collection: Collection) -> ListForm:
    """The photos: what names their bytes is carried along and not asked; of a person, her own answer counts."""
    child = catalogue.kind(collection.child)
    rows = [row for row in _live(directory, entry, child.code) if row.values.get("sha256")]
    blank = RowForm("", _photo_questions(None, entry, Entry(b"", child, {}), ""), child.info.audience)
    return ListForm(
        collection.name, _(collection.label), child.label, "about", "photos", child.code, collection.key, blank,
        tuple(
            RowForm(r.id.hex(), _photo_questions(directory, entry, r, f"{collection.name}/{r.id.hex()}/"), r.audience)
            for r in rows
        ),
    )  # fmt: skip


def _photo_questions(directory: Directory | None, sheet: Entry, row: Entry, before: str) -> tuple[Question, ...]:
    carried = (row.kind.fields[name] for name in ("sha256", "mime", "size"))
    hidden = (replace(_question(directory, row, f, before + f.name, "about"), editor="hidden") for f in carried)
    asked = (q for q in _row_questions(directory, row, before) if q.name != "consent" or sheet.kind.code != "person")
    return (*hidden, *asked)


def _contacts(directory: Directory | None, entry: Entry, contacts: list[Collection]) -> ListForm:
    """All the ways to reach somebody, as one list: the type is a field of the row."""
    child = catalogue.kind("contact_point")
    rows = list(_contact_rows(directory, entry))
    audiences = {c.match["type"]: _default_audience(c) for c in contacts}
    blank = _blank(child, audiences[contacts[0].match["type"]])
    return ListForm(
        "contacts", _("Coordonnées"), _("Coordonnée"), "contact", "contacts", child.code, "value", blank,
        (*rows, *_usual(entry.kind, blank, rows, audiences)), audiences=audiences,
    )  # fmt: skip


def _contact_rows(directory: Directory | None, entry: Entry) -> Iterator[RowForm]:
    order = list(CONTACT_TYPES.codes)
    found = _live(directory, entry, "contact_point")
    for row in sorted(found, key=lambda r: (_place(order, r.values.get("type")), r.values.get("order") or 0)):
        yield _row(directory, row, "contacts")


def _place(order: list[str], code: Any) -> int:
    return order.index(code) if code in order else len(order)


def _usual(kind: Kind, blank: RowForm, rows: list[RowForm], audiences: Mapping[str, Audience]) -> Iterator[RowForm]:
    """Blank lines for what one is usually asked, when it is not there yet."""
    present = {str(q.content) for r in rows for q in r.questions if q.name == "type"}
    for group in USUAL.get(kind.code, _USUAL):
        type_ = group[0]
        if present.intersection(group) or type_ not in audiences:
            continue
        key = f"+{type_}"
        questions = (
            replace(q, path=f"contacts/{key}/{q.path}", content=type_ if q.path == "type" else q.content)
            for q in blank.questions
        )
        yield RowForm(key, tuple(questions), audiences[type_])


def _list(directory: Directory | None, entry: Entry, collection: Collection) -> ListForm:
    child = catalogue.kind(collection.child)
    standing = [
        r
        for r in _live(directory, entry, collection.child)
        if all(r.values.get(k) == v for k, v in collection.match.items())
    ]
    rows = [_row(directory, row, collection.name) for row in standing]
    if collection.scheme and directory is not None:
        rows = [_named(directory, collection, row, form) for row, form in zip(standing, rows, strict=True)]
    blank = _blank(child, _default_audience(collection))
    if collection.scheme:
        blank = replace(blank, questions=tuple(_worded(q, collection) for q in blank.questions))
    return ListForm(
        collection.name, _(collection.label), child.label, collection.section,
        "terms" if collection.scheme else "rows", child.code, collection.key, blank, tuple(rows), collection.scheme,
    )  # fmt: skip


def _named(directory: Directory, collection: Collection, row: Entry, form: RowForm) -> RowForm:
    """A row that points to a term, with its word: another word would be another row."""
    word = word_of(directory, collection, row)
    asked = (_worded(q, collection) for q in form.questions)
    questions = (replace(q, content=word, fixed=True) if q.name == collection.key else q for q in asked)
    return replace(form, questions=tuple(questions))


def _worded(question: Question, collection: Collection) -> Question:
    """What points to a term is asked by its word."""
    return replace(question, type="term", editor="line") if question.name == collection.key else question


def _live(directory: Directory | None, entry: Entry, child: str) -> list[Entry]:
    if directory is None:
        return []
    return [r for r in directory.reads.parts(child, [entry.id]).get(entry.id, []) if indexing.is_live(r)]


def _default_audience(collection: Collection) -> Audience:
    declared = collection.audience
    return catalogue.kind(collection.child).info.audience if declared is None else declared


def _blank(child: Kind, audience: Audience) -> RowForm:
    entry = Entry(b"", child, {})
    return RowForm("", tuple(_row_questions(None, entry, "")), audience)


def _row(directory: Directory | None, row: Entry, name: str) -> RowForm:
    key = row.id.hex()
    return RowForm(key, tuple(_row_questions(directory, row, f"{name}/{key}/")), row.audience)


def _row_questions(directory: Directory | None, row: Entry, before: str) -> Iterator[Question]:
    for field in asked_of_rows(row.kind):
        yield _question(directory, row, field, before + field.name, field.declared.section)


def asked_of_rows(child: Kind) -> list[Field]:
    """The fields of a part that a form asks; keys made by machines and places in the order are not typed."""
    return [
        f
        for f in child.fields.values()
        if (f.declared.section != "none" and f.type.code not in _HIDDEN and f.type.code != "key" and f.number >= OWN)
        or f.name in ("commune", "position")
    ]


# --- agreement -----------------------------------------------------------------------------------


def _consents(directory: Directory, entry: Entry) -> Consents | None:
    if entry.kind.code != "person":
        return None
    answers = answers_of(directory, entry.id)
    ways, days = {a.how or "" for a in answers}, {a.on or "" for a in answers}
    return Consents(
        {a.purpose: "yes" if a.given else "no" for a in answers},
        {a.purpose: detail for a in answers if (detail := _detail(a))},
        ways.pop() if len(ways) == 1 else "",
        days.pop() if len(days) == 1 else "",
    )


def _detail(answer: Answer) -> str:
    from appli.domain.kinds.consent import HOW

    parts = [
        HOW.label(answer.how).lower() if answer.how else "",
        _("le {day}").format(day=moment_text(answer.on)) if answer.on else "",
        _("recueilli par {name}").format(name=answer.collected_by) if answer.collected_by else "",
    ]
    return ", ".join(p for p in parts if p)
