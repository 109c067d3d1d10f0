"""The form page: what is typed is read, kept, found again; saving, giving up, following what others write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appli.domain.ids import RecordId
from appli.presenters import form_waiting
from appli.presenters.form import Form
from appli.presenters.form_filling import Filling
from appli.presenters.form_suggestions import Offer
from appli.presenters.session import Session
from appli.presenters.shell import Request
from appli.services import drafts
from appli.services.directory import Directory
from appli.services.editing import Assignment, edit_sheet, trash
from appli.services.erasing import erase
from appli.services.form_model import Filled
from appli.services.form_reading import form_of
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

Carry = Callable[[Callable[[Directory], Any]], Any]


class Bench:
    """The form, its view, its window."""

    def __init__(self, session: Session, shell: FakeShell) -> None:
        self.shell, self.session = shell, session
        self.view = CallRecorder()
        self.form = Form(shell)
        self.form.view = self.view  # type: ignore[assignment]

    @property
    def jobs(self) -> InlineJobs:
        assert isinstance(self.session.jobs, InlineJobs)
        return self.session.jobs

    @property
    def filling(self) -> Filling:
        assert self.form.filling is not None
        return self.form.filling

    def open(self, record: RecordId) -> None:
        self.form.enter(Request(record=record))

    def new(self, kind: str = "person", title: str = "") -> None:
        self.form.enter(Request(kind=kind))
        if title:
            self.type_title(title)

    def type_title(self, title: str) -> None:
        path = self.filling.form.title_path
        self.form.type(path, {"given": "", "family": "", "display": title} if path == "name" else title)

    def key(self, name: str, n: int = 0) -> str:
        """The path of a row of a list."""
        return f"{name}/{self.filling.asked.rows(name)[n].key}"

    def rest(self) -> None:
        """Nothing is typed for a moment."""
        for channel in list(self.jobs.waiting):
            if channel in self.jobs.waiting:
                self.jobs.pass_time(channel)

    def saved(self) -> RecordId:
        self.form.save()
        page, request = self.shell.visits[-1]
        assert page == "annuaire"
        assert request.record is not None
        return request.record

    def drafts(self) -> list[drafts.Draft]:
        answers: list[list[drafts.Draft]] = []
        self.session.do(drafts.waiting, answers.append)
        return answers[0]

    def notice(self) -> tuple[str, str, str]:
        title, text, deed = self.view.last("show_notice")
        return title, text, deed


@pytest.fixture
def bench(session: Session, shell: FakeShell) -> Bench:
    return Bench(session, shell)


def read(as_services: Carry, record: RecordId) -> dict[str, Any]:
    form = as_services(lambda d: form_of(d, record))
    return {q.path: q.content for q in form.questions}


# --- creating and changing ---


@pytest.mark.parametrize("shape", ["person", "place", "need", "event", "equipment", "project", "route", "trip", "page"])
def test_a_sheet_of_any_kind_is_made(bench: Bench, shape: str, as_services: Carry) -> None:
    bench.new(shape, "Fournil")
    bench.form.type("summary", "Une phrase")
    assert read(as_services, bench.saved())["summary"] == "Une phrase"
    assert bench.shell.toasts == [("Fiche «\u00a0Fournil\u00a0» enregistrée.", True)]


def test_a_field_is_changed_and_nothing_else_is_written(bench: Bench, village: Village, as_services: Carry) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    assert bench.filling.filled.contents == {"occupation": "Maçonne"}
    assert bench.saved() == village.ids["mason"]
    assert read(as_services, village.ids["mason"])["occupation"] == "Maçonne"


def test_what_is_typed_back_as_it_was_is_no_change(bench: Bench, village: Village) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    bench.form.type("occupation", "Maçon")
    assert not bench.filling.is_changed
    bench.form.save()
    assert bench.shell.returns == 1


def test_rows_are_added_changed_and_taken_off(bench: Bench, village: Village, as_services: Carry) -> None:
    bench.open(village.ids["elise"])
    bench.form.parts.add_row("contacts")
    name, path = bench.view.last("show_list")
    assert name == "contacts"
    bench.form.parts.set_type(path, "web")
    bench.form.type(f"{path}/value", "www.exemple.fr")
    bench.form.parts.remove_row(bench.key("contacts"))
    assert [r.key for r in bench.filling.gone_rows("contacts")]
    record = bench.saved()
    form = as_services(lambda d: form_of(d, record))
    rows = [r for r in form.lists_by_name["contacts"].rows if not r.is_new]
    assert [r.questions[0].content for r in rows] == ["email", "web"]


def test_a_row_taken_off_is_kept_after_all(bench: Bench, village: Village) -> None:
    bench.open(village.ids["elise"])
    path = bench.key("contacts")
    bench.form.parts.remove_row(path)
    bench.form.parts.keep_row(path)
    assert not bench.filling.is_changed


def test_rows_move_up_and_down_and_back(bench: Bench) -> None:
    bench.new("route", "Chemin des fours")
    for title in ("Un", "Deux"):
        bench.form.parts.add_row("stops", title=title)
    second = bench.key("stops", 1)
    bench.form.parts.move_row(second, -1)
    assert bench.key("stops", 0) == second
    assert bench.view.last("show_list") == ("stops", second)
    bench.form.parts.move_row(second, -1)
    assert bench.key("stops", 0) == second
    bench.form.parts.move_row(second, 1)
    assert bench.filling.filled.moved == {}


def test_a_new_row_thought_of_again_leaves_nothing(bench: Bench) -> None:
    bench.new("place")
    bench.form.parts.add_row("rates", label="Jour")
    path = bench.view.last("show_list")[1]
    bench.form.set_audience(path, "private")
    bench.form.parts.remove_row(path)
    assert bench.filling.filled == Filled(added={"rates": []})


def test_a_skill_with_its_level(bench: Bench, as_services: Carry) -> None:
    bench.new(title="Noé Testard")
    bench.form.parts.add_row("skills", term="soudure")
    path = bench.key("skills")
    bench.form.type(f"{path}/level", "expert")
    bench.form.type(f"{path}/intents", ("teaches", "wants"))
    record = bench.saved()
    (row,) = as_services(lambda d: form_of(d, record)).lists_by_name["skills"].rows
    assert [q.content for q in row.questions] == ["Soudure", "expert", ("teaches", "wants")]


def test_a_link_is_made_and_another_taken_off(bench: Bench, village: Village, as_services: Carry) -> None:
    bench.open(village.ids["elise"])
    bench.form.parts.ask_others("valdeyron")
    (offer,) = bench.view.last("show_others")[0]
    assert (offer.words, offer.shape) == ("Mathieu Valdeyron", "person")
    bench.form.parts.add_link("partner_of", offer)
    bench.form.parts.turn_link(bench.filling.form.links[0].link)
    record = bench.saved()
    links = as_services(lambda d: form_of(d, record)).links
    assert [(k.role, k.title_other) for k in links] == [("partner_of", "Mathieu Valdeyron")]


def test_links_are_thought_of_again(bench: Bench, village: Village) -> None:
    bench.open(village.ids["elise"])
    bench.form.parts.add_link("partner_of", Offer("Mathieu", village.ids["mason"].hex()))
    bench.form.parts.drop_new_link(bench.filling.filled.links[0])
    link = bench.filling.form.links[0].link
    bench.form.parts.turn_link(link)
    bench.form.parts.turn_link(link)
    assert not bench.filling.is_changed


def test_answers_are_of_today_unless_another_day_is_given(bench: Bench, village: Village, now_is: Any) -> None:
    now_is("2026-11-20T09:30:00+01:00")
    bench.open(village.ids["elise"])
    bench.form.parts.answer("map", "yes")
    assert (bench.filling.answer_to("map"), bench.filling.answered_on()) == ("yes", "2026-11-20")
    bench.form.parts.set_answered(how="oral", on="2026-11-02")
    bench.form.parts.answer("web", "no")
    assert (bench.filling.answered_how(), bench.filling.answered_on()) == ("oral", "2026-11-02")
    bench.form.parts.answer("web", "")
    assert bench.filling.filled.answers == {"map": "yes"}


# --- who sees what ---


def test_nothing_is_shown_to_more_people_than_the_sheet(bench: Bench, village: Village) -> None:
    bench.open(village.ids["workshop"])
    bench.form.set_audience("", "public")
    bench.form.set_audience("summary", "public")
    assert (bench.filling.audience("summary"), bench.filling.ceiling()) == ("public", "public")
    bench.form.set_audience("", "private")
    assert bench.filling.audience("summary") == "private"
    assert bench.view.names()[-1] == "show_audiences"


def test_the_panel_tells_what_each_circle_sees(bench: Bench, village: Village) -> None:
    bench.open(village.ids["elise"])
    bench.form.set_audience("occupation", "private")
    bench.form.set_audience(bench.key("contacts", 1), "private")
    seen = bench.filling.seen_by()
    assert seen["private"] == ["Métier ou activité", "Courriel"]
    assert seen["shared"] == ["Nom", "Commune", "Téléphone", "Compétences"]
    assert seen["public"] == []


# --- what is wrong, what was understood ---


def test_an_error_waits_until_one_has_left_the_field(bench: Bench, village: Village) -> None:
    bench.open(village.ids["elise"])
    path = f"{bench.key('contacts', 1)}/value"
    bench.form.type(path, "elise@")
    bench.rest()
    assert bench.form.checks.errors() == {}
    bench.form.checks.left(path)
    bench.rest()
    assert set(bench.form.checks.errors()) == {path}
    assert bench.form.checks.words() == "1 champ à corriger"
    bench.form.type(path, "elise@example.org")
    bench.rest()
    assert bench.form.checks.errors() == {}


def test_saving_tells_all_that_is_wrong_and_leads_to_the_first(bench: Bench) -> None:
    bench.new("place", "Fournil")
    bench.form.type("capacity", "beaucoup")
    bench.form.type("opening_hours", "quand on veut")
    bench.form.save()
    assert set(bench.form.checks.errors()) == {"capacity", "opening_hours"}
    assert bench.view.last("focus") == ("opening_hours",)
    assert bench.form.checks.words() == "2 champs à corriger"
    assert bench.shell.visits == []


def test_a_sheet_without_a_name_is_not_saved(bench: Bench) -> None:
    bench.new("place")
    bench.form.save()
    assert set(bench.form.checks.errors()) == {"title"}


def test_what_was_meant_is_taken_with_one_click(bench: Bench, as_services: Carry) -> None:
    bench.new("place", "Fournil")
    bench.form.type("commune", {"name": "Marvejolz", "insee": ""})
    bench.rest()
    assert "Aucune commune" in bench.form.checks.found.cautions["commune"]
    bench.form.take_suggestion("commune")
    assert bench.view.last("show_field") == ("commune",)
    assert read(as_services, bench.saved())["commune"] == {"name": "Marvejols", "insee": "48092"}


def test_two_values_are_settled_by_keeping_one(bench: Bench, village: Village, as_services: Carry) -> None:
    bench.open(village.ids["elise"])
    path = f"{bench.key('contacts')}/value"
    claims = bench.filling.asked.question(path).claims
    assert {c.words for c in claims} == {"06 39 98 41 07", "06 39 98 41 70"}
    bench.form.choose(path, next(c for c in claims if c.words.endswith("70")))
    assert bench.filling.is_settled(path)
    record = bench.saved()
    question = as_services(lambda d: form_of(d, record)).by_path[path]
    assert (question.content, question.claims) == ("06 39 98 41 70", ())


# --- what is offered ---


@pytest.mark.parametrize(
    ("kind", "path", "typed", "words"),
    [
        ("place", "commune", "marvej", "Marvejols"),
        ("person", "guardian", "roumé", "Élise Roumégas"),
        ("project", "area", "lozè", "Lozère"),
        ("organization", "remit", "lozè", "Lozère"),
    ],
)
def test_letters_are_answered_by_their_field(bench: Bench, kind: str, path: str, typed: str, words: str) -> None:
    bench.new(kind)
    bench.form.parts.ask_offers(path, typed)
    shown, offers = bench.view.last("show_offers")
    assert shown == path
    assert words in [o.words for o in offers]
    bench.form.parts.ask_offers(path, typed[:1])
    assert bench.view.last("show_offers") == (path, [])


def test_a_guardian_is_a_person(bench: Bench) -> None:
    bench.new("person")
    bench.form.parts.ask_offers("guardian", "atelier")
    assert bench.view.last("show_offers") == ("guardian", [])


def test_words_already_there_are_offered_for_a_skill(bench: Bench) -> None:
    bench.new()
    bench.form.parts.ask_terms("skills", "tour")
    shown, offers = bench.view.last("show_offers")
    assert (shown, [o.words for o in offers]) == ("skills", ["Tournage"])


def test_a_twin_is_told_for_a_new_sheet_alone(bench: Bench, village: Village) -> None:
    bench.new(title="Élise Roumégas")
    assert [o.words for o in bench.view.last("show_twins")[0]] == ["Élise Roumégas"]
    bench.form.give_up()
    bench.view.calls.clear()
    bench.open(village.ids["elise"])
    bench.type_title("Élise Roumégass")
    assert "show_twins" not in bench.view.names()


# --- what is kept ---


def test_what_is_typed_is_kept_after_a_rest_and_found_again(bench: Bench, village: Village, session: Session) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    assert bench.shell.typing == "Saisie en cours, gardée à part"
    bench.rest()
    assert [(d.record, d.title) for d in bench.drafts()] == [(village.ids["mason"], "Mathieu Valdeyron")]
    after_a_crash = Bench(session, FakeShell(session))
    after_a_crash.open(village.ids["mason"])
    assert after_a_crash.filling.filled.contents == {"occupation": "Maçonne"}
    title, text, deed = after_a_crash.notice()
    assert title == "Votre saisie était gardée\u00a0: la voici."
    assert text.startswith("Elle date du ")
    assert deed == "Repartir de la fiche enregistrée"


def test_a_draft_is_offered_when_the_program_starts(bench: Bench, village: Village, session: Session) -> None:
    notices = CallRecorder()
    form_waiting.offer(bench.shell, notices.show)
    bench.shell.pages.add("form")
    form_waiting.offer(bench.shell, notices.show)
    assert notices.calls == []
    bench.open(village.ids["elise"])
    bench.form.type("occupation", "Tourneuse")
    bench.new("need", "Un tourneur")
    bench.form.leave()
    form_waiting.offer(bench.shell, notices.show)
    title, words, deed, take = notices.last("show")
    assert title == "Une saisie vous attend\u00a0: «\u00a0Un tourneur\u00a0»."
    assert words.endswith("Il y en a une autre.")
    assert deed == "Reprendre"
    take()
    assert bench.shell.visits[-1] == ("form", Request(kind="need"))


def test_leaving_keeps_at_once_and_coming_back_shows_it(bench: Bench, village: Village) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    bench.open(village.ids["elise"])
    assert len(bench.drafts()) == 1
    kept = "Votre saisie sur «\u00a0Mathieu Valdeyron\u00a0» est gardée. Vous la retrouverez en revenant."
    assert bench.shell.toasts == [(kept, False)]
    assert bench.filling.form.title == "Élise Roumégas"
    bench.open(village.ids["mason"])
    assert bench.filling.filled.contents == {"occupation": "Maçonne"}
    bench.form.type("occupation", "Maçon")
    bench.rest()
    assert bench.drafts() == []


def test_starting_again_forgets_what_was_kept(bench: Bench) -> None:
    bench.new("need", "Un tourneur")
    bench.form.leave()
    bench.new("need")
    assert bench.filling.is_changed
    bench.form.start_again()
    assert not bench.filling.is_changed
    assert bench.filling.form.shape == "need"
    assert bench.drafts() == []


def test_coming_back_to_the_page_shows_what_is_there(bench: Bench, village: Village) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    bench.view.calls.clear()
    bench.form.enter(Request())
    assert bench.view.calls == []
    assert bench.filling.is_changed


def test_giving_up_is_asked_only_when_something_would_be_lost(bench: Bench, village: Village) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    bench.form.leave()
    bench.form.ask_giving_up()
    assert bench.view.last("ask_giving_up")[2:] == ("Continuer la saisie", "Abandonner la saisie")
    assert len(bench.drafts()) == 1
    bench.form.give_up()
    assert (bench.drafts(), bench.shell.returns, bench.form.filling) == ([], 1, None)
    bench.open(village.ids["mason"])
    bench.form.ask_giving_up()
    assert bench.shell.returns == 2


def test_saving_forgets_what_was_kept(bench: Bench, village: Village) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    bench.rest()
    bench.saved()
    bench.rest()
    assert bench.drafts() == []
    assert bench.form.filling is None


def test_the_trash_keeps_what_was_typed(bench: Bench, village: Village) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    bench.form.trash()
    assert bench.shell.toasts == [("«\u00a0Mathieu Valdeyron\u00a0» est à la corbeille.", True)]
    assert len(bench.drafts()) == 1


# --- what others write meanwhile ---


def test_a_sheet_changed_meanwhile_comes_under_what_is_typed(
    bench: Bench, village: Village, as_services: Carry
) -> None:
    mason = village.ids["mason"]
    bench.open(mason)
    bench.form.type("occupation", "Maçonne")
    as_services(lambda d: edit_sheet(d, _entry(d, mason), [Assignment("summary", "=", "Pierre sèche")]))
    assert bench.view.last("show_form") == (False,)
    assert bench.filling.asked.content("summary") == "Pierre sèche"
    assert bench.filling.asked.content("occupation") == "Maçonne"
    assert bench.notice()[:2] == (
        "Cette fiche vient d’être modifiée ailleurs.",
        "En une phrase. Ce que vous avez saisi est gardé.",
    )


def test_the_same_field_written_elsewhere_may_be_taken(bench: Bench, village: Village, as_services: Carry) -> None:
    mason = village.ids["mason"]
    bench.open(mason)
    bench.form.type("occupation", "Maçonne")
    as_services(lambda d: edit_sheet(d, _entry(d, mason), [Assignment("occupation", "=", "Tailleur de pierre")]))
    assert bench.form.news == {"occupation": "Tailleur de pierre"}
    assert bench.filling.asked.content("occupation") == "Maçonne"
    bench.form.take_news("occupation")
    assert bench.filling.asked.content("occupation") == "Tailleur de pierre"
    assert not bench.filling.is_changed


def test_one_types_on_while_the_sheet_is_read_again(bench: Bench, village: Village, as_services: Carry) -> None:
    mason = village.ids["mason"]
    bench.open(mason)
    bench.jobs.hold = True
    as_services(lambda d: edit_sheet(d, _entry(d, mason), [Assignment("summary", "=", "Pierre sèche")]))
    bench.form.type("occupation", "Maçonne")
    bench.jobs.release()
    bench.jobs.hold = False
    bench.jobs.release()
    assert bench.filling.filled.contents == {"occupation": "Maçonne"}
    assert bench.filling.asked.content("summary") == "Pierre sèche"


def test_what_is_written_of_another_sheet_changes_nothing(bench: Bench, village: Village, as_services: Carry) -> None:
    bench.open(village.ids["mason"])
    bench.view.calls.clear()
    as_services(lambda d: trash(d, [village.ids["workshop"]]))
    assert "show_form" not in bench.view.names()


def test_a_page_that_is_closed_listens_no_more(bench: Bench, village: Village, as_services: Carry) -> None:
    bench.open(village.ids["mason"])
    bench.form.close()
    bench.view.calls.clear()
    as_services(lambda d: trash(d, [village.ids["mason"]]))
    assert bench.view.calls == []


# --- what cannot be ---


def test_a_sheet_that_is_no_more_leads_back(bench: Bench) -> None:
    bench.open(b"\x00" * 16)
    assert [type(p).__name__ for p in bench.shell.problems] == ["UserError"]
    assert bench.shell.returns == 1


def test_a_sheet_erased_meanwhile_leaves_nothing_of_what_was_typed(
    bench: Bench, village: Village, as_services: Carry
) -> None:
    bench.open(village.ids["mason"])
    bench.form.type("occupation", "Maçonne")
    as_services(lambda d: erase(d, village.ids["mason"]))
    assert bench.form.filling is None
    assert bench.shell.returns == 1
    bench.rest()
    assert bench.drafts() == []


def test_erased_from_another_page_the_form_lets_go_in_silence(
    bench: Bench, village: Village, as_services: Carry
) -> None:
    bench.open(village.ids["mason"])
    bench.form.leave()
    as_services(lambda d: erase(d, village.ids["mason"]))
    assert bench.form.filling is None
    assert (bench.shell.returns, bench.shell.problems) == (0, [])


def test_a_frozen_sheet_says_why_it_cannot_be_saved(bench: Bench, village: Village, as_services: Carry) -> None:
    from appli.domain.changes import Put

    mason = village.ids["mason"]
    as_services(lambda d: d.do("Geler", [Put(mason, "restricted", True)]))
    bench.open(mason)
    assert "gelée" in bench.form.locked
    bench.form.type("occupation", "Maçonne")
    bench.form.save()
    assert bench.shell.visits == []


def _entry(directory: Directory, record: RecordId) -> Any:
    return directory.reads.entry(record)
