"""Clocks in 1970 and 2090: one calm word, and nothing merged by them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.changes import Create, Put
from appli.domain.ids import RecordId, new_id
from appli.domain.moments import local
from appli.presenters.to_settle_words import when_words
from appli.services import clocks
from appli.services.clocks import DAY, RELEASED, YEAR, doubt
from appli.services.directory import Directory
from appli.services.exchanging import giving, receiving
from tests.cli.conftest import Run
from tests.cli.conftest import maillage as maillage  # noqa: PLC0414 — a fixture

TODAY = RELEASED + 20 * DAY
NowIs = Callable[[str], None]


@pytest.mark.parametrize(
    ("now", "own", "others", "ahead"),
    [
        (TODAY, TODAY - DAY, [], None),
        (TODAY, 0, [], None),
        (5_000, 0, [], False),
        (RELEASED - 2 * DAY, 0, [], False),
        (TODAY, TODAY + 2 * DAY, [], False),
        (TODAY, TODAY + DAY // 2, [TODAY + DAY // 2] * 3, None),
        (TODAY, TODAY, [3_790_000_000_000], None),
        (TODAY, TODAY, [TODAY + 3 * DAY, TODAY + 2 * DAY], False),
        (3_790_000_000_000, TODAY, [TODAY], True),
        (TODAY + 2 * YEAR, TODAY + 2 * YEAR - DAY, [TODAY], None),
    ],
    ids=[
        "as it should be", "nothing written yet", "1970", "before this version", "before what one wrote oneself",
        "half a day is nothing", "one other PC in 2090", "two others say later", "2090", "two years on, in use",
    ],
)  # fmt: skip
def test_what_speaks_against_a_clock(now: int, own: int, others: list[int], ahead: bool | None) -> None:
    found = doubt(now, own, others)
    assert (found.ahead if found else None) is ahead
    if found:
        assert all(len(words) > 40 for words in clocks.own_words(found))


def person(directory: Directory, **values: str) -> RecordId:
    one = new_id()
    directory.do("Essai", [Create(one, "person", {"name": {"display": "Élise Roumégas"}, **values})])
    return one


def opened(path: Path, now_is: NowIs, moment: str) -> Directory:
    now_is(moment)
    return open_directory(path)


def test_three_clocks_agree_whatever_they_say(tmp_path: Path, now_is: NowIs) -> None:
    past = opened(tmp_path / "passe", now_is, "1970-01-02T00:00:00+01:00")
    elise = person(past, occupation="Menuisière")
    giving.give(past, tmp_path / "1.maille")
    future = opened(tmp_path / "futur", now_is, "2090-05-03T10:00:00+02:00")
    receiving.receive(future, tmp_path / "1.maille", confirmed=True)
    future.do("Essai", [Put(elise, "occupation", "Ébéniste")])
    giving.give(future, tmp_path / "2.maille")
    today = opened(tmp_path / "present", now_is, "2026-11-22T10:00:00+01:00")
    for file in ("2.maille", "1.maille"):
        receiving.receive(today, tmp_path / file, confirmed=True)
    today.do("Essai", [Put(elise, "occupation", "Tourneuse")])
    giving.give(today, tmp_path / "3.maille")
    for pc in (past, future):
        receiving.receive(pc, tmp_path / "3.maille", confirmed=True)
    for pc in (past, future, today):
        entry = pc.reads.entry(elise)
        assert entry is not None
        assert entry.values["occupation"] == "Tourneuse"  # written last by who had seen the rest
        assert not entry.siblings
    assert len({pc.store.digest() for pc in (past, future, today)}) == 1
    for pc in (past, future, today):
        pc.close()


def test_the_clock_of_a_sender_is_told_in_words(tmp_path: Path, now_is: NowIs) -> None:
    for moment, words in (("2090-05-03T10:00:00+02:00", "3 mai 2090"), ("1970-01-02T00:00:00+01:00", "2 janvier 1970")):
        sender = opened(tmp_path / moment[:4], now_is, moment)
        person(sender)
        giving.give(sender, tmp_path / "p.maille")
        sender.close()
        today = opened(tmp_path / f"d{moment[:4]}", now_is, "2026-11-22T10:00:00+01:00")
        done = receiving.receive(today, tmp_path / "p.maille", confirmed=True)
        (said,) = done.remarks
        assert words in said
        today.close()


def test_the_terminal_tells_of_both_clocks_beside_its_answer(maillage: Run, tmp_path: Path, now_is: NowIs) -> None:
    file = tmp_path / "p.maille"
    now_is("2090-05-03T10:00:00+02:00")
    maillage("--annuaire", tmp_path / "un", "fiche", "creer", "person", "name=Élise Roumégas")
    made = maillage("--annuaire", tmp_path / "un", "paquet", "creer", file, "--json")
    assert "2090" not in made.out
    now_is("2026-11-22T10:00:00+01:00")
    looked = maillage("--annuaire", tmp_path / "deux", "paquet", "examiner", file, "--json")
    assert (looked.code, "3 mai 2090" in looked.err, "2090" in looked.out) == (0, True, False)
    now_is("1970-01-02T00:00:00+01:00")
    looked = maillage("--annuaire", tmp_path / "deux", "paquet", "examiner", file, "--json")
    assert "L’horloge de ce poste indique le 2 janvier 1970" in looked.err


@pytest.mark.parametrize("moment", [0, 3_797_486_400_000, 253_402_300_799_999, -62_135_596_800_000])
def test_any_moment_can_be_shown(moment: int) -> None:
    assert when_words(moment, local(TODAY).date())
    assert clocks.day_of(moment)
