"""Three to five PCs exchange signed files through the services: what each holds and claims is what it must.

`installer/eprouver_fusion.py --paquets` plays the same histories as long as one likes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packets.mistakes import MISTAKES
from tests.packets.play import History, Step
from tests.packets.told import TOLD, Story
from tests.store.histories import from_seed
from tests.store.network import empty_folder

BATCHES, BATCH = 10, 20
LONGEST, LONG = 32, 100
"""Steps: of most histories, and of one in twenty."""
ENOUGH = 20
"""A mistake that no story leads to is noticed within so many histories."""

Play = Callable[..., None]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_folder(tmp_path_factory.mktemp("vide"))


@pytest.fixture
def play(empty: Path, tmp_path: Path, told: Counter[str]) -> Play:
    def one(seed: int, pcs: int, some: list[Step], story: Story | None = None) -> None:
        home = Path(tempfile.mkdtemp(dir=tmp_path))
        told.update(History(home, empty, seed).play(pcs, some, story))
        shutil.rmtree(home)

    return one


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_packets_bring_what_they_say_and_no_more(play: Play, batch: int) -> None:
    for seed in range(1 + batch * BATCH, 1 + (batch + 1) * BATCH):
        longest = LONG if seed % 20 == 0 else LONGEST
        try:
            play(seed, *from_seed(seed, longest))
        except Exception as problem:
            problem.add_note(f"installer/eprouver_fusion.py --paquets --graine {seed} --pas {longest} --minutes 0")
            raise


@pytest.mark.parametrize("story", sorted(set(TOLD.values()), key=lambda s: s.__name__), ids=lambda s: s.__name__)
def test_told_histories_hold(play: Play, story: Story) -> None:
    play(1, 0, [], story)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_noticed(empty: Path, tmp_path: Path, mistake: str) -> None:
    for seed in range(1, ENOUGH + 1):
        home = tmp_path / str(seed)
        home.mkdir()
        pcs, some = from_seed(seed, 52)
        story = TOLD.get(mistake) if seed == 1 else None
        try:
            with MISTAKES[mistake]():
                History(home, empty, seed).play(*((0, [], story) if story else (pcs, some)))
        except Exception:  # noqa: BLE001 — the model, or the code that the mistake broke
            return
    pytest.fail(f"not noticed in {ENOUGH} histories: {mistake}")
