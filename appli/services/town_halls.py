"""The town halls of the territory as a first layer, so that no map is empty on the first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appli.domain.text import fold
from appli.geo.commune import Commune, PositionSource
from appli.geo.gazetteer import Gazetteer
from appli.i18n import _, number
from appli.services.directory import Directory
from appli.services.layer_reading import LayerContent
from appli.services.spaces import space_of

ORIGIN = "townhalls"
SOURCE = "DILA, Annuaire de l’administration"
LICENCE = "lo_2_0"


@dataclass(frozen=True, slots=True)
class Offered:
    """A layer of town halls one may take: `origin` says of what, `name` in words."""

    origin: str
    name: str


def offered(directory: Directory) -> list[Offered]:
    """The town halls of each EPCI of the space's territory; of a whole department, its town halls together."""
    space = space_of(directory)
    found: dict[str, Offered] = {}
    for part in space.values.get("territory", ()) if space else ():
        for made in _offers(directory.gazetteer, part["level"], part["code"]):
            found.setdefault(made.origin, made)
    return list(found.values())


def town_halls(gazetteer: Gazetteer, origin: str) -> LayerContent:
    """The layer; communes whose point is not their town hall's are left out and counted."""
    level, code = origin.split(":")[1:]
    communes = gazetteer.communes_of(**{level: code})
    placed = [c for c in communes if c.position_source is PositionSource.TOWN_HALL]
    columns = (_("Mairie"), _("Code postal"), _("Habitants"))
    points = [(round(c.lat, 5), round(c.lon, 5), _cells(c)) for c in placed]
    return LayerContent(_("Mairies"), columns, 0, points, nowhere=len(communes) - len(placed))


def _offers(gazetteer: Gazetteer, level: str, code: str) -> Iterator[Offered]:
    if level == "department":
        name = next((d.name for d in gazetteer.departments() if d.code == code), "")
        yield Offered(f"{ORIGIN}:department:{code}", _("Mairies, {name}").format(name=name))
        return
    if level == "commune":
        commune = gazetteer.by_insee(code)
        code = (commune.epci or "") if commune else ""
    epci = next((e for e in gazetteer.epcis() if e.code == code), None)
    if epci is not None:
        yield Offered(f"{ORIGIN}:epci:{code}", _("Mairies, {name}").format(name=epci.name))


def _cells(commune: Commune) -> tuple[str, str, str]:
    people = number(commune.population) if commune.population is not None else ""
    return _("Mairie {of}").format(of=of_name(commune.name)), ", ".join(commune.postcodes), people


def of_name(name: str) -> str:
    """« de Mende », « d’Ispagnac », « du Pont-de-Montvert », « des Vans »."""
    for article, joined in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"d’{name}" if fold(name)[:1] in "aeiouy" and not name.startswith("Y") else f"de {name}"
