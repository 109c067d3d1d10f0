"""All that a column of a list may become, by its code on the command line and its words in the menu.

A code is a field (`title`), a part of one (`address.postcode`, `position.lat`, `opening_hours.mo`), a list (`phone`,
`skills`), or one of the words below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from appli.domain import value_parts
from appli.domain.fields import Collection, Field, Kind
from appli.errors import UserError
from appli.i18n import N_, _

FOREIGN_ID = "id"
"""The id under which the source knows the row."""
RECORD = "maillage_id"
"""The id of a sheet of this directory, in a list that left it."""
RECORD_TITLE = N_("Identifiant Maillage")
CONSENT = "consent"
"""What the person agreed to, in words."""
MEMBER_OF = "member_of"
"""The organization a person belongs to, by its name: a sheet and a link."""
EXTRA = "extra"
"""Kept as it is, given back at the next export."""

PARTS = {"name": value_parts.NAME, "address": value_parts.ADDRESS, "commune": value_parts.COMMUNE}
SEVERAL_IN_ONE = " ; "
"""What stands between several things in one cell of a list that leaves."""
SEVERAL = frozenset({"phone", "mobile", "email", "web", "social", "skills", "functions", "labels", EXTRA})
"""Targets to which each column adds, instead of the first that says something winning."""

_DAYS = (
    ("mo", N_("lundi")), ("tu", N_("mardi")), ("we", N_("mercredi")), ("th", N_("jeudi")), ("fr", N_("vendredi")),
    ("sa", N_("samedi")), ("su", N_("dimanche")),
)  # fmt: skip
_WORDS = {
    "name.given": N_("Prénom"),
    "name.family": N_("Nom de famille"),
    "commune.name": N_("Commune"),
    "commune.insee": N_("Code INSEE de la commune"),
    "address.street": N_("Adresse"),
    "address.postcode": N_("Code postal"),
    "address.complement": N_("Complément d’adresse"),
    "address.lieu_dit": N_("Lieu-dit"),
    "address.country": N_("Pays"),
    "position.lat": N_("Position : latitude"),
    "position.lon": N_("Position : longitude"),
}
"""What the menu calls the parts of a value, where the field’s own word would be longer or say less."""
_WITHOUT_COLUMN = frozenset({"address", "position", "remit", "territory", "reference", "period", "commune"})
"""Types that a single cell of a list never holds whole."""

GROUPS = {
    "identity": N_("Identité"),
    "place": N_("Adresse et position"),
    "contact": N_("Contact"),
    "hours": N_("Horaires"),
    "skills": N_("Compétences"),
    "about": N_("Présentation"),
    "details": N_("Détails"),
    "list": N_("La liste elle-même"),
}
"""The menu's groups, in order."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing a column may become, for the menu."""

    code: str
    label: str
    group: str


def targets(kind: Kind) -> list[Target]:
    """What the menu of a column of a list of this kind offers, group by group."""
    order = list(GROUPS)
    return sorted(_targets(kind), key=lambda t: order.index(t.group))


def label_of(kind: Kind, code: str) -> str:
    """The words of a target; of one that the menu does not offer, its code."""
    return _labels(kind).get(code, code)


def check_target(kind: Kind, target: str) -> None:
    """Refuse a target this kind does not have."""
    name, _dot, part = target.partition(".")
    field = kind.fields.get(name)
    known = field is not None and (not part or part in {p.code for p in PARTS.get(field.type.code, ())})
    if not known and target not in _labels(kind):
        raise UserError(
            "unknown_target",
            _("« {target} » n’est pas un champ d’une fiche « {kind} ». Rien n’a changé.").format(
                target=target, kind=kind.label
            ),
            _("Voyez « maillage genres » pour les champs possibles."),
        )


def simple_lists(kind: Kind) -> list[tuple[str, Collection]]:
    """The lists that a cell can fill: terms and contacts; rates, stops… have several parts."""
    return [(n, c) for n, c in kind.collections.items() if c.scheme or c.child == "contact_point"]


def fed(codes: Iterable[str]) -> set[str]:
    """The fields and lists (`list:phone`) that columns of these targets fill, so that silence there means empty."""
    found: set[str] = set()
    for code in codes:
        name = code.split(".")[0]
        found |= {name, f"list:{name}", *_FEEDS.get(name, ())}
    return found


_FEEDS = {
    "phone": ("list:mobile",),
    "mobile": ("list:phone",),
    "commune": ("address",),
    "address": ("commune",),
    "opening_hours": ("hours_note",),
    MEMBER_OF: ("status",),
}
"""What reading one target may fill beside it."""


@cache
def _labels(kind: Kind) -> dict[str, str]:
    return {t.code: t.label for t in _targets(kind)}


def _targets(kind: Kind) -> Iterator[Target]:
    for field in kind.fields.values():
        if field.declared.section != "none":
            yield from _of_field(field)
    for name, collection in simple_lists(kind):
        yield Target(name, _(collection.label), collection.section if collection.section in GROUPS else "details")
    if "opening_hours" in kind.fields:
        for code, day in _DAYS:
            yield Target(f"opening_hours.{code}", _("Horaires du {day}").format(day=_(day)), "hours")
    if kind.code == "person":
        yield Target(MEMBER_OF, _("Structure dont elle est membre"), "identity")
        yield Target(CONSENT, _("Accord, en mots"), "contact")
    yield Target(FOREIGN_ID, _("Identifiant dans la liste"), "list")
    yield Target(RECORD, _(RECORD_TITLE), "list")
    yield Target(EXTRA, _("Garder telle quelle"), "list")


def _of_field(field: Field) -> Iterator[Target]:
    if field.type.code == "position":
        yield from _parts("position", ("lat", "lon"))
        return
    group = _group(field)
    if field.type.code not in _WITHOUT_COLUMN:
        yield Target(field.name, field.label, group)
    if field.type.code in PARTS:
        yield from _parts(field.name, (p.code for p in PARTS[field.type.code]))


def _parts(name: str, codes: Iterable[str]) -> Iterator[Target]:
    group = "identity" if name == "name" else "place"
    for code in (f"{name}.{part}" for part in codes):
        if code in _WORDS:
            yield Target(code, _(_WORDS[code]), group)


def _group(field: Field) -> str:
    if field.type.code == "hours" or field.name == "hours_note":
        return "hours"
    return field.declared.section if field.declared.section in GROUPS else "details"
