"""The space: the network that shares one directory. A folder founds one, by itself if need be."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from appli.domain import catalogue
from appli.domain.changes import Change, Changes, Create, Put
from appli.domain.entry import Entry
from appli.domain.identity import id_for
from appli.domain.ids import RecordId, new_id
from appli.i18n import N_, _
from appli.services.directory import Directory


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What the first questions ask."""

    name: str
    territory: Sequence[dict[str, str]] = ()
    rights_contact: str = ""
    replica_label: str = ""


def space_of(directory: Directory) -> Entry | None:
    """The space of the directory, once founded."""
    return next(iter(directory.reads.of_kind("space")), None)


def found(directory: Directory, facts: SpaceFacts) -> Changes:
    """Found a space, or answer its questions anew; names this PC."""
    changes: list[Change] = []
    values: dict[str, Any] = {"name": facts.name}
    if facts.territory:
        values["territory"] = list(facts.territory)
    if facts.rights_contact:
        values["rights_contact"] = facts.rights_contact
    space = space_of(directory)
    label = _("Décrire l’annuaire")
    if space is None:
        changes.append(Create(new_id(directory.store.folder.clock()), "space", values))
        label = ""  # the ground everything stands on is not offered to be taken back
    else:
        changes += [Put(space.id, name, value) for name, value in values.items()]
    changes += _name_replica(directory, facts.replica_label)
    return directory.do(label, changes)


def home_departments(directory: Directory) -> frozenset[str]:
    """The departments of the space's territory: of communes that share a name, the one at home is meant."""
    space = space_of(directory)
    found: set[str] = set()
    for part in space.values.get("territory", ()) if space else ():
        if part["level"] == "department":
            found.add(part["code"])
        elif part["level"] == "commune" and (commune := directory.gazetteer.by_insee(part["code"])):
            found.add(commune.department)
        elif part["level"] == "epci":
            found |= {c.department for c in directory.gazetteer.communes_of(epci=part["code"])}
    return frozenset(found)


def ensure_founded(directory: Directory) -> RecordId:
    """The space's id; a new folder founds one by itself, to be described later."""
    space = space_of(directory)
    if space is None:
        found(directory, SpaceFacts(_("Notre annuaire"), replica_label=default_label()))
        space = space_of(directory)
    if space is None:
        raise LookupError("a space was just founded")
    return space.id


def _name_replica(directory: Directory, label: str) -> list[Change]:
    uid = directory.store.replica
    known = directory.reads.entry(uid)
    if known is None:
        return [Create(uid, "replica", {"label": label or default_label()})]
    return [Put(uid, "label", label)] if label else []


_LABELS = {
    "name": N_("Modifier le nom de l’annuaire"),
    "territory": N_("Modifier le territoire"),
    "controller": N_("Modifier le responsable des données"),
    "rights_contact": N_("Modifier le contact pour les droits"),
}


def change(directory: Directory, name: str, value: Any) -> Changes:
    """Answer one of the questions anew; None takes the answer away."""
    space = ensure_founded(directory)
    field = catalogue.kind("space").fields[name]
    checked = None if value is None else field.validate(value)
    return directory.do(_(_LABELS[name]), [Put(space, name, checked)])


def notice_of(directory: Directory) -> str:
    """The text that tells people what becomes of their data; empty when nobody wrote one."""
    versions = _notices(directory)
    return str(versions[-1].values.get("text") or "") if versions else ""


def write_notice(directory: Directory, text: str) -> Changes:
    """A further version of the notice: an agreement names the version it was given to, so the former ones stay."""
    space, text = ensure_founded(directory), text.strip()
    if text == notice_of(directory):
        return Changes()
    label, versions = _("Modifier la notice d’information"), _notices(directory)
    if not text:
        return directory.do(label, [Put(v.id, "trashed", True) for v in versions])
    kind = catalogue.kind("legal_text")
    known = directory.reads.parts("legal_text", [space]).get(space, [])
    number = 1 + max((_number(v) for v in known), default=0)
    today = datetime.fromtimestamp(directory.store.folder.clock() / 1000).astimezone().date()
    values = {"owner": space.hex(), "type": "notice", "version": str(number), "text": text, "since": today.isoformat()}
    return directory.do(label, [Create(id_for(kind, values), "legal_text", values)])


def _notices(directory: Directory) -> list[Entry]:
    """The standing versions, the latest last."""
    space = space_of(directory)
    rows = directory.reads.parts("legal_text", [space.id]).get(space.id, []) if space else []
    return sorted((r for r in rows if r.values.get("type") == "notice" and not r.trashed), key=_number)


def _number(version: Entry) -> int:
    written = str(version.values.get("version", ""))
    return int(written) if written.isdecimal() else 0


def name_replica(directory: Directory, label: str) -> Changes:
    """Give this PC another name on the others' screens."""
    return directory.do(_("Nommer ce poste"), _name_replica(directory, label))


def default_label() -> str:
    """A name for this PC until somebody gives a better one."""
    return platform.node() or _("Ce poste")


def replica_name(directory: Directory) -> str:
    """What this PC is called."""
    return named_replica(directory) or default_label()


def named_replica(directory: Directory) -> str:
    """The name somebody gave this PC in this directory; empty when nobody did."""
    known = directory.reads.entry(directory.store.replica) if directory.store.replica else None
    return str(known.values.get("label") or "") if known else ""
