"""One query shared by all: each change is told once, and only when it is one."""

from __future__ import annotations

from appli.presenters.broadcast import Broadcast
from appli.presenters.search import Search
from appli.store.index_model import Query


def listening(search: Search) -> list[Query]:
    heard: list[Query] = []
    search.changed.listen(heard.append)
    return heard


def test_values_of_a_group_add_up_and_leave_no_empty_group() -> None:
    search = Search()
    search.toggle("kind", "person", True)
    search.toggle("kind", "place", True)
    assert search.chosen("kind") == {"person", "place"}
    search.toggle("kind", "person", False)
    search.toggle("kind", "place", False)
    assert search.query == Query()


def test_the_same_words_again_are_no_change() -> None:
    search = Search()
    heard = listening(search)
    search.set_text("bois")
    search.set_text("bois")
    assert [q.text for q in heard] == ["bois"]


def test_each_condition_can_be_dropped() -> None:
    search = Search()
    search.set_text("bois")
    search.toggle("commune", "48095", True)
    search.set_near((44.5, 3.5, 15.0))
    for part in ("near", "commune", "text"):
        search.drop(part)
    assert search.query == Query()


def test_without_a_circle_there_is_no_order_by_distance() -> None:
    search = Search()
    search.set_near((44.5, 3.5, 15.0))
    search.set_order("distance")
    search.set_near(None)
    assert search.query.order == "relevance"


def test_the_filters_of_the_directory_do_not_count_for_the_trash() -> None:
    search = Search()
    search.set_text("bois")
    search.toggle("kind", "person", True)
    search.set_trashed(True)
    assert search.query == Query(text="bois", trashed=True)


def test_clearing_keeps_the_words() -> None:
    search = Search()
    search.set_text("bois")
    search.toggle("kind", "person", True)
    search.set_near((44.5, 3.5, 15.0))
    search.clear_filters()
    assert search.query == Query(text="bois")


def test_who_leaves_while_being_told_is_told_no_more() -> None:
    told: list[str] = []
    broadcast: Broadcast[str] = Broadcast()

    def first(news: str) -> None:
        told.append(f"first {news}")
        leave_second()

    broadcast.listen(first)
    leave_second = broadcast.listen(lambda news: told.append(f"second {news}"))
    broadcast.tell("a")
    broadcast.tell("b")
    assert told == ["first a", "first b"]
