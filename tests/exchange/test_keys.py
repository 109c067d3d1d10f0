"""Keys, fingerprints and what is signed: one key per PC, one purpose per signature, orders relayed unchanged."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from appli import resources
from appli.errors import EnvironmentProblem, UserError
from appli.exchange import canonical, passphrase, statements, words
from appli.exchange.keys import KeyFiles, KeyPair, fingerprint, verify
from appli.exchange.statements import ErasureOrder, KnowledgeRequest, RoleOrder, Statement, opened, signed
from tests.exchange.bundles import ALICE, BOB, KEYS, NOW, SPACE

ORDER = ErasureOrder(space=SPACE.hex(), author=ALICE.hex(), at=NOW, ids=("ab" * 16, "cd" * 16), reason="asked")
ROLE = RoleOrder(space=SPACE.hex(), author=ALICE.hex(), at=NOW, replica=BOB.hex(), key="b0" * 32, role="host")
REQUEST = KnowledgeRequest(
    space=SPACE.hex(), author=ALICE.hex(), at=NOW, label="Accueil", know={ALICE.hex(): [(1, 4), (9, 9)]}
)  # fmt: skip


# --- the key of a PC --------------------------------------------------------------------------------------------------


def test_a_pc_makes_its_key_once_and_keeps_it(tmp_path: Path) -> None:
    first = KeyFiles(tmp_path).pair(ALICE)
    assert KeyFiles(tmp_path).pair(ALICE).public == first.public
    assert KeyFiles(tmp_path).pair(BOB).public != first.public
    assert sorted(p.name for p in (tmp_path / "postes").iterdir()) == sorted([f"{ALICE.hex()}.cle", f"{BOB.hex()}.cle"])


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_only_its_owner_reads_a_key(tmp_path: Path) -> None:
    KeyFiles(tmp_path).pair(ALICE)
    mode = (tmp_path / "postes" / f"{ALICE.hex()}.cle").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_damaged_key_is_said_and_never_replaced_without_a_word(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path)
    first = keys.pair(ALICE)
    path = tmp_path / "postes" / f"{ALICE.hex()}.cle"
    for content in (b"", b"zz" * 32, b"ab" * 31, b"\xff" * 64):
        path.write_bytes(content)
        with pytest.raises(EnvironmentProblem) as problem:
            keys.pair(ALICE)
        assert problem.value.code == "key_damaged"
        assert path.read_bytes() == content
    assert keys.renew(ALICE).public == keys.pair(ALICE).public != first.public


def test_the_secret_half_is_not_shown() -> None:
    assert bytes(range(32)).hex() not in repr(KEYS)
    assert "_secret" not in repr(KEYS)


def test_a_signature_serves_one_purpose_one_message_and_one_key() -> None:
    signature = KEYS.sign("manifest", b"message")
    other = KeyPair.from_seed(bytes(32))
    assert verify(KEYS.public, "manifest", b"message", signature)
    assert not verify(KEYS.public, "statement", b"message", signature)
    assert not verify(KEYS.public, "manifest", b"messagf", signature)
    assert not verify(other.public, "manifest", b"message", signature)
    assert not verify(KEYS.public, "manifest", b"message", signature[:-1])
    assert not verify(b"short", "manifest", b"message", signature)
    assert not verify(KEYS.public, "manifest", b"message", b"")


# --- words ------------------------------------------------------------------------------------------------------------


def test_the_list_is_frozen() -> None:
    """Changing a word changes what people read to each other on the telephone."""
    content = resources.path("mots/mots.txt").read_bytes()
    sources = json.loads(resources.path("mots/SOURCES.json").read_text("utf-8"))
    assert hashlib.sha256(content).hexdigest() == sources["sha256"]
    assert sources["sha256"] == "4d8966480cf3512b916451f10088384e9b7149b7c222d1e141759e84d0d7bf30"


def test_words_are_plain_short_and_cannot_be_taken_for_each_other() -> None:
    listed = words.listed()
    assert len(set(listed)) == len(listed) == words.COUNT == 2**words.BITS
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 9 for word in listed)
    holes: dict[str, str] = {}
    for word in listed:  # two words one letter apart share a form with one letter taken out or hidden
        forms = {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}
        forms |= {word[:i] + "?" + word[i + 1 :] for i in range(len(word))}
        for form in forms:
            other = holes.setdefault(form, word)
            one_apart = "?" in form or len(word) != len(other)
            assert other == word or not one_apart, (word, other)


def test_a_fingerprint_is_six_words_that_differ_from_key_to_key() -> None:
    assert fingerprint(KEYS.public) == fingerprint(bytes(KEYS.public))
    prints = {fingerprint(Random(n).randbytes(32)) for n in range(300)}
    assert len(prints) == 300
    assert all(set(p.split()) <= set(words.listed()) and len(p.split()) == 6 for p in prints)


def test_the_fingerprint_of_a_known_key_never_changes() -> None:
    assert fingerprint(bytes(32)) == "lucarne capuche ruine rude tabac vague"


# --- a passphrase -----------------------------------------------------------------------------------------------------


def test_seven_words_are_proposed_anew_each_time() -> None:
    proposed = {passphrase.propose() for _ in range(20)}
    assert len(proposed) == 20
    assert all(set(p.split()) <= set(words.listed()) and len(p.split()) == 7 for p in proposed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("abandon  tulipe\u00a0lampe\n", "abandon tulipe lampe"),
        ("Abandon-TULIPE lampe", "abandon tulipe lampe"),
        ("Ma Phrase-à moi", "Ma Phrase-à moi"),
        (" e\u0301te\u0301 ", "été"),
        ("", ""),
        ("-", "-"),
    ],
)
def test_what_is_typed_is_taken_as_it_was_meant(typed: str, meant: str) -> None:
    assert passphrase.tidy(typed) == meant


# --- statements -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [ORDER, ROLE, REQUEST])
def test_a_statement_holds_wherever_it_arrives_from(content: statements.Known) -> None:
    statement = signed(content, KEYS)
    assert opened(statement) == content
    relayed = statements.from_text(statements.to_text(statement))
    assert relayed == statement
    assert relayed.uid == statement.uid
    assert opened(relayed) == content


def test_what_statements_are_about() -> None:
    assert ORDER.records == (b"\xab" * 16, b"\xcd" * 16)
    assert REQUEST.knowledge.as_dict() == {ALICE: ((1, 4), (9, 9))}


def test_a_statement_changed_by_a_letter_is_forged() -> None:
    statement = signed(ORDER, KEYS)
    other = KeyPair.from_seed(bytes(32))
    for bad in (
        replace(statement, body=statement.body.replace(b"asked", b"asket")),
        replace(statement, key=other.public),
        replace(statement, signature=bytes(64)),
        replace(statement, signature=KEYS.sign("manifest", statement.body)),
    ):
        with pytest.raises(UserError) as problem:
            opened(bad)
        assert problem.value.code == "statement_forged"


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[1]", b"[" * 9_999, b'{"statement":3}', b'{"statement":"erasure"}', b'{ "statement":"vote"}'],
)
def test_what_is_signed_must_still_be_a_statement(body: bytes) -> None:
    statement = Statement(body, KEYS.public, KEYS.sign(statements.PURPOSE, body))
    with pytest.raises(UserError):
        opened(statement)


@pytest.mark.parametrize(
    ("content", "changes"),
    [
        (ORDER, {"ids": ()}),
        (ORDER, {"ids": ("zz" * 16,)}),
        (ORDER, {"ids": ("ab" * 15,)}),
        (ORDER, {"ids": ("ab" * 16,) * 6_000}),
        (ORDER, {"at": -1}),
        (ORDER, {"reason": "<b>"}),
        (ORDER, {"author": "x" * 32}),
        (ROLE, {"role": "roi"}),
        (ROLE, {"key": "b0"}),
        (ROLE, {"since": "2026-02-30"}),
        (ROLE, {"until": "demain"}),
        (REQUEST, {"know": {"zz" * 16: [(1, 2)]}}),
        (REQUEST, {"know": {ALICE.hex(): [(2, 1)]}}),
        (REQUEST, {"know": {ALICE.hex(): [(1, 2**60)]}}),
        (REQUEST, {"label": "x" * 1_000}),
    ],
)
def test_what_is_signed_must_still_make_sense(content: statements.Known, changes: dict[str, Any]) -> None:
    with pytest.raises(UserError) as problem:
        opened(signed(msgspec.structs.replace(content, **changes), KEYS))
    assert problem.value.code == "statement_forged"


def test_a_statement_of_later_versions_is_relayed_though_not_understood() -> None:
    body = canonical.encode({"statement": "vote", "for": ["a"]})
    assert opened(Statement(body, KEYS.public, KEYS.sign(statements.PURPOSE, body))) is None


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b"[" * 9_999, b"x" * 600_000, b'{"line":"record"}'])
def test_a_text_that_is_no_statement(raw: bytes) -> None:
    with pytest.raises(UserError):
        statements.from_text(raw)


def test_canonical_json_has_one_writing() -> None:
    assert canonical.encode({"b": 1, "a": ["é", None]}) == '{"a":["é",null],"b":1}'.encode()
    for other in (b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1}\n', b'{"a":1,"a":1}', b'"\\u00e9"', b"1.0e1", b"nul"):
        with pytest.raises(ValueError, match=r"JSON|canonical"):
            canonical.decode(other)
