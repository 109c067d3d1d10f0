"""A packet without a window: what is told of it, what is left out, what receiving it does, how it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.roles import Role
from appli.presenters.exchange_journal import ExchangeJournal
from appli.presenters.exchange_waiting import ExchangeWaiting
from appli.presenters.packet_answers import Foot
from appli.presenters.packet_preview import PacketPreview
from appli.presenters.packet_words import SheetPage
from appli.presenters.shell import BUNDLE, EXCHANGES, FIRST_RUN, TO_SETTLE, Request
from appli.services.editing import Assignment, create_sheet, trash
from appli.services.erasing import erase
from appli.services.exchanging import peers, roles
from appli.services.exchanging.giving import give
from appli.services.grouping import verdicts
from appli.services.spaces import SpaceFacts, found
from appli.store.folder_files import forget_aside
from tests.presenters.conftest import Village, make
from tests.presenters.fakes import CallRecorder, FakeShell
from tests.presenters.packets import Accueil, network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from appli.presenters.session import Session

    Carry = Callable[[Callable[..., Any]], Any]


@dataclass
class Bench:
    page: PacketPreview
    view: CallRecorder
    shell: FakeShell
    accueil: Accueil

    def titles(self) -> list[tuple[str, str]]:
        """What the list shows."""
        rows = [self.page.sheets.row(n) for n in range(self.page.sheets.count)]
        return [(row.title, row.sign.words) for row in rows if row]

    def place(self, title: str) -> int:
        """Where a sheet stands in the list."""
        return [name for name, _sign in self.titles()].index(title)

    def sheet(self) -> SheetPage:
        """The sheet drawn last."""
        found = self.view.last("show_sheet")[0]
        assert isinstance(found, SheetPage)
        return found

    def foot(self) -> Foot:
        """What one may do."""
        found = self.view.last("show_foot")[0]
        assert isinstance(found, Foot)
        return found


@pytest.fixture
def bench(
    shell: FakeShell, village: Village, as_services: Carry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Bench:
    accueil: Accueil = as_services(lambda d: network(village, d, tmp_path / "accueil", monkeypatch))
    shell.pages |= {EXCHANGES, TO_SETTLE}
    page = PacketPreview(shell)
    view = CallRecorder()
    page.view = view
    return Bench(page, view, shell, accueil)


def test_a_first_packet_shows_the_words_of_its_key_and_what_it_does(bench: Bench) -> None:
    bench.page.enter([bench.accueil.packet()])
    head = bench.page.head
    assert bench.page.step == "ready"
    assert head is not None
    assert head.title == "Paquet du poste «\u00a0Accueil\u00a0»"
    assert "réseau «\u00a0Réseau des Gorges\u00a0»" in head.facts
    assert head.sign.words == "Premier paquet de ce poste"
    assert bench.page.looked is not None
    assert bench.page.looked.envelope.fingerprint in head.words
    assert bench.titles() == [
        ("Mathieu Valdeyron", "2 valeurs"),
        ("Atelier des Trois Rivières", "modifiée"),
        ("Zoé Exemplaire", "nouvelle"),
    ]
    assert [(f.word, f.count) for f in bench.page.sheets.filters] == [
        ("Tout", 3), ("À trancher", 1), ("Modifiées", 1), ("Nouvelles", 1),
    ]  # fmt: skip
    assert bench.foot() == Foot("Vous pourrez tout annuler.", "Réunir 3 fiches", "", "")
    assert bench.shell.status == "3 fiches – rien n’est encore changé"


def test_both_values_stand_beside_each_other_mine_first(bench: Bench) -> None:
    bench.page.enter([bench.accueil.packet()])
    [(label, cards)] = bench.sheet().choices
    assert label == "Métier ou activité"
    assert [(c.where, c.value) for c in cards] == [("Ici", "Maçon et couvreur"), ("Dans le paquet", "Maçonne")]
    assert cards[1].pc == "Poste «\u00a0Accueil\u00a0»"
    assert "seront gardées" in bench.sheet().notice


def test_a_changed_line_says_before_and_after_and_a_new_sheet_says_all(bench: Bench) -> None:
    bench.page.enter([bench.accueil.packet()])
    bench.page.go_to(1)
    assert bench.sheet().lines == (("En une phrase", "Atelier partagé du bois", "Atelier partagé, ouvert le samedi"),)
    bench.page.go_to(2)
    told = {label: after for label, _before, after in bench.sheet().lines}
    assert told["Métier ou activité"] == "Traductrice"
    assert "Meyrueis" in told["Commune"]


def test_a_packet_received_already_is_only_closed(bench: Bench) -> None:
    packet = bench.accueil.packet()
    bench.page.enter([packet])
    bench.page.receive()
    bench.page.enter([packet])
    assert bench.foot() == Foot("Rien n’a changé.", "Fermer", "", "", is_idle=True)
    toasts, packets = len(bench.shell.toasts), len(bench.shell.backs)
    bench.page.receive()
    assert (len(bench.shell.toasts), len(bench.shell.backs)) == (toasts, packets), "nothing was received again"
    assert bench.page.looked is None


def test_what_is_left_out_does_not_come_and_the_packet_can_be_opened_again(bench: Bench, session: Session) -> None:
    packet = bench.accueil.packet()
    bench.page.enter([packet])
    bench.page.toggle(bench.place("Zoé Exemplaire"))
    assert bench.page.sheets.all_taken is None
    assert bench.foot().primary == "Réunir 2 fiches"
    assert "1 fiche laissée de côté" in bench.foot().safe
    bench.page.receive()
    bench.page.enter([packet])
    assert bench.titles() == [("Zoé Exemplaire", "nouvelle")]
    bench.page.set_all(False)
    assert bench.foot().reason == "Cochez au moins une fiche."
    bench.page.set_all(True)
    bench.page.receive()
    assert [w for w, _undo in bench.shell.toasts][-1] == "Paquet de «\u00a0Accueil\u00a0» réuni\u00a0: 1 nouvelle."


def test_receiving_refreshes_says_what_came_and_can_be_taken_back(bench: Bench, session: Session) -> None:
    told: list[Any] = []
    session.changed.listen(told.append)
    bench.page.enter([bench.accueil.packet()])
    bench.page.receive()
    words = "Paquet de « Accueil » réuni : 1 nouvelle, 2 modifiées. 1 fiche vous attend dans « À trancher »."
    assert bench.shell.toasts[-1][0].replace("\u00a0", " ") == words
    assert bench.shell.visits[-1][0] == EXCHANGES
    assert told
    assert told[-1].records
    back = bench.shell.backs[-1]
    assert back is not None
    back()
    assert bench.shell.toasts[-1][0] == "Paquet de «\u00a0Accueil\u00a0» annulé."
    assert told[-1].removed
    assert not bench.shell.problems


def test_taking_back_names_what_was_written_since(bench: Bench, as_services: Carry) -> None:
    bench.page.enter([bench.accueil.packet()])
    zoe = bench.page.sheets.sheet(bench.place("Zoé Exemplaire"))[0].id
    bench.page.receive()
    from appli.domain.changes import Put

    as_services(lambda d: d.do("Ici", [Put(zoe, "occupation", "Traductrice et relieuse")]))
    back = bench.shell.backs[-1]
    assert back is not None
    back()
    assert "Ce qui a été écrit depuis reste\u00a0: Zoé Exemplaire." in bench.shell.toasts[-1][0]


def test_an_erasure_is_said_and_cannot_be_left_out(
    bench: Bench, village: Village, as_services: Carry, tmp_path: Path
) -> None:
    bench.page.enter([bench.accueil.packet("premier")])
    bench.page.receive()
    with bench.accueil.opened() as other:
        accueil = other.store.replica
    as_services(lambda d: roles.name(d, accueil, Role.REFERENT))
    as_services(lambda d: give(d, tmp_path / "roles.maille"))
    bench.accueil.take(tmp_path / "roles.maille")
    with bench.accueil.opened() as other:
        erase(other, village.ids["elise"])
    bench.page.enter([bench.accueil.packet()])
    assert ("Fiche à effacer", "effacée") in bench.titles()
    assert not any("Roumégas" in title for title, _sign in bench.titles())
    at = bench.place("Fiche à effacer")
    bench.page.toggle(at)
    row = bench.page.sheets.row(at)
    assert row is not None
    assert row.ticked is None
    assert bench.foot().safe == "Vous pourrez tout annuler, sauf l’effacement."
    bench.page.go_to(at)
    assert "ne pourra pas être annulé" in bench.sheet().notice


def test_much_removed_needs_a_tick(bench: Bench, as_services: Carry) -> None:
    bench.page.enter([bench.accueil.packet()])
    bench.page.receive()

    def many(directory: Any) -> list[bytes]:
        return [make(directory, "place", title=f"Lieu {n}") for n in range(25)]

    with bench.accueil.opened() as other:
        places = many(other)
    bench.page.enter([bench.accueil.packet("lieux")])
    bench.page.receive()
    with bench.accueil.opened() as other:
        trash(other, places)
    bench.page.enter([bench.accueil.packet("corbeille")])
    assert bench.foot().guard == "Ce paquet enlèverait 25 fiches."
    assert bench.foot().reason
    bench.page.receive()
    assert bench.page.step == "ready"
    bench.page.guard(True)
    assert not bench.foot().reason
    bench.page.receive()
    assert "réuni" in bench.shell.toasts[-1][0]


def test_a_wrong_passphrase_says_so_and_is_asked_again(bench: Bench) -> None:
    packet = bench.accueil.packet("clos", "pourpre narval conseil")
    bench.page.enter([packet])
    assert bench.view.last("show_phrase") == ("clos.maille", "")
    bench.page.open_with("pourpre narval")
    assert "n’ouvre pas ce paquet" in bench.view.last("show_phrase")[1]
    bench.page.open_with("Pourpre  narval-conseil")
    assert bench.page.step == "ready"
    bench.page.receive()
    assert "réuni" in bench.shell.toasts[-1][0]


def test_refusals_say_why_and_what_else_can_be_done(bench: Bench, session: Session, tmp_path: Path) -> None:
    bench.page.enter([tmp_path / "accueil" / "premier.maille"])
    assert "fait par ce poste" in bench.view.last("show_refusal")[0].title
    empty = tmp_path / "vide.maille"
    empty.write_bytes(b"")
    bench.page.enter([empty])
    assert "vide" in bench.view.last("show_refusal")[0].title
    bench.page.enter([tmp_path / "absent.maille"])
    assert "ne peut pas être lu" in bench.view.last("show_refusal")[0].title
    assert not bench.shell.problems
    bench.page.leave_it()
    assert bench.shell.returns == 1


def test_a_set_aside_pc_leads_to_the_pcs(bench: Bench, as_services: Carry) -> None:
    bench.page.enter([bench.accueil.packet()])
    bench.page.receive()
    as_services(lambda d: peers.revoke(d, peers.peers(d)[0].uid))
    bench.page.enter([bench.accueil.packet("encore")])
    assert bench.view.last("show_refusal")[0].deed == "Voir les postes du réseau"
    bench.page.act_on_refusal()
    assert bench.shell.visits[-1][0] == EXCHANGES


def test_another_network_can_be_joined_in_a_new_directory(bench: Bench, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        stranger = Accueil(tmp_path / "ailleurs", patch)
        (tmp_path / "ailleurs").mkdir()
        packet = stranger.packet("ailleurs")
    bench.page.enter([packet])
    assert "autre réseau" in bench.view.last("show_refusal")[0].title
    bench.page.act_on_refusal()
    assert bench.shell.visits[-1] == (FIRST_RUN, Request(paths=(packet,)))


def test_later_and_no_change_nothing(bench: Bench) -> None:
    bench.page.enter([bench.accueil.packet()])
    bench.page.later()
    assert "Rien n’a changé" in bench.shell.toasts[-1][0]
    bench.page.enter([bench.accueil.packet()])
    bench.page.refuse()
    assert bench.shell.toasts[-1][0] == "Paquet de «\u00a0Accueil\u00a0» refusé. Rien n’a changé."
    assert bench.shell.returns == 2


def test_several_files_follow_each_other(bench: Bench) -> None:
    first, second = bench.accueil.packet("un"), bench.accueil.packet("deux")
    bench.page.enter([first, second])
    bench.page.receive()
    assert bench.page.step == "ready"
    assert bench.page.sheets.total == 0
    assert bench.foot().primary == "Réunir ce paquet"
    bench.page.receive()
    assert "vous aviez déjà" in bench.shell.toasts[-1][0]


# --- twins, and what waits


@pytest.fixture
def alike(bench: Bench, as_services: Carry) -> Bench:
    """A packet that brings somebody who looks like somebody here."""
    as_services(lambda d: make(d, "person", name="Nour Benchaib", commune="Mende"))
    with bench.accueil.opened() as other:
        make(other, "person", name="Nour Benchaïb", commune="Mende", occupation="Potière")
    bench.page.enter([bench.accueil.packet()])
    return bench


def test_sheets_that_look_like_others_have_a_chip_and_a_reason(alike: Bench) -> None:
    assert [(f.word, f.count) for f in alike.page.sheets.filters][-2:] == [("Ressemblances", 1), ("Nouvelles", 1)]
    alike.page.set_filter("twin")
    row = alike.page.sheets.row(0)
    assert row is not None
    assert (row.second_line, row.sign.words) == ("Ressemble à «\u00a0Nour Benchaib\u00a0»", "doublon\u202f?")
    twin = alike.sheet().twin
    assert twin is not None
    assert "même commune" in twin.reasons
    assert (twin.same, twin.said) == ("C’est la même personne", None)
    assert alike.page.head is not None
    assert alike.page.head.missing[-1].startswith("1 fiche ressemble à une fiche de votre annuaire")


def test_one_may_look_at_one_kind_alone(bench: Bench) -> None:
    with bench.accueil.opened() as other:
        make(other, "place", title="La halle")
        make(other, "person", name="Nour Benchaïb")
    bench.page.enter([bench.accueil.packet()])
    sheets = bench.page.sheets
    assert sheets.kinds[0].word == "Tous les genres"
    assert {one.word for one in sheets.kinds[1:]} >= {"Personnes", "Lieux"}
    bench.page.set_kind("place")
    assert {sheets.sheet(place)[0].kind for place in range(sheets.count)} == {"place"}
    bench.page.set_filter("new")
    assert [sheets.sheet(place)[0].title for place in range(sheets.count)] == ["La halle"]
    assert [(f.word, f.count) for f in sheets.filters] == [("Tout", 1), ("Nouvelles", 1)], "of that kind"
    bench.page.set_all(False)
    bench.page.set_kind("")
    bench.page.set_filter("")
    assert sheets.total - sheets.taken == 1, "what is not shown stays taken"
    bench.page.set_filter("conflict")
    bench.page.set_kind("place")
    assert (sheets.filter, sheets.count) == ("", 1), "no such place: all places"


@pytest.mark.parametrize("same", [True, False])
def test_what_one_says_of_twins_is_noted_with_the_packet(alike: Bench, as_services: Carry, same: bool) -> None:
    alike.page.set_filter("twin")
    alike.page.judge(not same)
    alike.page.judge(same)
    twin = alike.sheet().twin
    assert twin is not None
    assert twin.said is same
    alike.page.receive()
    said = as_services(verdicts)
    assert (len(said.same), len(said.apart)) == ((1, 0) if same else (0, 1))


def test_saying_it_again_says_nothing(alike: Bench, as_services: Carry) -> None:
    alike.page.set_filter("twin")
    alike.page.judge(True)
    alike.page.judge(True)
    alike.page.receive()
    assert not as_services(verdicts).same


def test_a_judged_sheet_still_leaves_with_its_packet(alike: Bench, as_services: Carry) -> None:
    alike.page.set_filter("twin")
    alike.page.judge(False)
    alike.page.receive()
    back = alike.shell.backs[-1]
    assert back is not None
    back()
    assert alike.shell.toasts[-1][0] == "Paquet de «\u00a0Accueil\u00a0» annulé."
    assert [e.title for e in as_services(lambda d: list(d.reads.of_kind("person"))) if "ï" in e.title] == []


def test_what_is_put_off_or_left_out_waits_in_exchanges(bench: Bench) -> None:
    waiting = ExchangeWaiting(bench.shell)
    waiting.enter()
    assert waiting.rows == []
    packet = bench.accueil.packet()
    bench.page.enter([packet])
    bench.page.later()
    assert bench.shell.toasts[-1][0] == "Rien n’a changé. Ce paquet vous attend dans Échanges."
    [row] = waiting.rows
    assert (row.title, row.can_look) == ("Paquet de «\u00a0Accueil\u00a0» mis de côté\u00a0: 3 fiches", True)
    packet.unlink()
    waiting.look(row.uid)
    page, request = bench.shell.visits[-1]
    assert page == BUNDLE
    bench.page.enter(request.paths)
    bench.page.toggle(bench.place("Zoé Exemplaire"))
    assert bench.foot().safe.endswith("1 fiche laissée de côté\u00a0: elle vous attendra dans Échanges.")
    bench.page.receive()
    [row] = waiting.rows
    assert row.title == "1 fiche laissée de côté du paquet de «\u00a0Accueil\u00a0»"
    waiting.look(row.uid)
    bench.page.enter(bench.shell.visits[-1][1].paths)
    assert bench.titles() == [("Zoé Exemplaire", "nouvelle")]
    assert bench.page.head is not None
    assert bench.page.head.missing[0] == "Vous aviez laissé de côté 1 fiche de ce paquet\u00a0: la voici."
    bench.page.receive()
    assert waiting.rows == []


def test_what_is_refused_waits_no_more(bench: Bench) -> None:
    waiting = ExchangeWaiting(bench.shell)
    waiting.enter()
    bench.page.enter([bench.accueil.packet()])
    bench.page.later()
    waiting.look(waiting.rows[0].uid)
    bench.page.enter(bench.shell.visits[-1][1].paths)
    bench.page.refuse()
    assert waiting.rows == []


def test_what_waits_may_be_given_up_from_exchanges(bench: Bench) -> None:
    waiting = ExchangeWaiting(bench.shell)
    waiting.enter()
    bench.page.enter([bench.accueil.packet()])
    bench.page.later()
    waiting.give_up(waiting.rows[0].uid)
    assert waiting.rows == []


def test_a_sheet_left_out_of_a_packet_whose_file_is_gone_says_so(bench: Bench, as_services: Carry) -> None:
    waiting = ExchangeWaiting(bench.shell)
    waiting.enter()
    packet = bench.accueil.packet()
    bench.page.enter([packet])
    bench.page.later()
    packet.unlink()
    as_services(lambda d: forget_aside(d.store.path))
    waiting.read()
    assert not waiting.rows[0].can_look
    assert "le prochain paquet complet" in waiting.rows[0].words


def test_a_public_packet_of_another_network_is_told_and_taken_back_as_copies(
    bench: Bench, as_services: Carry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_CONFIG", str(tmp_path / "autre"))
    other = open_directory(tmp_path / "autre-annuaire")
    try:
        found(other, SpaceFacts("Réseau voisin", replica_label="Alès"))
        create_sheet(other, "place", [Assignment("title", "=", "La filature")], Audience.PUBLIC)
        give(other, tmp_path / "public.maille", audience=Audience.PUBLIC)
    finally:
        other.close()
    bench.page.enter([tmp_path / "public.maille"])
    head = bench.page.head
    assert head is not None
    assert head.sign.words == "Paquet public d’un autre réseau"
    assert bench.titles() == [("La filature", "nouvelle")]
    bench.page.receive()
    assert as_services(lambda d: [e.title for e in d.reads.of_kind("place") if not e.trashed]) == ["La filature"]
    journal = ExchangeJournal(bench.shell)
    journal.enter()
    assert journal.lines[0].rest == "le paquet public de «\u00a0Réseau voisin\u00a0»\u00a0: 1 nouvelle"
    back = bench.shell.backs[-1]
    assert back is not None
    back()
    assert as_services(lambda d: [e.title for e in d.reads.of_kind("place") if not e.trashed]) == []
