"""What a form is made of: questions, lists of rows, and what somebody filled in. Plain values: no store, no window.

A path names one thing of a form: a field (`occupation`), a row of a list (`contacts/5f…`), a field of a row
(`contacts/5f…/value`), or the sheet itself (the empty path). The key of a row is the id of its record, or `+n` for one
that is not written yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from appli.domain import portraits
from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.services.linking import LinkedSheet

Content = str | tuple[str, ...] | dict[str, str]
"""What an editor holds: one text, several words or codes, or texts by part."""

SHEET = ""
"""The path of the sheet itself."""
PHOTOS = "photos/"
"""How the paths of its photos begin."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the codes of a choice."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a composite value; with options it is chosen rather than typed."""

    code: str
    label: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that stands beside the one shown: another PC wrote it at the same time, or somebody just now."""

    content: Content
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to fill."""

    path: str
    label: str
    section: str
    type: str
    editor: str
    content: Content
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    audience: Audience = Audience.PUBLIC
    """What was chosen or declared; never shown to more people than the sheet."""
    help: str = ""
    claims: tuple[Claim, ...] = ()
    required: bool = False
    fixed: bool = False
    """Told and not asked: the word of a term that is already there."""

    @property
    def name(self) -> str:
        """The field behind."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class RowForm:
    """One row of a list: a telephone, a skill, a rate."""

    key: str
    questions: tuple[Question, ...]
    audience: Audience

    @property
    def is_new(self) -> bool:
        """Whether it is not written yet."""
        return self.key.startswith("+")


@dataclass(frozen=True, slots=True)
class ListForm:
    """Several of something with parts. `blank` is what a new row starts as; `key` the field that says what a row is."""

    name: str
    label: str
    row_label: str
    section: str
    style: Literal["contacts", "terms", "rows", "photos"]
    child: str
    key: str
    blank: RowForm
    rows: tuple[RowForm, ...] = ()
    scheme: str = ""
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    """For contacts, what a new row of each type is shown to."""
    owner: RecordId = b""
    """The part whose rows these are (the pledges of a campaign); nothing for those of the sheet."""
    within: str = ""
    """The list that part is a row of."""


@dataclass(frozen=True, slots=True)
class Consents:
    """What a person answered: yes or no by purpose, what is known of each answer, how and when if all agree on it."""

    answers: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    how: str = ""
    on: str = ""


@dataclass(frozen=True)
class SheetForm:
    """The form of one sheet as it stands, or of a new one."""

    record: RecordId | None
    kind: str
    kind_label: str
    shape: str
    title: str
    initials: str
    code: str
    audience: Audience
    questions: tuple[Question, ...]
    lists: tuple[ListForm, ...]
    links: tuple[LinkedSheet, ...] = ()
    consents: Consents | None = None
    """None when nobody's agreement is asked."""
    demo: bool = False
    restricted: bool = False
    presets: Mapping[str, Any] = field(default_factory=dict)
    """Values that a new sheet has without being asked: a need is born a need."""

    @cached_property
    def by_path(self) -> Mapping[str, Question]:
        """Every question, those of rows too."""
        found = {q.path: q for q in self.questions}
        found |= {q.path: q for some in self.lists for row in some.rows for q in row.questions}
        return found

    @cached_property
    def lists_by_name(self) -> Mapping[str, ListForm]:
        return {some.name: some for some in self.lists}

    @cached_property
    def title_path(self) -> str:
        """The question that names the sheet."""
        return next(q.path for q in self.questions if q.required)


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link to make: a role read from this sheet (`member_of`, `member_of_inverse`), and the other end."""

    role: str
    other: str
    title: str = ""
    shape: str = ""
    note: str = ""


@dataclass(slots=True)
class Filled:
    """What somebody filled in: only what differs from the form."""

    contents: dict[str, Content] = field(default_factory=dict)
    audiences: dict[str, str] = field(default_factory=dict)
    added: dict[str, list[str]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    moved: dict[str, list[str]] = field(default_factory=dict)
    """By list, the keys of its rows in the order chosen."""
    settled: list[str] = field(default_factory=list)
    """Fields with several values whose shown value was chosen."""
    answers: dict[str, str] = field(default_factory=dict)
    """By purpose: yes, no, or nothing when it was noted by mistake."""
    answered_how: str | None = None
    answered_on: str | None = None
    links: list[NewLink] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    seen: dict[str, Content] = field(default_factory=dict)
    """What stood in a field when one began to change it: tells later whether somebody else changed it meanwhile."""

    def is_empty(self) -> bool:
        """Whether nothing was changed; new rows that say nothing do not count."""
        said = {p: c for p, c in self.contents.items() if "/+" not in p or (_says(c) and not p.endswith("/type"))}
        rest = replace(self, contents=said, added={}, seen={}, moved=self._moved())
        rest.audiences = {p: a for p, a in self.audiences.items() if "/+" not in p}
        rest.removed = [p for p in self.removed if "/+" not in p]
        return rest == Filled()

    def _moved(self) -> dict[str, list[str]]:
        """The lists that have another order, and not only new rows at another place."""
        return {name: keys for name, keys in self.moved.items() if any(not key.startswith("+") for key in keys)}

    def to_json(self) -> dict[str, Any]:
        """For a draft."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Filled:
        """A draft of this or of a former version: what is not understood is left out."""
        filled = cls()
        for name in ("contents", "seen"):
            some = kept.get(name)
            if isinstance(some, dict):
                setattr(filled, name, {str(p): _content(c) for p, c in some.items()})
        for name in ("audiences", "added", "removed", "moved", "settled", "answers", "unlinked", "notes"):
            if isinstance(kept.get(name), type(getattr(filled, name))):
                setattr(filled, name, kept[name])
        for name in ("answered_how", "answered_on"):
            if isinstance(kept.get(name), str):
                setattr(filled, name, kept[name])
        links = kept.get("links")
        filled.links = [link for one in links if (link := _link(one))] if isinstance(links, list) else []
        return filled


def _link(kept: Any) -> NewLink | None:
    try:
        return NewLink(**kept)
    except TypeError:  # another version kept it with other words
        return None


def _content(kept: Any) -> Content:
    if isinstance(kept, dict):
        return {str(k): str(v) for k, v in kept.items()}
    return tuple(map(str, kept)) if isinstance(kept, list | tuple) else str(kept)


class FilledForm:
    """A form with what was filled in over it: what every field holds now."""

    def __init__(self, form: SheetForm, filled: Filled) -> None:
        self.form = form
        self.filled = filled

    def rows(self, name: str) -> list[RowForm]:
        """The rows of a list: those that stand and were not taken off, then those added; or as they were moved."""
        some = self.form.lists_by_name[name]
        standing = [r for r in some.rows if f"{name}/{r.key}" not in self.filled.removed]
        rows = [*standing, *(self._added(some, key) for key in self.filled.added.get(name, ()))]
        place = {key: n for n, key in enumerate(self.filled.moved.get(name, ()))}
        return sorted(rows, key=lambda row: place.get(row.key, len(place)))

    def _added(self, some: ListForm, key: str) -> RowForm:
        questions = (replace(q, path=f"{some.name}/{key}/{q.path}") for q in some.blank.questions)
        return RowForm(key, tuple(questions), self._row_audience(some, key))

    def _row_audience(self, some: ListForm, key: str) -> Audience:
        chosen = self.filled.contents.get(f"{some.name}/{key}/type")
        return some.audiences.get(chosen, some.blank.audience) if isinstance(chosen, str) else some.blank.audience

    def row(self, path: str) -> RowForm:
        """One row. KeyError when there is none."""
        name, _slash, key = path.partition("/")
        found = next((r for r in self.rows(name) if r.key == key), None)
        if found is None:
            raise KeyError(path)
        return found

    def question(self, path: str) -> Question:
        """One question. KeyError when there is none."""
        found = self.form.by_path.get(path)
        if found is not None:
            return found
        row, _slash, _name = path.rpartition("/")
        if row.partition("/")[0] not in self.form.lists_by_name:
            raise KeyError(path)
        return next(q for q in self.row(row).questions if q.path == path)

    def has(self, path: str) -> bool:
        """Whether there is such a question or row."""
        try:
            if path.count("/") == 1:
                self.row(path)
            else:
                self.question(path)
        except (KeyError, StopIteration):
            return False
        return True

    def questions(self) -> Iterator[Question]:
        """Every question now: those of the sheet, then those of its rows."""
        yield from self.form.questions
        for some in self.form.lists:
            for row in self.rows(some.name):
                yield from row.questions

    def content(self, path: str) -> Content:
        """What a field holds."""
        return self.filled.contents[path] if path in self.filled.contents else self.question(path).content

    def chosen_audience(self, path: str) -> Audience:
        """What was chosen for the sheet, a field or a row, whatever the sheet allows."""
        chosen = self.filled.audiences.get(path)
        if chosen:
            return Audience[chosen.upper()]
        if path == SHEET:
            return self.form.audience
        return self.row(path).audience if path.count("/") == 1 else self.question(path).audience

    def audience(self, path: str) -> Audience:
        """Who sees it: never more people than the sheet; of a photo, than whoever it shows agreed to."""
        allowed = self.photo_ceiling(path) if path.startswith(PHOTOS) else Audience.PUBLIC
        return min(self.chosen_audience(path), self.chosen_audience(SHEET), allowed)

    def photo_ceiling(self, path: str = "") -> Audience:
        """The widest audience of a photo, by the answers as they are filled in now."""
        known = {**(self.form.consents.answers if self.form.consents else {}), **self.filled.answers}
        answers = {purpose: said == "yes" for purpose, said in known.items() if said}
        shown = self.content(f"{path}/consent") if path and self.has(f"{path}/consent") else ""
        return portraits.ceiling(self.form.kind, answers, str(shown))

    def row_is_blank(self, row: RowForm) -> bool:
        """Whether nothing is said in it but its type."""
        return not any(_says(self.content(q.path)) for q in row.questions if q.name != "type")


def _says(content: Content) -> bool:
    if isinstance(content, dict):
        return any(part.strip() for part in content.values())
    return bool(content.strip() if isinstance(content, str) else content)


def says_something(content: Content) -> bool:
    """Whether a content is more than blanks."""
    return _says(content)
