"""How a kind of record is declared, and what the declaration becomes.

A kind is one frozen pydantic class; each field is `Annotated[Type, F(number, label, …)]`. Table,
form, facets, index, import mapping, exports and exchange all derive from the `Kind` and its `Field`s
computed here, so adding a field is one line and adding a kind is one file. Numbers are permanent:
files of other PCs speak of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from appli.domain.audience import Audience
from appli.domain.field_types import FieldType, Value
from appli.domain.text import fold
from appli.errors import UserError
from appli.i18n import N_, _

Section = Literal["identity", "contact", "skills", "about", "details", "links", "consent", "none"]
Weight = Literal["title", "skill", "place", "body", "none"]


@dataclass(frozen=True, eq=False)
class CodeList:
    """Stable codes and their French labels; a code never changes its meaning."""

    name: str
    codes: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    version: int = 1

    def label(self, code: str) -> str:
        """The label to show; an unknown code (from a newer version) shows itself."""
        return _(self.codes[code]) if code in self.codes else code

    def code_for(self, word: str) -> str | None:
        """The code that a person or a list calls so: a code, a label or a synonym, however written."""
        return self._by_word.get(fold(word))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels of all codes, in order."""
        return tuple(_(label) for label in self.codes.values())

    @cached_property
    def _by_word(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for code, label in self.codes.items():
            for word in (code, label, _(label), *self.synonyms.get(code, ())):
                found.setdefault(fold(word), code)
        return found


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a personal value may be kept, on what basis, and how long: without it, a test fails."""

    why: str
    basis: Literal["legitimate_interest", "consent", "contract", "public_task"]
    retention: str


@dataclass(frozen=True, slots=True)
class F:
    """The declaration of one field, beside its type."""

    number: int
    label: str
    audience: Audience = Audience.PUBLIC
    """What it is shown to when the record allows it and nobody chose otherwise."""
    weight: Weight = "none"
    section: Section = "details"
    codes: CodeList | None = None
    facet: bool = False
    synonyms: tuple[str, ...] = ()
    """Column titles by which lists call it, for the import and the command line."""
    personal: Purpose | None = None
    binding: bool = False
    """A reference this row lives by: it is as private as what it names, and goes when that is erased."""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one kind, ready for use."""

    name: str
    type: FieldType
    declared: F
    adapter: TypeAdapter[Any]

    @property
    def number(self) -> int:
        return self.declared.number

    @property
    def label(self) -> str:
        """The label on screen."""
        return _(self.declared.label)

    @property
    def codes(self) -> CodeList | None:
        return self.declared.codes

    def validate(self, value: Any) -> Value:
        """The canonical JSON value, or a UserError that names the field."""
        try:
            plain: Value = self.adapter.validator.validate_python(value)
        except ValidationError as problem:
            raise self.refusal(value) from problem
        if self.type.composite:
            plain = self.adapter.serializer.to_python(plain, mode="json", exclude_none=True)
        if self.declared.codes is not None and plain is not None:
            self._check_codes(plain, self.declared.codes.codes)
        return plain

    def _check_codes(self, value: Value, known: Mapping[str, str]) -> None:
        for code in value if isinstance(value, list) else [value]:
            if code not in known:
                raise self.refusal(code)

    def refusal(self, value: Any) -> UserError:
        """Why a value cannot stand here."""
        shown = str(value)[:60]
        choices = ", ".join(self.codes.codes) if self.codes else ""
        return UserError(
            "bad_value",
            _("« {value} » ne convient pas pour « {label} ». La fiche n’a pas changé.").format(
                value=shown, label=self.label
            ),
            _("Valeurs possibles : {choices}.").format(choices=choices)
            if choices
            else _("Corrigez cette valeur, puis réessayez."),
        )


@dataclass(frozen=True, slots=True)
class Collection:
    """« Several of something with parts », seen from its owner as one named list: phones, skills."""

    name: str
    child: str
    key: str
    label: str
    match: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[str, ...] = ()
    section: Section = "contact"
    scheme: str = ""
    """The scheme of the terms its key points to; empty when the key holds a plain value."""
    audience: Audience | None = None
    """What a new row is shown to; None leaves it to the child's kind."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One face of a kind, told by a field: a listing is an offer or a need, and is drawn as such."""

    code: str
    label: str
    plural: str
    field: str
    value: str
    letter: str = ""
    """Opens the printed code; empty when the kind's own letter does."""


@dataclass(frozen=True, slots=True)
class KindInfo:
    """What a kind says of itself."""

    number: int
    code: str
    label: str
    plural: str
    letter: str = ""
    """Opens the printed code; empty for what is only part of another record."""
    synonyms: tuple[str, ...] = ()
    collections: tuple[Collection, ...] = ()
    derived_from: tuple[str, ...] = ()
    """Fields that make the id, so that two PCs create the same row (links, skills, terms)."""
    audience: Audience = Audience.SHARED
    shapes: tuple[Shape, ...] = ()
    personal: Purpose | None = None
    """Why its fields may be kept, when all of them are about a natural person."""
    append_only: bool = False
    """Written once, never rewritten (notes)."""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind and all that derives from its class; one object per kind, so identity is equality."""

    info: KindInfo
    model: type[Entity]

    @property
    def code(self) -> str:
        return self.info.code

    @property
    def number(self) -> int:
        return self.info.number

    @property
    def label(self) -> str:
        return _(self.info.label)

    @property
    def plural(self) -> str:
        return _(self.info.plural)

    @property
    def is_main(self) -> bool:
        """Whether it is a sheet of the directory, not a part of one."""
        return bool(self.info.letter)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """All fields by name, the title first, then in the order of their declaration."""
        hints = get_type_hints(self.model, include_extras=True)
        personal = self.info.personal
        found = (_field(name, hints[name], personal) for name in self.model.model_fields)
        return {f.name: f for f in sorted(found, key=lambda f: f.number != TITLE)}

    @cached_property
    def by_number(self) -> Mapping[int, Field]:
        return {f.number: f for f in self.fields.values()}

    def is_written_once(self, number: int) -> bool:
        """Whether a field of this kind is said for good when the record is made; who sees it may change."""
        return self.info.append_only and number >= OWN

    @cached_property
    def collections(self) -> Mapping[str, Collection]:
        """Lists of child records, by the name the command line uses."""
        return {c.name: c for c in self.info.collections}

    @cached_property
    def has_title(self) -> bool:
        """Whether its records have a name of their own; a link or an id has none."""
        return any(f.declared.weight == "title" for f in self.fields.values())

    @cached_property
    def title_field(self) -> Field:
        """The field whose words name the record."""
        return next(f for f in self.fields.values() if f.declared.weight == "title")

    def field_named(self, word: str) -> Field | None:
        """A field by its code, else by its French label or a synonym, whatever the case."""
        if word in self.fields:
            return self.fields[word]
        wanted = word.strip().lower()
        for f in self.fields.values():
            if wanted in {f.label.lower(), *(s.lower() for s in f.declared.synonyms)}:
                return f
        return None

    def validate(self, values: Mapping[str, Any]) -> dict[str, Value]:
        """Canonical values of a whole record; None are left out. Unknown names are a bug, not an input."""
        checked: dict[str, Value] = {}
        for name, value in values.items():
            plain = self.fields[name].validate(value)
            if plain is not None:
                checked[name] = plain
        return checked


class Entity(BaseModel):
    """Anything with an identity and versions: sheets, their parts, links, terms, the space."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    info: ClassVar[KindInfo]


def _field(name: str, hint: Any, personal: Purpose | None) -> Field:
    found_type: FieldType | None = None
    declared: F | None = None
    rest: list[Any] = []
    for part in _metadata(hint):
        if isinstance(part, F):
            declared = part
        else:
            rest.append(part)
        if isinstance(part, FieldType):
            found_type = part
    if found_type is None or declared is None:
        raise TypeError(f"{name}: a field is Annotated[Type, F(number, label)]")
    if declared.personal is None and personal is not None:
        declared = replace(declared, personal=personal)
    return Field(name, found_type, declared, _adapter(Annotated[(get_args(hint)[0], *rest)]))


def _metadata(hint: Any) -> tuple[Any, ...]:
    # typing flattens nested Annotated already; only the metadata matters
    return get_args(hint)[1:] if get_origin(hint) is not None else ()


@cache
def _adapter(bare: Any) -> TypeAdapter[Any]:
    """One adapter for all fields of a type: building them is slow, and labels do not change them."""
    return TypeAdapter(bare)


OWN = 40
"""The numbers from here on are a kind's own fields."""
TITLE = 1
"""The number of the field that names a record, in every kind."""
TITLE_LABEL = N_("Nom")
