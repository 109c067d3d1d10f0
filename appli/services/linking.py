"""Links between sheets: « membre de », « porte », « se trouve à »… read from both ends."""

from __future__ import annotations

from dataclasses import dataclass

from appli.domain import catalogue, shapes
from appli.domain.changes import Changes, Create, Put
from appli.domain.entry import Entry
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.domain.kinds.link import INVERSE_ROLES, ROLES, link_ends
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.indexing import is_live


@dataclass(frozen=True, slots=True)
class LinkedSheet:
    """A link as one of its ends sees it."""

    link: RecordId
    role: str
    inverse: bool
    """Whether the sheet looked at is the end the link leads to."""
    label: str
    other: RecordId
    title_other: str
    shape: str
    initials_name: dict[str, object] | None
    note: str


def links_of(directory: Directory, record_id: RecordId) -> list[LinkedSheet]:
    """Standing links of a sheet whose other end is here, in the order of their roles."""
    found = [(e, False) for e in directory.reads.where("link", from_id=record_id)]
    found += [(e, True) for e in directory.reads.where("link", to_id=record_id)]
    live = [(e, inverse) for e, inverse in found if is_live(e)]
    ends = {e.id: bytes.fromhex(e.values["from_id" if inverse else "to_id"]) for e, inverse in live}
    others = {o.id: o for o in directory.reads.entries(list(dict.fromkeys(ends.values()))) if not o.trashed}
    shown = [_seen(e, inverse, others[ends[e.id]]) for e, inverse in live if ends[e.id] in others]
    order = {role: n for n, role in enumerate(ROLES.codes)}
    return sorted(shown, key=lambda s: (s.inverse, order.get(s.role, 99), s.title_other))


def _seen(link: Entry, inverse: bool, other: Entry) -> LinkedSheet:
    role = str(link.values.get("role", ""))
    label = (INVERSE_ROLES if inverse else ROLES).label(role)
    title = str(link.values.get("title") or "") or label
    shape = shapes.shape_of(other.kind, other.values)
    name = other.values.get("name") if other.kind.code == "person" else None
    note = str(link.values.get("note") or "")
    return LinkedSheet(link.id, role, inverse, title, other.id, other.title, shape, name, note)


def role_named(word: str) -> tuple[str, bool]:
    """(role, whether it is read from the other end) of a code or a French label. Raises UserError."""
    code = ROLES.code_for(word)
    if code is not None:
        return code, False
    inverse = INVERSE_ROLES.code_for(word.strip().removesuffix("_inverse"))
    if inverse is not None:
        return inverse, True
    raise UserError(
        "unknown_role",
        _("Aucun lien ne s’appelle « {word} ». Rien n’a changé.").format(word=word),
        _("Liens possibles : {known}.").format(known=", ".join(ROLES.codes)),
    )


def link_id(from_id: RecordId, role: str, to_id: RecordId) -> RecordId:
    """The id of a link, the same on every PC that makes it."""
    return id_for(catalogue.kind("link"), {"from_id": from_id.hex(), "to_id": to_id.hex(), "role": role})


def link_change(from_id: RecordId, role: str, to_id: RecordId, note: str = "") -> Create:
    """What makes a link, or makes it stand again."""
    one, other = link_ends(from_id.hex(), to_id.hex(), role)
    values: dict[str, object] = {"from_id": one, "to_id": other, "role": role, "present": True}
    if note:
        values["note"] = note
    return Create(link_id(from_id, role, to_id), "link", values)


def role_words() -> list[tuple[str, str]]:
    """Every way to read a link from this side: (word for `role_named`, French words)."""
    straight = [(role, ROLES.label(role)) for role in ROLES.codes]
    back = [(f"{role}_inverse", INVERSE_ROLES.label(role)) for role in INVERSE_ROLES.codes]
    return sorted({words: (code, words) for code, words in [*back, *straight]}.values(), key=lambda pair: pair[1])


def link(directory: Directory, one: RecordId, word: str, other: RecordId, note: str = "") -> Changes:
    """Link two sheets by a role named from the first one's side."""
    role, inverse = role_named(word)
    if one == other:
        raise UserError(
            "self_link",
            _("Une fiche ne peut pas être liée à elle-même. Rien n’a changé."),
            _("Choisissez une autre fiche."),
        )
    directory.reads.require(one)
    directory.reads.require(other)
    from_id, to_id = (other, one) if inverse else (one, other)
    return directory.do(_("Ajouter un lien"), [link_change(from_id, role, to_id, note)])


def unlink(directory: Directory, one: RecordId, word: str, other: RecordId) -> Changes:
    """Take a link off; somebody adding it at the same time elsewhere wins."""
    role, inverse = role_named(word)
    from_id, to_id = (other, one) if inverse else (one, other)
    found = link_id(from_id, role, to_id)
    entry = directory.reads.entry(found)
    if entry is None or not is_live(entry):
        raise UserError(
            "no_link",
            _("Ces deux fiches ne sont pas liées ainsi. Rien n’a changé."),
            _("Vérifiez le sens et le nom du lien."),
        )
    return take_off(directory, found)


def take_off(directory: Directory, link_: RecordId) -> Changes:
    """Take a standing link off, whichever end one looks from."""
    return directory.do(_("Enlever un lien"), [Put(link_, "present", False)])
