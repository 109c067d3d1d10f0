"""A small directory, open, with a window that does everything at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from appli.app import open_directory, open_index
from appli.domain.audience import Audience
from appli.domain.changes import Add, Work
from appli.domain.ids import RecordId
from appli.presenters import reports
from appli.presenters.session import Session
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet, trash
from appli.services.linking import link
from tests.presenters.fakes import FakeShell, InlineJobs


def make(directory: Directory, kind: str, **fields: Any) -> RecordId:
    """A sheet from `field=words`."""
    asked = [Assignment(name, "=", value) for name, value in fields.items()]
    return create_sheet(directory, kind, asked, Audience.SHARED).id


@dataclass
class Village:
    """The directory of the tests and who lives in it."""

    folder: Path
    ids: dict[str, RecordId] = field(default_factory=dict)


def settle(directory: Directory) -> dict[str, RecordId]:
    """A carpenter with two telephones, a workshop, a mason, and something in the trash."""
    elise = make(
        directory,
        "person",
        name="Élise Roumégas",
        occupation="Menuisière",
        commune="Florac Trois Rivières",
        phone="06 39 98 41 07",
        email="elise@example.org",
        skills="Menuiserie; Tournage",
    )
    workshop = make(directory, "organization", title="Atelier des Trois Rivières", summary="Atelier partagé du bois")
    mason = make(directory, "person", name="Mathieu Valdeyron", occupation="Maçon", commune="Marvejols")
    gone = make(directory, "place", title="La Recyclerie fermée")
    link(directory, elise, "member_of", workshop)
    trash(directory, [gone])
    phone = next(p for p in directory.reads.parts("contact_point", [elise])[elise] if p.values["type"] == "phone")
    directory.store.write(Work("Deux numéros", [Add(phone.id, "value", "06 39 98 41 70")]))
    directory.ensure_index()
    return {"elise": elise, "workshop": workshop, "mason": mason, "gone": gone}


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Village:
    """The directory made once; tests work on copies."""
    home = tmp_path_factory.mktemp("village")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_CONFIG", str(home / "config"))
        directory = open_directory(home / "annuaire")
        try:
            return Village(home / "annuaire", settle(directory))
        finally:
            directory.close()


@pytest.fixture
def village(settled: Village, tmp_path: Path) -> Village:
    """A folder on disk, closed."""
    folder = tmp_path / "annuaire"
    shutil.copytree(settled.folder, folder)
    return Village(folder, settled.ids)


@pytest.fixture(autouse=True)
def log_closed() -> Iterator[None]:
    """Each test writes into its own log."""
    yield
    reports.stop_log()


def opener(folder: Path, read_only: bool, progress: Any) -> Directory:
    """What the application gives a session."""
    return open_directory(folder, read_only=read_only, progress=progress)


@pytest.fixture
def closed_session(village: Village) -> Iterator[Session]:
    """The folder's index alone, as at the first paint."""
    session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
    yield session
    session.close()


@pytest.fixture
def session(closed_session: Session) -> Session:
    """The folder, all of it."""
    closed_session.open()
    assert not closed_session.jobs.problems  # type: ignore[attr-defined]
    return closed_session


@pytest.fixture
def jobs(closed_session: Session) -> InlineJobs:
    """The jobs of the session."""
    assert isinstance(closed_session.jobs, InlineJobs)
    return closed_session.jobs


@pytest.fixture
def shell(session: Session) -> FakeShell:
    """A window around the session."""
    return FakeShell(session)


@pytest.fixture
def as_services(session: Session) -> Callable[[Callable[[Directory], Any]], Any]:
    """Carry out a service as somebody else would, and tell the window: `as_services(lambda d: trash(d, [id]))`."""

    def carry_out(work: Callable[[Directory], Any]) -> Any:
        answers: list[Any] = []
        session.do(work, answers.append)
        return answers[0]

    return carry_out
