"""What one looks for in a form, and does to its rows, links and answers: each deed is one call of what draws it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from appli.presenters.form_filling import Filling
from appli.presenters.form_suggestions import Offer, Suggestions
from appli.services.form_model import Content, NewLink


class PartsView(Protocol):
    """What draws them."""

    def show_offers(self, path: str, offers: Sequence[Offer]) -> None:
        """What the letters of a field may mean, or of the line that adds to the list of that name."""

    def show_list(self, name: str, focus: str = "") -> None:
        """The rows of a list changed; the cursor goes to the row of that path."""

    def show_links(self) -> None:
        """The links changed."""

    def show_others(self, offers: Sequence[Offer]) -> None:
        """Sheets that may be linked."""

    def show_audiences(self) -> None:
        """Who sees what."""


class Owner(Protocol):
    """The form they belong to."""

    @property
    def filling(self) -> Filling | None:
        """What is being filled in."""

    @property
    def view(self) -> PartsView | None:
        """What draws it."""

    def touched(self) -> None:
        """Something was changed."""


class FormParts:
    """The deeds; nothing happens when no form is open."""

    def __init__(self, owner: Owner, suggest: Suggestions) -> None:
        self._owner = owner
        self._suggest = suggest

    def ask_offers(self, path: str, text: str) -> None:
        """Letters typed where something is to be chosen."""

        def show(offers: list[Offer]) -> None:
            if self._owner.view is not None:
                self._owner.view.show_offers(path, offers)

        if self._owner.filling is not None:
            self._suggest.offers(self._owner.filling.asked, path, text, show)

    def ask_terms(self, name: str, text: str) -> None:
        """Letters of a word to add to a list of terms."""

        def show(offers: list[Offer]) -> None:
            if self._owner.view is not None:
                self._owner.view.show_offers(name, offers)

        if self._owner.filling is not None:
            self._suggest.terms(self._owner.filling.form.lists_by_name[name].scheme, text, show)

    # --- rows ---

    def add_row(self, name: str, **contents: Content) -> None:
        """A further row."""
        if self._owner.filling is not None:
            self._show_list(name, self._owner.filling.add_row(name, **contents))

    def remove_row(self, path: str) -> None:
        """Take a row off."""
        if self._owner.filling is not None:
            self._owner.filling.remove_row(path)
            self._show_list(path.partition("/")[0])

    def move_row(self, path: str, by: int) -> None:
        """One place up (-1) or down (1)."""
        if self._owner.filling is not None:
            self._owner.filling.move_row(path, by)
            self._show_list(path.partition("/")[0], path)

    def keep_row(self, path: str) -> None:
        """Think again about a row taken off."""
        if self._owner.filling is not None:
            self._owner.filling.keep_row(path)
            self._show_list(path.partition("/")[0], path)

    def set_type(self, path: str, type_: str) -> None:
        """Another type for a contact: what it is called and shown to follows."""
        if self._owner.filling is not None:
            self._owner.filling.type(f"{path}/type", type_)
            self._owner.touched()
            if self._owner.view is not None:
                self._owner.view.show_audiences()

    def _show_list(self, name: str, focus: str = "") -> None:
        self._owner.touched()
        if self._owner.view is not None:
            self._owner.view.show_list(name, focus)
            self._owner.view.show_audiences()

    # --- links ---

    def ask_others(self, text: str) -> None:
        """Letters of the sheet to link."""

        def show(offers: list[Offer]) -> None:
            if self._owner.view is not None:
                self._owner.view.show_others(offers)

        if self._owner.filling is not None:
            self._suggest.others(self._owner.filling.asked, text, show)

    def add_link(self, role: str, offer: Offer, note: str = "") -> None:
        """A link that saving makes."""
        if self._owner.filling is not None:
            link = NewLink(role, str(offer.content), offer.words, offer.shape, note)
            self._owner.filling.add_link(link)
            self._show_links()

    def drop_new_link(self, link: NewLink) -> None:
        """Think again about a link not made yet."""
        if self._owner.filling is not None:
            self._owner.filling.drop_new_link(link)
            self._show_links()

    def turn_link(self, link: bytes) -> None:
        """Saving takes a link off, or keeps it after all."""
        if self._owner.filling is not None:
            self._owner.filling.turn_link(link.hex())
            self._show_links()

    def _show_links(self) -> None:
        self._owner.touched()
        if self._owner.view is not None:
            self._owner.view.show_links()

    # --- agreement ---

    def answer(self, purpose: str, said: str) -> None:
        """What the person answered: yes, no; nothing when she was not asked."""
        from appli.config import clock

        if self._owner.filling is not None:
            today = f"{datetime.fromtimestamp(clock()() / 1000).astimezone():%Y-%m-%d}"
            self._owner.filling.answer(purpose, said, today)
            self._owner.touched()
            if self._owner.view is not None:
                self._owner.view.show_audiences()

    def set_answered(self, *, how: str | None = None, on: str | None = None) -> None:
        """How and when the answers were given."""
        if self._owner.filling is not None:
            filled = self._owner.filling.filled
            filled.answered_how = how if how is not None else filled.answered_how
            filled.answered_on = on if on is not None else filled.answered_on
            self._owner.touched()
