"""Correction sheets: what is known of a person or a place, room to correct it, the code by which it comes back.

They are for the person herself, carried by a host or a relay: everything of her form may be on hers, also what never
leaves this PC, and nothing that only hosts read (notes, judgements, sources). Whoever is a minor has none, as on any
paper: her sheet is corrected on the screen, with who answers for her. What is closed to the edition's reader has no
line, since an empty one would ask to fill it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from appli.documents.qr import qr_svg
from appli.domain.ids import RecordId
from appli.domain.kinds.consent import PURPOSES
from appli.domain.text import sort_key
from appli.i18n import _
from appli.services.consenting import Answer, answers_of, text_version
from appli.services.correcting import lines_of
from appli.services.exporting.subjects import Subject
from appli.services.freshness import confirmed_words
from appli.services.indexing import is_live
from appli.services.printing.job import Job
from appli.services.printing.sheets import printed_title
from appli.services.sheets_out import SheetOut
from appli.services.spaces import space_of
from appli.services.wording import date_text


def compose(job: Job) -> Mapping[str, Any]:
    """{groups: [{title, carrier, sheets: [{id, code, kind, title, qr, commune, carrier, return_to, confirmed, person,
    lines: [{label, words, long, boxes}], consents: [{label, before}]}]}], lists, version}.
    """
    subjects = job.subjects()
    relays = _relays(job, subjects)
    groups: dict[str, list[dict[str, Any]]] = {}
    for subject in subjects:
        sheet = _sheet(job, subject, relays.get(subject.entry.id))
        groups.setdefault(_group(job, sheet), []).append(sheet)
    ordered = sorted(groups.items(), key=lambda pair: (not pair[0], sort_key(pair[0])))
    return {
        "groups": [{"title": title or _("Sans commune"), "sheets": sheets} for title, sheets in ordered],
        "lists": bool(job.edition.option("lists")) and job.edition.option("grouping") != "none",
        "by_carrier": job.edition.option("grouping") == "carrier",
        "version": text_version(job.directory) or "",
    }


def _group(job: Job, sheet: Mapping[str, Any]) -> str:
    match job.edition.option("grouping"):
        case "carrier":
            return str(sheet["carrier"]) or _("Sans personne pour les porter")
        case "commune":
            return str(sheet["commune"])
    return _("Feuilles de correction")


def _relays(job: Job, subjects: Sequence[Subject]) -> dict[RecordId, RecordId]:
    """Who relays for whom, as far as both may be named together."""
    owners = {subject.entry.id: subject.entry for subject in subjects}
    gate = job.selection.disclosure
    found: dict[RecordId, RecordId] = {}
    for link in job.directory.reads.referring("link", ["to_id"], list(owners)):
        person, relay = bytes.fromhex(link.values["to_id"]), str(link.values.get("from_id") or "")
        if link.values.get("role") != "relay_for" or not relay or not is_live(link):
            continue
        if gate.row_may_go(owners[person], link) and gate.is_open(relay):
            found.setdefault(person, bytes.fromhex(relay))
    return found


def _sheet(job: Job, subject: Subject, relay: RecordId | None) -> dict[str, Any]:
    edition, record = job.edition, subject.entry.id
    lines = lines_of(job.selection, subject)
    carrier = job.directory.title_of(relay) if relay else str(edition.option("carrier")).strip()
    person = subject.kind.code == "person"
    made = {
        "id": record.hex(),
        "code": subject.code,
        "kind": subject.kind.code,
        "title": printed_title(subject),
        "qr": qr_svg(subject.code),
        "commune": str((subject.values.get("commune") or {}).get("name") or ""),
        "carrier": carrier,
        "return_to": str(edition.option("return_to")).strip() or carrier or _contact(job),
        "confirmed": confirmed_words(subject.values),
        "person": person,
        "lines": [
            {
                "label": line.label,
                "words": line.words,
                "long": line.long,
                "boxes": list(line.options) if len(line.options) == 2 else [],
            }
            for line in lines
        ],
        "consents": _consents(job, record) if person else [],
    }
    out = SheetOut(subject.code, edition.title, job.today.isoformat(), shown={line.code: line.words for line in lines})
    out = replace(out, carrier_id=relay.hex()) if relay else replace(out, carrier=carrier)
    job.handed[record.hex()] = replace(out, paper=_fingerprint(made, out.on, edition.title))
    return made


def _fingerprint(*printed: Any) -> str:
    return hashlib.sha256(json.dumps(printed, sort_keys=True).encode()).hexdigest()[:16]


def _contact(job: Job) -> str:
    space = space_of(job.directory)
    return str((space.values.get("rights_contact") or space.title) if space else "")


def _consents(job: Job, person: RecordId) -> list[dict[str, str]]:
    """Every purpose with what she answered until now."""
    answers = {answer.purpose: answer for answer in answers_of(job.directory, person)}
    return [{"label": PURPOSES.label(code), "before": _before(answers.get(code))} for code in PURPOSES.codes]


def _before(answer: Answer | None) -> str:
    if answer is None:
        return _("pas encore demandé")
    given = answer.given and not answer.withdrawn_on
    day = answer.withdrawn_on or answer.on
    word = _("oui") if given else _("non")
    return _("{answer}, le {day}").format(answer=word, day=date_text(day)) if day else word
