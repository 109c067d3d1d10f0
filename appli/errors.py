"""The three ways things end badly, told apart once so that every front end reacts alike.

    AppError
    ├── UserError            their input, or a refusal: the message says what to change   (exit 1)
    ├── UsageProblem         the command line's words are off                             (exit 2)
    └── EnvironmentProblem   disk, lock, newer file, damage                               (exit 3)
    Cancelled                not an error: somebody pressed « Arrêter »

Anything else is a bug (exit 70).
"""

from __future__ import annotations


class AppError(Exception):
    """A sentence for a person: what happened and whether the data is safe; `hint` says what to do."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class UserError(AppError):
    """Their input, or a refusal. Nothing has changed."""


class UsageProblem(AppError):
    """A command line that cannot be read."""


class EnvironmentProblem(AppError):
    """The disk, a lock, a newer or damaged file: nothing the input could mend."""


class Cancelled(Exception):
    """The person stopped a long task; whatever it was doing left nothing half done."""
