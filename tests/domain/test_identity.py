"""Two PCs that write the same row make one row; ids once given stay what they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from appli.domain import catalogue
from appli.domain.identity import id_for, word_key

ROOT = Path(__file__).resolve().parents[2]
ONE, OTHER = "01" * 16, "02" * 16

FROZEN = {
    "term": ({"scheme": "skill", "label": "Soudure à l’arc"}, "44a235857cc35e9fb835c2394204d78c"),
    "skill": ({"owner": ONE, "term": OTHER}, "82e21bb1d38456d68113a2120586e402"),
    "link": ({"from_id": ONE, "to_id": OTHER, "role": "member_of"}, "fa1043023794520baa5d56fa208c1de6"),
    "consent": ({"owner": ONE, "purpose": "map"}, "dc1344a212735d189f09086612fc8cde"),
    "source": ({"name": "cget_tiers_lieux_2019"}, "8507476afc1958d0a0e2bf3009da1fc6"),
    "foreign_id": ({"source": ONE, "record": OTHER, "value": "12"}, "428023b85ab05c73a78a2bce5bdd4b59"),
}


@pytest.mark.parametrize("code", FROZEN)
def test_an_id_made_of_words_is_permanent(code: str) -> None:
    values, expected = FROZEN[code]
    assert id_for(catalogue.kind(code), values).hex() == expected


def test_another_process_gives_the_same_id() -> None:
    program = (
        "from appli.domain import catalogue; from appli.domain.identity import id_for;"
        "print(id_for(catalogue.kind('term'), {'scheme': 'skill', 'label': 'SOUDURE  A L\\'ARC'}).hex())"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == FROZEN["term"][1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Soudure", " soudure "), ("Élevage", "e\u0301levage"), ("Œuvre d’art", "oeuvre d'art"), ("C ++", "c ++")],
)
def test_writings_of_one_word(one: str, other: str) -> None:
    assert word_key(one) == word_key(other)


def test_words_that_differ_by_a_sign() -> None:
    words = ["C", "C++", "C#", "★", "☆", "3D", "2D"]
    assert len({word_key(w) for w in words}) == len(words)


def test_a_term_of_another_list_is_another_term() -> None:
    term = catalogue.kind("term")
    assert id_for(term, {"scheme": "skill", "label": "Cinéma"}) != id_for(
        term, {"scheme": "function", "label": "Cinéma"}
    )


def test_parts_are_not_glued() -> None:
    extra = catalogue.kind("extra")
    one = {"record": ONE, "source": OTHER, "key": "ab"}
    assert id_for(extra, one) != id_for(extra, {**one, "key": "AB"})


def test_a_link_that_reads_both_ways_is_one() -> None:
    link = catalogue.kind("link")

    def ids(role: str) -> set[bytes]:
        ways = [(ONE, OTHER), (OTHER, ONE)]
        return {id_for(link, {"from_id": a, "to_id": b, "role": role}) for a, b in ways}

    assert len(ids("partner_of")) == 1
    assert len(ids("member_of")) == 2


def test_sheets_are_each_their_own() -> None:
    place = catalogue.kind("place")
    assert id_for(place, {"title": "Moulin"}) != id_for(place, {"title": "Moulin"})
