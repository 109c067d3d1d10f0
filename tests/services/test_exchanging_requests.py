"""Asking for what one lacks by a small signed file, and what a PC is taken to have."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.domain.changes import Create, Put
from appli.domain.ids import new_id
from appli.services.directory import Directory
from appli.services.exchanging import giving, peers, receiving, requests
from appli.services.spaces import SpaceFacts, found
from tests.services.pcs import Open, person, refusal


def carry(giver: Directory, taker: Directory, file: Path) -> receiving.Receipt:
    giving.give(giver, file)
    return receiving.receive(taker, file, confirmed=True)


def test_a_request_is_answered_by_just_what_lacks(one: Directory, other: Directory, tmp_path: Path) -> None:
    elise = person(one, "Élise Roumégas")
    carry(one, other, tmp_path / "1.maille")
    carry(other, one, tmp_path / "2.maille")
    one.do("Essai", [Put(elise, "occupation", "Menuisière")])
    giving.give(one, tmp_path / "lost.maille")
    asked = requests.read(one, requests.ask(other, tmp_path / "demande"))
    assert (asked.is_known, asked.peer.uid) == (True, other.store.replica)
    given = giving.give(one, tmp_path / "3.maille", to=asked.peer)
    assert (given.sheets, given.incremental) == (1, True)
    done = receiving.receive(other, tmp_path / "3.maille", confirmed=True)
    assert (done.changed, done.gaps) == (1, [])
    assert one.store.digest() == other.store.digest()


def test_a_request_of_a_pc_never_heard_is_answered_but_its_key_is_not_taken(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    person(one, "Élise Roumégas")
    carry(one, other, tmp_path / "1.maille")
    asked = requests.read(one, requests.ask(other, tmp_path / "d.maille-demande"))
    assert (asked.is_known, len(asked.fingerprint.split())) == (False, 6)
    requests.note(one, asked)
    assert peers.peers(one) == []


def test_what_was_said_last_stands_alone(one: Directory, other: Directory, tmp_path: Path) -> None:
    carry(one, other, tmp_path / "0.maille")
    person(one, "Élise Roumégas")
    seq = carry(one, other, tmp_path / "1.maille").seq
    carry(other, one, tmp_path / "2.maille")
    assert seq is not None
    [peer] = peers.peers(one)
    assert peers.lacking(one, peer).sheets == 0
    receiving.take_back(other, seq)
    requests.note(one, requests.read(one, requests.ask(other, tmp_path / "d")))
    [peer] = peers.peers(one)
    assert peers.lacking(one, peer).sheets == 1
    receiving.receive(one, tmp_path / "2.maille", confirmed=True)  # older than the request
    assert peers.lacking(one, peers.peers(one)[0]).sheets == 1


@pytest.mark.parametrize("spoilt", ["space", "own", "text", "signature", "absent", "revoked", "key"])
def test_a_request_that_may_not_be_answered_is_refused(
    spoilt: str, one: Directory, other: Directory, pcs: Open, tmp_path: Path
) -> None:
    person(one, "Élise Roumégas")
    carry(one, other, tmp_path / "1.maille")
    carry(other, one, tmp_path / "2.maille")
    file = requests.ask(other, tmp_path / "d")
    reader = one
    match spoilt:
        case "space":
            reader = pcs("trois")
            found(reader, SpaceFacts("Réseau des Cévennes"))
        case "own":
            reader = other
        case "text":
            file.write_bytes(b"{}")
        case "signature":
            file.write_text(file.read_text().replace('\\"label\\":\\"', '\\"label\\":\\"x'))
        case "absent":
            file.unlink()
        case "revoked":
            peers.revoke(one, other.store.replica)
        case "key":
            peers.keep(one, peers.replace(peers.peers(one)[0], key="00" * 32))
    codes = {
        "space": "other_space",
        "own": "own_request",
        "text": "not_a_request",
        "signature": "statement_forged",
        "absent": "unreadable",
        "revoked": "revoked_peer",
        "key": "changed_key",
    }
    assert refusal(lambda: requests.read(reader, file)) == codes[spoilt]


def test_a_small_directory_is_given_whole_a_large_one_in_part(
    one: Directory, other: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = [Create(new_id(), "place", {"title": f"Lieu {n}"}) for n in range(40)]
    one.do("Essai", some)
    carry(one, other, tmp_path / "1.maille")
    carry(other, one, tmp_path / "2.maille")
    person(one, "Élise Roumégas")
    [peer] = peers.peers(one)
    proposal = giving.propose(one, peer)
    assert (proposal.whole, proposal.lacking.sheets) == (True, 1)
    monkeypatch.setattr(giving, "SMALL", 10)
    assert not giving.propose(one, peer).whole
    one.do("Essai", [Create(new_id(), "place", {"title": f"Autre {n}"}) for n in range(20)])
    assert giving.propose(one, peer).whole
