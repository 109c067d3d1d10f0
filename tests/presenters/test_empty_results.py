"""An empty list says why and gives the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_index
from appli.presenters.annuaire import Annuaire
from appli.presenters.empty_results import Empty
from appli.presenters.session import Session
from tests.presenters.conftest import opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs


class Bench:
    """The page, and what its list says when it is empty."""

    def __init__(self, shell: FakeShell) -> None:
        self.shell = shell
        self.view = CallRecorder()
        self.page = Annuaire(shell)
        self.page.list.view = self  # type: ignore[assignment]
        self.page.empty.view = self.view
        self.page.facets.view = CallRecorder()
        self.page.start()

    def results_shown(self) -> None:
        self.page.results_shown()

    def __getattr__(self, _name: str) -> object:
        return lambda *_a, **_k: None

    def said(self) -> Empty:
        empty: Empty = self.view.last("show_empty")[0]
        return empty

    def take(self, words: str) -> None:
        next(w for w in self.said().ways if w.words == words).take()


@pytest.fixture
def bench(shell: FakeShell) -> Bench:
    shell.pages |= {"form", "import"}
    return Bench(shell)


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[Bench]:
    session = Session(tmp_path / "a", lambda: open_index(tmp_path / "a"), InlineJobs(), opener)
    session.open()
    yield Bench(FakeShell(session, pages={"annuaire", "form", "import"}))
    session.close()


def test_there_is_nothing_to_say_while_there_are_rows(bench: Bench) -> None:
    assert bench.said() is None


def test_an_empty_directory_invites(nobody: Bench) -> None:
    empty = nobody.said()
    assert empty.title == "Votre annuaire est vide."
    assert empty.words == "Créez une première fiche, ou importez une liste."
    nobody.take("Importer une liste…")
    assert nobody.shell.visits[-1][0] == "import"


def test_the_filter_that_hides_something_can_be_removed(bench: Bench) -> None:
    bench.page.facets.toggle("kind", "organization", True)
    bench.shell.search.set_text("menuiserie")
    empty = bench.said()
    assert empty.title == "Aucune fiche pour «\u00a0menuiserie\u00a0» avec le filtre «\u00a0Structures\u00a0»."
    assert empty.words == "Sans le filtre «\u00a0Structures\u00a0», il y en a 1."
    bench.take("Enlever «\u00a0Structures\u00a0»")
    assert bench.said() is None
    assert bench.page.list.count == 1


def test_a_word_too_many_can_be_removed(bench: Bench) -> None:
    bench.shell.search.set_text("menuiserie zzzz")
    bench.take("Enlever «\u00a0zzzz\u00a0»")
    assert bench.shell.search.query.text == "menuiserie"


def test_a_typing_error_is_put_right(bench: Bench) -> None:
    bench.shell.search.set_text("menuisrie")
    assert bench.said().words.startswith("Vouliez-vous dire «\u00a0menuiserie\u00a0»")
    bench.take("Chercher «\u00a0menuiserie\u00a0»")
    assert bench.page.list.count == 1


def test_what_nobody_has_may_be_noted_as_a_need(bench: Bench) -> None:
    bench.shell.search.set_text("zzzzqqqq")
    assert bench.said().words == "Vous pouvez noter ce besoin."
    bench.take("Noter ce besoin")
    page, request = bench.shell.visits[-1]
    assert (page, request.kind) == ("form", "need")


def test_without_the_form_no_button_leads_to_it(shell: FakeShell) -> None:
    bench = Bench(shell)
    bench.shell.search.set_text("zzzzqqqq")
    assert bench.said().ways == ()


def test_an_empty_trash_leads_back(bench: Bench) -> None:
    bench.shell.search.set_trashed(True)
    bench.page.restore(bench.page.list.ids_at([0]))
    assert bench.said().title == "La corbeille est vide."
    bench.take("Revenir à l’annuaire")
    assert not bench.shell.search.query.trashed


def test_an_answer_to_a_former_question_is_not_shown(bench: Bench) -> None:
    jobs = bench.shell.session.jobs
    assert isinstance(jobs, InlineJobs)
    jobs.hold = True
    bench.shell.search.set_text("zzzzqqqq")
    bench.shell.search.set_text("maçon")
    jobs.hold = False
    jobs.release()
    assert bench.said() is None
