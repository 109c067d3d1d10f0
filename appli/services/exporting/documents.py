"""Sheets for other programs than spreadsheets: maps, address books, agendas, and everything as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from appli.domain.fields import Collection
from appli.domain.ids import id_text
from appli.ports import Progress
from appli.services.exporting.subjects import Selection, Subject
from appli.services.importing.targets import SEVERAL_IN_ONE, simple_lists
from appli.services.spaces import space_of
from appli.services.wording import value_text

Written = tuple[bytes, int]
_CONTACTS = ("phone", "mobile", "email", "web", "blog", "social", "donation")
_STATUS = {"tentative": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED", "confirmed": "CONFIRMED"}
_KEPT_BESIDE = frozenset({"photos", "attachments"})
"""Lists of files, which a text cannot hold."""


# --- maps ----------------------------------------------------------------------------------------


def geojson(selection: Selection, about: Sequence[str], _at: datetime, progress: Progress) -> Written:
    """One feature per sheet, its fields under their permanent English names, their words in French."""
    from appli.formats.write_geojson import OutFeature, geojson_bytes

    features = [
        OutFeature(id_text(s.entry.id), selection.place_of(s), _properties(selection, s))
        for s in selection.subjects(progress)
    ]
    return geojson_bytes(features, {"description": " ".join(about)}), len(features)


def _properties(selection: Selection, subject: Subject) -> dict[str, Any]:
    found: dict[str, Any] = {"maillage_id": id_text(subject.entry.id), "code": subject.code, "kind": subject.kind.code}
    found["name"] = subject.title
    for name, value in subject.values.items():
        field = subject.kind.fields[name]
        if field.declared.section == "none" or field is subject.kind.title_field or field.type.code == "position":
            continue
        if field.type.code in ("address", "commune"):
            found |= {k: v for k, v in value.items() if k in ("street", "postcode", "insee")}
            found |= {"commune": value["name"]} if field.type.code == "commune" else {}
        else:
            found[name] = value_text(selection.directory, field, value)
    for name, words in _lists(selection, subject).items():
        found.setdefault(name, SEVERAL_IN_ONE.join(words))
    return found


def _lists(selection: Selection, subject: Subject) -> dict[str, list[str]]:
    """Its contacts and terms as words."""
    found: dict[str, list[str]] = {}
    for name, collection in simple_lists(subject.kind):
        words = [w for row in subject.rows(collection) if (w := selection.words(collection, row))]
        if words:
            found[name] = list(dict.fromkeys(words))
    return found


# --- address books -------------------------------------------------------------------------------


def cards(selection: Selection, _about: Sequence[str], _at: datetime, progress: Progress) -> Written:
    """A card for each person, organization and place that one can reach."""
    from appli.formats.write_contacts import OutCard, vcard_bytes

    made: list[OutCard] = []
    for subject in selection.subjects(progress):
        if subject.kind.code not in ("person", "organization", "place"):
            continue
        name, lists = subject.values.get("name") or {}, _lists(selection, subject)
        address, commune = subject.values.get("address") or {}, subject.values.get("commune") or {}
        organization = subject.title if subject.kind.code != "person" else ""
        made.append(
            OutCard(
                uid=id_text(subject.entry.id),
                name=subject.title,
                given=name.get("given") or "",
                family=name.get("family") or "",
                organization=organization or next(iter(subject.organizations), ""),
                role=str(subject.values.get("occupation") or ""),
                note=str(subject.values.get("summary") or ""),
                tels=[
                    *(("CELL", n) for n in lists.get("mobile", ())),
                    *(("VOICE", n) for n in lists.get("phone", ())),
                ],
                emails=lists.get("email", ()),
                links=[w for kind in ("web", "blog", "social") for w in lists.get(kind, ())],
                categories=[w for kind, words in lists.items() if kind not in _CONTACTS for w in words],
                street=address.get("street") or "",
                postcode=address.get("postcode") or "",
                town=commune.get("name") or "",
                country=address.get("country") or "",
                position=selection.place_of(subject) if subject.values.get("position") else None,
            )
        )
    return vcard_bytes(made), len(made)


# --- agendas -------------------------------------------------------------------------------------


def calendar(selection: Selection, _about: Sequence[str], at: datetime, progress: Progress) -> Written:
    """The events that have at least a whole day."""
    from appli.formats.write_calendar import OutEvent, calendar_bytes

    made: list[OutEvent] = []
    for subject in selection.subjects(progress):
        values = subject.values
        period = values.get("period")
        if subject.kind.code != "event" or not period or len(period["start"]) < 10:
            continue
        lists = _lists(selection, subject)
        end = period.get("end")
        contacts = [w for kind in ("phone", "email") for w in lists.get(kind, ())]
        told = [values.get("summary"), values.get("description"), values.get("registration"), *contacts]
        made.append(
            OutEvent(
                uid=id_text(subject.entry.id),
                title=subject.title,
                start=period["start"],
                end=end if end and ("T" in end) == ("T" in period["start"]) else None,
                timezone=period.get("timezone") or "Europe/Paris",
                recurrence=period.get("recurrence"),
                exceptions=[day for day in period.get("exceptions") or () if len(day) == 10],
                description="\n".join(str(words) for words in told if words),
                location=_where(values),
                url=next(iter(lists.get("web", ())), ""),
                status=_STATUS.get(str(values.get("status") or ""), ""),
                categories=[value_text(selection.directory, subject.kind.fields["event_kind"], values["event_kind"])]
                if values.get("event_kind")
                else (),
                position=selection.place_of(subject) if values.get("position") else None,
            )
        )
    space = space_of(selection.directory)
    return calendar_bytes(made, space.title if space else "Maillage", at), len(made)


def _where(values: dict[str, Any]) -> str:
    address, commune = values.get("address") or {}, values.get("commune") or {}
    town = " ".join(str(w) for w in (address.get("postcode"), commune.get("name")) if w)
    return ", ".join(w for w in (address.get("street"), address.get("lieu_dit"), town) if w)


# --- everything ----------------------------------------------------------------------------------


def everything(selection: Selection, about: Sequence[str], at: datetime, progress: Progress) -> Written:
    """Every field and list that may leave, as the program holds them: English names, dates in ISO, money in cents."""
    records = [_record(selection, s) for s in selection.subjects(progress)]
    document = {"format": "maillage/1", "written_at": at.isoformat(timespec="seconds"), "about": about}
    return json.dumps({**document, "records": records}, ensure_ascii=False, indent=1).encode(), len(records)


def _record(selection: Selection, subject: Subject) -> dict[str, Any]:
    lists = {
        name: rows
        for name, collection in subject.kind.collections.items()
        if name not in _KEPT_BESIDE and (rows := list(_rows(selection, subject, collection)))
    }
    return {
        "id": id_text(subject.entry.id),
        "code": subject.code,
        "kind": subject.kind.code,
        "title": subject.title,
        "fields": subject.values,
        "lists": lists,
        "member_of": list(subject.organizations),
        "extra": subject.extras,
    }


def _rows(selection: Selection, subject: Subject, collection: Collection) -> Iterator[dict[str, Any]]:
    unsaid = {"owner", "audience", "present", "order", "normalised", *collection.match}
    for row in subject.rows(collection):
        shown = {n: v for n, v in selection.disclosure.values(row).items() if n not in unsaid}
        if collection.scheme:
            shown["term"] = selection.words(collection, row)
        yield shown
