"""The lines by which a sheet is corrected on paper, and typed back: one text a line, the same words on both sides.

A line bears the name by which `services.editing` knows what it says (`occupation`, `address.street`, `phone`), so what
is typed becomes an assignment. The lines are those of the form, but for what a pen cannot correct (a position, links,
photos) and for what the person should not read of herself (notes, judgements, sources: no form asks them).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from appli.domain.audience import Audience
from appli.domain.entry import Entry
from appli.domain.fields import Collection, Field, Kind
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Medium
from appli.services.editing import Assignment
from appli.services.exporting.subjects import Selection, Subject
from appli.services.form_contents import value_of
from appli.services.form_reading import SECTIONS, new_form
from appli.services.importing.targets import label_of
from appli.services.wording import value_text

BETWEEN = "\u202f; "
"""Between several things on one line."""
_TYPES = frozenset(
    (
        "text long_text email web hours choice choices tags flag integer year quantity money date time name commune "
        "address"
    ).split()
)
_ALWAYS = frozenset(
    (
        "title name.given name.family occupation summary commune address.street address.lieu_dit address.postcode "
        "opening_hours phone mobile email skills"
    ).split()
)
"""What is asked even when nothing is known of it."""
_ADDRESS = ("street", "complement", "lieu_dit", "postcode")
_NAME = ("given", "family")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is known, or that is asked."""

    code: str
    label: str
    words: str
    options: tuple[str, ...] = ()
    """The words to choose from."""
    many: bool = False
    """Whether several of them, or several things, may stand there."""
    long: bool = False
    required: bool = False


def selection_of(directory: Directory, record: RecordId) -> Selection:
    """One sheet as its host reads it, with those that are one with it: what a paper that came back is compared with.

    Nothing leaves by it, so that it holds a minor's sheet too.
    """
    return Selection(directory, Disclosure(directory, Audience.PRIVATE, Medium.FILE), (record,))


def lines_of(selection: Selection, subject: Subject) -> list[Line]:
    """What may be shown of a sheet, in the order of its form; what is closed to the reader has no line at all."""
    return [line for line in _all_lines(selection, subject) if line.words or line.code in _ALWAYS]


def assignment(directory: Directory, entry: Entry, code: str, words: str) -> Assignment:
    """What a typed line asks for. Raises UserError when it cannot stand."""
    head, _dot, part = code.partition(".")
    field = entry.kind.field_named(head)
    if field is None:
        return Assignment(code, "=", pieces(words))
    if part and field.type.code == "name":
        return Assignment(head, "=", _renamed(directory, field, entry.values.get(head), {part: words}))
    if field.type.code in ("choices", "tags"):
        return Assignment(code, "=", _several(field, words))
    if field is entry.kind.title_field and not words.strip():
        raise UserError("no_title", _("Une fiche a besoin d’un nom."), "")
    return Assignment(code, "=", words)


def pieces(words: str) -> list[str]:
    """The things on a line that holds several."""
    return [word for word in (one.strip() for one in words.split(";")) if word]


def renaming(directory: Directory, entry: Entry, typed: Mapping[str, str]) -> list[Assignment]:
    """The two parts of a name are one value: what was typed of them makes one assignment."""
    parts = {code.partition(".")[2]: words for code, words in typed.items() if code.startswith("name.")}
    if not parts:
        return []
    field = entry.kind.fields["name"]
    return [Assignment("name", "=", _renamed(directory, field, entry.values.get("name"), parts))]


# --- parts -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _asked(kind: str) -> tuple[str, ...]:
    """The fields and lists of the form of a kind, in reading order; agreement is asked apart."""
    form = new_form(kind)
    found: list[str] = []
    for section in (s for s in SECTIONS if s != "consent"):
        lists = [some for some in form.lists if some.section == section]
        found += [q.path for q in form.questions if q.section == section and q.type in _TYPES]
        found += ["contacts" for some in lists if some.style == "contacts"]
        found += [some.name for some in lists if some.style == "terms"]
    return tuple(found)


def _all_lines(selection: Selection, subject: Subject) -> Iterator[Line]:
    kind = subject.kind
    for name in _asked(kind.code):
        if name == "contacts":
            for collection in kind.collections.values():
                if collection.child == "contact_point":
                    yield _contacts(selection, subject, collection)
        elif name in kind.collections:
            collection = kind.collections[name]
            words = [w for row in subject.rows(collection) if (w := selection.words(collection, row))]
            yield Line(name, _(collection.label), BETWEEN.join(dict.fromkeys(words)), many=True)
        elif _is_open(selection, subject, name):
            yield from _of_field(selection.directory, kind, kind.fields[name], subject.values.get(name))


def _is_open(selection: Selection, subject: Subject, name: str) -> bool:
    """Whether the reader may see the field: an empty line where something is closed would ask to fill it again."""
    return name in subject.values or subject.entry.field_audience(name) >= selection.disclosure.audience


def _contacts(selection: Selection, subject: Subject, collection: Collection) -> Line:
    values = (selection.disclosure.values(row).get("value") for row in subject.rows(collection))
    words = dict.fromkeys(str(v) for v in values if v)
    return Line(collection.name, _(collection.label), BETWEEN.join(words), many=True)


def _of_field(directory: Directory, kind: Kind, field: Field, value: Any) -> Iterator[Line]:
    if field.type.code in ("name", "address"):
        yield from _parts(kind, field, value or {})
        return
    required = field is kind.title_field
    if field.codes is not None:
        labels = tuple(field.codes.label(code) for code in field.codes.codes)
        chosen = value if isinstance(value, list) else [value] if value else []
        words = BETWEEN.join(field.codes.label(code) for code in chosen)
        yield Line(field.name, field.label, words, labels, many=field.type.many)
    elif field.type.code == "flag":
        words = "" if value is None else _("Oui") if value else _("Non")
        yield Line(field.name, field.label, words, (_("Oui"), _("Non")))
    elif field.type.code == "tags":
        yield Line(field.name, field.label, BETWEEN.join(value or ()), many=True)
    elif field.type.code == "commune":
        yield Line(field.name, field.label, str((value or {}).get("name") or ""))
    else:
        long = field.type.code == "long_text"
        yield Line(field.name, field.label, value_text(directory, field, value), long=long, required=required)


def _parts(kind: Kind, field: Field, value: Mapping[str, Any]) -> Iterator[Line]:
    """A name by its two parts, or whole when it has none; an address by what a postman reads."""
    if field.type.code == "name" and value.get("display") and not any(value.get(p) for p in _NAME):
        yield Line(field.name, field.label, str(value["display"]), required=True)
        return
    for part in _NAME if field.type.code == "name" else _ADDRESS:
        code = f"{field.name}.{part}"
        yield Line(code, label_of(kind, code), str(value.get(part) or ""))


def _renamed(directory: Directory, field: Field, value: Any, parts: Mapping[str, str]) -> Any:
    """A name with other parts: it is shown by them."""
    said = {part: str((value or {}).get(part) or "") for part in _NAME} | dict(parts)
    made = value_of(directory, field, {**said, "display": ""}, value)
    if made is None:
        raise UserError("no_title", _("Une fiche a besoin d’un nom."), "")
    return made


def _several(field: Field, words: str) -> list[str]:
    said = pieces(words)
    if field.codes is None:
        return said
    codes = [field.codes.code_for(word) for word in said]
    if None in codes:
        raise field.refusal(said[codes.index(None)])
    return [code for code in codes if code is not None]
