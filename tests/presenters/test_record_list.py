"""The list: first page at once, all ids aside, the right row current, nothing read that is not shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from appli.app import open_index
from appli.domain.ids import RecordId
from appli.presenters.record_list import PAGE, RecordList
from appli.presenters.search import Search
from appli.presenters.session import Session
from appli.services.editing import trash
from tests.builders_index import index_docs
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, InlineJobs


class Bench:
    """A list, what it said, what it chose."""

    def __init__(self, session: Session) -> None:
        self.search = Search()
        self.view = CallRecorder()
        self.chosen: list[RecordId | None] = []
        self.list = RecordList(session, self.search, self.chosen.append)
        self.list.view = self.view  # type: ignore[assignment]
        self.list.find(self.search.query)

    def titles(self) -> list[str]:
        rows = (self.list.row(place) for place in range(self.list.count))
        return [row.title for row in rows if row is not None]


@pytest.fixture
def bench(session: Session) -> Bench:
    return Bench(session)


@pytest.fixture
def large(tmp_path: Path) -> Iterable[Session]:
    """An index of 300 entries, without a directory behind it."""
    with open_index(tmp_path / "i") as index:
        (tmp_path / "i").mkdir()
        index.rebuild(index_docs(300), 1)
    session = Session(tmp_path / "i", lambda: open_index(tmp_path / "i"), InlineJobs(), opener)
    yield session
    session.close()


def test_everything_but_the_trash_in_french_order(bench: Bench) -> None:
    assert bench.titles() == ["Atelier des Trois Rivières", "Élise Roumégas", "Mathieu Valdeyron"]
    assert bench.list.count_words() == "3 fiches"


def test_typing_finds_and_chooses_the_best(bench: Bench, village: Village) -> None:
    bench.search.set_text("maçon")
    assert bench.titles() == ["Mathieu Valdeyron"]
    assert bench.chosen[-1] == village.ids["mason"]
    assert bench.list.about_words() == "pour «\u00a0maçon\u00a0»"
    assert bench.list.status_words() == "1 fiche sur 3"


def test_a_filter_keeps_the_current_record_while_it_is_found(bench: Bench, village: Village) -> None:
    bench.list.set_current(2)
    bench.search.toggle("kind", "person", True)
    assert bench.list.current == village.ids["mason"]
    bench.search.toggle("kind", "person", False)
    bench.search.toggle("kind", "organization", True)
    assert bench.list.current == village.ids["workshop"]
    assert bench.chosen[-1] == village.ids["workshop"]


def test_in_a_single_pane_nothing_is_chosen_by_itself(bench: Bench) -> None:
    before = list(bench.chosen)
    bench.list.choose_by_itself(False)
    bench.search.set_text("maçon")
    assert bench.chosen == before


def test_once_there_is_room_for_a_sheet_the_first_one_is_chosen(session: Session, village: Village) -> None:
    bench = Bench(session)
    bench.list.choose_by_itself(False)
    bench.list.set_current(-1)
    bench.list.choose_by_itself(True)
    assert bench.list.current == village.ids["workshop"]


def test_words_found_are_underlined(bench: Bench) -> None:
    bench.search.set_text("menuis")
    row = bench.list.row(0)
    assert row is not None
    assert [row.second_line[a:b] for a, b in row.second_matches] == ["Menuisière"]


def test_a_row_is_said_once_in_words(bench: Bench) -> None:
    row = bench.list.row(1)
    assert row is not None
    assert row.spoken == "Élise Roumégas, personne, Menuisière, Florac Trois Rivières, 2 valeurs à trancher"


def test_what_goes_to_the_trash_leaves_its_place_to_its_neighbour(
    bench: Bench, village: Village, as_services: Callable[..., Any]
) -> None:
    bench.list.set_current(1)
    as_services(lambda d: trash(d, [village.ids["elise"]]))
    assert bench.titles() == ["Atelier des Trois Rivières", "Mathieu Valdeyron"]
    assert bench.list.current == village.ids["mason"]
    assert bench.list.all == 2


def test_the_trash_is_a_list_of_its_own(bench: Bench) -> None:
    bench.search.set_trashed(True)
    row = bench.list.row(0)
    assert row is not None
    assert row.trashed
    assert bench.titles() == ["La Recyclerie fermée"]
    assert bench.list.about_words() == "à la corbeille"


def test_the_first_page_does_not_wait_for_the_rest(large: Session) -> None:
    jobs = large.jobs
    assert isinstance(jobs, InlineJobs)
    jobs.hold = True
    bench = Bench(large)
    assert bench.list.count == PAGE
    assert not bench.list.complete
    assert bench.list.count_words() == "plus de 50 fiches"
    jobs.hold = False
    jobs.release()
    assert bench.list.complete
    assert bench.view.last("rows_added") == (PAGE, bench.list.count - 1)


def test_a_later_search_makes_the_former_answer_worthless(large: Session) -> None:
    jobs = large.jobs
    assert isinstance(jobs, InlineJobs)
    bench = Bench(large)
    jobs.hold = True
    bench.search.set_text("a")
    bench.search.set_text("bois")
    found = bench.list.count
    jobs.hold = False
    jobs.release()
    assert bench.list.count >= found
    assert {len(large.index.ids(bench.search.query))} == {bench.list.count}


def test_rows_far_down_are_read_when_they_are_shown(large: Session) -> None:
    bench = Bench(large)
    every = large.index.rows(large.index.ids(bench.search.query))
    assert bench.titles() == [row.title for row in every]
    assert bench.list.row(bench.list.count) is None


def test_a_record_that_went_away_meanwhile_leaves_an_empty_row(large: Session) -> None:
    bench = Bench(large)
    gone = bench.list.ids_at([200])[0]
    large.index.update([], [gone], 2)
    assert bench.list.row(200) is None
    assert bench.list.row(199) is not None


def test_a_damaged_index_shows_an_empty_list_until_it_is_made_anew(village: Village) -> None:
    session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
    session.index.rows([])
    path = village.folder / "index.db"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 60_000)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    session.index.close()
    bench = Bench(session)
    session.open()
    assert bench.titles() == ["Atelier des Trois Rivières", "Élise Roumégas", "Mathieu Valdeyron"]
    session.close()
