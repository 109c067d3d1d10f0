"""What of the directory is for everyone: the part of it that a public packet carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from appli.domain import catalogue
from appli.domain.answers import UNASKED, agrees, answers_by_person
from appli.domain.audience import Audience
from appli.domain.causality import RecordState, Register
from appli.domain.fields import Kind
from appli.services.directory import Directory

_AUDIENCE, _TRASHED = 2, 3
"""The numbers of these fields in every kind."""


def public_only(directory: Directory, states: Iterable[RecordState]) -> Iterator[RecordState]:
    """The records for everyone with their public fields; what lives by a record that is not goes with it.

    People are left out unless they agreed to be on the web: the packet may end anywhere.
    """
    answers = answers_by_person(directory.reads.of_kind("consent"))
    kept: set[str] = set()
    for state in states:
        kind = catalogue.kinds_by_number().get(state.kind)
        if kind is None or not _is_public(kind, state):
            continue
        if kind.code == "person" and not agrees(answers.get(state.id, UNASKED), "web", Audience.PUBLIC):
            continue
        if any(state.shown(f.number) not in kept for f in kind.fields.values() if f.declared.binding):
            continue
        kept.add(state.id.hex())
        yield _cut(kind, state)


def _is_public(kind: Kind, state: RecordState) -> bool:
    chosen = [v.value for v in state.register(_AUDIENCE).versions.values()] if "audience" in kind.fields else []
    audiences = [a if isinstance(a, int) else kind.info.audience for a in chosen] or [kind.info.audience]
    return min(audiences) >= Audience.PUBLIC and not state.shown(_TRASHED)


def _cut(kind: Kind, state: RecordState) -> RecordState:
    def declared(number: int) -> int:
        return kind.by_number[number].declared.audience if number in kind.by_number else Audience.PRIVATE

    def is_public(number: int, register: Register) -> bool:
        chosen = (declared(number) if v.audience is None else v.audience for v in register.versions.values())
        return all(audience >= Audience.PUBLIC for audience in chosen)

    every = ((n, state.register(n)) for n in (*state.values, *state.registers))
    registers = {n: register for n, register in every if is_public(n, register)}
    # no base: it would say that the fields left out were empty, and the whole sheet that comes later would lose them
    return RecordState(state.id, state.kind, None, {}, registers)
