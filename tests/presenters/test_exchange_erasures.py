"""« Effacements »: a yes and a no to what others ask, what became of an order, the page to hand over, roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from appli.domain.ids import RecordId
from appli.errors import EnvironmentProblem
from appli.presenters.exchange_erasures import ExchangeErasures, order_row
from appli.presenters.exchange_peers import ExchangePeers
from appli.presenters.shell import ANNUAIRE, EXCHANGES
from appli.services import erasing
from appli.services.exchanging import giving, receiving
from appli.services.exchanging.erasures import FollowUp
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell
from tests.presenters.packets import Accueil, network

Carry = Callable[[Callable[..., Any]], Any]


@pytest.fixture
def accueil(
    shell: FakeShell, village: Village, as_services: Carry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Accueil:
    shell.pages |= {EXCHANGES, ANNUAIRE}
    made: Accueil = as_services(lambda d: network(village, d, tmp_path / "accueil", monkeypatch))
    return made


@pytest.fixture
def elise(village: Village, accueil: Accueil, as_services: Carry) -> RecordId:
    """Somebody whom « Accueil », who is no référent, wants erased here."""
    one = village.ids["elise"]
    with accueil.opened() as other:
        erasing.erase(other, one, "asked")
    packet = accueil.packet()
    as_services(lambda d: receiving.receive(d, packet, confirmed=True))
    return one


@pytest.fixture
def page(shell: FakeShell, elise: RecordId) -> ExchangeErasures:
    found = ExchangeErasures(shell)
    found.view = CallRecorder()
    found.enter()
    return found


def test_what_others_ask_waits_with_who_and_why(page: ExchangeErasures, shell: FakeShell, elise: RecordId) -> None:
    (row,) = page.asked
    assert row.title.startswith("Élise Roumégas · P-")
    assert "Accueil" in row.words
    assert "à la demande de la personne" in row.words
    assert page.orders == []
    page.look(elise)
    assert shell.visits[-1][0] == ANNUAIRE


def test_a_no_keeps_the_sheet_and_may_be_thought_over(page: ExchangeErasures, elise: RecordId) -> None:
    page.refuse(elise)
    (row,) = page.asked
    assert (row.refused, row.words.startswith("Refusé ici.")) == (True, True)
    page.refuse(elise, refused=False)
    assert not page.asked[0].refused


def test_a_yes_erases_after_a_question_and_is_followed(
    page: ExchangeErasures, elise: RecordId, village: Village, tmp_path: Path, as_services: Carry
) -> None:
    page.ask_to_erase(elise)
    question, yes = page.view.last("ask")
    assert question.undo == "Effacer ici aussi"
    yes()
    assert page.asked == []
    mine = page.orders[0]
    assert "Élise" not in mine.title + mine.words + mine.where
    assert "sur" in mine.where
    name = page.proof_name(mine.uid)
    assert name.startswith("attestation-effacement-")
    page.write_proof(mine.uid, tmp_path / name)
    said = (tmp_path / name).read_text("utf-8")
    assert page.view.last("open_file") == (tmp_path / name,)
    assert "Attestation d’effacement" in said
    assert "Roumégas" not in said
    assert "<script" not in said
    assert "http" not in said
    page.write_proof(mine.uid, tmp_path / "absent" / name)
    (problem,) = page._shell.problems
    assert isinstance(problem, EnvironmentProblem), "a stick that went away is no fault of the program"


def test_the_one_who_founded_names_roles(
    shell: FakeShell, elise: RecordId, accueil: Accueil, as_services: Carry, tmp_path: Path
) -> None:
    peers = ExchangePeers(shell)
    peers.view = CallRecorder()
    peers.enter()
    assert peers.own_role.startswith("Ce poste est référent")
    (row,) = peers.rows
    assert (row.role, row.deeds[0][0]) == ("", "referent")
    peers.name(row.uid, "host")
    (row,) = peers.rows
    assert row.role == "animateur"
    assert ("", "Retirer son rôle") in row.deeds
    peers.name(row.uid, "")
    assert peers.rows[0].role == ""
    as_services(lambda d: giving.give(d, tmp_path / "roles.maille"))


def test_of_many_silent_pcs_some_are_named_and_the_rest_counted() -> None:
    silent = tuple((f"Poste {n}", None) for n in range(20))
    order = FollowUp("uid", 0, "asked", ("7K3F2Q-W",), "Bureau", True, ("Bureau",), silent)
    where = order_row(order, date(2026, 11, 22)).where
    assert "«\u00a0Poste 3\u00a0» et 16 autres" in where
    assert "Poste 4" not in where
