"""The form of a sheet: what is typed, what is wrong, what is kept when one goes elsewhere, what saving does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from appli.domain.ids import RecordId
from appli.i18n import _, _n, number
from appli.presenters.form_suggestions import Suggestions
from appli.presenters.shell import ANNUAIRE, Request, Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.locating import Place
    from appli.services.sheet_forms import Filled, NewLink, Saved, SheetForm
    from appli.store.index_model import Row

CHANNEL = "form"


class FormView(Protocol):
    """What draws the form."""

    def show_form(self, form: SheetForm, filled: Filled) -> None:
        """Draw all fields, with what was typed before over what stands."""

    def show_errors(self, errors: Mapping[str, str], words: str) -> None:
        """What must be mended, by field, and how many."""

    def show_communes(self, places: list[Place]) -> None:
        """What the letters of the commune may mean."""

    def show_others(self, rows: list[Row]) -> None:
        """Sheets that may be linked."""

    def show_twins(self, rows: list[Row]) -> None:
        """Sheets that look like the one being created."""

    def show_links(self) -> None:
        """The links changed."""

    def show_kept(self, words: str) -> None:
        """What is said of the typing: kept aside, or nothing."""


class Form:
    """State of the form page; one sheet at a time."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: FormView | None = None
        self.form: SheetForm | None = None
        self.filled: Filled = _nothing()
        self.errors: Mapping[str, str] = {}
        self.link_titles: dict[RecordId, str] = {}
        self.suggest = Suggestions(self, shell.session)

    # --- coming and going ---

    def enter(self, request: Request) -> None:
        """Show the form of that record, or an empty one of that kind; what was typed before comes back."""
        if request.record is None and not request.kind and self.form is not None:
            return
        record, kind = request.record, request.kind or "person"

        def read(directory: Directory, _stopped: object) -> tuple[SheetForm, dict[str, Any] | None]:
            from appli.services import sheet_forms

            form = sheet_forms.form_of(directory, record) if record else sheet_forms.new_form(kind)
            return form, directory.store.noted("draft").get(_key(form))

        self._session.read(CHANNEL, read, self._show, self._shell.report)

    def _show(self, found: tuple[SheetForm, dict[str, Any] | None]) -> None:
        self.form, draft = found
        self.filled = _restored(draft)
        self.errors = {}
        if self.view is not None:
            self.view.show_form(self.form, self.filled)
            self._say_kept()
            if draft:
                title = self.form.title or self.form.kind_label
                words = _("Votre saisie sur « {title} » était gardée : la voici.").format(title=title)
                self._shell.toast(words)

    def leave(self) -> None:
        """Another page takes its place: what was typed is kept aside."""
        if self.form is None:
            return
        key, kept = _key(self.form), asdict(self.filled) if self.is_changed else None
        if kept is not None:
            kept["new_links"], kept["gone_links"] = [], []  # links are made anew: their other end may be gone
        self._session.do(lambda directory: directory.store.note("draft", key, kept))

    # --- what is typed ---

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from the sheet."""
        return self.filled != _nothing()

    def type(self, name: str, text: str) -> None:
        """The text of a field."""
        field = self._field(name)
        if text == field.text and not field.undecided:
            self.filled.texts.pop(name, None)
        else:
            self.filled.texts[name] = text
        self._forget_error(name)

    def choose(self, name: str, chosen: tuple[str, ...]) -> None:
        """The codes of a field."""
        if set(chosen) == set(self._field(name).chosen):
            self.filled.choices.pop(name, None)
        else:
            self.filled.choices[name] = chosen
        self._forget_error(name)

    def set_audience(self, name: str, audience: str) -> None:
        """Who may see a field."""
        if audience == self._field(name).audience:
            self.filled.audiences.pop(name, None)
        else:
            self.filled.audiences[name] = audience
        self._say_kept()

    def set_sheet_audience(self, audience: str) -> None:
        """Who may see the sheet at all."""
        self.filled.audience = "" if self.form and audience == self.form.audience else audience
        self._say_kept()

    def answer(self, purpose: str, given: bool | None) -> None:
        """What the person answered to a purpose; None: not asked."""
        known = self.form.consents.get(purpose) if self.form else None
        if given is None or given == known:
            self.filled.consents.pop(purpose, None)
        else:
            self.filled.consents[purpose] = given
            self.filled.consent_on = self.filled.consent_on or self._today()
        self._say_kept()

    def set_consent_way(self, how: str) -> None:
        """On paper, by word of mouth, by mail."""
        self.filled.consent_how = how
        self._say_kept()

    def set_consent_day(self, day: str) -> None:
        """When, in ISO."""
        self.filled.consent_on = day
        self._say_kept()

    def _today(self) -> str:
        from appli.config import clock

        return f"{datetime.fromtimestamp(clock()() / 1000).astimezone():%Y-%m-%d}"

    # --- links ---

    def add_link(self, role: str, other: RecordId, title: str) -> None:
        """A link to make when saving."""
        from appli.services.sheet_forms import NewLink

        link = NewLink(role, other)
        if link not in self.filled.new_links:
            self.filled.new_links.append(link)
        self.link_titles[other] = title
        self._links_changed()

    def drop_new_link(self, link: NewLink) -> None:
        """Think again about a link not made yet."""
        self.filled.new_links.remove(link)
        self._links_changed()

    def drop_link(self, role: str, inverse: bool, other: RecordId) -> None:
        """A link to take off when saving, or to keep after all."""
        gone = (role, inverse, other)
        if gone in self.filled.gone_links:
            self.filled.gone_links.remove(gone)
        else:
            self.filled.gone_links.append(gone)
        self._links_changed()

    def _links_changed(self) -> None:
        if self.view is not None:
            self.view.show_links()
        self._say_kept()

    # --- saving ---

    def save(self) -> None:
        """Write what changed, or show what must be mended."""
        form, filled = self.form, self.filled
        if form is None or not self._session.can_write:
            return
        if not self.is_changed and form.record is not None:
            self._shell.back()
            return

        def write(directory: Directory) -> Saved:
            from appli.services import sheet_forms

            saved = sheet_forms.save(directory, form, filled)
            if not saved.errors:
                directory.store.note("draft", _key(form), None)
            return saved

        self._session.do(write, self._saved, self._shell.report)

    def _saved(self, saved: Saved) -> None:
        if saved.errors:
            self.errors = saved.errors
            if self.view is not None:
                self.view.show_errors(self.errors, self.error_words())
            return
        self._close()
        self._shell.go(ANNUAIRE, Request(record=saved.record))
        self._shell.toast(_("Fiche « {title} » enregistrée.").format(title=saved.title), undo=True)

    def give_up(self) -> None:
        """Forget what was typed and go back."""
        form = self.form
        if form is not None:
            self._session.do(lambda directory: directory.store.note("draft", _key(form), None))
        self._close()
        self._shell.back()

    def trash(self) -> None:
        """Put the sheet into the trash."""
        form = self.form
        if form is None or form.record is None:
            return
        record = form.record

        def write(directory: Directory) -> object:
            from appli.services import editing

            return editing.trash(directory, [record])

        self._close()
        words = _("« {title} » est à la corbeille.").format(title=form.title)
        self._session.do(write, lambda _done: self._shell.toast(words, undo=True), self._shell.report)
        self._shell.go(ANNUAIRE)

    def _close(self) -> None:
        self.form, self.filled, self.errors = None, _nothing(), {}
        self.link_titles = {}

    # --- words ---

    def title_words(self) -> str:
        """« Modifier la fiche « Élise » », « Nouvelle fiche : Lieu »."""
        if self.form is None:
            return ""
        if self.form.record is None:
            return _("Nouvelle fiche : {kind}").format(kind=self.form.kind_label)
        return _("Modifier « {title} »").format(title=self.form.title)

    def error_words(self) -> str:
        """« 2 champs à corriger »."""
        n = len(self.errors)
        return _n("{n} champ à corriger", "{n} champs à corriger", n).format(n=number(n)) if n else ""

    def _forget_error(self, name: str) -> None:
        if name in self.errors:
            self.errors = {k: v for k, v in self.errors.items() if k != name}
            if self.view is not None:
                self.view.show_errors(self.errors, self.error_words())
        self._say_kept()

    def _say_kept(self) -> None:
        if self.view is not None:
            self.view.show_kept(_("Votre saisie est gardée si vous changez de page.") if self.is_changed else "")

    def _field(self, name: str) -> Any:
        if self.form is None:
            raise LookupError(name)
        return next(f for f in self.form.fields if f.name == name)


def _key(form: SheetForm) -> str:
    return form.record.hex() if form.record else f"nouvelle:{form.shape}"


def _nothing() -> Filled:
    from appli.services.sheet_forms import Filled

    return Filled()


def _restored(draft: dict[str, Any] | None) -> Filled:
    filled = _nothing()
    for name, value in (draft or {}).items():
        setattr(filled, name, {k: tuple(v) for k, v in value.items()} if name == "choices" else value)
    return filled
