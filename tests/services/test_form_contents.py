"""Values as editors hold them: what people type is read, what an editor cannot say is kept."""

from __future__ import annotations

from typing import Any

import pytest

from appli.domain import catalogue
from appli.domain.fields import Field
from appli.errors import UserError
from appli.services.directory import Directory
from appli.services.form_contents import content_of, parts_of, value_of
from appli.services.form_model import Content
from tests.services.forms import directory

__all__ = ["directory"]


def field(kind: str, name: str) -> Field:
    return catalogue.kind(kind).fields[name]


NO_PERIOD = dict.fromkeys(
    ("start", "start_time", "end", "end_time", "all_day", "recurrence", "until", "exceptions"), ""
)


FLORAC = {"insee": "48061", "name": "Florac Trois Rivières"}
STREET = {"street": "Rue du Pêcher", "postcode": "48400"}
LOZERE = {"level": "department", "code": "48"}
ELISE = {"display": "Élise Roumégas", "sort": "Roumégas Élise", "given": "Élise", "family": "Roumégas"}
SPOT = {"lat": 44.3236, "lon": 3.5936, "precision": "exact", "source": "hand"}


@pytest.mark.parametrize(
    ("kind", "name", "typed", "value"),
    [
        ("place", "capacity", "1 200", 1200),
        ("place", "surface_indoor", "42,5", 42.5),
        ("equipment", "deposit", "12,50 €", {"cents": 1250, "currency": "EUR"}),
        ("equipment", "deposit", "30 CHF", {"cents": 3000, "currency": "CHF"}),
        ("place", "available_from", "mars 2026", "2026-03"),
        ("place", "available_from", "14/03/2026", "2026-03-14"),
        ("trip", "time", "7h30", "07:30"),
        ("place", "opening_hours", "du lundi au vendredi 9h-12h", "Mo-Fr 09:00-12:00"),
        ("place", "position", "44,3236 ; 3,5936", SPOT),
        ("place", "free_access", "true", True),
        ("place", "free_access", "false", False),
        ("place", "families", ("food", "coworking"), ["coworking", "food"]),
        ("organization", "activities", ("vannerie", "pain"), ["pain", "vannerie"]),
        ("person", "commune", {"name": "Florac Trois Rivières", "insee": ""}, FLORAC),
        ("person", "commune", {"name": "Florak", "insee": ""}, {"name": "Florak"}),
        ("person", "address", STREET, STREET),
        ("project", "area", "department:48 commune:48061", [LOZERE, {"level": "commune", "code": "48061"}]),
        (
            "organization",
            "remit",
            {"topics": "Tourisme", "territory": "department:48"},
            {"topics": "Tourisme", "territory": [LOZERE]},
        ),
        ("person", "name", {"given": "Élise", "family": "Roumégas", "display": ""}, ELISE),
    ],
)
def test_what_is_typed_becomes_a_value(directory: Directory, kind: str, name: str, typed: Content, value: Any) -> None:
    assert value_of(directory, field(kind, name), typed, None) == value
    assert value_of(directory, field(kind, name), content_of(field(kind, name), value), None) == value


@pytest.mark.parametrize(
    ("kind", "name", "typed"),
    [
        ("place", "capacity", "beaucoup"),
        ("place", "capacity", "12,5"),
        ("place", "opened_year", "19"),
        ("place", "available_from", "31/02/2026"),
        ("trip", "time", "25 h"),
        ("place", "opening_hours", "quand on veut"),
        ("place", "position", "0 ; 0"),
        ("equipment", "deposit", "douze"),
        ("event", "period", NO_PERIOD | {"end": "5 décembre 2026"}),
        ("event", "period", NO_PERIOD | {"start": "5 décembre 2026", "end": "4 décembre 2026"}),
        ("event", "period", NO_PERIOD | {"start": "décembre 2026", "start_time": "14 h"}),
    ],
)
def test_what_cannot_stand_is_refused(directory: Directory, kind: str, name: str, typed: Content) -> None:
    with pytest.raises(UserError):
        value_of(directory, field(kind, name), typed, None)


@pytest.mark.parametrize("kind", [k.code for k in catalogue.main_kinds()])
def test_nothing_typed_is_no_value(directory: Directory, kind: str) -> None:
    for one in catalogue.kind(kind).fields.values():
        if one.declared.section != "none" and one.type.code not in ("confirmation", "answers"):
            assert value_of(directory, one, content_of(one, None), None) is None, one.name


def test_a_period_by_its_parts(directory: Directory) -> None:
    typed = NO_PERIOD | {"start": "5/12/2026", "start_time": "14 h 30", "end_time": "18h"}
    value = value_of(directory, field("event", "period"), typed, None)
    assert (value["start"], value["end"], value["all_day"]) == ("2026-12-05T14:30", "2026-12-05T18:00", False)
    shown = content_of(field("event", "period"), value)
    assert shown == NO_PERIOD | {"start": "5 décembre 2026", "start_time": "14\u00a0h\u00a030", "end_time": "18\u00a0h"}


def test_what_the_editor_cannot_say_of_a_period_is_kept(directory: Directory) -> None:
    current = {"start": "2026-12-05T14:30", "timezone": "Europe/Brussels", "recurrence": "FREQ=WEEKLY;BYDAY=SA"}
    period = field("event", "period")
    content = content_of(period, current)
    assert isinstance(content, dict)
    value = value_of(directory, period, {**content, "start_time": "15 h"}, current)
    assert value["timezone"] == "Europe/Brussels"
    assert value["recurrence"] == "FREQ=WEEKLY;BYDAY=SA"
    recurrence = next(p for p in parts_of(period, current) if p.code == "recurrence")
    assert ("FREQ=WEEKLY;BYDAY=SA", "D’une autre façon") in [(o.code, o.label) for o in recurrence.options]


def test_a_recurrence_ends_and_has_exceptions(directory: Directory) -> None:
    typed = NO_PERIOD | {
        "start": "5/12/2026", "recurrence": "FREQ=WEEKLY", "until": "30/6/2027", "exceptions": "26/12/2026, 2/1/2027",
    }  # fmt: skip
    value = value_of(directory, field("event", "period"), typed, None)
    assert value["recurrence"] == "FREQ=WEEKLY;UNTIL=20270630"
    assert value["exceptions"] == ["2026-12-26", "2027-01-02"]


def test_a_name_typed_whole_is_taken_apart_and_a_sort_name_is_kept(directory: Directory) -> None:
    name = field("person", "name")
    assert value_of(directory, name, {"display": "Noé TESTARD"}, None)["family"] == "Testard"
    current = {"display": "Anne de Bretagne", "sort": "Bretagne Anne de", "given": "Anne", "family": "de Bretagne"}
    typed = {"given": "Anne", "family": "de Bretagne", "display": "Anne de B."}
    assert value_of(directory, name, typed, current)["sort"] == "Bretagne Anne de"
