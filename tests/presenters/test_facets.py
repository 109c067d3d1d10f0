"""The filters: counts over the whole base, what is ticked stays seen, long lists fold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from appli.app import open_index
from appli.presenters.facets import FOLDED, TRASH, Facets, Group
from appli.presenters.search import Search
from appli.presenters.session import Session
from tests.builders_index import index_docs
from tests.presenters.conftest import make, opener
from tests.presenters.fakes import CallRecorder, InlineJobs


class Bench:
    """The filters and what they show."""

    def __init__(self, session: Session) -> None:
        self.search = Search()
        self.view = CallRecorder()
        self.facets = Facets(session, self.search)
        self.facets.view = self.view
        self.facets.ask(self.search.query)

    def group(self, key: str) -> Group:
        groups: list[Group] = self.view.last("show_groups")[0]
        return next(g for g in groups if g.key == key)

    def order(self) -> list[str]:
        return [g.key for g in self.view.last("show_groups")[0]]


@pytest.fixture
def bench(session: Session) -> Bench:
    return Bench(session)


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Bench]:
    (tmp_path / "i").mkdir()
    with open_index(tmp_path / "i") as index:
        index.rebuild(index_docs(300), 1)
    session = Session(tmp_path / "i", lambda: open_index(tmp_path / "i"), InlineJobs(), opener)
    yield Bench(session)
    session.close()


def test_kinds_come_first_and_the_trash_last(bench: Bench) -> None:
    keys = bench.order()
    assert keys[:3] == ["kind", "commune", "skill"]
    assert keys[-1] == TRASH
    kinds = bench.group("kind")
    assert kinds.title == "Genre"
    assert [(o.word, o.count, o.shape) for o in kinds.options] == [
        ("Personnes", 2, "person"),
        ("Structures", 1, "organization"),
    ]
    assert bench.group(TRASH).options[0].count == 1


def test_ticking_filters_and_the_other_groups_count_within(bench: Bench) -> None:
    bench.facets.toggle("kind", "organization", True)
    assert bench.search.chosen("kind") == {"organization"}
    assert [o.on for o in bench.group("kind").options] == [False, True]
    assert "commune" not in bench.order()


def test_what_is_ticked_stays_seen_when_nothing_is_left_of_it(bench: Bench) -> None:
    bench.facets.toggle("skill", bench.group("skill").options[0].key, True)
    name = next(o.word for o in bench.group("skill").options if o.on)
    bench.search.set_text("maçon")
    left = next(o for o in bench.group("skill").options if o.on)
    assert (left.word, left.count) == (name, 0)


def test_the_trash_is_entered_and_left(bench: Bench) -> None:
    bench.facets.toggle(TRASH, "yes", True)
    assert bench.search.query.trashed
    assert bench.group(TRASH).options[0].on
    bench.facets.clear()
    assert not bench.search.query.trashed


def test_long_groups_fold_and_unfold(many: Bench) -> None:
    folded = many.group("commune")
    assert len(folded.options) == FOLDED
    assert folded.more.endswith("autres communes")
    many.facets.unfold("commune")
    unfolded = many.group("commune")
    assert len(unfolded.options) > FOLDED
    assert unfolded.more == "Réduire"
    many.facets.unfold("commune")
    assert many.group("commune") == folded


def test_what_is_ticked_is_not_folded_away(many: Bench) -> None:
    many.facets.unfold("commune")
    rare = many.group("commune").options[-1]
    many.facets.unfold("commune")
    many.facets.toggle("commune", rare.key, True)
    assert rare.key in {o.key for o in many.group("commune").options if o.on}


def test_before_the_directory_is_open_only_the_first_questions_are_there(many: Bench) -> None:
    assert many.order() == ["kind", "commune", "skill", TRASH]


def test_fields_give_their_label_to_their_group(bench: Bench, as_services: Callable[..., Any]) -> None:
    as_services(lambda d: make(d, "project", title="Remorque commune", stage="idea"))
    bench.facets.ask(bench.search.query)
    assert "Avancement" in {g.title for g in bench.facets.groups()}
