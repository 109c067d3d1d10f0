"""What each type of value lets in, and in which form it stays."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain import catalogue, field_types
from appli.domain.field_types import LINE, LONG, SHORT
from appli.domain.fields import Field
from appli.errors import UserError
from tests.hostile import HOSTILE

REFUSED = object()


def _field(path: str) -> Field:
    kind, name = path.split(".")
    return catalogue.kind(kind).fields[name]


@cache
def _one_field_per_type() -> list[Field]:
    fields = [f for k in catalogue.all_kinds().values() for f in k.fields.values()]
    return list({(f.type.code, f.codes is None): f for f in fields}.values())


CASES = [
    ("place.title", "  Le   Labo\u00a0Ambulant\n", "Le Labo\u00a0Ambulant"),
    ("place.title", " \t", None),
    ("place.title", 12, REFUSED),
    ("place.description", "Un\r\n\r\ndeux  \n", "Un\n\ndeux"),
    ("event.attendance", "12", 12),
    ("event.attendance", 0, 0),
    ("event.attendance", -1, REFUSED),
    ("event.attendance", 10**13, REFUSED),
    ("event.attendance", "douze", REFUSED),
    ("event.attendance", 12.5, REFUSED),
    ("place.opened_year", 2015, 2015),
    ("place.opened_year", 15, REFUSED),
    ("route.length", "12.5", 12.5),
    ("route.length", -0.1, REFUSED),
    ("route.length", float("nan"), REFUSED),
    ("route.length", float("inf"), REFUSED),
    ("place.itinerant", "Oui", True),
    ("place.itinerant", "NON ", False),
    ("place.itinerant", True, True),
    ("place.itinerant", "peut-être", REFUSED),
    ("place.itinerant", 2, REFUSED),
    ("place.availability", "vacant", "vacant"),
    ("place.availability", "Vacant", REFUSED),
    ("place.availability", "haunted", REFUSED),
    ("place.families", ["food", "coworking", "food"], ["coworking", "food"]),
    ("place.families", [], None),
    ("place.families", ["coworking", "haunted"], REFUSED),
    ("place.families", "coworking", REFUSED),
    ("place.families", [1, {}], REFUSED),
    ("organization.activities", ["vélo ", "vélo", "", None, "réparation"], ["réparation", "vélo"]),
    ("organization.activities", [{}], REFUSED),
    ("organization.activities", ["a"] * 501, REFUSED),
    ("organization.siret", "120 027 016 00563", "12002701600563"),
    ("organization.siret", "123", REFUSED),
    ("organization.rna", "w482000123", "W482000123"),
    ("organization.naf", "94.99z", "9499Z"),
    ("trip.time", "07:30", "07:30"),
    ("trip.time", "24:00", REFUSED),
    ("trip.time", "٠٧:٣٠", REFUSED),
    ("person.guardian", "0f" * 16, "0f" * 16),
    ("person.guardian", b"\x0f" * 16, "0f" * 16),
    ("person.guardian", "0F" * 16, REFUSED),
    ("person.guardian", "0f" * 15, REFUSED),
    ("person.guardian", 15, REFUSED),
    ("qualification.answers", {"q1": " oui\x00 "}, {"q1": "oui"}),
    ("qualification.answers", {"Q 1": "oui"}, REFUSED),
]


@pytest.mark.parametrize(("path", "value", "kept"), CASES)
def test_a_value_is_kept_in_one_form_or_refused(path: str, value: Any, kept: Any) -> None:
    _check(path, value, kept)


DATES = [
    ("2026", "2026"),
    ("2026-03", "2026-03"),
    ("2026-03-14", "2026-03-14"),
    ("2024-02-29", "2024-02-29"),
    ("2026-02-29", REFUSED),
    ("2026-13", REFUSED),
    ("2026-3-14", REFUSED),
    ("20260314", REFUSED),
    ("14/03/2026", REFUSED),
    ("2026-03-14\n", REFUSED),
    ("0000-01-01", REFUSED),
    (2026, REFUSED),
]


@pytest.mark.parametrize(("value", "kept"), DATES)
def test_a_date_keeps_its_precision_and_exists(value: Any, kept: Any) -> None:
    _check("project.started", value, kept)


BY_HAND = {"precision": "exact", "source": "hand"}
COMPOSITES = [
    ("person.name", {"display": " Élise  R. ", "given": "Élise"}, {"display": "Élise R.", "given": "Élise"}),
    ("person.name", {"given": "Élise", "family": "Roumégas"}, REFUSED),
    ("person.name", {"display": " "}, REFUSED),
    ("person.name", {"display": "Élise", "birth": "1980"}, REFUSED),
    ("place.address", {"street": "1 rue Haute", "postcode": "48400"}, {"street": "1 rue Haute", "postcode": "48400"}),
    ("place.address", {"postcode": "zéro"}, REFUSED),
    ("place.address", {"country": "France"}, REFUSED),
    ("place.commune", {"name": "Florac", "insee": "48061"}, {"name": "Florac", "insee": "48061"}),
    ("place.commune", {"name": "Ajaccio", "insee": "2A004"}, {"name": "Ajaccio", "insee": "2A004"}),
    ("place.commune", {"name": "Florac", "insee": "0"}, REFUSED),
    ("place.commune", {"insee": "48061"}, REFUSED),
    ("place.position", {"lat": 44.32512345, "lon": 3}, {"lat": 44.325123, "lon": 3.0, **BY_HAND}),
    ("place.position", {"lat": 0, "lon": 0}, REFUSED),
    ("place.position", {"lat": 90.1, "lon": 3}, REFUSED),
    ("place.position", {"lat": 44, "lon": float("nan")}, REFUSED),
    ("place.position", {"lat": 44}, REFUSED),
    ("event.price", {"cents": 1250}, {"cents": 1250, "currency": "EUR"}),
    ("event.price", {"cents": 12.5}, REFUSED),
    ("event.price", {"cents": 1250, "currency": "euros"}, REFUSED),
    ("project.area", [{"level": "department", "code": "48"}], [{"level": "department", "code": "48"}]),
    ("project.area", [{"level": "planet", "code": "48"}], REFUSED),
    ("place.confirmation", {"on": "2026-11", "how": "phone"}, {"on": "2026-11", "how": "phone"}),
    ("place.confirmation", {"how": "phone"}, REFUSED),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "kept"), COMPOSITES)
def test_parts_stand_together(path: str, value: Any, kept: Any) -> None:
    _check(path, value, kept)


PERIOD = {"all_day": False, "timezone": "Europe/Paris", "exceptions": []}
PERIODS = [
    ({"start": "2026-06-12T09:00"}, {"start": "2026-06-12T09:00", **PERIOD}),
    ({"start": "2026-06"}, {"start": "2026-06", **PERIOD}),
    (
        {"start": "2026-06-12T09:00", "end": "2026-06-12", "recurrence": "FREQ=WEEKLY;BYDAY=TU"},
        {"start": "2026-06-12T09:00", "end": "2026-06-12", "recurrence": "FREQ=WEEKLY;BYDAY=TU", **PERIOD},
    ),
    ({"end": "2026-06-12"}, REFUSED),
    ({"start": "2026-06-12", "end": "2026-06-11"}, REFUSED),
    ({"start": "2026-06-12T09:00", "end": "2026-06-12T08:59"}, REFUSED),
    ({"start": "2026-06-31"}, REFUSED),
    ({"start": "2026-06-12T25:00"}, REFUSED),
    ({"start": "2026-06-12", "recurrence": "toutes les semaines"}, REFUSED),
    ({"start": "2026-06-12", "exceptions": ["jamais"]}, REFUSED),
]


@pytest.mark.parametrize(("value", "kept"), PERIODS)
def test_a_period_has_a_start_and_goes_forward(value: Any, kept: Any) -> None:
    _check("event.period", value, kept)


def _check(path: str, value: Any, kept: Any) -> None:
    field = _field(path)
    if kept is REFUSED:
        with pytest.raises(UserError) as refused:
            field.validate(value)
        assert refused.value.code == "bad_value"
        assert field.label in refused.value.message
    else:
        assert field.validate(value) == kept


def test_a_refusal_says_what_may_stand_there() -> None:
    with pytest.raises(UserError) as refused:
        _field("trip.role").validate("pilote")
    assert "driver, passenger" in refused.value.hint


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    ("path", "limit"), [("place.title", LINE), ("place.summary", SHORT), ("place.description", LONG)]
)
def test_hostile_words_become_plain_ones(path: str, limit: int, text: str) -> None:
    kept = _field(path).validate(text)
    assert kept is None or isinstance(kept, str)
    if kept is not None:
        assert 0 < len(kept) <= limit
        assert kept == unicodedata.normalize("NFC", kept).strip()
        controls = {c for c in kept if unicodedata.category(c) in ("Cc", "Cs")}
        assert controls <= ({"\n"} if limit == LONG else set())
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff") & set(kept)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.sampled_from(HOSTILE[:17]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
PARTS = sorted({p.code for f in _one_field_per_type() for p in f.type.parts})
NEAR_MISSES = (
    JSON
    | st.sampled_from(["2026-03-14", "2026", "48061", "exact", "48", "department", "EUR", "07:30", "food", "oui"])
    | st.binary(min_size=16, max_size=16)
)
VALUES = (
    NEAR_MISSES | st.dictionaries(st.sampled_from(PARTS), NEAR_MISSES, max_size=5) | st.lists(NEAR_MISSES, max_size=4)
)


@given(value=VALUES)
def test_whatever_comes_stays_in_one_form_or_is_refused(value: Any) -> None:
    for field in _one_field_per_type():
        try:
            kept = field.validate(value)
        except UserError:
            continue
        assert field.validate(kept) == kept, field.name
        if kept is not None:
            assert isinstance(field.type.words(kept), str), field.name


def test_parts_are_those_of_the_value() -> None:
    models = {
        "name": field_types.NameParts,
        "address": field_types.AddressParts,
        "commune": field_types.CommuneParts,
        "position": field_types.PositionParts,
        "period": field_types.PeriodParts,
        "money": field_types.MoneyParts,
        "confirmation": field_types.ConfirmationParts,
        "remit": field_types.RemitParts,
    }
    types = {f.type.code: f.type for f in _one_field_per_type()}
    assert {code for code, t in types.items() if t.parts} == set(models)
    for code, model in models.items():
        assert [p.code for p in types[code].parts] == list(model.model_fields), code


def test_a_type_with_parts_or_many_values_is_stored_as_one_text() -> None:
    for field in _one_field_per_type():
        if field.type.parts or field.type.many:
            assert field.type.composite, field.name
            assert field.type.column == "TEXT"
