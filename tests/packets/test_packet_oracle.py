"""Three to five PCs exchange signed files through the services: what each holds and claims is what it must.

`installer/eprouver_fusion.py --paquets` plays the same histories as long as one likes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.packets.mistakes import MISTAKES
from tests.packets.play import History, Step, random_steps
from tests.packets.told import TOLD, Story
from tests.store.network import empty_folder, hasty_disk

HISTORIES = 30
ENOUGH = 20
"""A mistake that no story leads to is noticed within so many histories."""

Play = Callable[..., None]
choice = st.integers(0, 98)
steps = st.tuples(st.integers(0, 999), st.integers(0, 5), choice, choice, choice)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with hasty_disk():
        yield empty_folder(tmp_path_factory.mktemp("vide"))


@pytest.fixture(scope="module")
def played(pytestconfig: pytest.Config) -> Iterator[Counter[str]]:
    """The totals, told at the end."""
    totals: Counter[str] = Counter()
    yield totals
    reporter = pytestconfig.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.ensure_newline()
        reporter.write_line(", ".join(f"{name} {totals[name]}" for name in sorted(totals)))


@pytest.fixture
def play(empty: Path, played: Counter[str]) -> Play:
    def one(seed: int, pcs: int, some: list[Step], story: Story | None = None) -> None:
        home = Path(tempfile.mkdtemp(dir=empty.parent))
        try:
            played.update(History(home, empty, seed).play(pcs, some, story))
        finally:
            shutil.rmtree(home)

    return one


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(max_examples=HISTORIES, phases=[Phase.explicit, Phase.generate])  # shrinking takes minutes and tells little
@given(st.integers(0, 2**16), st.integers(0, 2), st.lists(steps, min_size=8, max_size=25))
def test_packets_bring_what_they_say_and_no_more(play: Play, seed: int, pcs: int, some: list[Step]) -> None:
    play(seed, pcs, some)


@pytest.mark.parametrize("story", sorted(set(TOLD.values()), key=lambda s: s.__name__), ids=lambda s: s.__name__)
def test_told_histories_hold(play: Play, story: Story) -> None:
    play(1, 0, [], story)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_noticed(play: Play, mistake: str) -> None:
    for seed in range(1, ENOUGH + 1):
        rng = Random(seed)
        told = seed == 1 and mistake in TOLD
        some = [] if told else random_steps(rng, rng.randint(13, 40))
        try:
            with MISTAKES[mistake]():
                play(seed, rng.randrange(3), some, TOLD[mistake] if told else None)
        except Exception:  # noqa: BLE001 — the model, or the code that the mistake broke
            return
    pytest.fail(f"not noticed in {ENOUGH} histories: {mistake}")
