"""The kinds of records as a whole: permanent numbers, purposes of what is personal, words that mean one thing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.fields import CodeList, Field, Kind
from appli.domain.kinds import base
from appli.domain.kinds.link import INVERSE_ROLES, ROLES
from appli.domain.kinds.term import SCHEMES
from appli.domain.text import fold

ROOT = Path(__file__).resolve().parents[2]
FROZEN = json.loads((ROOT / "tests" / "data" / "numbers.json").read_text(encoding="utf-8"))

KINDS = list(catalogue.all_kinds().values())
MAIN = list(catalogue.main_kinds())
ABOUT_PERSONS = {"person", "consent", "link", *(c.child for c in catalogue.kind("person").collections.values())}
NAMES_SOMEBODY = {
    "author", "by", "collected_by", "controller", "guardian", "holder", "person", "relay", "rights_contact",
}  # fmt: skip


def _fields() -> Iterator[tuple[Kind, Field]]:
    return ((k, f) for k in KINDS for f in k.fields.values())


def _code_lists() -> dict[str, CodeList]:
    return {f.codes.name: f.codes for _k, f in _fields() if f.codes} | {INVERSE_ROLES.name: INVERSE_ROLES}


by_code = pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.code)


# --- numbers: what other PCs already speak of ----------------------------------------------------


@by_code
def test_numbers_are_frozen(kind: Kind) -> None:
    frozen = FROZEN["kinds"].get(kind.code)
    assert frozen, f"add « {kind.code} » to numbers.json"
    assert kind.number == frozen["number"]
    assert {f.name: f.number for f in kind.fields.values()} == frozen["fields"]


def test_no_kind_has_gone() -> None:
    assert FROZEN["kinds"].keys() == {k.code for k in KINDS}


@pytest.mark.parametrize("frozen", FROZEN["kinds"].values(), ids=list(FROZEN["kinds"]))
def test_a_field_s_number_is_never_given_again(frozen: dict[str, dict[str, int]]) -> None:
    numbers = [*frozen["fields"].values(), *frozen["retired"].values()]
    assert len(numbers) == len(set(numbers))


def test_a_kind_s_number_is_never_given_again() -> None:
    numbers = [k["number"] for k in FROZEN["kinds"].values()] + [*FROZEN["retired"].values(), *catalogue.RESERVED]
    assert len(numbers) == len(set(numbers))
    assert not set(catalogue.RESERVED.values()) & FROZEN["kinds"].keys()


@by_code
def test_low_numbers_mean_the_same_everywhere(kind: Kind) -> None:
    shared = {f.number: f.name for model in (base.Titled, base.SetPart) for f in _declared(model)}
    for f in kind.fields.values():
        if f.number < 40 and f.number != 1:
            assert shared[f.number] == f.name


def _declared(model: type[base.Record]) -> list[Field]:
    return list(Kind(catalogue.kind("place").info, model).fields.values())


@pytest.mark.parametrize("codes", _code_lists().values(), ids=list(_code_lists()))
def test_codes_never_leave(codes: CodeList) -> None:
    assert sorted(codes.codes) == FROZEN["codes"].get(codes.name), f"bring « {codes.name} » of numbers.json up to date"


# --- persons --------------------------------------------------------------------------------------


def test_what_is_about_a_person_has_its_purpose() -> None:
    bare = [
        f"{k.code}.{f.name}"
        for k, f in _fields()
        if (k.code in ABOUT_PERSONS or f.type.code in ("name", "email") or f.name in NAMES_SOMEBODY)
        and f.declared.personal is None
    ]
    assert not bare


def test_purposes_say_why_and_how_long() -> None:
    for _k, f in _fields():
        if purpose := f.declared.personal:
            assert purpose.why.strip()
            assert purpose.retention.strip()


def test_by_default_a_person_is_not_public() -> None:
    person = catalogue.kind("person")
    assert person.info.audience == Audience.SHARED
    expected = {"commune": Audience.SHARED, "address": Audience.PRIVATE, "position": Audience.PRIVATE}
    assert {name: person.fields[name].declared.audience for name in expected} == expected
    phone = person.collections["phone"]
    assert phone.audience is None
    assert catalogue.kind(phone.child).info.audience == Audience.SHARED
    assert catalogue.kind("place").collections["phone"].audience == Audience.PUBLIC


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("codes", _code_lists().values(), ids=list(_code_lists()))
def test_a_word_stands_for_one_code(codes: CodeList) -> None:
    meant: dict[str, str] = {}
    for code, label in codes.codes.items():
        assert re.fullmatch(r"[a-z0-9_]{1,40}", code)
        assert label != code
        for word in {fold(w) for w in (code, label, *codes.synonyms.get(code, ()))}:
            assert meant.setdefault(word, code) == code or codes is INVERSE_ROLES, word
    assert len(set(codes.codes.values())) == len(codes.codes)
    assert codes.synonyms.keys() <= codes.codes.keys()


def test_lists_of_the_field_are_understood() -> None:
    families = catalogue.kind("place").fields["families"].codes
    assert families is not None
    assert families.code_for("Tiers lieux à dominante coworking") == "coworking"
    assert families.code_for("Tiers lieux à dominante fablab") == "makerspace"
    assert families.code_for("hakerspace") == "makerspace"
    assert families.code_for("BUREAUX  PARTAGES") == "coworking"
    assert families.code_for("nulle part") is None
    assert families.label("coworking") == "Bureaux partagés, coworking"
    assert families.label("of_a_newer_version") == "of_a_newer_version"


@by_code
def test_a_heading_means_one_field_or_list(kind: Kind) -> None:
    meant: dict[str, str] = {}
    headed = [(f.name, f.label, f.declared.synonyms) for f in kind.fields.values()]
    headed += [(c.name, c.label, c.synonyms) for c in kind.collections.values()]
    for name, label, synonyms in headed:
        assert all(s == s.lower() for s in synonyms)
        for word in {fold(w) for w in (name, label, *synonyms)}:
            assert meant.setdefault(word, name) == name, word


def test_a_word_names_one_kind() -> None:
    meant: dict[str, str] = {}
    for k in MAIN:
        for word in {k.code, k.label.lower(), k.plural.lower(), *k.info.synonyms}:
            assert meant.setdefault(word, k.code) == k.code, word
            named = catalogue.kind_named(f" {word.upper()} ")
            assert named is k


def test_letters_of_printed_codes_are_told_apart() -> None:
    letters = [k.info.letter for k in MAIN if not any(s.letter for s in k.info.shapes)]
    letters += [s.letter for k in MAIN for s in k.info.shapes if s.letter]
    assert sorted(letters) == sorted("PSJLMEOBCGRT")


@by_code
def test_chosen_codes_come_from_a_list(kind: Kind) -> None:
    for f in kind.fields.values():
        assert (f.type.code in ("choice", "choices")) == (f.codes is not None), f.name
        assert not f.declared.facet or f.codes is not None or f.type.code in ("commune", "flag"), f.name


# --- shapes of the whole --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MAIN, ids=lambda k: k.code)
def test_a_sheet_has_one_title_and_the_lists_of_all_sheets(kind: Kind) -> None:
    assert [f.number for f in kind.fields.values() if f.declared.weight == "title"] == [1]
    assert next(iter(kind.fields.values())) is kind.title_field
    everywhere = {"phone", "mobile", "email", "web", "social", "notes", "photos", "attachments"}
    assert everywhere <= kind.collections.keys()


@by_code
def test_a_list_shows_rows_that_exist(kind: Kind) -> None:
    for c in kind.collections.values():
        child = catalogue.kind(c.child)
        assert not child.is_main
        assert child.fields["owner"].declared.binding
        assert not c.scheme or (c.scheme in SCHEMES.codes and child.fields[c.key].type.code == "reference")
        assert child.fields[c.key].declared.section != "none" or c.section == "none"
        for name, code in c.match.items():
            codes = child.fields[name].codes
            assert codes is not None
            assert code in codes.codes
        assert c.name not in kind.fields


@by_code
def test_a_row_that_two_pcs_may_make_can_be_taken_away(kind: Kind) -> None:
    made_alike = kind.info.derived_from
    assert set(made_alike) <= kind.fields.keys()
    stays = {"consent", "term", "source", "extra", "legal_text", "judgement"}
    assert ("present" in kind.fields) == (bool(made_alike) and kind.code not in stays)


def test_both_ends_of_a_link_can_be_read() -> None:
    assert ROLES.codes.keys() == INVERSE_ROLES.codes.keys()
    assert (ROLES.label("member_of"), INVERSE_ROLES.label("member_of")) == ("membre de", "a pour membre")
    assert len(ROLES.codes) == 22


# --- one edit -------------------------------------------------------------------------------------

THROWAWAY = '''
"""A loan of the library of things."""
from __future__ import annotations
from typing import Annotated
from appli.domain.field_types import Integer, Text
from appli.domain.fields import F, KindInfo
from appli.domain.kinds.base import OPEN_LISTS, Titled

class Beehive(Titled):
    """Where bees live."""
    info = KindInfo(9001, "beehive", "Ruche", "Ruches", "H", ("rucher",), OPEN_LISTS)
    swarms: Annotated[Integer, F(40, "Essaims", facet=False, synonyms=("colonies",))] = None
'''
PROGRAM = """
import sys
from appli.domain import catalogue, kinds
from appli.domain.shapes import letter_of, shape_of
from appli.errors import UserError
kinds.__path__.append(sys.argv[1])
hive = catalogue.kind("beehive")
assert hive in catalogue.main_kinds() and catalogue.kinds_by_number()[9001] is hive
assert catalogue.kind_named("Rucher") is hive and letter_of(hive, {}) == "H" and shape_of(hive, {}) == "beehive"
assert hive.by_number[40].name == "swarms" and hive.by_number[6].name == "commune"
assert hive.field_named("Colonies").name == "swarms" and "phone" in hive.collections
assert hive.title_field.name == "title"
assert hive.validate({"title": " Ruche  du haut ", "swarms": "3"}) == {"title": "Ruche du haut", "swarms": 3}
try:
    hive.validate({"swarms": -1})
except UserError as refused:
    assert "Essaims" in refused.message
else:
    raise AssertionError("a swarm less than none")
"""


def test_adding_a_kind_is_one_file_and_a_field_one_line(tmp_path: Path) -> None:
    (tmp_path / "beehive.py").write_text(textwrap.dedent(THROWAWAY), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_unknown_names_are_bugs() -> None:
    with pytest.raises(KeyError):
        catalogue.kind("beehive")
    with pytest.raises(KeyError):
        catalogue.kind("place").validate({"swarms": 3})
    assert catalogue.kind_named("beehive") is None
