"""À trancher without a window: which question, what each key does, what is said, where one is afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from appli.domain.changes import Add
from appli.errors import EnvironmentProblem
from appli.presenters.session import Session
from appli.presenters.shell import Request
from appli.presenters.to_settle import QuestionPage, ToSettle
from appli.presenters.to_settle_words import age_words, of_words, when_words
from appli.services.judging import judgement_id, unite
from appli.services.undoing import undo
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell

Carry = Callable[[Callable[..., Any]], Any]
DAY = 86_400_000
NOON = 1_795_172_400_000  # 20 November 2026, 12:00 in Paris


@dataclass
class Bench:
    page: ToSettle
    view: CallRecorder
    shell: FakeShell

    def shown(self) -> QuestionPage:
        """The question drawn last."""
        found = self.view.last("show_question")[0]
        assert isinstance(found, QuestionPage)
        return found


@pytest.fixture
def bench(shell: FakeShell, village: Village, as_services: Carry) -> Bench:
    workshop = village.ids["workshop"]
    as_services(lambda d: d.do("Ailleurs", [Add(workshop, "summary", "Atelier partagé du fer")]))
    page = ToSettle(shell)
    view = CallRecorder()
    page.view = view
    page.enter()
    return Bench(page, view, shell)


def test_the_list_says_what_waits_and_since_when(bench: Bench) -> None:
    rows = [bench.page.row(n) for n in range(bench.page.count)]
    assert [(r.title, r.second_line, r.commune) for r in rows if r] == [
        ("Atelier des Trois Rivières", "En une phrase", "aujourd’hui"),
        ("Élise Roumégas", "Téléphone", "aujourd’hui"),
    ]
    assert rows[1] is not None
    assert rows[1].spoken == "Élise Roumégas, Téléphone, 2 valeurs, aujourd’hui"
    assert bench.shell.status == "2 choix en attente"
    assert bench.page.place_words() == "1 sur 2"


def test_a_question_is_asked_with_both_values_marked(bench: Bench, village: Village) -> None:
    bench.page.next()
    page = bench.shown()
    assert page.title == "Quel est le téléphone d’Élise Roumégas\u202f?"
    assert page.foot.endswith("Florac Trois Rivières")
    assert [c.keep for c in page.cards] == ["Garder A", "Garder B"]
    assert [[p.words for p in c.pieces if p.marked] for c in page.cards] == [["07"], ["70"]]
    assert page.cards[0].pc
    assert page.keep_all == "Garder les deux"
    words, shown, target = bench.view.last("show_way_to_ask")
    assert (words, shown, target) == (
        "Le plus sûr\u00a0: demander à Élise. Son courriel est",
        "elise@example.org",
        "mailto:elise@example.org",
    )


def test_a_letter_keeps_its_value_and_the_next_question_comes(bench: Bench, as_services: Carry) -> None:
    bench.page.next()
    assert not bench.page.keep("c")
    assert not bench.page.keep("")
    assert bench.page.keep("b")
    assert bench.shell.toasts == [("Téléphone d’Élise Roumégas\u00a0: valeur B gardée.", True)]
    assert (bench.page.count, bench.page.place) == (1, 0)
    assert bench.shown().title.startswith("Quelle phrase présente")
    assert bench.view.last("show_made") == ("1 choix déjà fait cette année",)
    as_services(undo)
    assert bench.page.count == 2
    assert bench.view.last("show_made") == ("",)


def test_very_long_texts_have_their_buttons_first(bench: Bench, village: Village, as_services: Carry) -> None:
    assert not bench.shown().is_tall
    as_services(lambda d: d.do("Ailleurs", [Add(village.ids["workshop"], "description", "Un texte. " * 100)]))
    as_services(lambda d: d.do("Ailleurs", [Add(village.ids["workshop"], "description", "Deux textes. " * 100)]))
    bench.page.enter()
    tall = []
    for place in range(bench.page.count):
        bench.page.go_to(place)
        tall.append(bench.shown().is_tall)
    assert tall.count(True) == 1


def test_the_end_is_said(bench: Bench) -> None:
    bench.page.keep("a")
    bench.page.keep("a")
    assert bench.view.last("show_question") == (None,)
    assert bench.page.question is None
    assert bench.page.place_words() == ""


def test_both_are_kept_where_the_field_allows_it(bench: Bench) -> None:
    bench.page.keep_all()
    assert bench.shell.toasts == []
    bench.page.next()
    bench.page.keep_all()
    assert bench.shell.toasts == [("Téléphone d’Élise Roumégas\u00a0: toutes les valeurs sont gardées.", True)]


def test_another_value_is_refused_with_the_form_s_words_then_written(bench: Bench) -> None:
    bench.page.next()
    bench.page.ask_another()
    assert bench.view.last("show_editor")[0].content == bench.shown().cards[0].text
    bench.page.write("06 39")
    assert bench.view.last("show_refusal")[0].count("Exemple") == 1
    assert bench.page.count == 2
    bench.page.write("06 39 98 41 99")
    assert bench.view.last("show_editor") == (None,)
    assert bench.page.count == 1


def test_a_judgement_said_both_ways_is_asked_in_words(bench: Bench, village: Village, as_services: Carry) -> None:
    elise, mason = village.ids["elise"], village.ids["mason"]
    as_services(lambda d: unite(d, elise, mason))
    as_services(lambda d: d.do("Ailleurs", [Add(judgement_id(elise, mason), "verdict", "different")]))
    bench.page.go_to(0)
    page = bench.shown()
    assert page.title == "Élise Roumégas et Mathieu Valdeyron\u00a0: la même fiche, ou deux\u202f?"
    assert {c.text for c in page.cards} == {"C’est la même fiche", "Ce sont deux fiches"}
    assert not any(p.marked for c in page.cards for p in c.pieces)
    assert not page.can_write_another
    bench.page.keep("b")
    assert bench.shell.toasts[-1][0].startswith("Élise Roumégas et Mathieu Valdeyron\u00a0: ce")


def test_not_knowing_yet_changes_nothing(bench: Bench) -> None:
    bench.page.not_yet()
    assert bench.page.place == 1
    bench.page.not_yet()
    assert bench.page.place == 0
    bench.page.previous()
    assert bench.page.place == 1
    assert bench.shell.toasts == []


def test_one_comes_for_a_sheet(bench: Bench, village: Village) -> None:
    bench.page.leave()
    bench.page.enter(village.ids["elise"])
    assert bench.page.place == 1
    bench.page.open()
    bench.page.back()
    assert bench.shell.visits == [("annuaire", Request(record=village.ids["elise"]))]
    assert bench.shell.returns == 1


def test_a_directory_that_can_only_be_read_stays_as_it_is(bench: Bench, session: Session) -> None:
    session.held = EnvironmentProblem("held_elsewhere", "Ouvert ailleurs.", "")
    assert not bench.page.keep("a")
    bench.page.write("x")
    bench.page.keep_all()
    assert bench.shell.toasts == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "aujourd’hui"), (1, "hier"), (3, "3 j"), (60, "60 j"), (90, "3 mois"), (800, "2 ans")],
)
def test_age(days: int, words: str) -> None:
    assert age_words(NOON - days * DAY, NOON) == words


def test_a_year_is_said_when_it_is_another() -> None:
    assert when_words(NOON, date(2026, 12, 1)) == "le 20 novembre, 12\u00a0h"
    assert when_words(NOON, date(2027, 1, 1)) == "le 20 novembre 2026, 12\u00a0h"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Élise", "d’Élise"),
        ("Mathieu", "de Mathieu"),
        ("Yves", "d’Yves"),
        ("Yann", "de Yann"),
        ("Hélène", "d’Hélène"),
        ("«\u00a0Le Fournil\u00a0»", "de «\u00a0Le Fournil\u00a0»"),
    ],
)
def test_elision(title: str, words: str) -> None:
    assert of_words(title) == words
