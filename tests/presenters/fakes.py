"""Stand-ins for the window: work done at once, a shell and views that remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from appli.errors import Cancelled
from appli.ports import SILENT
from appli.presenters.jobs import Failed, Stopped, ignore
from appli.presenters.look import Look
from appli.presenters.search import Search
from appli.presenters.session import Session
from appli.presenters.shared_folder import SharedFolder
from appli.presenters.shell import NOTHING, Greeting, Request

T = TypeVar("T")


class DoneTicket:
    """Work that is over already."""

    def stop(self) -> None:
        """Too late."""


class InlineJobs:
    """Does everything at once, in the caller's thread; what is for later waits for `pass_time`.

    `held` channels keep their readings until `release`, to play what a slow disk does.
    """

    def __init__(self) -> None:
        self.problems: list[Exception] = []
        self.waiting: dict[str, tuple[int, Callable[[], None]]] = {}
        self.hold = False
        self._held: dict[str, Callable[[], None]] = {}
        self.closed = False

    def write(
        self,
        work: Callable[..., T],
        done: Callable[[T], None] = ignore,
        failed: Failed | None = None,
        steps: Callable[[int, int, str], None] | None = None,
    ) -> DoneTicket:
        progress = _Steps(steps) if steps else SILENT
        self._carry_out(lambda: work(progress), done, failed)
        return DoneTicket()

    def read(
        self,
        channel: str,
        work: Callable[[Stopped], T],
        done: Callable[[T], None] = ignore,
        failed: Failed | None = None,
    ) -> None:
        def carry_out() -> None:
            self._carry_out(lambda: work(lambda: False), done, failed)

        if self.hold:
            self._held[channel] = carry_out
        else:
            carry_out()

    def later(self, channel: str, milliseconds: int, call: Callable[[], None]) -> None:
        self.waiting[channel] = (milliseconds, call)

    def busy(self) -> bool:
        return False

    def stop_all(self) -> None:
        """Nothing ever lasts."""

    def close(self) -> None:
        self.closed = True

    def release(self) -> None:
        """Let the held readings answer: of each channel the latest."""
        held, self._held = self._held, {}
        for carry_out in held.values():
            carry_out()

    def pass_time(self, channel: str) -> None:
        """The wait of that channel is over."""
        self.waiting.pop(channel)[1]()

    def _carry_out(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None) -> None:
        try:
            answer = work()
        except Cancelled:
            return
        except Exception as problem:  # noqa: BLE001 — as the real ones do
            (failed or self.problems.append)(problem)
            return
        done(answer)


@dataclass
class _Steps:
    tell: Callable[[int, int, str], None]

    def step(self, done: int, total: int, label: str = "") -> None:
        self.tell(done, total, label)


@dataclass
class FakeShell:
    """A window that remembers where it was led and what it was told to say."""

    session: Session
    search: Search = field(default_factory=Search)
    look: Look = field(default_factory=lambda: Look(CallRecorder()))
    pages: set[str] = field(default_factory=lambda: {"annuaire"})
    visits: list[tuple[str, Request]] = field(default_factory=list)
    toasts: list[tuple[str, bool]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    backs: list[Callable[[], None] | None] = field(default_factory=list)
    reopened: int = 0
    problems: list[Exception] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    greetings: list[Greeting | None] = field(default_factory=list)
    given: list[Path] = field(default_factory=list)
    status: str = ""
    typing: str = ""
    returns: int = 0
    helped: bool = False

    @cached_property
    def shared_folder(self) -> SharedFolder:
        return SharedFolder(self.session, self.report)

    def has_page(self, page: str) -> bool:
        return page in self.pages

    def go(self, page: str, request: Request = NOTHING) -> None:
        self.visits.append((page, request))

    def back(self) -> None:
        self.returns += 1

    def toast(self, words: str, *, undo: bool = False, back: Callable[[], None] | None = None) -> None:
        self.toasts.append((words, undo))
        self.backs.append(back)

    def refuse(self, words: str) -> None:
        self.refusals.append(words)

    def say_status(self, words: str) -> None:
        self.status = words

    def say_typing(self, words: str) -> None:
        self.typing = words

    def files_given(self, paths: Sequence[Path]) -> None:
        self.given += paths

    def show_help(self) -> None:
        self.helped = True

    def report(self, problem: Exception) -> None:
        self.problems.append(problem)

    def reopen(self) -> None:
        self.reopened += 1

    def open_folder(self, folder: Path, then: Greeting | None = None) -> None:
        self.folders.append(folder)
        self.greetings.append(then)


class CallRecorder:
    """A view that accepts every call and remembers it: `calls` holds (name, arguments)."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **options: Any) -> None:
            self.calls.append((name, (*arguments, *options.values())))

        return call

    def last(self, name: str) -> tuple[Any, ...]:
        """The arguments of the latest call of that name."""
        return next(arguments for called, arguments in reversed(self.calls) if called == name)

    def names(self) -> list[str]:
        """The names called, in order."""
        return [name for name, _arguments in self.calls]
