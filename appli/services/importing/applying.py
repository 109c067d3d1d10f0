"""Carrying out a plan in one work: all of it or nothing, and what the list said remembered for the next time."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appli.domain import catalogue
from appli.domain.changes import Change, Changes, Create, Work
from appli.errors import Cancelled
from appli.i18n import N_, _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.importing.planning import ImportPlan, PlanRow
from appli.services.importing.taking_back import cancel_import
from appli.services.importing.writing import Writer
from appli.services.long_lists import without_collector

AFTERWARDS = N_("Mise à jour de la recherche")
"""The label of the steps that come once all is written: stopping has no effect any more."""
_EVERY = 20
"""Rows between two chances to stop."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    seq: int
    created: int
    changed: int
    unchanged: int
    refused: int
    by_kind: dict[str, int]
    """New sheets by kind."""
    changes: Changes


@without_collector()
def apply(
    directory: Directory,
    plan: ImportPlan,
    left_out: Collection[int] = (),
    progress: Progress = SILENT,
    *,
    remember: bool = True,
) -> Imported:
    """Carry out the plan but for the lines left out; a backup first when there is anything.

    Stopping before the end of the writing leaves nothing. `remember`: keep the mapping for the next file.
    """
    if directory.store.reads.counts():
        progress.step(0, 0, _("Sauvegarde de l’annuaire"))
        directory.store.backup("avant-import")
    kept = [r for r in plan.rows if r.line not in left_out]
    writer = Writer(directory, plan)
    changes = _Written(writer.changes(kept), len(kept), progress)
    label = _("Import de « {file} »").format(file=plan.file)
    done = directory.store.write(Work(label, changes, directory.operator or None))
    seq = _remember(directory, plan, kept, changes.sheets, done, remember=remember)
    directory.follow(done, _Unstoppable(progress))
    n = Counter(r.status for r in kept)
    return Imported(seq, n["created"], n["changed"], n["unchanged"], n["refused"], dict(changes.sheets), done)


def _remember(
    directory: Directory,
    plan: ImportPlan,
    kept: Sequence[PlanRow],
    by_kind: Mapping[str, int],
    done: Changes,
    *,
    remember: bool,
) -> int:
    counts = Counter(r.status for r in kept)
    remarks = Counter(r.code for row in plan.rows for r in row.remarks) + Counter(p.code for p in plan.problems)
    stats: dict[str, Any] = {s: counts[s] for s in ("created", "changed", "unchanged", "refused")}
    stats |= {"left_out": len(plan.rows) - len(kept), "by_kind": dict(by_kind), "remarks": dict(remarks)}
    said = ((r.record, {**r.unsaid, **r.draft.said}) for r in kept if r.record is not None and r.status != "refused")
    seq = directory.store.note_import(plan.source, plan.file, stats, done.entry, said)
    if remember:
        directory.store.note("mapping", plan.mapping.source, plan.mapping.as_json())
    return seq


class _Written:
    """The changes of an import, made while the write door asks for them: a long list is never whole in memory.

    They can be walked once. Between two rows the person may stop: the door then leaves nothing.
    """

    def __init__(self, changes: Iterator[tuple[int, Change]], total: int, progress: Progress) -> None:
        self._changes = changes
        self._total = total
        self._progress = progress
        self.sheets: Counter[str] = Counter()
        """Sheets created so far, by kind."""

    def __iter__(self) -> Iterator[Change]:
        told = -_EVERY
        for n, change in self._changes:
            if n >= told + _EVERY:
                told = n
                self._progress.step(n, self._total, _("Écriture des fiches"))
            if isinstance(change, Create) and catalogue.kind(change.kind).is_main:
                self.sheets[change.kind] += 1
            yield change


class _Unstoppable:
    """A progress for what must be finished: it tells how far it is, and does not stop."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, done: int, total: int, _label: str = "") -> None:
        """Tell, whatever the person asks."""
        with contextlib.suppress(Cancelled):
            self._progress.step(done, total, _(AFTERWARDS))


__all__ = ["AFTERWARDS", "Imported", "apply", "cancel_import"]
