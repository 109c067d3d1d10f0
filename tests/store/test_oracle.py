"""Two to six PCs write, hand over, copy, erase, restore, and never see a server: what comes of it is what must.

`installer/eprouver_fusion.py` plays the same histories as long as one likes, and the deliberate mistakes of
`tests/store/mutations.py`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.store.acts import ACTS, Act, back_up, come_back, create_sheet, erase, meet, withdraw
from tests.store.histories import History, Step, from_seed
from tests.store.mutations import MUTATIONS
from tests.store.network import empty_folder

SHRINKING = 200
BATCHES, BATCH = 18, 100
"""Histories that hypothesis shrinks when they fail, and those told by their seeds, which cost nothing besides."""
LONGEST = 48
"""Steps; a quarter of them at least."""
ENOUGH = 300
"""Every mistake is noticed within so many histories."""

Play = Callable[[int, int, list[Step]], None]
choice = st.integers(0, 99)
steps = st.tuples(st.integers(0, 999), st.integers(0, 5), choice, choice, choice)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_folder(tmp_path_factory.mktemp("vide"))


@pytest.fixture
def play(empty: Path, tmp_path: Path, told: Counter[str]) -> Play:
    def one(seed: int, pcs: int, some: list[Step]) -> None:
        home = Path(tempfile.mkdtemp(dir=tmp_path))
        told.update(History(home, empty, seed).play(pcs, some))
        shutil.rmtree(home)

    return one


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(max_examples=SHRINKING)
@given(st.integers(0, 2**16), st.integers(0, 4), st.lists(steps, min_size=12, max_size=60))
@example(1, 0, [])
def test_all_hold_what_nobody_superseded(play: Play, seed: int, pcs: int, some: list[Step]) -> None:
    play(seed, pcs, some)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_whatever_they_do(play: Play, batch: int) -> None:
    for seed in range(1 + batch * BATCH, 1 + (batch + 1) * BATCH):
        try:
            play(seed, *from_seed(seed, LONGEST))
        except Exception as problem:
            problem.add_note(f"installer/eprouver_fusion.py --graine {seed} --pas {LONGEST} --minutes 0")
            raise


@pytest.mark.parametrize("seed", [50, 8011, 51126, 51156, 50247, 50399])
def test_histories_that_failed_once(play: Play, seed: int) -> None:
    play(seed, *from_seed(seed))


def in_order(*acts: Act) -> list[Step]:
    """A history of the first PC's, told on purpose: what chance brings together once in a thousand."""
    return [(ACTS.index(act), 0, 1, 0, 1) for act in acts]


TOLD = {
    "records taken back before a restore stay unknown": in_order(create_sheet, back_up, withdraw, meet, come_back),
    "signed orders are lost at a restore": in_order(create_sheet, meet, back_up, erase, come_back),
}
"""Histories that lead straight to what some mistakes break."""


SEEDS: Mapping[str, int] = {
    "our siblings stay, whatever the other side has seen": 6,
    "their siblings enter, whatever we have seen": 6,
    "all siblings stay always": 6,
    "the latest by the clock wins": 6,
    "contexts meet at their lowest": 71,
    "one side's context is lost": 6,
    "a context does not cover its last commit": 6,
    "a write does not say what it saw": 6,
    "the base of a record counts for nothing": 18,
    "the first state received stays": 6,
    "only unknown siblings are handed over": 6,
    "gaps are claimed": 19,
    "news of what is here already is passed over": 6,
    "gaps are forgotten": 19,
    "what was handed out is not noted": 5,
    "a packet takes along what was written since": 87,
    "a sheet leaves without what lives by it": 105,
    "orders to erase are ignored": 2,
    "unsigned erasures are believed": 5,
    "orders of those who are not référent are believed": 5,
    "orders of référents wait too": 2,
    "signed orders are not handed on": 6,
    "what waits for a person is lost": 2,
    "what waits is lost at a restore": 143,
    "what waits is not handed on": 6,
    "orders for parts do not say what they lived by": 8,
    "what its author forgot counts as known where it waits": 6,
    "a yes leaves what lived by it waiting": 2,
    "parts outlive their owner": 6,
    "late parts of the erased come in": 6,
    "orders for parts travel under the owner's commit": 23,
    "what was erased may be written again": 6,
    "a restored backup brings the erased back": 32,
    "the journal remembers the erased": 2,
    "a copied folder keeps its name": 6,
    "a restored backup keeps its name": 23,
    "commit numbers of another name count": 3,
    "a lowered value stays in the shared file": 7,
    "parts of private records are shared": 83,
}
"""Where chance meets a mistake first: tried before the others. When the acts change, look again with `--mutations`."""


@pytest.mark.parametrize("mistake", TOLD)
def test_told_histories_hold(play: Play, mistake: str) -> None:
    play(1, 0, TOLD[mistake])


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("mistake", MUTATIONS)
def test_a_mistake_is_noticed(empty: Path, tmp_path: Path, mistake: str) -> None:
    for seed in dict.fromkeys([SEEDS.get(mistake, 1), *range(1, ENOUGH + 1)]):
        home = tmp_path / str(seed)
        home.mkdir()
        pcs, steps = from_seed(seed)
        if seed == 1 and mistake in TOLD:
            pcs, steps = 0, TOLD[mistake]
        with MUTATIONS[mistake]():
            try:
                History(home, empty, seed).play(pcs, steps)
            except Exception:  # noqa: BLE001 — the oracle, or the code that the mistake broke
                return
        shutil.rmtree(home)
    pytest.fail(f"not noticed in {ENOUGH} histories: {mistake}")
