"""Opening hours: OSM syntax there and back, French cells in, French sentences out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain.opening_hours import (
    DAY,
    Opening,
    Rule,
    Span,
    describe,
    format_osm,
    is_open,
    is_public_holiday,
    make_spans,
    on_day,
    parse_osm,
    today_sentence,
)
from appli.domain.opening_hours_french import day_of_title, from_day_cells, from_text, read_opening

WEEK = "Mo-Fr 09:00-12:00,13:30-18:00; Sa 09:00-12:00; PH off"


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def plain(text: str | None) -> str | None:
    return text and text.replace("\u00a0", " ").replace("\u202f", " ")


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "spans"),
    [
        ("09:00 - 12:00 / 13:30 - 17:00", "09:00-12:00,13:30-17:00"),
        ("09:00-12:00/14:00-17:00", "09:00-12:00,14:00-17:00"),
        ("09:00-12:00 14:00-16:30", "09:00-12:00,14:00-16:30"),
        ("09:00-12:00-14:00-17:00", "09:00-12:00,14:00-17:00"),
        ("09:30-12:30/\n\n 13:30-18:00", "09:30-12:30,13:30-18:00"),
        ("08 :30-12:00", "08:30-12:00"),
        ("09:00-12h00", "09:00-12:00"),
        ("9h-12h et 14h-18h", "09:00-12:00,14:00-18:00"),
        ("9 h 30 – 12 h 30", "09:30-12:30"),
        ("9h - 12h 14h - 18h", "09:00-12:00,14:00-18:00"),
        ("de 9h à midi", "09:00-12:00"),
        ("9h30 à 12h puis 14h à 18h", "09:30-12:00,14:00-18:00"),
        ("9-12", "09:00-12:00"),
        ("9h-12", "09:00-12:00"),
        ("9-12h", "09:00-12:00"),
        ("18h à minuit", "18:00-24:00"),
        ("22h-2h", "22:00-02:00"),
        ("09:00 - 12:00 / 09:00 - 12:00 / 13:30 - 16:30", "09:00-12:00,13:30-16:30"),
        ("10:00-12:00/12:00-15:00", "10:00-12:00,12:00-15:00"),
        ("9h-12h (sur rendez-vous)", '09:00-12:00 "sur rendez-vous"'),
        ("14h-18h sur RDV", '14:00-18:00 "sur rendez-vous"'),
        ("sur rendez-vous", '"sur rendez-vous"'),
        ("Uniquement sur rdv", '"sur rendez-vous"'),
        ("fermé", "off"),
        ("FERMÉE", "off"),
        ("24h/24", "00:00-24:00"),
    ],
)
def test_a_cell_of_one_day(cell: str, spans: str) -> None:
    assert from_day_cells({"mo": cell}) == (f"Mo {spans}", None)


@pytest.mark.parametrize(
    "cell",
    [
        "matin", "9h", "07:30:12:30", "09:00-13:00-/3:00-16:00", "00:00 - 00:00", "00:00 - 00:00 / 09:00 - 12:00",
        "09:00 - 16:30 / 13:30 - 16:30", "25h-26h", "10h-10h", "18h-9h", "9h-12h sauf août",
        "9h-12h une semaine sur deux",
        "09:00-12:75", "premier samedi du mois 9h-12h", "9h-12h-14h",
    ],
)  # fmt: skip
def test_what_osm_cannot_say_surely_is_not_read(cell: str) -> None:
    assert read_opening(cell) is None


def test_one_unsure_day_sends_the_whole_week_to_the_note() -> None:
    osm, note = from_day_cells({"mo": "9h-12h", "tu": "matin  ou soir", "we": "-", "sa": None})
    assert osm is None
    assert plain(note) == "Lundi : 9h-12h\nMardi : matin ou soir"


def test_days_that_say_nothing_are_not_mentioned() -> None:
    assert from_day_cells({"mo": "-", "tu": "", "we": None, "th": "néant"}) == (None, None)
    cells = dict.fromkeys(["mo", "tu", "we", "th", "fr"], "9h-12h") | {"sa": "-", "su": "fermé"}
    assert from_day_cells(cells) == ("Mo-Fr 09:00-12:00; Su off", None)


@pytest.mark.parametrize(
    ("title", "day"),
    [("h_lundi", "mo"), ("Ouverture mardi", "tu"), ("DIMANCHE", "su"), ("Jours fériés", "ph"), ("Mardis gras", None),
     ("h", None)],
)  # fmt: skip
def test_the_day_of_a_column(title: str, day: str | None) -> None:
    assert day_of_title(title) == day


@pytest.mark.parametrize(
    ("text", "osm"),
    [
        ("lundi au vendredi 9h-12h et 14h-18h ; samedi 9h-12h", "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"),
        ("Du lundi au vendredi : 9h-17h", "Mo-Fr 09:00-17:00"),
        ("lun-ven 9h-12h", "Mo-Fr 09:00-12:00"),
        ("Lundi, mardi et jeudi de 9h à 12h", "Mo,Tu,Th 09:00-12:00"),
        ("lundi 9h-12h\nmardi 14h-18h", "Mo 09:00-12:00; Tu 14:00-18:00"),
        ("mardi 9h-12h et jeudi 14h-17h", "Tu 09:00-12:00; Th 14:00-17:00"),
        ("samedi et dimanche 10h-18h, fermé le lundi", "Mo off; Sa,Su 10:00-18:00"),
        ("vendredi au lundi 10h-18h", "Mo,Fr-Su 10:00-18:00"),
        ("tous les jours 8h-20h", "08:00-20:00"),
        ("mercredi : sur rendez-vous", 'We "sur rendez-vous"'),
        ("sur rendez-vous", '"sur rendez-vous"'),
        ("24h/24", "24/7"),
        ("24/7", "24/7"),
        ("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00"),
    ],
)
def test_a_whole_week_in_one_cell(text: str, osm: str) -> None:
    assert from_text(text) == (osm, None)


@pytest.mark.parametrize(
    "text",
    ["le premier samedi du mois 9h-12h", "lundi matin", "9h-12h", "lundi 9h-12h, lundi 14h-18h",
     "l’été du lundi au jeudi 9h-12h",
     "lundi 9h-12h, mardi 9h-12h sauf août", "Apr-Oct: Mo 09:00-12:00", "voir la porte"],
)  # fmt: skip
def test_what_is_not_understood_stays_whole_in_the_note(text: str) -> None:
    assert from_text(text) == (None, text)


@given(st.text(max_size=60) | st.text("lundimarje 0123456789h:-/,;et", max_size=40))
def test_a_text_is_read_or_kept_whole(text: str) -> None:
    osm, note = from_text(text)
    assert osm is None or note is None
    assert note is None or note == text.strip()
    if osm is not None:
        assert parse_osm(osm) is not None


# --- OSM -----------------------------------------------------------------------------------------

SPANS = st.lists(
    st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).map(lambda s: Span(s[0], s[0] + s[1])),
    min_size=1,
    max_size=3,
)
OPENINGS = st.builds(
    Opening, SPANS.map(make_spans).filter(bool), st.none() | st.sampled_from(["sur rendez-vous", "sonner ; attendre"])
) | st.sampled_from([Opening(), Opening((), "sur rendez-vous")])
WEEKS = st.lists(st.builds(Rule, st.frozensets(st.integers(0, 7), min_size=1), OPENINGS), min_size=1, max_size=5).map(
    tuple
)


@given(WEEKS)
def test_writing_and_reading_again_changes_nothing(hours: tuple[Rule, ...]) -> None:
    written = format_osm(hours)
    again = parse_osm(written)
    assert again is not None
    assert [on_day(again, day) for day in range(8)] == [on_day(hours, day) for day in range(8)]
    assert format_osm(again) == written
    assert describe(written)


@given(st.text(max_size=40) | st.text('MoTuPHof 0123456789:-,;"', max_size=40))
def test_any_osm_text_is_read_or_shown_as_it_is(text: str) -> None:
    now = at("2026-11-20T09:30")
    if parse_osm(text) is None:
        assert describe(text) == text
        assert is_open(text, now) is None
        assert today_sentence(text, now) is None
    else:
        assert today_sentence(text, now)


@pytest.mark.parametrize(
    ("osm", "french"),
    [
        (WEEK, "lundi au vendredi, 9 h – 12 h et 13 h 30 – 18 h ; samedi, 9 h – 12 h ; fermé les jours fériés"),
        ("Mo,Tu,Th 09:00-12:00", "lundi, mardi et jeudi, 9 h – 12 h"),
        ("Tu off; We \"sur rendez-vous\"", "mercredi, sur rendez-vous ; fermé le mardi"),
        ("Mo 09:00-12:00 \"sur rendez-vous\"", "lundi, 9 h – 12 h (sur rendez-vous)"),
        ("24/7", "tous les jours, 24 h sur 24"),
        ("22:00-02:00", "tous les jours, 22 h – 2 h"),
        ("Mo-Su,PH 10:00-18:00", "tous les jours, fériés compris, 10 h – 18 h"),
        ("off", "fermé tous les jours"),
        ("\"sur rendez-vous\"", "sur rendez-vous"),
        ("Mo-Fr 09:00-17:00; We off", "lundi, mardi, jeudi et vendredi, 9 h – 17 h ; fermé le mercredi"),
        ("sunrise-sunset", "sunrise-sunset"),
    ],
)  # fmt: skip
def test_hours_are_described_in_french(osm: str, french: str) -> None:
    assert plain(describe(osm)) == french


@pytest.mark.parametrize(
    ("moment", "answer", "sentence"),
    [
        ("2026-11-20T08:30", False, "Ouvre aujourd’hui à 9 h"),
        ("2026-11-20T09:00", True, "Ouvert aujourd’hui jusqu’à 12 h"),
        ("2026-11-20T11:59", True, "Ouvert aujourd’hui jusqu’à 12 h"),
        ("2026-11-20T12:00", False, "Ouvre aujourd’hui à 13 h 30"),
        ("2026-11-20T17:00", True, "Ouvert aujourd’hui jusqu’à 18 h"),
        ("2026-11-20T18:00", False, "Fermé pour aujourd’hui"),
        ("2026-11-22T10:00", False, "Fermé aujourd’hui"),
        ("2026-11-11T10:00", False, "Fermé aujourd’hui"),
    ],
)
def test_open_or_closed_now(moment: str, answer: bool, sentence: str) -> None:
    assert is_open(WEEK, at(moment)) is answer
    assert plain(today_sentence(WEEK, at(moment))) == sentence


def test_nights_belong_to_the_day_before() -> None:
    bar = "Fr 22:00-02:00"
    assert is_open(bar, at("2026-11-21T01:59")) is True
    assert is_open(bar, at("2026-11-21T02:00")) is False
    assert plain(today_sentence(bar, at("2026-11-21T01:00"))) == "Ouvert aujourd’hui jusqu’à 2 h"


def test_appointments_are_neither_open_nor_closed() -> None:
    assert is_open('Fr "sur rendez-vous"', at("2026-11-20T10:00")) is None
    assert is_open('Fr "sur rendez-vous"', at("2026-11-21T10:00")) is False
    assert is_open('Fr 09:00-12:00 "sur rendez-vous"', at("2026-11-20T10:00")) is None
    assert is_open('Fr 09:00-12:00 "sur rendez-vous"', at("2026-11-20T13:00")) is False
    assert is_open('Fr 09:00-12:00 open "sonnez"', at("2026-11-20T10:00")) is True
    sentence = today_sentence('Fr 09:00-12:00 "sur rendez-vous"', at("2026-11-20T10:00"))
    assert plain(sentence) == "Aujourd’hui : 9 h – 12 h, sur rendez-vous"


@pytest.mark.parametrize(
    "osm", ["Mo 09:00", "Lu 9h-12h", "Mo 25:00-26:00", "Mo 09:00-12:00,11:00-13:00", "", ";", "Mo off 09:00-12:00"]
)
def test_unknown_or_senseless_syntax_is_not_evaluated(osm: str) -> None:
    assert parse_osm(osm) is None


def test_the_last_rule_that_names_a_day_holds() -> None:
    assert is_open("Mo-Su 09:00-17:00; PH off", at("2026-12-25T10:00")) is False
    assert is_open("PH off; Mo-Su 09:00-17:00", at("2026-12-25T10:00")) is True


def test_the_eleven_public_holidays() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    found = [day.strftime("%m-%d") for day in days if is_public_holiday(day)]
    assert found == ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"]


def test_easter_never_leaves_its_season() -> None:
    for year, monday in {2000: "04-24", 2024: "04-01", 2038: "04-26", 2079: "04-24"}.items():
        assert is_public_holiday(dt.date.fromisoformat(f"{year}-{monday}"))
    for year in range(1900, 2100):
        assert sum(is_public_holiday(dt.date(year, 1, 1) + dt.timedelta(days=n)) for n in range(365)) >= 10
