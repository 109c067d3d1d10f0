"""Échanges without a window: PCs, journal, packets made, keys forgotten; joining a network by a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from appli.app import load_gazetteer, open_directory, open_index
from appli.presenters.exchange_journal import ExchangeJournal
from appli.presenters.exchange_peers import ExchangePeers
from appli.presenters.exchanges import Exchanges
from appli.presenters.first_run import FirstRun
from appli.presenters.given_files import is_packet
from appli.presenters.packet_preview import PacketPreview
from appli.presenters.session import Session
from appli.presenters.shell import DUPLICATES, EXCHANGES, TO_SETTLE
from appli.services.exchanging import peers
from appli.services.spaces import replica_name, space_of
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs
from tests.presenters.packets import Accueil, network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Carry = Callable[[Callable[..., Any]], Any]


@pytest.fixture
def accueil(
    shell: FakeShell, village: Village, as_services: Carry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Accueil:
    shell.pages |= {EXCHANGES, TO_SETTLE}
    made: Accueil = as_services(lambda d: network(village, d, tmp_path / "accueil", monkeypatch))
    return made


@pytest.fixture
def came(shell: FakeShell, accueil: Accueil) -> None:
    """One packet of « Accueil » was received."""
    preview = PacketPreview(shell)
    preview.enter([accueil.packet()])
    preview.receive()


@pytest.fixture
def page(shell: FakeShell, came: None) -> ExchangePeers:
    """The PCs, after it."""
    found = ExchangePeers(shell)
    found.view = CallRecorder()
    found.enter()
    return found


@pytest.fixture
def journal(shell: FakeShell, came: None) -> ExchangeJournal:
    """The journal, after it."""
    found = ExchangeJournal(shell)
    found.view = CallRecorder()
    found.enter()
    return found


def test_without_a_network_nothing_is_known(shell: FakeShell) -> None:
    page, pcs, journal = Exchanges(shell), ExchangePeers(shell), ExchangeJournal(shell)
    for part in (page, pcs, journal):
        part.enter()
        assert part.is_known
    assert (pcs.rows, journal.lines, page.to_settle) == ([], [], None)


def test_the_pcs_and_the_journal_say_what_came(page: ExchangePeers, journal: ExchangeJournal, shell: FakeShell) -> None:
    [peer] = page.rows
    assert (peer.name, peer.sign.tone) == ("Accueil", "warning")
    assert "lui manque" in peer.sign.words
    assert peer.given == "Mes nouvelles\u00a0: aucun paquet fait pour lui"
    [line] = journal.lines
    assert (line.sender, line.did, line.undone) == ("Accueil", "1 nouvelle, 2 modifiées", False)
    whole = Exchanges(shell)
    whole.enter()
    assert whole.to_settle
    assert not whole.has_duplicates
    shell.pages.add(DUPLICATES)
    assert whole.has_duplicates
    assert shell.status == "1 autre poste connu"


def test_a_pc_that_has_it_all_is_up_to_date(
    page: ExchangePeers, accueil: Accueil, shell: FakeShell, tmp_path: Path
) -> None:
    giving = page.giving(page.rows[0].uid)
    giving.view = CallRecorder()
    giving.write(tmp_path / "pour-accueil.maille")
    accueil.take(tmp_path / "pour-accueil.maille")
    preview = PacketPreview(shell)
    preview.enter([accueil.packet("retour")])
    preview.receive()
    page.enter()
    assert page.rows[0].sign.words == "à jour"
    assert page.rows[0].given.startswith("Mes nouvelles jusqu’au")


def test_a_packet_is_written_closed_and_told(page: ExchangePeers, tmp_path: Path) -> None:
    giving = page.giving()
    giving.view = view = CallRecorder()
    giving.protect(True)
    assert len(giving.phrase.split()) == 7
    giving.write(tmp_path / "nouvelles")
    written = view.last("show_written")[0]
    assert written.title == "Paquet écrit et vérifié\u00a0: vous pouvez retirer la clé."
    assert written.files == (str(tmp_path / "nouvelles.maille"),)
    assert "de vive voix" in written.words
    assert is_packet(tmp_path / "nouvelles.maille")


def test_a_public_packet_is_for_everybody(page: ExchangePeers) -> None:
    giving = page.giving(page.rows[0].uid)
    giving.set_public(True)
    assert not giving.public
    giving.set_receiver(None)
    giving.set_public(True)
    assert giving.public
    giving.set_receiver(page.rows[0].uid)
    assert not giving.public
    assert giving.file_name().startswith("accueil-")
    assert giving.file_name().endswith(".maille")


def test_a_disk_that_refuses_is_said_in_the_dialog(page: ExchangePeers, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    giving = page.giving()
    giving.view = view = CallRecorder()
    giving.write(tmp_path / "fichier" / "nouvelles.maille")
    assert view.last("show_refusal")[0]
    assert giving.written is None
    assert not giving.is_writing


def test_a_packet_is_taken_back_after_a_question(journal: ExchangeJournal, shell: FakeShell) -> None:
    journal.ask_to_take_back(journal.lines[0].seq)
    view = journal.view
    assert isinstance(view, CallRecorder)
    question, yes = view.last("ask")
    assert question.title == "Annuler le paquet de «\u00a0Accueil\u00a0»\u202f?"
    yes()
    assert journal.lines[0].undone
    assert shell.toasts[-1][0] == "Paquet de «\u00a0Accueil\u00a0» annulé."


def test_a_pc_is_set_aside_and_taken_back(page: ExchangePeers, shell: FakeShell) -> None:
    uid = page.rows[0].uid
    page.set_revoked(uid, revoked=True)
    assert page.rows[0].sign.words == "écarté"
    assert page.giving(uid).to is None
    back = shell.backs[-1]
    assert back is not None
    back()
    assert not page.rows[0].revoked


def test_forgetting_a_key_is_asked_first(page: ExchangePeers, as_services: Carry) -> None:
    uid = page.rows[0].uid
    page.ask_to_forget_key(uid)
    assert page.rows[0].has_key
    view = page.view
    assert isinstance(view, CallRecorder)
    view.last("ask")[1]()
    assert not page.rows[0].has_key
    known = as_services(lambda d: peers.peer(d, uid))
    assert known.key == ""


def test_a_file_is_known_by_its_name_or_its_first_bytes(tmp_path: Path) -> None:
    files = {
        "a.maille": b"",
        "a.maille.zip": b"PK\x03\x04x",
        "sans-nom": b"age-encryption.org/v1\n",
        "b.xlsx": b"PK\x03\x04",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert [is_packet(tmp_path / name) for name in files] == [True, True, True, False]
    assert not is_packet(tmp_path / "absent")


# --- joining


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[FakeShell]:
    """A window on a folder that is not there yet."""
    folder = tmp_path / "neuf" / "annuaire"
    session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
    yield FakeShell(session)
    session.close()


def test_one_sees_whose_network_it_is_before_joining(accueil: Accueil, newcomer: FakeShell) -> None:
    run, view = FirstRun(newcomer, CallRecorder(), load_gazetteer), CallRecorder()
    run.joining.view = view
    run.take([accueil.packet("pour-toi")])
    facts = view.last("show_facts")[0]
    assert (facts.space, facts.sender) == ("Réseau des Gorges", "Fichier fait par le poste «\u00a0Accueil\u00a0»")
    assert len(facts.words.split()) == 6
    assert not newcomer.session.folder.exists()
    run.joining.set_label("Gîte")
    run.joining.join()
    assert newcomer.folders == [newcomer.session.folder]
    directory = open_directory(newcomer.session.folder)
    try:
        space = space_of(directory)
        assert space is not None
        assert space.title == "Réseau des Gorges"
        assert replica_name(directory) == "Gîte"
    finally:
        directory.close()


def test_a_file_that_goes_away_leaves_nothing_behind(accueil: Accueil, newcomer: FakeShell) -> None:
    run, view = FirstRun(newcomer, CallRecorder(), load_gazetteer), CallRecorder()
    run.joining.view = view
    packet = accueil.packet("pour-toi")
    run.take([packet])
    packet.unlink()
    run.joining.join()
    assert "ne peut pas être lu" in view.last("show_refusal")[0]
    assert not newcomer.session.folder.exists()
    assert not newcomer.folders


def test_joining_asks_for_the_passphrase(accueil: Accueil, newcomer: FakeShell) -> None:
    run, view = FirstRun(newcomer, CallRecorder(), load_gazetteer), CallRecorder()
    run.joining.view = view
    run.take([accueil.packet("clos", "pourpre narval conseil")])
    assert view.last("show_phrase") == ("clos.maille", "")
    run.joining.open_with("pourpre narval")
    assert view.last("show_phrase")[1]
    run.joining.open_with("pourpre narval conseil")
    assert run.joining.part == "facts"
