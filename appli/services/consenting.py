"""What a person agreed to: one answer per purpose, with how and when it was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Change, Changes, Create, Put
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.domain.kinds.consent import PURPOSES
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory

_SAID = ("on", "how", "text_version", "collected_by", "withdrawn_on")


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
    found = [
        Answer(r.values["purpose"], bool(r.values.get("given")), **{n: r.values.get(n) for n in _SAID})
        for r in rows
        if not r.trashed and "purpose" in r.values
    ]
    order = list(PURPOSES.codes)
    return sorted(found, key=lambda a: order.index(a.purpose) if a.purpose in order else 99)


def consent_change(person: RecordId, answer: Answer) -> Change:
    """What notes the first answer of a person to a purpose."""
    values = _values(person, answer)
    return Create(id_for(catalogue.kind("consent"), values), "consent", {n: v for n, v in values.items() if v != ""})


def _values(person: RecordId, answer: Answer) -> dict[str, object]:
    said = {name: getattr(answer, name) or "" for name in _SAID}
    return {"owner": person.hex(), "purpose": answer.purpose, "given": answer.given, **said}


def consent_changes(directory: Directory, person: RecordId, answers: Iterable[Answer]) -> list[Change]:
    """What notes answers: a later one takes the place of the former, and leaves nothing of it standing.

    A yes taken back keeps the day it was taken back on. Who does not want to be in the network's directory gets a
    private sheet, if it never left this PC; if it did, every PC hides it (`domain.answers`).
    """
    former = {a.purpose: a for a in answers_of(directory, person)}
    changes: list[Change] = []
    for answer in answers:
        if answer.purpose == "screen" and not answer.given and not directory.store.may_be_elsewhere(person):
            changes.append(Put(person, "audience", int(Audience.PRIVATE)))
        values = _values(person, answer)
        record = id_for(catalogue.kind("consent"), values)
        known = former.get(answer.purpose)
        if known is not None and known.given and not answer.given:
            values["withdrawn_on"] = answer.withdrawn_on or answer.on or ""
        if directory.reads.kind_of(record) is None:
            changes.append(Create(record, "consent", {n: v for n, v in values.items() if v != ""}))
            continue
        rewritten = {"trashed": None, "given": answer.given, **{n: values[n] or None for n in _SAID}}
        changes += [Put(record, name, value) for name, value in rewritten.items()]
    return changes


def forget_change(person: RecordId, purpose: str) -> Change:
    """What takes back an answer noted by mistake: the person was not asked."""
    values = {"owner": person.hex(), "purpose": purpose}
    return Put(id_for(catalogue.kind("consent"), values), "trashed", True)


def note_consent(directory: Directory, person: RecordId, answers: list[Answer]) -> Changes:
    """Note what a person answered."""
    kind = directory.reads.kind_of(person)
    if kind is None or kind.code != "person":
        raise UserError(
            "not_a_person",
            _("Un accord se note sur la fiche d’une personne. Rien n’a changé."),
            _("Choisissez la fiche de la personne."),
        )
    return directory.do(_("Noter l’accord"), consent_changes(directory, person, answers))


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


def text_version(directory: Directory) -> str | None:
    """The version of the text that is shown to people now: the agreement's, else the notice's."""
    from appli.services.spaces import space_of

    space = space_of(directory)
    rows = directory.reads.parts("legal_text", [space.id]).get(space.id, []) if space else []
    for type_ in ("consent", "notice"):
        versions = [str(r.values.get("version") or "") for r in rows if r.values.get("type") == type_ and not r.trashed]
        if versions:
            return max(versions, key=lambda v: (v.isdecimal(), int(v) if v.isdecimal() else 0, v))
    return None
