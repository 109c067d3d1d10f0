"""Lists for other programs: what they hold, what they never hold, and that they come back as they left."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.changes import Create, Put
from appli.domain.ids import new_id
from appli.domain.kinds.consent import PURPOSES
from appli.errors import UserError
from appli.services.consenting import Answer, note_consent
from appli.services.demonstration import load
from appli.services.directory import Directory
from appli.services.disclosing import Reason
from appli.services.editing import Assignment, edit_sheet
from appli.services.exporting.export import WRITERS, export
from appli.services.finding import query_for
from appli.services.importing.reading import mapping_for, open_list, plan_of
from appli.store.index import Query
from tests.services.making import made

EVERYTHING = Query(text="")


# --- as it left, it comes back -------------------------------------------------------------------


KINDS = ("person", "organization", "place", "project", "event", "equipment", "listing", "commons")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_lists_come_back_as_they_left(empty: Directory, tmp_path: Path, ending: str) -> None:
    """Reading one's own list again changes nothing: titles, choices, dates, hours, links are all understood."""
    load(empty)
    for kind in KINDS:
        query = query_for(lambda: empty.gazetteer, "", kind)
        done = export(empty, tmp_path / f"{kind}.{ending}", query, Audience.PRIVATE)
        listed = open_list(done.path, None)
        plan = plan_of(empty, listed, mapping_for(empty, listed, "retour", kind, ()))
        assert [(r.line, [(c.name, c.old, c.new) for c in r.changes]) for r in plan.of_status("changed")] == []
        assert len(plan.of_status("unchanged")) == done.records == len(plan.rows)


def test_a_correction_in_the_list_finds_its_sheet_even_under_another_name(empty: Directory, tmp_path: Path) -> None:
    person = made(empty, "person", name="Odette Vanel", phone="04 65 71 20 18")
    file = tmp_path / "liste.csv"
    export(empty, file, EVERYTHING, Audience.SHARED)
    file.write_bytes(file.read_bytes().replace(b"Vanel", b"Vannel"))
    listed = open_list(file, None)
    plan = plan_of(empty, listed, mapping_for(empty, listed, "retour", "person", ()))
    assert [row.record for row in plan.of_status("changed")] == [person]


# --- what a spreadsheet, a telephone, a map gets -------------------------------------------------


def test_a_spreadsheet_computes_nothing(empty: Directory, tmp_path: Path) -> None:
    made(empty, "place", title='=HYPERLINK("http://x")', summary="+33 4", description="@SUM(1)")
    text = export(empty, tmp_path / "l.csv", EVERYTHING, Audience.SHARED).path.read_text("utf-8-sig")
    cells = [cell.strip('"') for cell in text.splitlines()[1].split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    book = export(empty, tmp_path / "l.xlsx", EVERYTHING, Audience.SHARED).path
    listed = open_list(book, None)
    assert any('=HYPERLINK("http://x")' in (cell or "") for cell in listed.table.rows[0])


def test_the_map_puts_longitude_first(empty: Directory, tmp_path: Path) -> None:
    made(empty, "place", title="Halle", position="44.5,3.25")
    document = json.loads(export(empty, tmp_path / "l.geojson", EVERYTHING).path.read_text("utf-8"))
    (feature,) = document["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [3.25, 44.5]}
    assert feature["properties"]["name"] == "Halle"


def test_a_card_has_what_one_dials(empty: Directory, tmp_path: Path) -> None:
    import vobject

    made(empty, "person", name="Odette Vanel", mobile="06 39 98 41 07", occupation="Vannière")
    (card,) = vobject.readComponents(export(empty, tmp_path / "l.vcf", EVERYTHING, Audience.SHARED).path.read_text())
    assert (card.fn.value, card.tel.value, card.title.value) == ("Odette Vanel", "06 39 98 41 07", "Vannière")


def test_an_agenda_keeps_days_hours_and_repetitions(empty: Directory, tmp_path: Path) -> None:
    from icalendar import Calendar

    fete = made(empty, "event", title="Fête", period="2026-12-05/2026-12-06")
    cours = made(empty, "event", title="Cours", period="2026-12-05T14:00/2026-12-05T16:30")
    entry = empty.reads.entry(cours)
    assert entry is not None
    empty.do("Essai", [Put(cours, "period", {**entry.values["period"], "recurrence": "FREQ=WEEKLY;COUNT=3"})])
    made(empty, "event", title="Un jour", period="2027")
    calendar = Calendar.from_ical(export(empty, tmp_path / "l.ics", EVERYTHING).path.read_bytes())
    found = {str(e["summary"]): e for e in calendar.walk("VEVENT")}
    assert set(found) == {"Fête", "Cours"}, "a year alone is no date of an agenda"
    assert str(found["Fête"]["dtend"].dt) == "2026-12-07", "the first day that is over"
    assert found["Cours"]["dtstart"].dt.isoformat() == "2026-12-05T14:00:00+01:00"
    assert found["Cours"]["rrule"]["COUNT"] == [3]
    assert fete != cours


def test_an_unknown_ending_is_refused_and_nothing_is_written(empty: Directory, tmp_path: Path) -> None:
    made(empty, "place", title="Halle")
    with pytest.raises(UserError, match=r"\.doc"):
        export(empty, tmp_path / "l.doc", EVERYTHING)
    with pytest.raises(UserError) as nothing:
        export(empty, tmp_path / "l.ics", EVERYTHING)
    assert nothing.value.code == "nothing_to_export"
    assert list(tmp_path.glob("l.*")) == []


def test_who_stays_is_counted_by_reason(empty: Directory, tmp_path: Path) -> None:
    made(empty, "place", title="Halle")
    made(empty, "place", Audience.PRIVATE, title="Cave")
    made(empty, "person", Audience.PUBLIC, name="Odette Vanel")
    done = export(empty, tmp_path / "l.csv", EVERYTHING)
    assert (done.records, dict(done.left_out)) == (1, {Reason.AUDIENCE: 1, Reason.CONSENT: 1})


# --- nothing closed ever leaves ------------------------------------------------------------------

LEVELS = st.sampled_from([Audience.PRIVATE, Audience.SHARED, Audience.PUBLIC])
FIELDS = ("summary", "description", "availability", "occupation")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    whole=LEVELS,
    levels=st.tuples(*(LEVELS for _f in FIELDS)),
    phone=LEVELS,
    answers=st.dictionaries(st.sampled_from(list(PURPOSES.codes)), st.booleans()),
    minor=st.booleans(),
    asked=LEVELS,
    ending=st.sampled_from(list(WRITERS)),
)
@example(
    whole=Audience.PUBLIC,
    levels=(Audience.PUBLIC, Audience.SHARED, Audience.PRIVATE, Audience.PUBLIC),
    phone=Audience.SHARED,
    answers={"web": True},
    minor=False,
    asked=Audience.PUBLIC,
    ending=".csv",
)
def test_nothing_closed_is_in_any_file(
    tmp_path_factory: pytest.TempPathFactory,
    whole: Audience,
    levels: tuple[Audience, ...],
    phone: Audience,
    answers: dict[str, bool],
    minor: bool,
    asked: Audience,
    ending: str,
) -> None:
    tmp = tmp_path_factory.mktemp("fermé")
    with_words = {name: f"CANARI{n}" for n, name in enumerate(FIELDS)}
    directory = open_directory(tmp / "a")
    try:
        made(directory, "place", title="Toujours là")
        made(directory, "event", title="Toujours là aussi", period="2026-12-05")
        person = new_id()
        values = {"name": {"display": "CANARINOM"}, "minor": minor, "audience": int(whole), **with_words}
        overrides = dict(zip(FIELDS, levels, strict=True))
        directory.do("Essai", [Create(person, "person", values, overrides)])
        entry = directory.reads.entry(person)
        assert entry is not None
        edit_sheet(directory, entry, [Assignment("phone", "=", "06 39 98 41 99"), Assignment("phone", "@=", phone)])
        note_consent(directory, person, [Answer(purpose, given=yes) for purpose, yes in answers.items()])
        try:
            raw = export(directory, tmp / f"l{ending}", EVERYTHING, asked).path.read_bytes()
        except UserError:
            raw = b""
        if ending == ".xlsx" and raw:
            with zipfile.ZipFile(tmp / "l.xlsx") as book:
                raw = b"".join(book.read(name) for name in book.namelist())
        standing = directory.reads.entry(person)
        assert standing is not None
        level = standing.audience
        named = level >= asked and not (
            asked > Audience.PRIVATE
            and (answers.get("screen") is False or (asked is Audience.PUBLIC and (minor or not answers.get("web"))))
        )
        for n, field in enumerate(FIELDS):
            if not named or min(levels[n], level) < asked:
                assert f"CANARI{n}".encode() not in raw, field
        if not named:
            assert b"CANARINOM" not in raw
        if not named or min(phone, level) < asked:
            assert b"06 39 98 41 99" not in raw
    finally:
        directory.close()
