"""The space: the network that shares one directory. A folder founds one, by itself if need be."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from appli.domain.changes import Change, Changes, Create, Put
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, new_id
from appli.i18n import _
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
    if space is None:
        changes.append(Create(new_id(directory.store.folder.clock()), "space", values))
    else:
        changes += [Put(space.id, name, value) for name, value in values.items()]
    changes += _name_replica(directory, facts.replica_label)
    return directory.do(_("Décrire l’annuaire"), changes)


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


def name_replica(directory: Directory, label: str) -> Changes:
    """Give this PC another name on the others' screens."""
    return directory.do(_("Nommer ce poste"), _name_replica(directory, label))


def default_label() -> str:
    """A name for this PC until somebody gives a better one."""
    return platform.node() or _("Ce poste")


def replica_name(directory: Directory) -> str:
    """What this PC is called."""
    known = directory.reads.entry(directory.store.replica) if directory.store.replica else None
    return str(known.values.get("label", "")) if known else default_label()
