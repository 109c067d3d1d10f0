"""Every test runs alone: a home of its own, a French environment, no network, no thread left."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("ci"), derandomize=False, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# French winter and summer time for everything that shows a date.
os.environ["TZ"] = "Europe/Paris"
if hasattr(time, "tzset"):
    time.tzset()

ROOT = Path(__file__).resolve().parent.parent
TOLD = "histories"
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that no test reads or writes the folders of whoever runs it."""
    home = tmp_path_factory.mktemp("maison")
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_STATE_HOME": home / "state",
        "MAILLAGE_ANNUAIRE": home / "annuaire",
        "MAILLAGE_CONFIG": home / "maillage-config",
        "MAILLAGE_CACHE": home / "maillage-cache",
    }
    for name, folder in folders.items():
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.setenv("LANGUAGE", "fr")
    for name in ("LC_ALL", "MAILLAGE_MAINTENANT"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="session", autouse=True)
def nothing_waits() -> Iterator[None]:
    """Here nothing waits for the disk, and a passphrase costs little; `dear_passphrases` has the true cost."""
    from tests.store.network import hasty_disk

    with hasty_disk(), mock.patch("appli.exchange.age_writing.COST", 10):
        yield


@pytest.fixture
def dear_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is closed here costs what it costs a person's PC."""
    from appli.exchange import age_writing, passphrase

    monkeypatch.setattr(age_writing, "COST", passphrase.COSTLIEST)


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Iterator[Counter[str]]:
    """What the histories of a test were made of: added up and told at the end of the run, over all its processes."""
    counted: Counter[str] = Counter()
    yield counted
    record_property(TOLD, json.dumps(counted))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The totals of all histories, by the sort of histories."""
    found: dict[str, Counter[str]] = {}
    for report in terminalreporter.getreports(""):
        for name, value in getattr(report, "user_properties", ()):
            if name == TOLD:
                sort = report.nodeid.partition("::")[0]
                found.setdefault(sort, Counter()).update(json.loads(value))
    for sort, totals in sorted(found.items()):
        terminalreporter.write_line(f"{sort}: " + ", ".join(f"{name} {totals[name]}" for name in sorted(totals)))


@pytest.fixture
def now_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the program's clock, here and in child processes: now_is("2026-11-20T09:30:00+01:00")."""

    def set_clock(moment: str) -> None:
        monkeypatch.setenv("MAILLAGE_MAINTENANT", moment)

    return set_clock


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real lists, which are not part of the project: without them, their tests are skipped."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real lists (../shared/data) are not on this machine")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves the machine; web tests alone may use loopback, to count what reaches it."""
    loopback = request.node.get_closest_marker("webengine") is not None

    def allowed(family: int, address: object) -> bool:
        if family == socket.AF_UNIX:
            return True
        return loopback and isinstance(address, tuple) and address[0] in {"127.0.0.1", "::1"}

    def guard(name: str) -> None:
        genuine = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: object) -> object:
            if not allowed(self.family, arguments[-1]):
                pytest.fail(f"network access in a test: {name}{arguments!r}")
            return genuine(self, *arguments)

        monkeypatch.setattr(socket.socket, name, guarded)

    for name in ("connect", "connect_ex", "sendto"):
        guard(name)

    def no_lookup(host: object, *_arguments: object, **_options: object) -> list[object]:
        pytest.fail(f"network access in a test: looking up {host!r}")

    if not loopback:
        monkeypatch.setattr(socket, "getaddrinfo", no_lookup)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A test that starts a thread ends it."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and not t.daemon]
    for thread in left:
        thread.join(timeout=5)
    still = [t.name for t in left if t.is_alive()]
    assert not still, f"threads still running after the test: {still}"
