"""What a person agreed to: one answer per purpose, with how and when it was given."""

from __future__ import annotations

from dataclasses import dataclass

from appli.domain import catalogue
from appli.domain.changes import Change, Changes, Create
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.domain.kinds.consent import PURPOSES
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of one person."""

    purpose: str
    given: bool
    on: str | None = None
    how: str | None = None
    text_version: str | None = None
    collected_by: str | None = None
    withdrawn_on: str | None = None


def answers_of(directory: Directory, person: RecordId) -> list[Answer]:
    """The answers known of a person; a purpose nobody asked about has none."""
    rows = directory.reads.parts("consent", [person]).get(person, [])
    names = ("on", "how", "text_version", "collected_by", "withdrawn_on")
    found = [
        Answer(r.values["purpose"], bool(r.values.get("given")), **{n: r.values.get(n) for n in names})
        for r in rows
        if not r.trashed and "purpose" in r.values
    ]
    order = list(PURPOSES.codes)
    return sorted(found, key=lambda a: order.index(a.purpose) if a.purpose in order else 99)


def consent_change(person: RecordId, answer: Answer) -> Change:
    """What notes an answer; a later one for the same purpose takes its place."""
    values: dict[str, object] = {"owner": person.hex(), "purpose": answer.purpose, "given": answer.given}
    for name in ("on", "how", "text_version", "collected_by", "withdrawn_on"):
        if value := getattr(answer, name):
            values[name] = value
    return Create(id_for(catalogue.kind("consent"), values), "consent", values)


def note_consent(directory: Directory, person: RecordId, answers: list[Answer]) -> Changes:
    """Note what a person answered."""
    kind = directory.reads.kind_of(person)
    if kind is None or kind.code != "person":
        raise UserError(
            "not_a_person",
            _("Un accord se note sur la fiche d’une personne. Rien n’a changé."),
            _("Choisissez la fiche de la personne."),
        )
    return directory.do(_("Noter l’accord"), [consent_change(person, a) for a in answers])


def purpose_named(word: str) -> str:
    """A purpose by its code or French label."""
    code = PURPOSES.code_for(word)
    if code is None:
        raise UserError(
            "unknown_purpose",
            _("Aucun accord ne s’appelle « {word} ». Rien n’a changé.").format(word=word),
            _("Accords possibles : {known}.").format(known=", ".join(PURPOSES.codes)),
        )
    return code
