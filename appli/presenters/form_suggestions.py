"""What the form proposes while one types: communes, skills, pieces of a territory, other sheets, a possible twin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from appli.presenters.kinds import drawn_shape
from appli.presenters.session import Session
from appli.services.form_model import Content, FilledForm, Question

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.store.index_model import Row

OFFERS, OTHERS, TWINS = "form-mots", "form-liens", "form-doublons"
FEWEST_LETTERS = 2
FEWEST_FOR_A_TWIN = 4
MOST = 8
PERSONS_ALONE = ("guardian",)
"""References that only a person can be."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that the letters may mean: its words, what tells it from others, what it puts in the field."""

    words: str
    content: Content
    detail: str = ""
    shape: str = ""

    @property
    def line(self) -> str:
        """Both on one line."""
        return f"{self.words} – {self.detail}" if self.detail else self.words


class Suggestions:
    """Looks aside; of each sort the latest question wins."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def offers(self, asked: FilledForm, path: str, text: str, show: Callable[[list[Offer]], None]) -> None:
        """What the letters typed in a field may mean."""
        question, own = asked.question(path), asked.form.record
        if len(text.strip()) < FEWEST_LETTERS:
            show([])
        elif question.type == "reference":
            self._sheets(OFFERS, text, own, question.name in PERSONS_ALONE, show)
        elif question.type in _READERS:
            read = _READERS[question.type]
            scheme = _scheme(asked, question)
            self._session.read(OFFERS, lambda directory, _stopped: read(directory, text, scheme), show)

    def terms(self, scheme: str, text: str, show: Callable[[list[Offer]], None]) -> None:
        """Words of a scheme, to add one to a list."""
        if len(text.strip()) < FEWEST_LETTERS:
            show([])
        else:
            self._session.read(OFFERS, lambda directory, _stopped: _terms(directory, text, scheme), show)

    def others(self, asked: FilledForm, text: str, show: Callable[[list[Offer]], None]) -> None:
        """Sheets for the other end of a link."""
        self._sheets(OTHERS, text, asked.form.record, False, show)

    def twins(self, asked: FilledForm, text: str, show: Callable[[list[Offer]], None]) -> None:
        """For a new sheet: those of that name."""
        if asked.form.record is None:
            wanted = text if len(text.strip()) >= FEWEST_FOR_A_TWIN else ""
            self._sheets(TWINS, wanted, None, False, lambda found: show(found[:3]))

    def _sheets(
        self, channel: str, text: str, own: bytes | None, persons: bool, show: Callable[[list[Offer]], None]
    ) -> None:
        from appli.store.index_model import Query

        filters = (("kind", frozenset({"person"})),) if persons else ()

        def read(index: Any, _stopped: object) -> list[Row]:
            if len(text.strip()) < FEWEST_LETTERS:
                return []
            return [r for r in index.first_page(Query(text=text, filters=filters), MOST + 1) if r.id != own]

        self._session.read_index(channel, read, lambda rows: show([_sheet(r) for r in rows[:MOST]]))


def _scheme(asked: FilledForm, question: Question) -> str:
    some = asked.form.lists_by_name.get(question.path.partition("/")[0])
    return some.scheme if some else ""


def _sheet(row: Row) -> Offer:
    return Offer(row.title, row.id.hex(), row.second_line or row.commune, drawn_shape(row.shape))


def _communes(directory: Directory, text: str, _scheme: str) -> list[Offer]:
    from appli.domain.typography import typeset
    from appli.services.locating import places_offered

    return [
        Offer(typeset(p.name), {"name": p.name, "insee": p.insee}, f"{p.department_name} ({p.department})")
        for p in places_offered(directory, text)[:MOST]
    ]


def _terms(directory: Directory, text: str, scheme: str) -> list[Offer]:
    from appli.services.lists import terms_named

    return [Offer(word, word) for word in terms_named(directory, scheme, text)[:MOST]]


def _pieces(directory: Directory, text: str, _scheme: str) -> list[Offer]:
    from appli.services.territories import pieces_named

    found = pieces_named(directory.gazetteer, text)[:MOST]
    return [Offer(p.name, f"{p.level}:{p.code}", p.detail) for p in found]


_READERS: dict[str, Callable[[Directory, str, str], list[Offer]]] = {
    "commune": _communes,
    "term": _terms,
    "territory": _pieces,
    "remit": _pieces,
}
