"""What threatens agreement without anybody's fault: copied folders, damaged bases, lines of a later version."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from appli import config
from appli.app import open_directory
from appli.domain.changes import Erase, Put
from appli.domain.ids import RecordId, new_id
from appli.domain.statements import Statement
from appli.domain.unknown import Unknown
from appli.errors import UserError
from appli.exchange import canonical
from appli.exchange.archive import MANIFEST
from appli.exchange.statements import line_of
from appli.services.directory import Directory
from appli.services.exchanging import giving, peers, receiving
from appli.services.exchanging.receiving import Receipt
from appli.services.spaces import replica_name
from appli.store import engine, unread
from appli.store.folder import raw
from appli.store.index_model import Query
from appli.store.registers import Registers
from tests.exchange.bundles import KEYS, members_of, put, signed_again
from tests.services.pcs import Open, person

UID = "01" * 16


@pytest.fixture
def pcs(tmp_path: Path) -> Iterator[Open]:
    opened: dict[str, Directory] = {}

    def pc(name: str) -> Directory:
        if name in opened:
            opened[name].close()
        opened[name] = open_directory(tmp_path / name)
        return opened[name]

    yield pc
    for directory in opened.values():
        directory.close()


def value(directory: Directory, one: RecordId, name: str) -> object:
    entry = directory.reads.entry(one)
    return entry.values.get(name) if entry else None


def give(giver: Directory, taker: Directory, file: Path) -> Receipt:
    giving.give(giver, file)
    return receiving.receive(taker, file, confirmed=True)


def looked(directory: Directory, file: Path) -> Receipt:
    opened, preview = receiving.examine(directory, file)
    with opened:
        return receiving.receipt_of(directory, opened, preview.received)


class TestTwoDirectoriesThatShouldBeTheSame:
    """The digest of a packet, held against what is here by who knows the same."""

    @pytest.fixture
    def elise(self, one: Directory, other: Directory, tmp_path: Path) -> RecordId:
        elise = person(one, "Élise Roumégas", occupation="Menuisière")
        give(one, other, tmp_path / "0.maille")
        one.do("Essai", [Put(elise, "occupation", "Ébéniste")])
        assert give(other, one, tmp_path / "1.maille").remarks == ()
        assert give(one, other, tmp_path / "2.maille").remarks == ()
        assert one.store.concord.fingerprint() == other.store.concord.fingerprint() != ""
        return elise

    @staticmethod
    def behind_its_back(pcs: Open, folder: Path, *statements: str) -> Directory:
        pcs("deux").close()
        base = engine.connect(folder / "deux" / "partage.db")
        for sql in statements:
            assert base.execute(sql).rowcount > 0
        base.close()
        return pcs("deux")

    @pytest.mark.parametrize(
        "harm",
        [
            ("DELETE FROM fv WHERE f=40",),
            ("DELETE FROM person",),
            ("DELETE FROM ver WHERE kind=1",),
            ("DELETE FROM person", "DELETE FROM ver WHERE kind=1", "DELETE FROM fv WHERE f=40"),
        ],
        ids=["a version", "the row", "its creation", "all of it"],
    )
    def test_a_whole_packet_tells_what_was_lost_and_mends_it(
        self, one: Directory, elise: RecordId, pcs: Open, tmp_path: Path, harm: tuple[str, ...]
    ) -> None:
        other = self.behind_its_back(pcs, tmp_path, *harm)
        giving.give(one, tmp_path / "3.maille")
        assert "devraient être les mêmes" in " ".join(looked(other, tmp_path / "3.maille").remarks)
        done = receiving.receive(other, tmp_path / "3.maille", confirmed=True)
        assert "remis d’accord" in " ".join(done.remarks)
        assert value(other, elise, "occupation") == "Ébéniste"
        assert one.store.digest() == other.store.digest()
        assert other.store.problems() == []
        assert give(one, other, tmp_path / "4.maille").remarks == ()

    def test_a_small_packet_only_tells_and_all_is_given_anew_until_both_agree(
        self, one: Directory, elise: RecordId, pcs: Open, tmp_path: Path
    ) -> None:
        other = self.behind_its_back(pcs, tmp_path, "DELETE FROM fv WHERE f=40")
        (known,) = peers.peers(one)
        giving.give(one, tmp_path / "3.maille", to=known)
        done = receiving.receive(other, tmp_path / "3.maille", confirmed=True)
        assert "un paquet complet" in " ".join(done.remarks)
        (sender,) = peers.peers(other)
        assert sender.differs
        assert not giving.give(other, tmp_path / "4.maille", to=sender).incremental
        other.do("Essai", [Put(elise, "summary", "Écrit entre les deux")])
        give(one, other, tmp_path / "5.maille")
        assert value(other, elise, "summary") == "Écrit entre les deux"
        give(other, one, tmp_path / "6.maille")
        give(one, other, tmp_path / "7.maille")
        assert not peers.peers(other)[0].differs
        assert value(other, elise, "occupation") == "Ébéniste"

    def test_who_lost_something_is_told_by_the_other_too(
        self, one: Directory, elise: RecordId, pcs: Open, tmp_path: Path
    ) -> None:
        other = self.behind_its_back(pcs, tmp_path, "DELETE FROM fv WHERE f=40")
        done = give(other, one, tmp_path / "3.maille")
        assert "Faites pour" in " ".join(done.remarks)
        assert value(one, elise, "occupation") == "Ébéniste"

    def test_an_edit_in_between_is_no_difference(
        self, one: Directory, other: Directory, elise: RecordId, tmp_path: Path
    ) -> None:
        other.do("Essai", [Put(elise, "summary", "Tourne et sculpte.")])
        assert give(one, other, tmp_path / "3.maille").remarks == ()
        assert not peers.peers(other)[0].differs

    def test_what_is_left_out_is_no_difference(
        self, one: Directory, other: Directory, elise: RecordId, tmp_path: Path
    ) -> None:
        zoe = person(one, "Zoé Essai")
        giving.give(one, tmp_path / "3.maille")
        receiving.receive(other, tmp_path / "3.maille", confirmed=True, left_out={zoe})
        assert give(one, other, tmp_path / "4.maille").remarks == ()
        assert one.store.concord.fingerprint() == other.store.concord.fingerprint()


class TestAFolderCopiedWithItsConfiguration:
    """The disk of a PC is put back, or cloned: only what others bring shows it."""

    @pytest.fixture
    def image(self, one: Directory, other: Directory, pcs: Open, tmp_path: Path) -> Callable[[], Directory]:
        """Puts the disk back to where it was when this was asked for."""
        self.elise = person(one, "Élise Roumégas", occupation="Menuisière")
        give(one, other, tmp_path / "0.maille")
        self.name = one.store.replica
        one.close()
        shutil.copytree(tmp_path / "un", tmp_path / "image")
        shutil.copytree(config.config_dir(), tmp_path / "image-config")
        pcs("un")

        def back() -> Directory:
            pcs("un").close()
            others = {p.name: p.read_bytes() for p in (config.config_dir() / "postes").iterdir()}
            shutil.rmtree(tmp_path / "un")
            shutil.copytree(tmp_path / "image", tmp_path / "un")
            shutil.rmtree(config.config_dir())
            shutil.copytree(tmp_path / "image-config", config.config_dir())
            mine = {p.name for p in (config.config_dir() / "postes").iterdir()}
            for name, content in others.items():
                if name not in mine:
                    (config.config_dir() / "postes" / name).write_bytes(content)
            self._keep_other(others)
            return pcs("un")

        return back

    @staticmethod
    def _keep_other(others: dict[str, bytes]) -> None:
        """The other PC of this test shares the configuration directory; it was not put back."""
        import json

        for name, content in others.items():
            if name.endswith(".json") and json.loads(content)["path"].endswith("/deux"):
                (config.config_dir() / "postes" / name).write_bytes(content)

    def test_the_first_packet_that_knows_more_gives_it_another_name_and_nothing_is_lost(
        self, pcs: Open, other: Directory, image: Callable[[], Directory], tmp_path: Path
    ) -> None:
        one = pcs("un")
        one.do("Essai", [Put(self.elise, "occupation", "Ébéniste")])
        give(one, other, tmp_path / "1.maille")
        one = image()
        assert one.store.replica == self.name
        one.do("Essai", [Put(self.elise, "occupation", "Tourneuse")])
        giving.give(other, tmp_path / "2.maille")
        assert "prendra un nouveau nom" in " ".join(looked(one, tmp_path / "2.maille").remarks)
        assert one.store.replica == self.name
        done = receiving.receive(one, tmp_path / "2.maille", confirmed=True)
        assert "« Accueil (2) »" in " ".join(done.remarks).replace("\u00a0", " ")
        assert one.store.replica != self.name
        assert replica_name(one) == "Accueil (2)"
        assert give(one, other, tmp_path / "3.maille").remarks == ()
        assert give(other, one, tmp_path / "4.maille").remarks == ()
        for pc in (one, other):
            entry = pc.reads.entry(self.elise)
            assert entry is not None
            assert {s.value for s in entry.siblings["occupation"]} == {"Ébéniste", "Tourneuse"}
        assert one.store.digest() == other.store.digest()

    def test_a_packet_of_the_clone_itself_is_told_from_ones_own(
        self, pcs: Open, other: Directory, image: Callable[[], Directory], tmp_path: Path
    ) -> None:
        one = pcs("un")
        one.do("Essai", [Put(self.elise, "summary", "De l’original")])
        giving.give(one, tmp_path / "original.maille")
        one = image()
        one.do("Essai", [Put(self.elise, "availability", "De la copie")])
        giving.give(one, tmp_path / "own.maille")
        with pytest.raises(UserError) as refused:
            receiving.receive(one, tmp_path / "own.maille", confirmed=True)
        assert refused.value.code == "own_bundle"
        done = receiving.receive(one, tmp_path / "original.maille", confirmed=True)
        assert "nouveau" in " ".join(done.remarks) or "maintenant" in " ".join(done.remarks)
        assert one.store.replica != self.name
        assert value(one, self.elise, "summary") == "De l’original"
        assert value(one, self.elise, "availability") == "De la copie"

    def test_an_impostor_under_this_pcs_name_is_refused_aloud(self, one: Directory, tmp_path: Path) -> None:
        person(one, "Élise Roumégas")
        giving.give(one, tmp_path / "own.maille")
        forged = resigned(tmp_path / "own.maille")
        with pytest.raises(UserError) as refused:
            receiving.receive(one, forged, confirmed=True)
        assert refused.value.code == "changed_key"


def resigned(file: Path, *lines: bytes, **changes: Any) -> Path:
    """A packet signed by the key of the tests, with more lines in a chunk of its own."""
    members = members_of(file)
    sender = {**msgspec.json.decode(members[MANIFEST])["sender"], "key": KEYS.public.hex()}
    raw = {}
    if lines:
        text = b"\n".join(lines) + b"\n"
        name = f"data/{sum(n.startswith('data/') for n in members):04d}.jsonl.zst"
        members[name], raw[name] = zstandard.ZstdCompressor().compress(text), len(text)
    return put(file.with_name("signed-" + file.name), signed_again(members, raw, sender=sender, **changes))


def lines_kept(directory: Directory) -> set[bytes]:
    with directory.store.handing_over() as delta:
        return {line.raw for line in delta.unknown}


class TestLinesOfALaterVersion:
    def vote(self, about: RecordId, word: str = "oui") -> bytes:
        return b'{"line":"vote","id":"%s","on":"%s","says":"%s"}' % (UID.encode(), about.hex().encode(), word.encode())

    @pytest.fixture
    def elise(self, one: Directory) -> RecordId:
        return person(one, "Élise Roumégas")

    def with_lines(self, one: Directory, file: Path, *lines: bytes) -> Path:
        giving.give(one, file)
        return resigned(file, *lines)

    def test_they_are_kept_claimed_and_handed_on_as_they_came(
        self, one: Directory, other: Directory, elise: RecordId, pcs: Open, tmp_path: Path
    ) -> None:
        mixed = b'{"id":"%s","kind":1,"line":"record","mood":"gai"}' % elise.hex().encode()
        some = {self.vote(elise), mixed}
        done = receiving.receive(other, self.with_lines(one, tmp_path / "1.maille", *some), confirmed=True)
        assert "version plus récente" in " ".join(done.remarks)
        assert one.store.knowledge() == other.store.knowledge()
        third = pcs("trois")
        done = give(other, third, tmp_path / "2.maille")
        assert lines_kept(third) == lines_kept(other) == some
        assert done.gaps == []
        giving.give(other, tmp_path / "3.maille", to=peers.peers(other)[0])
        receiving.receive(third, tmp_path / "3.maille", confirmed=True)
        assert lines_kept(third) == some  # once each

    def test_they_stay_out_of_a_public_packet(
        self, one: Directory, other: Directory, elise: RecordId, tmp_path: Path
    ) -> None:
        from appli.domain.audience import Audience

        receiving.receive(other, self.with_lines(one, tmp_path / "1.maille", self.vote(elise)), confirmed=True)
        giving.give(other, tmp_path / "public.maille", audience=Audience.PUBLIC)
        chunks = [zstandard.decompress(c) for n, c in members_of(tmp_path / "public.maille").items() if "data/" in n]
        assert not any(b"vote" in chunk for chunk in chunks)

    def test_an_erasure_takes_along_those_that_speak_of_somebody_and_they_do_not_come_back(
        self, one: Directory, other: Directory, elise: RecordId, tmp_path: Path
    ) -> None:
        zoe = person(one, "Zoé Essai")
        packet = self.with_lines(one, tmp_path / "1.maille", self.vote(elise, "peutetre"), self.vote(zoe))
        receiving.receive(other, packet, confirmed=True)
        other.do("Essai", [Erase(elise)])
        assert lines_kept(other) == {self.vote(zoe)}
        receiving.receive(other, packet, confirmed=True)
        assert lines_kept(other) == {self.vote(zoe)}
        other.store.folder.checkpoint()
        assert b"peutetre" not in b"".join(p.read_bytes() for p in (tmp_path / "deux").glob("*.db*"))

    def test_those_of_a_sheet_left_out_wait_with_it(
        self, one: Directory, other: Directory, elise: RecordId, tmp_path: Path
    ) -> None:
        zoe = person(one, "Zoé Essai")
        packet = self.with_lines(one, tmp_path / "1.maille", self.vote(elise), self.vote(zoe))
        receiving.receive(other, packet, confirmed=True, left_out={elise})
        assert lines_kept(other) == {self.vote(zoe)}
        receiving.receive(other, packet, confirmed=True)
        assert lines_kept(other) == {self.vote(elise), self.vote(zoe)}

    def test_what_does_not_fit_is_not_claimed_and_comes_again(
        self, one: Directory, other: Directory, elise: RecordId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packet = self.with_lines(one, tmp_path / "1.maille", *(self.vote(elise, str(n)) for n in range(30)))
        monkeypatch.setattr(unread, "LINES", 20)
        done = receiving.receive(other, packet, confirmed=True)
        assert "ne tient plus ici" in " ".join(done.remarks)
        assert lines_kept(other) == set()
        assert value(other, elise, "name") is not None
        assert other.store.knowledge() != one.store.knowledge()
        monkeypatch.setattr(unread, "LINES", 40)
        receiving.receive(other, packet, confirmed=True)
        assert len(lines_kept(other)) == 30
        assert other.store.knowledge() == one.store.knowledge()

    def test_after_the_update_they_take_their_place(
        self, one: Directory, other: Directory, elise: RecordId, pcs: Open, tmp_path: Path
    ) -> None:
        """What a former version kept without reading it, this one reads: it holds nothing of a later one any more."""
        give(one, other, tmp_path / "1.maille")
        zoe = new_id()
        stamp = b'["%s",900,1795163400000,null]' % (b"cd" * 16)
        line = b'{"line":"record","id":"%s","kind":1,"base":%s,"values":{"1":{"display":"Zo\xc3\xa9 Essai"}}}'
        kept = [
            Unknown(line % (zoe.hex().encode(), stamp), zoe),
            Unknown(self.vote(elise), None),
            Unknown(b'{"line":"record","id":"nonsense"}', None),
        ]
        with other.store.folder.transaction() as connection:
            assert unread.keep(Registers(raw(connection)), kept)
        other = pcs("deux")
        assert other.title_of(zoe) == "Zoé Essai"
        assert other.index.total(Query("zoé")) == 1
        assert lines_kept(other) == {self.vote(elise)}

    def test_statements_of_a_later_version_are_relayed_and_erased_like_lines(
        self, one: Directory, other: Directory, elise: RecordId, pcs: Open, tmp_path: Path
    ) -> None:
        content = {"statement": "vote", "on": elise.hex(), "at": 5, "space": "00" * 16, "author": "00" * 16}
        body = canonical.encode(content)
        said = line_of(Statement(body, KEYS.public, KEYS.sign("statement", body)))
        give(one, other, tmp_path / "0.maille")
        giving.give(one, tmp_path / "1.maille")
        members = members_of(tmp_path / "1.maille")
        text = msgspec.json.encode(said) + b"\n"
        first = {"data/0000.jsonl.zst": zstandard.ZstdCompressor().compress(text)}
        rest = [content for name, content in members.items() if name.startswith("data/")]
        first |= {f"data/{n:04d}.jsonl.zst": content for n, content in enumerate(rest, 1)}
        sizes = {n: len(zstandard.decompress(c)) for n, c in first.items()}
        kept = {n: c for n, c in members.items() if not n.startswith("data/")}
        sender = {**msgspec.json.decode(members[MANIFEST])["sender"], "key": KEYS.public.hex(), "replica": "ef" * 16}
        packet = put(tmp_path / "vote.maille", signed_again({**kept, **first}, sizes, sender=sender))
        receiving.receive(other, packet, confirmed=True)
        third = pcs("trois")
        give(other, third, tmp_path / "2.maille")
        assert [one.statement.body for one in third.store.orders.every() if one.sort == "later"] == [body]
        third.do("Essai", [Erase(elise)])
        assert not [one for one in third.store.orders.every() if one.sort == "later"]
        give(other, third, tmp_path / "3.maille")
        assert not [one for one in third.store.orders.every() if one.sort == "later"]

    def test_commits_they_speak_of_pass_the_bounds_of_the_next_reader(
        self, one: Directory, other: Directory, elise: RecordId, pcs: Open, tmp_path: Path
    ) -> None:
        """A relay that could not claim a packet names, beyond what it knows, the commits of the lines it hands on."""
        far = b'{"id":"%s","kind":1,"line":"record","mood":1,"fields":{"40":{"versions":[["%s",7,5,null,null,"x"]]}}}'
        line = far % (elise.hex().encode(), b"ab" * 16)
        packet = resigned(self.with_lines(one, tmp_path / "1.maille"), line, beyond={"ab" * 16: 7})
        receiving.receive(other, packet, confirmed=True, left_out={new_id()})
        done = give(other, pcs("trois"), tmp_path / "2.maille")
        assert done.new > 0
        assert lines_kept(pcs("trois")) == {line}
