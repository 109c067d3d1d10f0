"""What an editor's content means, or why it cannot stand, in the words of the form: what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue
from appli.domain.entry import Entry
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from appli.domain.typography import typeset
from appli.errors import UserError
from appli.i18n import N_, _
from appli.services.directory import Directory
from appli.services.form_contents import value_of
from appli.services.form_model import Content, FilledForm, Question, says_something
from appli.services.lists import contact_values
from appli.services.locating import place_meant
from appli.services.territories import piece_of
from appli.services.wording import value_text

_PHONES = ("phone", "mobile")
_TELLS = frozenset(("hours", "date", "time", "money", "period", "position"))
"""Types whose reading is told when it is not what was typed."""
_SENTENCES = {
    "integer": N_("Il faut un nombre entier. Exemple : 12."),
    "year": N_("Il faut une année. Exemple : 2019."),
    "quantity": N_("Il faut un nombre. Exemple : 42,5."),
    "money": N_("Ce montant ne se lit pas. Exemple : 12,50 €."),
    "date": N_("Cette date ne se lit pas. Exemples : 12/03/2026, mars 2026, 2026."),
    "position": N_("Il faut une latitude et une longitude. Exemple : 44,3236 ; 3,5936."),
    "address": N_("Le code postal ne se lit pas. Exemple : 48400."),
    "key": N_("Ce numéro n’a pas le bon nombre de signes."),
}
_BEFORE = {
    "phone": N_("Le numéro d’avant reste enregistré."),
    "mobile": N_("Le numéro d’avant reste enregistré."),
    "email": N_("L’adresse d’avant reste enregistrée."),
    "web": N_("L’adresse d’avant reste enregistrée."),
    "date": N_("La date d’avant reste enregistrée."),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was probably meant: what to put in the field, and its words."""

    content: Content
    words: str


@dataclass(slots=True)
class Checked:
    """What was found, by path."""

    values: dict[str, Any] = field(default_factory=dict)
    """Values that stand."""
    errors: dict[str, str] = field(default_factory=dict)
    cautions: dict[str, str] = field(default_factory=dict)
    """What is worth a look and may stay."""
    suggestions: dict[str, Suggestion] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    """How a content was understood: « lundi au vendredi, 9 h – 12 h »."""
    names: dict[str, str] = field(default_factory=dict)
    """The words of ids and codes that contents hold: of a reference, of a piece of a territory."""


def check(directory: Directory, filled: FilledForm, paths: Iterable[str]) -> Checked:
    """Read these fields. What nobody touched is understood, never refused."""
    checker = _Checker(directory, filled)
    for path in paths:
        if filled.has(path):
            checker.look_at(filled.question(path))
    return checker.found


def field_behind(filled: FilledForm, question: Question) -> Field:
    """The declaration that a question comes from."""
    return kind_behind(filled, question.path).fields[question.name]


def kind_behind(filled: FilledForm, path: str) -> Kind:
    """The kind of the sheet, or of the row that a path names."""
    name, slash, _rest = path.partition("/")
    return catalogue.kind(filled.form.lists_by_name[name].child if slash else filled.form.kind)


def _read_by(path: str) -> tuple[str, ...]:
    """What decides how a field is read: a contact is a number or an address by its type."""
    row, _slash, name = path.rpartition("/")
    return (path, f"{row}/type") if row.startswith("contacts/") and name == "value" else (path,)


class _Checker:
    def __init__(self, directory: Directory, filled: FilledForm) -> None:
        self._directory = directory
        self._filled = filled
        self._entries: dict[RecordId, Entry | None] = {}
        self.found = Checked()

    def look_at(self, question: Question) -> None:
        path, content = question.path, self._filled.content(question.path)
        touched = any(p in self._filled.filled.contents for p in _read_by(path))
        if question.fixed:
            return
        if not says_something(content):
            self._nothing(question, touched)
            return
        try:
            value = self._value(question, content)
        except UserError as problem:
            if touched:
                self.found.errors[path] = self._sentence(question, problem)
            return
        self.found.values[path] = value
        self._tell(question, content, value)
        if question.type == "commune" and touched:
            self._doubt_commune(path, value)

    def _nothing(self, question: Question, touched: bool) -> None:
        if question.required:
            self.found.errors[question.path] = _("Une fiche a besoin d’un nom.")
        elif touched:
            self.found.values[question.path] = None
        if question.type == "position" and "/" not in question.path:
            self._tell_town(question.path)

    def _value(self, question: Question, content: Content) -> Any:
        contact = self._contact_type(question)
        if contact:
            return contact_values(contact, str(content))["value"]
        if question.type == "term":
            return " ".join(str(content).split())
        declared = field_behind(self._filled, question)
        standing = self._standing(question, declared)
        return value_of(self._directory, declared, content, standing)

    def _standing(self, question: Question, declared: Field) -> Any:
        """The value that is written now: what its editor cannot say is kept from it."""
        row, slash, _name = question.path.rpartition("/")
        record = self._filled.form.record
        if slash:
            key = row.partition("/")[2]
            record = None if key.startswith("+") else bytes.fromhex(key)
        if record is None:
            return None
        if record not in self._entries:
            self._entries[record] = self._directory.reads.entry(record)
        entry = self._entries[record]
        return entry.values.get(declared.name) if entry else None

    def _contact_type(self, question: Question) -> str:
        """For the value of a contact, its type; empty for anything else."""
        row, _slash, name = question.path.rpartition("/")
        if not question.path.startswith("contacts/") or name != "value":
            return ""
        return str(self._filled.content(f"{row}/type")) or "other"

    def _tell(self, question: Question, content: Content, value: Any) -> None:
        path, found = question.path, self.found
        if question.type == "reference":
            found.names[str(value)] = self._directory.title_of(bytes.fromhex(value))
        elif question.type in ("territory", "remit"):
            pieces = value if question.type == "territory" else value.get("territory", ())
            for part in pieces:
                piece = piece_of(self._directory.gazetteer, part)
                words = _("{name} ({detail})").format(name=piece.name, detail=piece.detail)
                found.names[f"{part['level']}:{part['code']}"] = words if piece.detail else piece.name
        elif question.type == "commune":
            commune = self._directory.gazetteer.by_insee(value["insee"]) if value.get("insee") else None
            found.readings[path] = commune.postcodes[0] if commune and commune.postcodes else ""
        elif question.type in _TELLS:
            declared = field_behind(self._filled, question)
            words = value_text(self._directory, declared, value)
            if words != content and question.type != "position":
                found.readings[path] = words
        elif self._contact_type(question) and value != content:
            found.readings[path] = str(value)

    def _tell_town(self, path: str) -> None:
        """Where the sheet stands on the map without a position of its own."""
        commune = self._filled.content("commune") if self._filled.has("commune") else {}
        insee = commune.get("insee") if isinstance(commune, dict) else ""
        known = self._directory.gazetteer.by_insee(insee) if insee else None
        if known is not None:
            self.found.readings[path] = _("Au bourg : {commune}").format(commune=typeset(known.name))

    def _doubt_commune(self, path: str, value: Mapping[str, Any]) -> None:
        """A name that no commune bears is kept as it is written, and told."""
        if value.get("insee"):
            return
        name = str(value["name"])
        if self._directory.gazetteer.bearers(name):
            several = _("Plusieurs communes s’appellent « {name} ». Choisissez dans la liste.")
            self.found.cautions[path] = several.format(name=name)
            return
        words = _("Aucune commune ne s’appelle « {name} ».").format(name=name)
        meant = place_meant(self._directory, name)
        if meant is not None:
            words = f"{words} {_('Vouliez-vous dire {name} ?').format(name=typeset(meant.name))}"
            content: Content = {"name": typeset(meant.name), "insee": meant.insee}
            self.found.suggestions[path] = Suggestion(content, typeset(meant.name))
        self.found.cautions[path] = words

    def _sentence(self, question: Question, problem: UserError) -> str:
        """What is wrong and how to mend it, then that what stood stays."""
        contact = self._contact_type(question)
        known = _SENTENCES.get(question.type) if problem.code == "bad_value" else None
        said = _(known) if known else _without_record(problem)
        standing = self._filled.form.by_path.get(question.path)
        if standing is None or not says_something(standing.content):
            return said
        before = _BEFORE.get(contact or question.type, N_("La valeur d’avant reste enregistrée."))
        return f"{said} {_(before)}"


def _without_record(problem: UserError) -> str:
    """The sentences of a refusal without « la fiche n’a pas changé », which a form says at its foot."""
    said = [s for s in problem.message.split(". ") if "n’a pas changé" not in s and "Rien n’a changé" not in s]
    message = ". ".join(said).rstrip(". ")
    ended = message if message.endswith(("?", "!", "…")) else f"{message}."
    hint = problem.hint if problem.hint and problem.hint.rstrip(".") not in ended else ""
    return f"{ended} {hint}".strip() if message else hint
