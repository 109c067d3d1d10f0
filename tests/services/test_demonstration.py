"""The example reads like a real directory, names nobody, refuses nothing and leaves nothing behind."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from appli import app, resources
from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.entry import Entry
from appli.domain.kinds.consent import PURPOSES
from appli.domain.kinds.link import ROLES
from appli.errors import UserError
from appli.services import demonstration, undoing
from appli.services.consenting import answers_of
from appli.services.directory import Directory
from appli.services.indexing import is_live
from appli.services.searching import search
from appli.services.terms import term_page
from appli.store.index import Index, Query
from appli.store.store import Store
from tests.architecture.test_french import TYPOGRAPHY
from tests.fakes import FixedClock, RecordingProgress

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = ROOT / "installer" / "donnees"
TODAY = "2026-11-30"

COUNTS = {
    "person": 73, "organization": 27, "project": 17, "place": 23, "equipment": 21, "event": 13, "listing": 19,
    "commons": 3, "page": 6, "route": 2, "trip": 6,
}  # fmt: skip

FICTION = re.compile(r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d")
"""The ranges kept for works of fiction."""
PHONE = re.compile(r"(?:\+33\s?|\b0)[1-9](?:[\s.]?\d\d){4}\b")
DOMAIN = re.compile(r"(?:@|://)(?:[\w.-]+\.)?(?:example\.org|exemple\.example)(?:/|$)")


@contextlib.contextmanager
def new_directory(folder: Path) -> Iterator[Directory]:
    store = Store(folder / "annuaire", folder / "config", clock=FixedClock())
    directory = Directory(store, Index(folder / "annuaire" / "index.db"), app.load_gazetteer)
    directory.ensure_index()
    with contextlib.closing(directory):
        yield directory


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    """The example, loaded once; nobody here writes in it."""
    with new_directory(tmp_path_factory.mktemp("exemple")) as directory:
        demonstration.load(directory)
        yield directory


def sheets(directory: Directory) -> list[Entry]:
    return [e for kind in catalogue.main_kinds() for e in directory.reads.of_kind(kind.code)]


def everything(directory: Directory) -> list[Entry]:
    """Sheets, parts, links and terms."""
    own = ("space", "replica")
    return [
        e for kind in catalogue.all_kinds().values() if kind.code not in own for e in directory.reads.of_kind(kind.code)
    ]


def texts(directory: Directory) -> Iterator[tuple[str, str]]:
    """All that a person reads: (field, words)."""
    for entry in everything(directory):
        for name, value in entry.values.items():
            field = entry.kind.fields[name]
            if field.type.code in ("text", "long_text", "name", "address", "tags", "remit", "confirmation"):
                yield from ((f"{entry.kind.code}.{name}", text) for text in _strings(value))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("on", "how", "territory"):
                yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- what it holds -------------------------------------------------------------------------------


def test_sixty_are_written_and_a_hundred_and_fifty_drawn() -> None:
    assert [len(d["records"]) for d in demonstration.documents()] == [60, 150]
    by_hand = {r["kind"] for r in demonstration.documents()[0]["records"]}
    assert by_hand == {k.code for k in catalogue.main_kinds()}


def test_loading_tells_what_it_made_and_how_far_it_is(tmp_path: Path) -> None:
    progress = RecordingProgress()
    with new_directory(tmp_path) as directory:
        assert demonstration.load(directory, progress) == COUNTS
        assert (210, 210, "Exemple") in progress.steps
        counts = directory.reads.counts()
        assert {k.code: counts[k.code] for k in catalogue.main_kinds()} == COUNTS


def test_every_sheet_says_that_it_is_an_example(example: Directory) -> None:
    assert all(e.values.get("demo") is True for e in sheets(example))


def test_no_two_sheets_bear_the_same_name(example: Directory) -> None:
    names = Counter(e.title for e in sheets(example))
    assert [n for n, times in names.items() if times > 1] == []


def test_all_communes_are_true(example: Directory) -> None:
    found = [e.values["commune"] for e in everything(example) if e.values.get("commune")]
    found += [e.values["to"] for e in example.reads.of_kind("trip")]
    for commune in found:
        known = example.gazetteer.by_insee(commune["insee"])
        assert known is not None
        assert (known.insee, known.name) == (commune["insee"], commune["name"])


def test_positions_lie_in_their_commune(example: Directory) -> None:
    placed = [e for e in everything(example) if e.values.get("position") and e.values.get("commune")]
    assert len(placed) > 8
    for entry in placed:
        home = example.gazetteer.by_insee(entry.values["commune"]["insee"])
        assert home is not None
        assert abs(home.lat - entry.values["position"]["lat"]) < 0.05
        assert abs(home.lon - entry.values["position"]["lon"]) < 0.05


def test_every_code_is_known(example: Directory) -> None:
    for entry in everything(example):
        for name, value in entry.values.items():
            codes = entry.kind.fields[name].codes
            for code in () if codes is None else value if isinstance(value, list) else [value]:
                assert code in codes.codes, (entry.title, name, code)


def test_every_reference_is_here(example: Directory) -> None:
    here = {e.id.hex() for e in everything(example)}
    for entry in everything(example):
        for name, value in entry.values.items():
            if entry.kind.fields[name].type.code == "reference":
                assert value in here, (entry.kind.code, entry.title, name)


def test_links_of_all_roles_reach_every_sheet(example: Directory) -> None:
    links = list(example.reads.of_kind("link"))
    assert len(links) == sum(len(d["links"]) for d in demonstration.documents())
    assert {e.values["role"] for e in links} == set(ROLES.codes)
    ends = {e.values[end] for e in links for end in ("from_id", "to_id")}
    assert [e.title for e in sheets(example) if e.id.hex() not in ends] == []


def test_what_is_announced_still_holds(example: Directory) -> None:
    announced = [e for kind in ("listing", "trip") for e in example.reads.of_kind(kind)]
    assert [e.title for e in announced if not str(e.values.get("expires_on", "")) > TODAY] == []


# --- whom it names -------------------------------------------------------------------------------


def test_telephones_are_those_of_fiction(example: Directory) -> None:
    contacts = [e for e in example.reads.of_kind("contact_point") if e.values["type"] in ("phone", "mobile")]
    assert len(contacts) > 80
    written = [str(e.values["value"]) for e in contacts]
    written += [found for _field, text in texts(example) for found in PHONE.findall(text)]
    assert [n for n in written if not FICTION.fullmatch(re.sub(r"\s", " ", n))] == []


def test_no_two_people_share_a_telephone(example: Directory) -> None:
    numbers = Counter(
        e.values["normalised"]
        for e in example.reads.of_kind("contact_point")
        if e.values["type"] in ("phone", "mobile")
    )
    assert [n for n, times in numbers.items() if times > 1] == []


def test_addresses_on_the_internet_are_examples(example: Directory) -> None:
    written = [str(e.values["value"]) for e in example.reads.of_kind("contact_point")]
    written += [text for _field, text in texts(example)]
    written += [str(e.values["address"]) for e in example.reads.of_kind("campaign")]
    addresses = [w for w in written if "@" in w or "://" in w]
    assert len(addresses) > 60
    assert [a for a in addresses if not DOMAIN.search(a)] == []


def test_every_person_answered_each_question(example: Directory) -> None:
    refusals: Counter[str] = Counter()
    for person in example.reads.of_kind("person"):
        answers = answers_of(example, person.id)
        assert [a.purpose for a in answers] == list(PURPOSES.codes)
        assert all(a.on and a.how and a.collected_by for a in answers)
        refusals.update(a.purpose for a in answers if not a.given)
        if "screen" in {a.purpose for a in answers if not a.given}:
            assert person.audience == Audience.PRIVATE, person.title
    assert set(refusals) == set(PURPOSES.codes)
    assert max(refusals.values()) < COUNTS["person"]


def test_nobody_is_named_by_what_others_see_of_a_private_sheet(example: Directory) -> None:
    private = {e.id.hex() for e in sheets(example) if e.audience == Audience.PRIVATE}
    assert private
    for entry in sheets(example):
        authors = {entry.values.get(name) for name in ("by", "relay", "guardian")}
        assert entry.audience == Audience.PRIVATE or not authors & private, entry.title


def test_a_minor_is_private_and_has_a_guardian(example: Directory) -> None:
    minors = [e for e in example.reads.of_kind("person") if e.values.get("minor")]
    assert minors
    assert all(e.audience == Audience.PRIVATE and e.values.get("guardian") for e in minors)


def test_people_choose_differently_who_sees_what(example: Directory) -> None:
    assert {e.audience for e in example.reads.of_kind("person")} == {Audience.PRIVATE, Audience.SHARED, Audience.PUBLIC}
    public = [e for e in example.reads.of_kind("person") if e.audience == Audience.PUBLIC]
    assert {e.field_audience("address") for e in public if "address" in e.values} == {Audience.PRIVATE}
    numbers = [e for e in example.reads.of_kind("contact_point") if e.values["type"] == "mobile"]
    assert {e.audience for e in numbers} >= {Audience.PRIVATE, Audience.SHARED, Audience.PUBLIC}


def test_names_are_told_apart(example: Directory) -> None:
    names = [e.values["name"] for e in example.reads.of_kind("person")]
    assert [n["display"] for n in names if not (n.get("given") and n.get("family"))] == []


# --- how it is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("rule", TYPOGRAPHY)
def test_typography(example: Directory, rule: str) -> None:
    wrong = [(field, text) for field, text in texts(example) if re.search(TYPOGRAPHY[rule], text)]
    assert wrong == []


def test_the_hand_written_file_is_tidy() -> None:
    writing = script("mettre_en_forme")
    text = resources.path("demo/fiches.json").read_text("utf-8")
    assert writing.tidy(writing.typeset(demonstration.documents()[0])) + "\n" == text


def test_the_generator_makes_this_very_file(tmp_path: Path) -> None:
    made = tmp_path / "fiches.json"
    subprocess.run([sys.executable, SCRIPTS / "generer_demo.py", "--sortie", made], check=True, capture_output=True)
    assert made.read_bytes() == resources.path("demo/fiches_generees.json").read_bytes()


# --- what one does with it -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "first", "at_least"),
    [
        ("bois", "Atelier des Trois Rivières", 15),
        ("pain", "Four à pain partagé", 6),
        ("soudure", "Soudure d’un portail", 8),
        ("covoiturage", "Covoiturage Cévennes", 8),
        ("graines", "Graines de Margeride", 5),
        ("coworking mende", "Le Relais du Gévaudan", 1),
        ("elise", "Élise Roumégas", 1),
    ],
)
def test_people_find_what_they_look_for(example: Directory, words: str, first: str, at_least: int) -> None:
    found = search(example.index, Query(words))
    assert found.total >= at_least
    assert first in [row.title for row in found.rows[:3]]


def test_a_skill_is_taught_wanted_and_sought(example: Directory) -> None:
    term = next(e for e in example.reads.of_kind("term") if e.title == "Pierre sèche")
    groups = dict(term_page(example, term.id).groups)
    assert {"La pratiquent", "Peuvent l’enseigner", "Veulent l’apprendre", "La recherchent"} <= groups.keys()


def test_parts_of_all_sorts_are_there(example: Directory) -> None:
    counts = example.reads.counts()
    sorts = ("skill", "wanted_skill", "rate", "capability", "stop", "support", "campaign", "pledge", "note")
    assert [sort for sort in sorts if not counts.get(sort)] == []
    campaign = next(example.reads.of_kind("campaign"))
    assert len(example.reads.parts("pledge", [campaign.id])[campaign.id]) == 3


def test_the_base_is_sound(example: Directory) -> None:
    assert example.store.problems() == []


def test_a_second_example_is_refused(tmp_path: Path) -> None:
    with new_directory(tmp_path) as directory:
        demonstration.load(directory)
        before = directory.reads.counts()
        with pytest.raises(UserError) as refusal:
            demonstration.load(directory)
        assert refusal.value.code == "already_demo"
        assert directory.reads.counts() == before


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_undoing_the_load_empties_the_directory(tmp_path: Path) -> None:
    with new_directory(tmp_path) as directory:
        demonstration.load(directory)
        done = undoing.undo(directory)
        assert done.label == "Données d’exemple"
        assert done.kept == frozenset()
        assert [e.title for e in everything(directory) if is_live(e)] == []
        assert search(directory.index, Query()).total == 0
        assert directory.store.problems() == []
