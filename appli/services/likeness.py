"""How much two sheets speak of the same person, organization or place, and why: the one notion of it.

The import recognises a row by the keys of here (`name_key`, `place_key`); suggested twins are weighed by `compare`.
Each thing two sheets share makes it likelier that they are one, each thing they contradict less likely. A name alone
weighs less than a name and a way to reach somebody; a telephone alone says nothing of a couple.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from appli.domain.entry import Entry
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.domain.person_names import parse_person_name, same_person_key
from appli.domain.text import fold
from appli.geo.positions import Point, distance_km
from appli.i18n import N_, _, number

SUGGESTED = 0.6
"""From this likeness on, a pair is worth a person's look."""

_PRECISE = frozenset(("exact", "street"))
_SHARED_HOSTS = (
    "facebook",
    "instagram",
    "twitter",
    "linkedin",
    "youtube",
    "helloasso",
    "google",
    "wordpress",
    "wixsite",
)
"""Where many have a page: the host says nothing, the whole address does."""

_LEAST_NAME = {"person": 70.0}
_LEAST_NAME_OF_OTHERS = 50.0
_WEIGHT = {"email": 0.6, "phone": 0.55, "web": 0.35, "number": 0.9, "commune": 0.3}
_SAID = {
    "email": N_("même courriel"),
    "phone": N_("même téléphone"),
    "web": N_("même site Internet"),
    "number": N_("même numéro SIRET ou RNA"),
    "commune": N_("même commune"),
}
_NEAR = ((0.05, 0.45), (0.15, 0.3), (0.5, 0.1))
"""Up to so many kilometres, so much."""
_FAR_KM = 2.0
_FAR, _OTHER_COMMUNE, _MOVED, _ONE_LIST, _OTHER_NUMBER = 0.4, 0.45, 0.8, 0.63, 0.3
"""What a contradiction leaves of a likeness."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a sheet is compared."""

    id: RecordId
    kind: str
    name: str
    """Folded, as it is written."""
    key: str
    """Folded, the words of a person's name in one order."""
    parts: tuple[str, str] | None
    """Given and family name, folded, when they are told apart."""
    place: str
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    numbers: Mapping[str, str] | None = None
    point: Point | None = None
    sources: frozenset[RecordId] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 to 1, and the reasons in French, the strongest first."""

    score: float
    reasons: tuple[str, ...]


_UNLIKE = Likeness(0.0, ())


def facts_of(entry: Entry, contacts: Iterable[Entry] = (), sources: Iterable[RecordId] = ()) -> Facts:
    """What of a sheet, its contacts and its origins is compared."""
    found: dict[str, set[str]] = {}
    for contact in contacts:
        value = str(contact.values.get("normalised") or contact.values.get("value") or "")
        sort = _SORTS.get(str(contact.values.get("type")))
        if sort and value and not contact.trashed:
            found.setdefault(sort, set()).add(site_key(value) if sort == "web" else value)
    values = entry.values
    name = values.get("name") or {}
    given, family = (fold(str(name.get(n) or "")) for n in ("given", "family"))
    position = values.get("position") or {}
    precise = position and position.get("precision", "exact") in _PRECISE
    return Facts(
        id=entry.id,
        kind=entry.kind.code,
        name=fold(entry.title),
        key=name_key(entry.kind, values),
        parts=(given, family) if given and family else None,
        place=place_key(values),
        emails=frozenset(found.get("email", ())),
        phones=frozenset(found.get("phone", ())),
        sites=frozenset(found.get("web", ())),
        numbers={n: str(values[n]) for n in ("siret", "rna") if values.get(n)},
        point=(position["lat"], position["lon"]) if precise else None,
        sources=frozenset(sources),
    )


_SORTS = {"email": "email", "phone": "phone", "mobile": "phone", "web": "web", "blog": "web", "social": "web"}


def compare(one: Facts, other: Facts) -> Likeness:
    """How much two sheets of one kind are alike; 0 when their names speak of two."""
    if one.kind != other.kind:
        return _UNLIKE
    name = name_ratio(one, other)
    if name < _LEAST_NAME.get(one.kind, _LEAST_NAME_OF_OTHERS):
        return _UNLIKE
    shared = list(_shared(one, other))
    shared.append((_name_weight(name), _name_words(name)))
    unlikely = 1.0
    for weight, _words in shared:
        unlikely *= 1 - weight
    against = list(_against(one, other, name))
    likely = 1 - unlikely
    for factor, _words in against:
        likely *= factor
    reasons = [words for weight, words in sorted(shared, key=lambda s: -s[0]) if weight > 0]
    return Likeness(likely, (*reasons, *(words for _f, words in against)))


def name_ratio(one: Facts, other: Facts) -> float:
    """How close the names are, in percent."""
    if one.key == other.key:
        return 100.0
    if one.parts and other.parts:
        family = _word_ratio(one.parts[1], other.parts[1])
        # nearly all pairs of a crowd end here, and the given names would not bring two families together
        return family if family < _LEAST_NAME["person"] else min(family, _word_ratio(one.parts[0], other.parts[0]))
    whole = fuzz.token_sort_ratio(one.name, other.name)
    if one.kind == "person" or min(len(one.name.split()), len(other.name.split())) < 2:
        return whole
    # « Fablab de Rennes » within « Fablab de Rennes, la fabrique »: close, but not as sure as the same words
    return max(whole, min(fuzz.token_set_ratio(one.name, other.name), 85.0))


def _word_ratio(one: str, other: str) -> float:
    if (len(one) == 1 or len(other) == 1) and one[:1] == other[:1]:
        return 88.0
    return fuzz.ratio(one, other)


def _name_weight(ratio: float) -> float:
    return float(0.75 * (max(0.0, ratio - 60) / 40) ** 1.5)


def _name_words(ratio: float) -> str:
    if ratio >= 100:
        return _("même nom")
    return _("noms proches : {n} %").format(n=number(ratio))


def _shared(one: Facts, other: Facts) -> Iterator[tuple[float, str]]:
    for sort, mine, theirs in (
        ("email", one.emails, other.emails),
        ("phone", one.phones, other.phones),
        ("web", one.sites, other.sites),
    ):
        if mine & theirs:
            yield _WEIGHT[sort], _(_SAID[sort])
    if _numbers(one, other) is True:
        yield _WEIGHT["number"], _(_SAID["number"])
    if one.place and one.place == other.place:
        yield _WEIGHT["commune"], _(_SAID["commune"])
    far = _apart(one, other)
    near = next((weight for km, weight in _NEAR if far is not None and far <= km), 0.0)
    if near:
        yield near, _("à {n} m").format(n=number(round(far * 1000))) if far else _("au même endroit")


def _against(one: Facts, other: Facts, name: float) -> Iterator[tuple[float, str]]:
    reached = bool(one.emails & other.emails or one.phones & other.phones)
    far = _apart(one, other)
    if one.place and other.place and one.place != other.place:
        yield _MOVED if reached and name >= 95 else _OTHER_COMMUNE, _("communes différentes")
    elif far is not None and far > _FAR_KM:
        yield _FAR, _("à {n} km").format(n=number(far, 1))
    if _numbers(one, other) is False:
        yield _OTHER_NUMBER, _("numéros SIRET ou RNA différents")
    if one.sources & other.sources:
        yield _ONE_LIST, _("deux lignes d’une même liste")


def _apart(one: Facts, other: Facts) -> float | None:
    return distance_km(one.point, other.point) if one.point and other.point else None


def _numbers(one: Facts, other: Facts) -> bool | None:
    """Whether the numbers of a register agree; None when they have none in common."""
    mine, theirs = one.numbers or {}, other.numbers or {}
    both = mine.keys() & theirs.keys()
    return any(mine[n] == theirs[n] for n in both) if both else None


# --- keys ----------------------------------------------------------------------------------------


def name_key(kind: Kind, values: Mapping[str, Any]) -> str:
    """A name without accents, capitals and order."""
    value = values.get(kind.title_field.name)
    if isinstance(value, dict):
        return same_person_key(parse_person_name(str(value.get("display", ""))))
    return fold(str(value or ""))


def place_key(values: Mapping[str, Any]) -> str:
    """Where: the commune if it is certain, else what was written."""
    commune = values.get("commune") or {}
    postcode = (values.get("address") or {}).get("postcode", "")
    return str(commune.get("insee") or fold(commune.get("name", "")) or postcode)


def site_key(address: str) -> str:
    """The host of a site; the whole address where many have a page."""
    bare = address.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    host = bare.partition("/")[0]
    return bare if any(shared in host for shared in _SHARED_HOSTS) else host
