"""What the window says of two directories that should be the same, and of what a packet shows beside its sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from appli.app import open_directory
from appli.domain.changes import Create, Put
from appli.domain.ids import new_id
from appli.presenters.packet_words import head_of
from appli.presenters.peer_words import differs_words, sign_of
from appli.services.exchanging import giving, peers, receiving
from appli.store import engine

TODAY = date(2026, 11, 22)


def test_a_peer_that_differs_is_told_with_what_to_do(tmp_path: Path) -> None:
    one, other = open_directory(tmp_path / "un"), open_directory(tmp_path / "deux")
    elise = new_id()
    one.do("Essai", [Create(elise, "person", {"name": {"display": "Élise Roumégas"}})])
    giving.give(one, tmp_path / "1.maille")
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    one.do("Essai", [Put(elise, "occupation", "Menuisière")])
    giving.give(other, tmp_path / "2.maille")
    receiving.receive(one, tmp_path / "2.maille", confirmed=True)
    giving.give(one, tmp_path / "3.maille")
    receiving.receive(other, tmp_path / "3.maille", confirmed=True)
    other.close()
    base = engine.connect(tmp_path / "deux" / "partage.db")
    assert base.execute("DELETE FROM fv WHERE f=40").rowcount == 1
    base.close()
    other = open_directory(tmp_path / "deux")
    giving.give(one, tmp_path / "4.maille", to=peers.peers(one)[0])
    opened, preview = receiving.examine(other, tmp_path / "4.maille")
    with opened:
        receipt = receiving.receipt_of(other, opened, preview.received)
        head = head_of(opened.envelope, receipt.gaps, TODAY, 0, receipt.remarks)
    assert "devraient être les mêmes et ne le sont pas" in head.missing[0]
    assert "un paquet complet" in head.missing[0]
    receiving.receive(other, tmp_path / "4.maille", confirmed=True)
    (peer,) = peers.peers(other)
    now = other.store.folder.clock()
    sign = sign_of(peer, peers.lacking(other, peer), now, revoked=False)
    assert (sign.words, sign.tone) == ("diffère du vôtre", "warning")
    assert peer.label in differs_words(peer)
    for directory in (one, other):
        directory.close()
