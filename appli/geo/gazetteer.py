"""Every commune of France, found by what people type or lists hold, with no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from appli.domain.text import fold
from appli.geo.commune import Commune, Department, Epci, Match, Precision
from appli.geo.commune_table import CommuneTable
from appli.geo.name_index import without_article
from appli.geo.name_search import Among, Hit, NameSearch, unique
from appli.geo.nearby import Nearby
from appli.geo.place_text import PlaceText, departments_of_postcode, in_full, read_place, without_aside
from appli.geo.resolution import Resolution, resolve

if TYPE_CHECKING:
    from appli.geo.gazetteer_file import Columns

_FORM_LIMIT = 8
_CODE = re.compile(r"\d{2,5}|2[AB]\d{0,3}")


class Gazetteer:
    """Loaded once for the process; it never changes, so any thread may ask."""

    def __init__(self, columns: Columns) -> None:
        self._table = CommuneTable(columns)
        self._names = NameSearch(columns.keys, columns.old_keys, columns.old_names.split("\n"), columns.old_name_rows)
        self._resolve = lru_cache(maxsize=16_384)(self._resolve_once)

    @classmethod
    def load(cls, file: Path) -> Gazetteer:
        """Read `communes.json.zst`."""
        from appli.geo.gazetteer_file import read

        return cls(read(file))

    # --- codes and territories ------------------------------------------------------------------

    def by_insee(self, insee: str) -> Commune | None:
        """The commune of a code; of a code out of use, the commune that took it over."""
        row = self._table.row_of(insee)
        return None if row is None else self._table.commune(row)

    def by_postcode(self, postcode: str) -> list[Commune]:
        """Communes of today and arrondissements that have this postcode, the most populous first."""
        rows = self._table.with_postcode(postcode)
        return [c for c in self._table.communes(rows) if not c.is_former]

    def departments(self) -> list[Department]:
        return list(self._table.departments.values())

    def epcis(self) -> list[Epci]:
        return list(self._table.epcis.values())

    def communes_of(self, *, department: str = "", epci: str = "") -> list[Commune]:
        """The communes of today of a department or an EPCI, the most populous first."""
        table = self._table
        rows = table.in_epci(epci) if epci else table.in_department(department)
        return table.communes(row for row in rows if table.is_of_today(row))

    @cached_property
    def _nearby(self) -> Nearby:
        return Nearby(self._table.points_of_today())

    def nearest(self, lat: float, lon: float) -> Commune | None:
        """The commune of today whose point is nearest; None far from all of them."""
        row = self._nearby.nearest(lat, lon)
        return None if row is None else self._table.commune(row)

    # --- names ----------------------------------------------------------------------------------

    def find(self, text: str, limit: int = 10, near_department: str | None = None) -> list[Match]:
        """What a text may mean, best first; communes of the near department before the others."""
        near = self._table.in_department(near_department or "")
        readings = list(self._readings(text))
        for search in (self._as_written, self._around_postcode, self._mistyped, self._by_digits, self._elsewhere):
            for place in readings:
                if hits := list(islice(search(place, near), limit)):
                    return self._matches(hits)
        return []

    def complete(self, prefix: str, near_department: str | None = None) -> list[Match]:
        """What the form offers while somebody types."""
        return self.find(prefix, _FORM_LIMIT, near_department)

    def bearers(self, name: str) -> list[Match]:
        """Communes that bear or bore this very name (accents, article, St/Saint aside), best first."""
        for place in self._readings(name):
            scope = self._table.in_department(place.department) if place.department else None
            if place.key and (hits := Among(scope).kept(self._names.same(place.key))):
                return self._matches(hits)
        return []

    def exact(self, name: str, postcode: str | None = None, department: str | None = None) -> list[Commune]:
        """The communes of this name, today's or an old one, in a postcode or a department."""
        communes = dict.fromkeys(match.commune for match in self.bearers(name))
        return [
            commune
            for commune in communes
            if (postcode is None or postcode in commune.postcodes)
            and (department is None or department == commune.department)
        ]

    def resolve(self, name: str, postcode: str = "", insee: str = "") -> Resolution:
        """Which commune a row of a list means: see `appli.geo.resolution`."""
        return self._resolve(name, postcode, insee)

    def _resolve_once(self, name: str, postcode: str, insee: str) -> Resolution:
        return resolve(self, name, postcode, insee)

    # --- readings of a text ---------------------------------------------------------------------

    def _readings(self, text: str) -> Iterator[PlaceText]:
        """A text as it is, without the department it ends in, without short forms, then without an aside."""
        place = read_place(text)
        yield place
        if place.department is None:
            for ending, code in self._department_endings:
                if place.key.endswith(ending):
                    yield PlaceText(place.key.removesuffix(ending), place.postcode, code)
        if (full := in_full(place.key)) != place.key:
            yield PlaceText(full, place.postcode, place.department)
        shorter = without_aside(text)
        if shorter and shorter != text.strip():
            yield PlaceText(read_place(shorter).key, place.postcode, place.department)

    @cached_property
    def _department_endings(self) -> list[tuple[str, str]]:
        """(" lozere", "48"), the longest first."""
        names = {(fold(d.name), code) for code, d in self._table.departments.items()}
        endings = {(f" {name}", code) for name, code in names}
        endings |= {(f" {without_article(name)}", code) for name, code in names}
        return sorted(endings, key=lambda ending: (-len(ending[0]), ending))

    # --- ways of searching, the surest first ----------------------------------------------------

    def _as_written(self, place: PlaceText, near: list[int]) -> Iterator[Hit]:
        """The name, in the postcode or the department that is written with it."""
        if place.key:
            scope = self._table.with_postcode(place.postcode) if place.postcode else self._department_of(place)
            yield from self._arrondissement(place) or self._names.all(place, Among(scope, near))

    def _around_postcode(self, place: PlaceText, near: list[int]) -> Iterator[Hit]:
        """A Cedex or a wrong postcode: the name, in the department of the postcode."""
        if place.key and place.postcode:
            yield from self._names.all(place, Among(self._department_of(place), near))

    def _mistyped(self, place: PlaceText, near: list[int]) -> Iterator[Hit]:
        """A name with a mistake: in the department that is written with it, else anywhere."""
        if place.key:
            hits = Among(self._department_of(place), near).kept(self._names.mistyped(place.key))
            yield from unique(hits)

    def _by_digits(self, place: PlaceText, near: list[int]) -> Iterator[Hit]:
        """The communes of a postcode, of the beginning of one, of a department or, without a name, of an INSEE code."""
        code = (place.postcode or place.key).upper()
        if not _CODE.fullmatch(code):
            return
        rows = self._table.with_postcode(code)
        parts = [row for row in rows if self._table.is_arrondissement(row)]
        current = [row for row in rows if self._table.is_of_today(row)]
        named = bool(place.key and place.postcode)  # by a name that nobody bears
        sure = 0.45 if named else 1.0
        score = sure if len(parts or current) == 1 else sure / 2
        yield from Among(None, near).kept(Hit(row, Precision.POSTCODE, score) for row in parts or current)
        if parts:
            yield from (Hit(row, Precision.POSTCODE, score / 2) for row in current)
        if rows:
            return
        row = self._table.row_of(code)
        if row is not None and not named:
            yield Hit(row, Precision.EXACT, 1.0)
        elif not named:
            digits = code.removeprefix("0") if len(code) == 5 else code  # of four digits a zero was made up
            beginning = self._table.in_department(code) or self._table.with_postcode_beginning(digits)
            hits = (Hit(row, Precision.POSTCODE, 0.25) for row in beginning if self._table.is_of_today(row))
            yield from Among(None, near).kept(hits)

    def _elsewhere(self, place: PlaceText, near: list[int]) -> Iterator[Hit]:
        """The name, in spite of the postcode or the department that is written with it."""
        if place.key and (place.postcode or place.department):
            hits = Among(None, near).kept(self._names.same(place.key))
            yield from (hit._replace(precision=Precision.ELSEWHERE, score=hit.score * 0.4) for hit in unique(hits))

    def _department_of(self, place: PlaceText) -> list[int] | None:
        """The rows of the department that is written, or that the postcode is of; None where none is."""
        table = self._table
        if place.postcode:
            return [row for code in departments_of_postcode(place.postcode) for row in table.in_department(code)]
        return table.in_department(place.department) if place.department in table.departments else None

    def _arrondissement(self, place: PlaceText) -> list[Hit]:
        """« Paris » and 75011 together name the 11e arrondissement, then the whole city."""
        for row in self._table.with_postcode(place.postcode or ""):
            if self._table.is_arrondissement(row):
                city = self._table.row_of(self._table.commune(row).today)
                if city is not None and fold(self._table.commune(city).name) == place.key:
                    return [Hit(row, Precision.EXACT, 1.0), Hit(city, Precision.PREFIX, 0.8)]
        return []

    def _matches(self, hits: list[Hit]) -> list[Match]:
        return [Match(self._table.commune(hit.row), hit.precision, hit.score, hit.old_name) for hit in hits]
