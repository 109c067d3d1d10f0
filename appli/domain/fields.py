"""How a kind of record is declared, and what the declaration becomes.

A kind is one frozen pydantic class; each field is `Annotated[Type, F(number, label, …)]`. Table, form, facets, index,
import mapping, exports and exchange all derive from the `Kind` and its `Field`s computed here, so adding a field is one
line and adding a kind is one file. Numbers are permanent: files of other PCs speak of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from appli.domain.audience import Audience
from appli.domain.field_types import FieldType, Value
from appli.errors import UserError
from appli.i18n import _, N_

Section = Literal["identity", "contact", "skills", "about", "details", "links", "consent", "none"]
Weight = Literal["title", "skill", "place", "body", "none"]


@dataclass(frozen=True, slots=True)
class CodeList:
    """Stable codes and their French labels; a code never changes its meaning."""

    name: str
    codes: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    version: int = 1

    def label(self, code: str) -> str:
        """The label to show; an unknown code (from a newer version) shows itself."""
        return _(self.codes[code]) if code in self.codes else code


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
            checked = self.adapter.validate_python(value)
        except ValidationError as problem:
            raise self.refusal(value) from problem
        plain: Value = self.adapter.dump_python(checked, mode="json", exclude_none=self.type.composite)
        self._check_codes(plain)
        return plain

    def _check_codes(self, value: Value) -> None:
        if self.codes is None or value is None:
            return
        for code in value if isinstance(value, list) else [value]:
            if code not in self.codes.codes:
                raise self.refusal(code)

    def refusal(self, value: Any) -> UserError:
        """Why a value cannot stand here."""
        shown = str(value)[:60]
        choices = ", ".join(self.codes.codes) if self.codes else ""
        return UserError(
            "bad_value",
            _("« {value} » ne convient pas pour « {label} ». La fiche n’a pas changé.").format(
                value=shown, label=self.label
            ),
            _("Valeurs possibles : {choices}.").format(choices=choices)
            if choices
            else _("Corrigez cette valeur, puis réessayez."),
        )


@dataclass(frozen=True, slots=True)
class Collection:
    """« Several of something with parts », seen from its owner as one named list (phones, skills…)."""

    name: str
    child: str
    key: str
    label: str
    match: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[str, ...] = ()
    section: Section = "contact"


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


@dataclass(frozen=True)
class Kind:
    """A kind and all that derives from its class."""

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
        """All fields by name, in the order of their declaration."""
        hints = get_type_hints(self.model, include_extras=True)
        found = (_field(name, hints[name]) for name in self.model.model_fields)
        return {f.name: f for f in found}

    @cached_property
    def by_number(self) -> Mapping[int, Field]:
        return {f.number: f for f in self.fields.values()}

    @cached_property
    def collections(self) -> Mapping[str, Collection]:
        """Lists of child records, by the name the command line uses."""
        return {c.name: c for c in self.info.collections}

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
    """Anything that has an identity and versions: sheets, their parts, links, terms, the space itself."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    info: ClassVar[KindInfo]


def _field(name: str, hint: Any) -> Field:
    found_type: FieldType | None = None
    declared: F | None = None
    for part in _flatten(hint):
        if isinstance(part, FieldType):
            found_type = part
        elif isinstance(part, F):
            declared = part
    if found_type is None or declared is None:
        raise TypeError(f"{name}: a field is Annotated[Type, F(number, label)]")
    return Field(name, found_type, declared, TypeAdapter(hint))


def _flatten(hint: Any) -> tuple[Any, ...]:
    # typing flattens nested Annotated already; only the metadata matters
    return get_args(hint)[1:] if get_origin(hint) is not None else ()


TITLE_LABEL = N_("Nom")
