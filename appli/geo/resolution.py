"""Which commune a row of a list means, from a name, a postcode, an INSEE code that may be wrong, old or missing.

Nothing is guessed: two of the three agree, or one says it alone and could mean no other commune; else no commune
is chosen and the candidates are handed over for a person to choose. `remarks` says what was repaired or disagrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from appli.geo.codes import Remark, read_insee, read_postcode
from appli.geo.commune import Commune, CommuneKind, Match, Precision
from appli.geo.place_text import departments_of_postcode, read_place
from appli.i18n import _

MOST_CANDIDATES = 8


class How(StrEnum):
    """What the choice rests on."""

    INSEE = "insee"
    NAME_AND_POSTCODE = "name_and_postcode"
    NAME_AND_DEPARTMENT = "name_and_department"
    """The postcode is of no commune (Cedex) or of another one; its department agrees."""
    NAME = "name"
    POSTCODE = "postcode"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The commune or None, the others it could have been, and the postcode as it should be kept."""

    commune: Commune | None
    how: How
    postcode: str
    candidates: tuple[Commune, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Known(Protocol):
    """What is asked of the gazetteer."""

    def by_insee(self, insee: str) -> Commune | None: ...
    def by_postcode(self, postcode: str) -> list[Commune]: ...
    def bearers(self, name: str) -> list[Match]: ...
    def find(self, text: str) -> list[Match]: ...


def resolve(gazetteer: Known, name: str, postcode: str, insee: str) -> Resolution:
    """Weigh what the row says."""
    return _Row(gazetteer, name, postcode, insee).resolution()


@dataclass
class _Row:
    """What one row says, and what is thought of it so far."""

    gazetteer: Known
    name: str
    written_postcode: str
    written_insee: str
    remarks: list[Remark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place = read_place(self.name)
        self.postcode = self._read(read_postcode(self.written_postcode))
        self.postcode = self.postcode or self.place.postcode or ""
        code = self._read(read_insee(self.written_insee))
        self.coded = self.gazetteer.by_insee(code) if code else None
        if code and self.coded is None:
            self._say("insee_unknown", _("le code INSEE {code} n’existe pas"), code=code)
        self.bearers = self.gazetteer.bearers(self.name) if self.place.key else []
        self.named = [match.commune for match in self.bearers]

    def _read(self, code: tuple[str, Remark | None]) -> str:
        if code[1]:
            self.remarks.append(code[1])
        return code[0]

    def _say(self, code: str, message: str, /, **values: str) -> None:
        self.remarks.append(Remark(code, message.format(**values)))

    # --- weighing -------------------------------------------------------------------------------

    def resolution(self) -> Resolution:
        if self.coded:
            return self._with_code(self.coded)
        if not self.place.key:
            return self._with_postcode_alone()
        if self.postcode:
            return self._with_name_and_postcode()
        if one := self._only(self.named):
            return self._chosen(one, How.NAME, self.named)
        return self._open(self.named or self._like_it())

    def _with_code(self, coded: Commune) -> Resolution:
        """The code counts unless name or postcode, together, say another commune."""
        if not self.place.key:
            self._compare_postcode(coded)
            return self._chosen(coded, How.INSEE)
        family = [c for c in self.named if c.today == coded.today]
        if family:
            same_code = [c for c in family if c.insee == coded.insee]
            other = family[0] if coded.is_former else coded
            return self._chosen(same_code[0] if same_code else other, How.INSEE)
        self._say(
            "insee_contradicts_name",
            _("le code INSEE {code} est celui de {commune}, pas de «\u00a0{name}\u00a0»"),
            code=coded.insee, commune=coded.name, name=self.name.strip(),
        )  # fmt: skip
        others = [c for c in self.named if self.postcode in c.postcodes]
        agrees = self.postcode in coded.postcodes
        if not others and agrees:
            return self._chosen(coded, How.INSEE)
        if not agrees and (one := self._only(others)):
            return self._chosen(one, How.NAME_AND_POSTCODE)
        return self._open([coded, *(others or self.named)])

    def _with_name_and_postcode(self) -> Resolution:
        here = [c for c in self.named if self.postcode in c.postcodes]
        if one := self._only(here):
            return self._chosen(self._arrondissement(one), How.NAME_AND_POSTCODE)
        departments = departments_of_postcode(self.postcode)
        around = [c for c in self.named if c.department in departments]
        if not here and (one := self._only(around)):
            self._compare_postcode(one)
            return self._chosen(one, How.NAME_AND_DEPARTMENT)
        if not around and (one := self._only(self._like_it())):
            self._say(
                "name_approximate", _("«\u00a0{name}\u00a0» lu comme {commune}"),
                name=self.name.strip(), commune=one.name,
            )  # fmt: skip
            return self._chosen(one, How.NAME_AND_POSTCODE)
        if self.named and not around:
            self._say(
                "postcode_contradicts_name",
                _("aucune commune «\u00a0{name}\u00a0» n’a le code postal {postcode} ni n’est de ce département"),
                name=self.name.strip(), postcode=self.postcode,
            )  # fmt: skip
        of_postcode = self.gazetteer.by_postcode(self.postcode)
        return self._open(here or around or [*self.named, *self._resembling(), *of_postcode])

    def _with_postcode_alone(self) -> Resolution:
        communes = self.gazetteer.by_postcode(self.postcode)
        parts = [c for c in communes if c.kind is CommuneKind.ARRONDISSEMENT]
        if one := self._only(parts if len(parts) == 1 else communes):
            return self._chosen(one, How.POSTCODE)
        return self._open(communes)

    # --- pieces ---------------------------------------------------------------------------------

    def _arrondissement(self, commune: Commune) -> Commune:
        """« Paris » and 75011 together name the 11e arrondissement."""
        parts = [
            c
            for c in self.gazetteer.by_postcode(self.postcode)
            if c.parent == commune.insee and c.kind is CommuneKind.ARRONDISSEMENT
        ]
        return parts[0] if len(parts) == 1 else commune

    def _like_it(self) -> list[Commune]:
        """Communes whose name begins so, in the postcode if there is one."""
        return [c for c in self._resembling() if not self.postcode or self.postcode in c.postcodes]

    def _resembling(self) -> list[Commune]:
        """Communes whose name begins so or is nearly so, in the postcode or its department."""
        matches = self.gazetteer.find(f"{self.name} {self.postcode}")
        return [m.commune for m in matches if m.precision is not Precision.POSTCODE]

    def _compare_postcode(self, commune: Commune) -> None:
        """Say when the postcode is another commune's; a Cedex is nobody's and passes."""
        if self.postcode in commune.postcodes or not self.gazetteer.by_postcode(self.postcode):
            return
        self._say(
            "postcode_of_another",
            _("{postcode} n’est pas un code postal de {commune}"),
            postcode=self.postcode, commune=commune.name,
        )  # fmt: skip

    def _only(self, communes: list[Commune]) -> Commune | None:
        """The commune that a name leaves no doubt about, among these.

        One commune of today, or parts of one; else the one that bears the very name today, if no other is larger:
        « Laval » is not Laval-en-Belledonne, which bore that name, but « Évry » may be Évry-Courcouronnes.
        """
        families = dict.fromkeys(c.today for c in communes)
        if len(families) == 1:
            return next((c for c in communes if c.parent is None), communes[0])
        very_name = {m.commune for m in self.bearers if m.score == 1 and not m.commune.is_former}
        leaders = [c for c in communes if c in very_name]
        if len(leaders) != 1:
            return None
        people = {code: self._population(code) for code in families}
        return leaders[0] if people[leaders[0].today] == max(people.values()) else None

    def _population(self, insee: str) -> int:
        commune = self.gazetteer.by_insee(insee)
        return commune.population or 0 if commune else 0

    def _chosen(self, commune: Commune, how: How, homonyms: Iterable[Commune] = ()) -> Resolution:
        others = tuple(c for c in homonyms if c.today != commune.today)[:MOST_CANDIDATES]
        return Resolution(commune, how, self.postcode, others, tuple(self.remarks))

    def _open(self, candidates: list[Commune]) -> Resolution:
        """Nobody chosen: these are to be shown."""
        found = tuple(dict.fromkeys(candidates))[:MOST_CANDIDATES]
        return Resolution(None, How.NONE, self.postcode, found, tuple(self.remarks))
