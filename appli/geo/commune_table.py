"""The communes by row, code, postcode and territory: the columns of the file made into values when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from appli.geo.commune import (
    DEGREE,
    KINDS,
    NOWHERE,
    POSITION_SOURCES,
    Commune,
    CommuneKind,
    Department,
    Epci,
)

if TYPE_CHECKING:
    from appli.geo.gazetteer_file import Columns


class CommuneTable:
    """Rows are counted from 0, the most populous commune first; parts nobody counted come last."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._insee = columns.insee.split("\n")
        self._names = columns.names.split("\n")
        self._postcodes = columns.postcodes.split("\n")
        self._parents = columns.parents.split("\n")
        self.commune = lru_cache(maxsize=4_096)(self._commune)

    def communes(self, rows: Iterable[int]) -> list[Commune]:
        return [self.commune(row) for row in rows]

    def _commune(self, row: int) -> Commune:
        columns = self._columns
        parent = self._parents[row] or None
        department = self.departments[self.department_code(row)]
        epci = columns.epci[row]
        code, epci_name = (None, None) if epci == NOWHERE else columns.epcis[epci]
        population = columns.populations[row]
        return Commune(
            insee=self._insee[row],
            name=self._names[row],
            kind=KINDS[int(columns.kinds[row])],
            parent=parent,
            postcodes=tuple(self._postcodes_of(row)),
            epci=code,
            epci_name=epci_name,
            department=department.code,
            department_name=department.name,
            region=department.region,
            region_name=department.region_name,
            population=None if population == NOWHERE else population,
            lat=columns.latitudes[row] / DEGREE,
            lon=columns.longitudes[row] / DEGREE,
            position_source=POSITION_SOURCES[int(columns.sources[row])],
        )

    # --- codes ----------------------------------------------------------------------------------

    @cached_property
    def _rows_by_insee(self) -> dict[str, int]:
        """The first row wins: a commune of today before its part of the same code."""
        old = zip(self._columns.old_codes.split("\n"), self._columns.old_code_rows, strict=True)
        rows = dict(zip(reversed(self._insee), range(len(self._insee) - 1, -1, -1), strict=True))
        return dict(old) | rows

    def row_of(self, insee: str) -> int | None:
        """The row of a code; of a code out of use, the row of the commune that took it over."""
        return self._rows_by_insee.get(insee)

    @cached_property
    def _rows_by_postcode(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row in range(len(self._insee)):
            for postcode in self._postcodes_of(row):
                rows.setdefault(postcode, []).append(row)
        return rows

    def _postcodes_of(self, row: int) -> list[str]:
        own = self._postcodes[row]
        if not own and self._parents[row]:
            own = self._postcodes[self._rows_by_insee[self._parents[row]]]
        return own.split()

    def with_postcode(self, postcode: str) -> list[int]:
        """Rows of the communes and of their parts that have this postcode; 75000 is written for all of Paris."""
        rows = self._rows_by_postcode.get(postcode, [])
        return rows if rows or not postcode.endswith("000") else self._whole_cities.get(postcode[:2], [])

    def with_postcode_beginning(self, digits: str) -> list[int]:
        """Rows of the communes of today whose postcode begins so."""
        codes = [code for code in self._rows_by_postcode if code.startswith(digits)]
        return sorted({row for code in codes for row in self._rows_by_postcode[code] if self.is_of_today(row)})

    @cached_property
    def _whole_cities(self) -> dict[str, list[int]]:
        """The rows of Paris, Lyon and Marseille by department: their postcodes are those of their parts."""
        parts = [row for row in range(len(self._insee)) if self.is_arrondissement(row)]
        return {self.department_code(row): [self._rows_by_insee[self._parents[row]]] for row in parts}

    # --- territories ----------------------------------------------------------------------------

    @cached_property
    def departments(self) -> dict[str, Department]:
        regions = dict(self._columns.regions)
        return {
            code: Department(code, name, region, regions[region]) for code, name, region in self._columns.departments
        }

    @cached_property
    def epcis(self) -> dict[str, Epci]:
        departments: list[set[str]] = [set() for _ in self._columns.epcis]
        for row, epci in enumerate(self._columns.epci):
            if epci != NOWHERE:
                departments[epci].add(self.department_code(row))
        return {
            code: Epci(code, name, tuple(sorted(where)))
            for (code, name), where in zip(self._columns.epcis, departments, strict=True)
        }

    def department_code(self, row: int) -> str:
        """The department of today; a part may have come from another one."""
        insee = self._parents[row] or self._insee[row]
        return insee[: 3 if insee.startswith(("97", "98")) else 2]

    @cached_property
    def _rows_by_department(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row in range(len(self._insee)):
            rows.setdefault(self.department_code(row), []).append(row)
        return rows

    def in_department(self, department: str) -> list[int]:
        """Rows of the communes and of their parts."""
        return self._rows_by_department.get(department, [])

    def in_epci(self, epci: str) -> list[int]:
        """Rows of the communes and of their parts."""
        codes = [code for code, _ in self._columns.epcis]
        if epci not in codes:
            return []
        wanted = codes.index(epci)
        return [row for row, index in enumerate(self._columns.epci) if index == wanted]

    def points_of_today(self) -> Iterator[tuple[int, float, float]]:
        """Each commune of today: its row, latitude, longitude."""
        columns = self._columns
        for row, (lat, lon) in enumerate(zip(columns.latitudes, columns.longitudes, strict=True)):
            if self.is_of_today(row):
                yield row, lat / DEGREE, lon / DEGREE

    def is_arrondissement(self, row: int) -> bool:
        return KINDS[int(self._columns.kinds[row])] is CommuneKind.ARRONDISSEMENT

    def is_of_today(self, row: int) -> bool:
        return KINDS[int(self._columns.kinds[row])] is CommuneKind.CURRENT
