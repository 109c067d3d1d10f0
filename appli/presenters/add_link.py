"""Linking the sheet one looks at to another: a role read from its side, and the other sheet found by typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.presenters.listed_row import ListedRow
from appli.presenters.session import Session
from appli.presenters.sheet_page import SheetPage
from appli.presenters.shell import Shell
from appli.store.index_model import Query

if TYPE_CHECKING:
    from appli.services.directory import Directory

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Role:
    """A role as one side says it: « membre de », or « a pour membre »."""

    key: str
    words: str


class AddLinkView(Protocol):
    """What draws the choice."""

    def rows_replaced(self) -> None:
        """Other sheets are found."""

    def close_dialog(self) -> None:
        """The link is made."""


class AddLink:
    """State of the dialog. It is the rows of its own list: `count` and `row`."""

    def __init__(self, session: Session, shell: Shell, page: SheetPage) -> None:
        self._session = session
        self._shell = shell
        self.page = page
        self.view: AddLinkView | None = None
        self._rows: list[ListedRow] = []
        self.find("")

    def roles(self) -> list[Role]:
        """Every role from this side, each word once, as one would look it up."""
        from appli.domain.kinds.link import INVERSE_ROLES, ROLES
        from appli.domain.text import sort_key

        found: dict[str, Role] = {}
        for codes, suffix in ((ROLES, ""), (INVERSE_ROLES, "_inverse")):
            for code in codes.codes:
                words = codes.label(code)
                found.setdefault(words, Role(code + suffix, words))
        return sorted(found.values(), key=lambda role: sort_key(role.words))

    def usual_role(self) -> str:
        """The one chosen at first."""
        return "member_of" if self.page.is_person else "partner_of"

    @property
    def count(self) -> int:
        """How many sheets are offered."""
        return len(self._rows)

    def row(self, place: int) -> ListedRow | None:
        """One of them."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def find(self, text: str) -> None:
        """The sheets that answer these words; never the one that is being linked."""
        rows = self._session.index.first_page(Query(text=text), SHOWN + 1)
        self._rows = [ListedRow(row, text) for row in rows if row.id != self.page.id][:SHOWN]
        if self.view is not None:
            self.view.rows_replaced()

    def add(self, role: str, other: RecordId) -> None:
        """Make the link."""
        one = self.page.id

        def work(directory: Directory) -> Changes:
            from appli.services.linking import link

            return link(directory, one, role, other)

        self._session.do(work, lambda _changes: self._made())

    def _made(self) -> None:
        self._shell.toast(_("Lien ajouté."), undo=True)
        if self.view is not None:
            self.view.close_dialog()
