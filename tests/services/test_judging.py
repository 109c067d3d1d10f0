"""Two sheets judged to be one: shown as one, found by the words of both, parted by one word, erased together."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.changes import Add, Erase, Put
from appli.domain.ids import RecordId, short_code
from appli.errors import UserError
from appli.services import indexing, judging, undoing
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet, edit_sheet, restore, trash
from appli.services.erasing import erase
from appli.services.finding import find_record
from appli.services.grouping import all_groups, groups_of, verdicts
from appli.services.settling import choose, questions
from appli.store.index import Query
from appli.store.packets import Arrival
from tests.store.network import believed, sign

NAMES = ("Élise Roumégas", "Elise Roumegas", "E. Roumégas", "Nour Benchaïb", "Mathieu Valdeyron")


def make(directory: Directory, kind: str, audience: Audience = Audience.SHARED, **fields: str) -> RecordId:
    """A sheet from `field=words`."""
    return create_sheet(directory, kind, [Assignment(n, "=", v) for n, v in fields.items()], audience).id


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[RecordId]]:
    """Five persons; tests work on copies."""
    home = tmp_path_factory.mktemp("jugements")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_CONFIG", str(home / "config"))
        directory = open_directory(home / "annuaire")
        ids = [make(directory, "person", name=name) for name in NAMES]
        for n, (one, word) in enumerate(zip(ids, ("Soudure", "Tournage", "", "", ""), strict=True)):
            asked = [Assignment("occupation", "=", f"métier{n}")]
            asked += [Assignment("skills", "=", word)] if word else []
            edit_sheet(directory, directory.reads.entries([one])[0], asked)
        directory.close()
    return home / "annuaire", ids


@pytest.fixture
def village(template: tuple[Path, list[RecordId]], tmp_path: Path) -> Iterator[tuple[Directory, list[RecordId]]]:
    folder, ids = template
    shutil.copytree(folder, tmp_path / "annuaire")
    directory = open_directory(tmp_path / "annuaire")
    yield directory, ids
    directory.close()


Village = tuple[Directory, list[RecordId]]


def listed(directory: Directory, text: str = "") -> list[str]:
    """The titles that a search shows."""
    return [r.title for r in directory.index.first_page(Query(text=text))]


def hand_over(giver: Directory, taker: Directory) -> None:
    """All that one PC has, received by another."""
    with giver.store.handing_over() as delta:
        received, _seq = taker.store.receive(believed(delta), Arrival("", b"?" * 16))
    taker.follow(received.changes)


def picture(directory: Directory) -> object:
    """All that the lists show of the index, facets and trash included."""
    index = directory.index
    words = [f"métier{n}" for n in range(len(NAMES))] + ["soudure", "tournage", "roumegas"]
    rows = [index.first_page(query) for query in (Query(), Query(trashed=True), *map(Query, words))]
    return [[(r.id, r.title, r.second_line, r.siblings) for r in some] for some in rows], index.facets(Query())


def test_one_row_stands_for_both_and_answers_to_the_words_of_both(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    judging.unite(directory, same, elise)
    assert listed(directory) == ["E. Roumégas", "Élise Roumégas", "Mathieu Valdeyron", "Nour Benchaïb"]
    assert listed(directory, "tournage") == listed(directory, "métier1") == ["Élise Roumégas"]
    assert directory.index.total(Query()) == 4
    facets = {g.code: {label: n for _v, label, n in g.values} for g in directory.index.facets(Query())}
    assert facets["skill"] == {"Soudure": 1, "Tournage": 1}
    assert facets["kind"] == {"Personnes": 4}


def test_the_code_of_either_finds_what_it_names(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    judging.unite(directory, elise, same)
    code = short_code(same, "P")
    assert listed(directory, code) == ["Élise Roumégas"]
    assert find_record(directory, code).id == same
    assert find_record(directory, short_code(elise, "P")).id == elise


def test_both_ends_make_one_judgement_whoever_says_it(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    assert judging.judgement_id(elise, same) == judging.judgement_id(same, elise)
    judging.unite(directory, elise, same)
    judging.unite(directory, same, elise)
    assert len(list(directory.reads.of_kind("judgement"))) == 1


def test_undoing_by_name_parts_them_again(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    before = picture(directory)
    judging.unite(directory, elise, same)
    assert undoing.undo(directory).label == "Réunir deux fiches"
    assert picture(directory) == before
    undoing.redo(directory)
    assert directory.index.total(Query()) == 4


def test_a_word_taken_back_after_it_left_is_taken_back_too(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    judging.unite(directory, elise, same)
    with directory.store.handing_over() as delta:
        list(delta.records)
    undoing.undo(directory)
    assert directory.index.total(Query()) == 5
    judging.unite(directory, elise, same)
    assert directory.index.total(Query()) == 4


def test_two_that_are_not_the_same_stay_two(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    judging.keep_apart(directory, elise, same)
    assert directory.index.total(Query()) == 5
    assert verdicts(directory).apart == {(min(elise, same), max(elise, same))}


def test_said_both_ways_at_the_same_time_they_wait_for_a_person(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    judging.unite(directory, elise, same)
    judgement = judging.judgement_id(elise, same)
    directory.do("Ailleurs", [Add(judgement, "verdict", "different")])
    assert directory.index.total(Query()) == 5
    (question,) = questions(directory)
    assert {c.text for c in question.choices} == {"C’est la même fiche", "Ce sont deux fiches"}
    assert question.title == "Élise Roumégas et Elise Roumegas"
    choose(directory, judgement, "verdict", "same")
    assert directory.index.total(Query()) == 4


def test_a_contradiction_is_refused(village: Village) -> None:
    directory, (elise, same, third, *_rest) = village
    judging.unite(directory, elise, same)
    judging.keep_apart(directory, same, third)
    with pytest.raises(UserError) as refused:
        judging.unite(directory, elise, third)
    assert refused.value.code == "contradicted"
    judging.unite(directory, same, third)
    with pytest.raises(UserError) as refused:
        judging.keep_apart(directory, elise, third)
    assert refused.value.code == "united"
    assert directory.index.total(Query()) == 3


def test_only_what_is_of_one_kind_can_be_one(village: Village) -> None:
    directory, (elise, *_rest) = village
    place = make(directory, "place", title="Élise Roumégas")
    for other in (place, elise):
        with pytest.raises(UserError) as refused:
            judging.unite(directory, elise, other)
        assert refused.value.code == "unlike"


def test_one_leaves_the_group_and_the_others_stay_one(village: Village) -> None:
    directory, (elise, same, third, nour, _m) = village
    judging.unite(directory, elise, same)
    judging.unite(directory, same, third)
    judging.unite(directory, same, nour)
    judging.separate(directory, same)
    assert groups_of(directory, [nour]).of(nour) == (elise, third, nour)
    assert groups_of(directory, [same]).of(same) == (same,)
    assert sorted(listed(directory)) == ["Elise Roumegas", "Mathieu Valdeyron", "Élise Roumégas"]
    undoing.undo(directory)
    assert groups_of(directory, [nour]).of(nour) == (elise, same, third, nour)
    with pytest.raises(UserError) as refused:
        judging.separate(directory, village[1][4])
    assert refused.value.code == "alone"


def test_the_trash_takes_the_whole_group(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    judging.unite(directory, elise, same)
    trash(directory, [elise])
    assert directory.index.total(Query()) == 3
    assert directory.index.total(Query(trashed=True)) == 2
    restore(directory, [same])
    assert listed(directory, "métier1") == ["Elise Roumegas"]
    restore(directory, [elise])
    assert listed(directory, "métier1") == ["Élise Roumégas"]


def test_erasing_one_erases_all_that_are_the_same(village: Village) -> None:
    directory, (elise, same, third, *_rest) = village
    judging.unite(directory, elise, same)
    judging.keep_apart(directory, elise, third)
    erase(directory, same)
    assert sorted(listed(directory)) == ["E. Roumégas", "Mathieu Valdeyron", "Nour Benchaïb"]
    assert not directory.reads.entries([elise, same])
    assert not list(directory.reads.of_kind("judgement"))


def test_an_erasure_that_arrives_for_one_leaves_the_other_in_the_lists(village: Village, tmp_path: Path) -> None:
    directory, (elise, same, *_rest) = village
    judging.unite(directory, elise, same)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_CONFIG", str(tmp_path / "autre"))
        other = open_directory(tmp_path / "copie")
        try:
            hand_over(directory, other)
            assert other.index.total(Query()) == 4
            other.do("Effacer une fiche", [Erase(elise)])
            sign(other.store, [elise])
            hand_over(other, directory)
        finally:
            other.close()
    assert sorted(listed(directory)) == ["E. Roumégas", "Elise Roumegas", "Mathieu Valdeyron", "Nour Benchaïb"]


def test_a_private_sheet_is_judged_in_private(village: Village) -> None:
    directory, (elise, *_rest) = village
    mine = make(directory, "person", Audience.PRIVATE, name="Élise Roumégas")
    judging.unite(directory, elise, mine)
    assert directory.index.total(Query()) == 5
    with directory.store.handing_over() as delta:
        assert not any(r.kind == 37 for r in delta.records)


def test_a_frozen_sheet_is_in_no_group(village: Village) -> None:
    directory, (elise, same, *_rest) = village
    judging.unite(directory, elise, same)
    directory.do("Geler", [Put(elise, "restricted", True)])
    assert "Elise Roumegas" in listed(directory)
    assert "Élise Roumégas" not in listed(directory)


Act = Callable[[Directory, RecordId, RecordId], object]
ACTS: dict[str, Act] = {
    "unite": judging.unite,
    "apart": judging.keep_apart,
    "separate": lambda d, one, _o: judging.separate(d, one),
    "trash": lambda d, one, _o: trash(d, [one]),
    "restore": lambda d, one, _o: restore(d, [one]),
    "erase": lambda d, one, _o: erase(d, one),
    "undo": lambda d, _a, _b: undoing.undo(d),
}
WEIGHTS = ("unite",) * 5 + ("apart", "separate", "trash", "restore", "erase", "undo", "undo")


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32))
def test_whatever_is_done_the_index_follows(template: tuple[Path, list[RecordId]], seed: int) -> None:
    import tempfile

    rng = Random(seed)
    folder, ids = template
    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_CONFIG", str(Path(home) / "config"))
        shutil.copytree(folder, Path(home) / "annuaire")
        directory = open_directory(Path(home) / "annuaire")
        try:
            for _ in range(10):
                _one_act(directory, rng, ids)
            _agrees(directory)
        finally:
            directory.close()


def _one_act(directory: Directory, rng: Random, ids: list[RecordId]) -> None:
    name = rng.choice(WEIGHTS)
    before = picture(directory)
    try:
        ACTS[name](directory, *rng.sample(ids, 2))
    except UserError:
        assert picture(directory) == before
        return
    members = [m for some in set(all_groups(directory).by_member.values()) for m in some]
    assert len(members) == len(set(members))
    if name in ("unite", "apart", "separate", "trash") and picture(directory) != before and rng.random() < 0.5:
        undoing.undo(directory)
        assert picture(directory) == before


def _agrees(directory: Directory) -> None:
    """What followed each act is what building the index anew gives."""
    followed = picture(directory)
    indexing.rebuild(directory)
    assert followed == picture(directory)
    groups = all_groups(directory)
    standing = [e.id for e in directory.reads.of_kind("person") if not e.trashed]
    assert set(directory.index.ids(Query())) == {groups.head(i) for i in standing}
