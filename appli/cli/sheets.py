"""`maillage fiche …`: one sheet from the terminal."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from appli.cli.opening import reading, writing
from appli.cli.output import Output
from appli.domain import catalogue
from appli.domain.entry import Entry
from appli.domain.fields import Collection
from appli.domain.ids import id_text
from appli.domain.moments import local
from appli.domain.shapes import shape_meant
from appli.errors import UsageProblem, UserError
from appli.i18n import _, _n, number
from appli.services import consenting, editing, erasing, linking, lists, settling
from appli.services.directory import Directory
from appli.services.finding import code_of, find_record, unknown_kind
from appli.services.grouping import whole
from appli.services.parsing import parse_value
from appli.services.sheets import part_text, replica_label
from appli.services.wording import date_text

_ASSIGNMENT = re.compile(r"^([^=+\-@]+?)(\+=|-=|@=|=)(.*)$", re.DOTALL)


def assignments(words: Sequence[str]) -> list[editing.Assignment]:
    """`CHAMP=VALEUR`, `CHAMP+=…`, `CHAMP-=…`, `CHAMP@=audience`."""
    found = []
    for word in words:
        match = _ASSIGNMENT.match(word)
        if match is None:
            raise UsageProblem("usage", _("« {word} » n’est pas CHAMP=VALEUR.").format(word=word[:60]))
        name, operation, value = match.groups()
        found.append(editing.Assignment(name.strip(), operation, value))  # type: ignore[arg-type]
    return found


def create(options: argparse.Namespace, out: Output) -> None:
    """Create a sheet."""
    kind = catalogue.kind_named(options.genre)
    if kind is None:
        raise unknown_kind(options.genre)
    wanted = assignments(options.champs)
    shape = shape_meant(kind, options.genre)
    if shape is not None and not any(one.name == shape.field for one in wanted):
        wanted.insert(0, editing.Assignment(shape.field, "=", shape.value))
    audience = editing.audience_word(options.audience) if options.audience else None
    with writing(options, founding=True) as directory:
        made = editing.create_sheet(directory, kind.code, wanted, audience)
        entry = find_record(directory, id_text(made.id))
        answer = {"id": id_text(made.id), "code": code_of(entry)}
        out.answer(answer, [_("Fiche créée : {title} ({code})").format(title=entry.title, code=answer["code"])])


def show(options: argparse.Namespace, out: Output) -> None:
    """Show a sheet."""
    with reading(options) as directory:
        entry = find_record(directory, options.id)
        document = as_document(directory, entry)
        out.answer(document, _lines(directory, entry, document))


def as_document(directory: Directory, entry: Entry) -> dict[str, Any]:
    """The sheet with the keys of the contract."""
    hidden = {"audience", "trashed"}
    fields: dict[str, Any] = {n: v for n, v in entry.values.items() if n not in hidden}
    siblings = {n: [_sibling(directory, s) for s in some] for n, some in entry.siblings.items()}
    for name, collection in entry.kind.collections.items():
        rows = lists.rows_of(directory, entry.id, collection)
        if rows:
            fields[name] = [_said(directory, collection, r) for r in rows]
        for row in rows:
            if collection.key in row.siblings:
                siblings[name] = [_sibling(directory, s) for s in row.siblings[collection.key]]
    links = linking.links_of(directory, entry.id)
    return {
        "id": id_text(entry.id),
        "code": code_of(entry),
        "kind": entry.kind.code,
        "audience": entry.audience.code,
        "trashed": entry.trashed,
        "fields": fields,
        "siblings": siblings,
        "links": [
            {"role": f"{k.role}_inverse" if k.inverse else k.role, "id": id_text(k.other), "title": k.title_other}
            for k in links
        ],
        "consents": [
            {"purpose": a.purpose, "given": a.given, "on": a.on, "how": a.how}
            for a in consenting.answers_of(directory, entry.id)
        ],
    }


def _said(directory: Directory, collection: Collection, row: Entry) -> str:
    simple = collection.scheme or collection.child in ("contact_point", "photo", "attachment")
    return lists.word_of(directory, collection, row) if simple else part_text(directory, row)


def _sibling(directory: Directory, sibling: Any) -> dict[str, Any]:
    at = local(sibling.stamp.at).isoformat(timespec="seconds")
    return {"value": sibling.value, "replica": replica_label(directory, sibling.stamp.replica), "at": at}


def _lines(directory: Directory, entry: Entry, document: dict[str, Any]) -> Iterator[str]:
    from appli.services.sheets import sheet

    seen = sheet(directory, entry.id)
    yield f"{seen.title} — {seen.kind_label} {document['code']}"
    for line in seen.lines:
        text = " / ".join(c.text for c in line.choices) or line.text
        yield f"  {line.label} : {text}"
    for label, chips in seen.chips:
        yield f"  {label} : " + ", ".join(c.label for c in chips)
    for link in seen.links:
        yield f"  {link.label} {link.title_other}"
    for photo in seen.photos:
        yield "  " + _("Photo : {words}").format(words=f"{photo.alt} {photo.sha256[:12]}".strip())
    for note in seen.notes:
        day = date_text(note.date) if note.date else ""
        said = " · ".join(part for part in (day, note.author, note.text) if part)
        yield "  " + _("Note : {words}").format(words=said)


def edit(options: argparse.Namespace, out: Output) -> None:
    """Change a sheet."""
    wanted = assignments(options.champs)
    with writing(options) as directory:
        entry = find_record(directory, options.id)
        editing.edit_sheet(directory, entry, wanted)
        _done(directory, entry, out, _("Fiche enregistrée : {title}"))


def trash(options: argparse.Namespace, out: Output) -> None:
    """Put a sheet into the trash."""
    with writing(options) as directory:
        entry = find_record(directory, options.id)
        editing.trash(directory, [entry.id])
        _done(directory, entry, out, _("À la corbeille : {title}"))


def restore(options: argparse.Namespace, out: Output) -> None:
    """Take a sheet out of the trash."""
    with writing(options) as directory:
        entry = find_record(directory, options.id)
        editing.restore(directory, [entry.id])
        _done(directory, entry, out, _("De retour : {title}"))


def _done(directory: Directory, entry: Entry, out: Output, sentence: str) -> None:
    fresh = directory.reads.entry(entry.id) or entry
    out.answer(as_document(directory, fresh), [sentence.format(title=fresh.title)])


def settle(options: argparse.Namespace, out: Output) -> None:
    """Settle a field that has several values."""
    with writing(options) as directory:
        entry = find_record(directory, options.id)
        field = entry.kind.field_named(options.champ)
        if field is not None:
            present = entry.siblings.get(field.name, ())
            written = next((s.value for s in present if str(s.value) == options.valeur), None)
            value = written if written is not None else parse_value(directory, field, options.valeur)
            settling.choose(directory, entry.id, field.name, value)
        else:
            name = editing.list_named(entry.kind, options.champ)
            if name is None:
                raise editing.unknown_field(entry.kind, options.champ)
            _settle_row(directory, entry, name, options.valeur)
        _done(directory, entry, out, _("Valeur choisie : {title}"))


def _settle_row(directory: Directory, entry: Entry, name: str, value: str) -> None:
    collection = entry.kind.collections[name]
    for row in lists.rows_of(directory, entry.id, collection):
        if collection.key in row.siblings:
            settling.choose(directory, row.id, collection.key, value)
            return
    raise UserError(
        "nothing_to_settle",
        _("Il n’y a rien à trancher pour « {label} ».").format(label=_(collection.label)),
        _("Modifiez la fiche directement."),
    )


def link(options: argparse.Namespace, out: Output) -> None:
    """Link two sheets."""
    with writing(options) as directory:
        one, other = find_record(directory, options.id), find_record(directory, options.autre)
        linking.link(directory, one.id, options.role, other.id)
        _done(directory, one, out, _("Lien ajouté : {title}"))


def unlink(options: argparse.Namespace, out: Output) -> None:
    """Take a link off."""
    with writing(options) as directory:
        one, other = find_record(directory, options.id), find_record(directory, options.autre)
        linking.unlink(directory, one.id, options.role, other.id)
        _done(directory, one, out, _("Lien enlevé : {title}"))


def consent(options: argparse.Namespace, out: Output) -> None:
    """Note an answer of a person."""
    with writing(options) as directory:
        entry = find_record(directory, options.id)
        today = datetime.fromtimestamp(directory.store.folder.clock() / 1000).astimezone().date().isoformat()
        answer = consenting.Answer(consenting.purpose_named(options.but), options.reponse == "oui", today)
        consenting.note_consent(directory, entry.id, [answer])
        _done(directory, entry, out, _("Accord noté : {title}"))


def erase(options: argparse.Namespace, out: Output) -> None:
    """Erase a sheet for ever."""
    with writing(options) as directory:
        entry = find_record(directory, options.id)
        if not options.oui:
            raise UserError(
                "confirm_needed",
                _erasing_words(len(whole(directory, entry.id)) - 1).format(title=entry.title),
                _("Vérifiez que c’est la bonne fiche, puis ajoutez --oui. Pour un simple rangement : fiche corbeille."),
            )
        done = erasing.erase_for(directory, entry.id, "other")
        out.answer({"id": id_text(entry.id), "erased": True}, [_("Effacée pour toujours.")])
        if done.aside:
            out.say(_("Des bases mises de côté peuvent encore la contenir : « maillage base ecartees »."))


def _erasing_words(others: int) -> str:
    """What is about to go: the sheet, with those that are one with it."""
    if not others:
        return _("Effacer « {title} » ne pourra pas être annulé. Rien n’a été effacé.")
    words = _n(
        "Effacer « {title} » effacera aussi la fiche réunie avec elle. Rien n’a été effacé.",
        "Effacer « {title} » effacera aussi les {n} fiches réunies avec elle. Rien n’a été effacé.",
        others,
    )
    return words.replace("{n}", number(others))
