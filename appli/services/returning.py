"""Papers that come back: the sheet behind a code, what was printed beside what it says now, taking in what was written.

One paper is one work: its corrections, its answers and the confirmation are undone together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from appli.domain import catalogue, shapes
from appli.domain.changes import Change, Changes, Put
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, short_code
from appli.domain.kinds.consent import PURPOSES
from appli.domain.typography import typeset
from appli.errors import UserError
from appli.i18n import _
from appli.services.consenting import Answer, answers_of, consent_changes, text_version
from appli.services.correcting import Line, assignment, lines_of, pieces, renaming, selection_of
from appli.services.directory import Directory
from appli.services.editing import Assignment, refuse_restricted, sheet_changes
from appli.services.finding import find_record
from appli.services.freshness import today_of
from appli.services.grouping import groups_of
from appli.services.indexing import initials
from appli.services.locating import place_meant
from appli.services.parsing import parse_value
from appli.services.sheets_out import SheetOut, carrier_name, mark, sheets_out

WAY = "paper"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: what was printed, or None when it was not on the paper, and what the sheet says now."""

    line: Line
    printed: str | None

    @property
    def changed(self) -> bool:
        """Whether somebody changed it since the paper was printed."""
        return self.printed is not None and self.printed != self.line.words


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """A purpose, and what the person answered until now: None when she was not asked."""

    purpose: str
    label: str
    given: bool | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is being read."""

    record: RecordId
    code: str
    title: str
    shape: str
    initials: str
    out: SheetOut | None
    """None when no sheet was printed for it, or it came back already and its words are forgotten."""
    carrier: str
    lines: tuple[PaperLine, ...]
    answers: tuple[PaperAnswer, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of it: changes, or what must be mended first, by line."""

    changes: Changes
    errors: Mapping[str, str] = field(default_factory=dict)


def find_paper(directory: Directory, word: str) -> Paper:
    """The paper with that code, in any case, with or without dashes. Raises UserError (`ambiguous` with candidates)."""
    return paper_of(directory, find_record(directory, word).id)


def paper_of(directory: Directory, record: RecordId) -> Paper:
    """The paper of a sheet. Raises UserError when the sheet lies in the trash or is frozen."""
    selection = selection_of(directory, record)
    subject = next(iter(selection.subjects()), None)
    if subject is None:
        raise UserError(
            "not_open",
            _("Cette fiche est gelée ou à la corbeille. Rien n’a changé."),
            _("Remettez-la d’abord dans l’annuaire, puis reprenez la feuille."),
        )
    entry = subject.entry
    refuse_restricted(entry)
    out = sheets_out(directory).get(entry.id)
    shown = out.shown if out else {}
    lines = tuple(PaperLine(line, shown.get(line.code)) for line in lines_of(selection, subject))
    return Paper(
        entry.id,
        short_code(entry.id, shapes.letter_of(entry.kind, entry.values)),
        entry.title,
        shapes.shape_of(entry.kind, entry.values),
        initials(entry.values.get("name")) if entry.kind.code == "person" else "",
        out,
        carrier_name(directory, out) if out else "",
        lines,
        _answers(directory, entry),
    )


def doubt(directory: Directory, code: str, words: str) -> str:
    """What is worth a look before a line is saved, and may stay: a commune that nobody knows. Empty without any."""
    name = words.strip()
    if code != "commune" or not name or _commune(directory, name):
        return ""
    if directory.gazetteer.bearers(name):
        return _("Plusieurs communes s’appellent « {name} ». Écrivez le code INSEE de la bonne.").format(name=name)
    told = _("Aucune commune ne s’appelle « {name} ».").format(name=name)
    meant = place_meant(directory, name)
    return f"{told} {_('Vouliez-vous dire {name} ?').format(name=typeset(meant.name))}" if meant else told


def _commune(directory: Directory, name: str) -> bool:
    """Whether it is understood as one commune."""
    found = parse_value(directory, catalogue.kind("place").fields["commune"], name)
    return bool(found.get("insee"))


def take_in(directory: Directory, paper: Paper, typed: Mapping[str, str], answered: Mapping[str, bool]) -> TakenIn:
    """Write what the paper says: lines by their codes, answers by purpose; it came back, and the sheet is confirmed.

    Nothing is written while a line cannot stand.
    """
    entry = directory.reads.entry(paper.record)
    if entry is None:
        directory.reads.require(paper.record)
        raise LookupError(paper.code)
    asked, errors = _assignments(directory, entry, typed)
    if errors:
        return TakenIn(Changes(), errors)
    today = today_of(directory).isoformat()
    changes = [*_written(directory, entry, asked, answered, today), *_taken_off(directory, paper, typed)]
    done = directory.do(_("Dépouiller une feuille"), changes)
    mark(directory, paper.record, "returned", today, done.entry or 0)
    return TakenIn(done)


def _written(
    directory: Directory, entry: Entry, asked: Sequence[Assignment], answered: Mapping[str, bool], today: str
) -> list[Change]:
    _label, changes = sheet_changes(directory, entry, asked)
    version, operator = text_version(directory), directory.operator or None
    answers = [Answer(purpose, given, today, WAY, version, operator) for purpose, given in answered.items()]
    confirmed = {"on": today, "how": WAY, "by": operator}
    return [
        *changes,
        *consent_changes(directory, entry.id, answers),
        Put(entry.id, "confirmation", confirmed),
    ]


def _taken_off(directory: Directory, paper: Paper, typed: Mapping[str, str]) -> Iterator[Change]:
    """What a line no longer says leaves the sheets that are one with this one too."""
    former = {one.line.code: one.line.words for one in paper.lines}
    others = groups_of(directory, [paper.record]).of(paper.record)
    for other in directory.reads.entries([record for record in others if record != paper.record]):
        for code in typed.keys() & other.kind.collections.keys():
            gone = [word for word in pieces(former.get(code, "")) if word not in pieces(typed[code])]
            if gone:
                yield from sheet_changes(directory, other, [Assignment(code, "-=", gone)])[1]


def _assignments(
    directory: Directory, entry: Entry, typed: Mapping[str, str]
) -> tuple[list[Assignment], dict[str, str]]:
    """What the lines ask for, and why some cannot stand; each is tried by itself, so that its own line says so."""
    asked: list[Assignment] = []
    errors: dict[str, str] = {}
    for code, words in typed.items():
        try:
            one = assignment(directory, entry, code, words)
            sheet_changes(directory, entry, [one])
        except UserError as problem:
            errors[code] = f"{problem.message} {problem.hint}".strip()
            continue
        if not code.startswith("name."):
            asked.append(one)
    try:
        asked += renaming(directory, entry, typed)
    except UserError as problem:
        errors.setdefault("name.given", problem.message)
    return asked, errors


def _answers(directory: Directory, entry: Entry) -> tuple[PaperAnswer, ...]:
    if entry.kind.code != "person":
        return ()
    known = {a.purpose: a.given and not a.withdrawn_on for a in answers_of(directory, entry.id)}
    return tuple(PaperAnswer(code, PURPOSES.label(code), known.get(code)) for code in PURPOSES.codes)
