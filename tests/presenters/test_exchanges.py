"""Échanges without a window: PCs, journal, packets made, keys forgotten; joining a network by a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from appli.app import load_gazetteer, open_directory, open_index
from appli.domain.changes import Put
from appli.presenters.exchange_journal import ExchangeJournal
from appli.presenters.exchange_peers import ExchangePeers
from appli.presenters.exchanges import Exchanges
from appli.presenters.first_run import FirstRun
from appli.presenters.give_packet import GivePacket
from appli.presenters.given_files import is_packet, is_request
from appli.presenters.packet_preview import PacketPreview
from appli.presenters.session import Session
from appli.presenters.shell import DUPLICATES, EXCHANGES, REQUEST, TO_SETTLE
from appli.services.exchanging import giving as giving_service
from appli.services.exchanging import peers, requests
from appli.services.exchanging.journal import Made, note_made
from appli.services.exchanging.ways import Way
from appli.services.spaces import replica_name, space_of
from tests.presenters.conftest import Village, make, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs
from tests.presenters.packets import Accueil, network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    assert peer.words.startswith("Mes nouvelles\u00a0: aucun paquet fait pour lui, les siennes jusqu’au")
    came, given = journal.lines
    assert (came.did, came.name) == ("Réuni", "Accueil")
    assert came.rest == "le paquet de «\u00a0Accueil\u00a0»\u00a0: 1 nouvelle, 2 modifiées"
    assert (given.did, given.rest, given.seq) == ("Donné", "à tout le monde\u00a0: 4 fiches", None)
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
    assert page.rows[0].words.startswith("Mes nouvelles jusqu’au")


def test_a_packet_is_written_closed_and_told(page: ExchangePeers, tmp_path: Path) -> None:
    giving = page.giving()
    giving.view = view = CallRecorder()
    giving.protect(True)
    assert len(giving.phrase.split()) == 7
    giving.write(tmp_path / "nouvelles")
    written = view.last("show_written")[0]
    assert written.title == "Paquet écrit et relu."
    assert written.words.startswith("5 fiches, ")
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


def test_a_packet_is_written_on_a_stick_that_may_be_pulled_out(page: ExchangePeers, tmp_path: Path) -> None:
    giving = page.giving()
    giving.view = view = CallRecorder()
    giving.write(tmp_path / "nouvelles.maille", "MAIRIE")
    title = view.last("show_written")[0].title
    assert title == "Paquet écrit et relu sur la clé «\u00a0MAIRIE\u00a0». Vous pouvez retirer la clé."


@pytest.mark.parametrize("opened", [True, False])
def test_a_packet_is_mailed_or_said_not_to_be(
    opened: bool, page: ExchangePeers, journal: ExchangeJournal, tmp_path: Path
) -> None:
    drafts: list[tuple[str, str, tuple[Path, ...]]] = []
    giving = page.giving()
    giving.view = view = CallRecorder()
    giving.mailer = lambda *draft: drafts.append(draft) is None and opened
    giving.mail(tmp_path)
    written = view.last("show_written")[0]
    assert [path.name for path in drafts[0][2]] == [Path(name).name for name in written.files]
    assert ("brouillon s’ouvre" in written.title, bool(written.mail)) == (opened, not opened)
    journal.read()
    assert journal.lines[0].rest.endswith(", par courriel")


def test_a_mail_program_that_fails_is_no_fault(page: ExchangePeers, tmp_path: Path) -> None:
    def broken(*_draft: object) -> bool:
        raise OSError

    giving = page.giving()
    giving.view = view = CallRecorder()
    giving.mailer = broken
    giving.mail(tmp_path)
    assert view.last("show_written")[0].mail


def test_a_small_directory_is_given_whole_and_one_may_have_it_otherwise(
    page: ExchangePeers, accueil: Accueil, tmp_path: Path
) -> None:
    giving = page.giving(page.rows[0].uid)
    assert (giving.may_be_part, giving.whole) == (True, True)
    assert giving.proposal.startswith("Il lui manque 1 fiche")
    giving.set_whole(False)
    assert giving.proposal.endswith("Le paquet ne portera que cela.")
    giving.view = view = CallRecorder()
    giving.write(tmp_path / "petit.maille")
    assert view.last("show_written")[0].words.startswith("1 fiche, ")
    giving.set_receiver(None)
    assert (giving.may_be_part, giving.proposal) == (False, "")


def test_a_request_is_written_and_answered_by_just_what_lacks(
    page: ExchangePeers, accueil: Accueil, shell: FakeShell, tmp_path: Path
) -> None:
    page.write_request(tmp_path / page.request_name())
    assert shell.toasts[-1][0].startswith("Demande écrite et relue")
    with accueil.opened() as other:
        theirs = requests.ask(other, tmp_path / "accueil")
    ready: list[GivePacket] = []
    page.answer(theirs, ready.append)
    assert (ready[0].to, ready[0].whole) == (page.rows[0].uid, False)
    assert ready[0].receivers[1][1] == "«\u00a0Accueil\u00a0», qui en fait la demande"
    page.answer(tmp_path / page.request_name(), ready.append)
    assert (len(ready), len(shell.problems)) == (1, 1)


def test_the_details_of_a_pc_say_what_it_has_and_the_words_of_its_key(page: ExchangePeers) -> None:
    details = dict(page.rows[0].details)
    assert details["Dernier paquet fait pour lui"] == "jamais"
    assert details["Ce qu’il connaît"].startswith("il lui manque 1 changement sur 1 fiche")
    assert details["Ce qui manque ici"] == "rien de ses modifications"
    assert len(details["Les mots de sa clé"].split()) == 6
    assert len(page.own_words.split()) == 6


def test_a_gap_is_named(page: ExchangePeers, accueil: Accueil, shell: FakeShell, tmp_path: Path) -> None:
    with accueil.opened() as other:
        make(other, "place", title="La halle")
        known = {uid.hex(): list(some) for uid, some in other.store.knowledge().as_dict().items()}
        make(other, "place", title="Le four")
        giving_service.give(other, tmp_path / "trou.maille", to=peers.Peer(bytes(16), know=known))
    preview = PacketPreview(shell)
    preview.enter([tmp_path / "trou.maille"])
    preview.receive()
    page.enter()
    [words] = page.missing
    assert words.startswith("Il manque l")
    assert "du poste «\u00a0Accueil\u00a0»" in words
    assert dict(page.rows[0].details)["Ce qui manque ici"] == words


def test_a_packet_is_taken_back_after_a_question(journal: ExchangeJournal, shell: FakeShell) -> None:
    assert journal.lines[0].seq is not None
    journal.ask_to_take_back(journal.lines[0].seq)
    view = journal.view
    assert isinstance(view, CallRecorder)
    question, yes = view.last("ask")
    assert question.title == "Annuler le paquet de «\u00a0Accueil\u00a0»\u202f?"
    assert question.words.startswith("1 fiche partira\u202f; 2 fiches redeviendront comme avant.")
    yes()
    assert (journal.lines[0].did, journal.lines[0].seq) == ("Annulé", None)
    assert "annulé le" in journal.lines[0].when
    assert shell.toasts[-1][0] == "Paquet de «\u00a0Accueil\u00a0» annulé."


def test_what_stays_is_named_before_and_after(
    journal: ExchangeJournal, shell: FakeShell, as_services: Carry, village: Village
) -> None:
    [zoe] = as_services(lambda d: [e.id for e in d.reads.of_kind("person") if e.title == "Zoé Exemplaire"])
    as_services(lambda d: d.do("Ici", [Put(zoe, "occupation", "Interprète")]))
    assert journal.lines[0].seq is not None
    journal.ask_to_take_back(journal.lines[0].seq)
    view = journal.view
    assert isinstance(view, CallRecorder)
    question, yes = view.last("ask")
    assert "Ce qui a été écrit ou reçu depuis restera\u00a0: Zoé Exemplaire." in question.words
    yes()
    assert shell.toasts[-1][0].endswith("Ce qui a été écrit depuis reste\u00a0: Zoé Exemplaire.")


def test_older_lines_of_the_journal_come_some_at_a_time(journal: ExchangeJournal, as_services: Carry) -> None:
    as_services(lambda d: [note_made(d, Made("Accueil", n, False, True, Way.MAIL)) for n in range(90)])
    journal.read()
    first = len(journal.lines)
    assert journal.hidden == 92 - first
    journal.show_older()
    assert (len(journal.lines), journal.hidden) == (first + 50, 42 - first)


def test_the_journal_is_copied_for_the_board(journal: ExchangeJournal, shell: FakeShell, tmp_path: Path) -> None:
    journal.save_copy(tmp_path / "journal")
    text = (tmp_path / "journal.csv").read_text("utf-8-sig")
    head, came, *_rest = text.splitlines()
    assert head.startswith("Date;Heure;Sens;Poste;Par;")
    assert came.split(";")[2:10] == ["reçu", "Accueil", "fichier", "", "1", "1", "1", "0"]
    assert "Zoé" not in text
    assert shell.toasts[-1][0].startswith("Journal enregistré")


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
    assert is_request(tmp_path / f"accueil{REQUEST}")
    assert not is_packet(tmp_path / f"accueil{REQUEST}")
    assert REQUEST == requests.SUFFIX


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
