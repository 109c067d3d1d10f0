"""The form of a sheet: what is typed, what is wrong, what is kept when one goes elsewhere, what saving does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from appli.i18n import _
from appli.presenters.form_checks import Checks
from appli.presenters.form_filling import Filling, content_words
from appli.presenters.form_following import Following
from appli.presenters.form_keeping import Keeping, title_typed
from appli.presenters.form_parts import FormParts, PartsView
from appli.presenters.form_photos import FormPhotos, PhotosView
from appli.presenters.form_suggestions import Offer, Suggestions
from appli.presenters.form_words import giving_up_words, moment_words
from appli.presenters.shell import ANNUAIRE, Request, Shell
from appli.services.form_model import Claim, Content, Filled, SheetForm

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.form_renewing import Renewed
    from appli.services.form_saving import Saved

CHANNEL = "form"


class FormView(PartsView, PhotosView, Protocol):
    """What draws the form."""

    def show_form(self, *, anew: bool) -> None:
        """Draw all of it; `anew` when it is another form, else the cursor stays where it is."""

    def show_checks(self) -> None:
        """Errors, cautions, readings, names; the foot and the marks of the sections."""

    def show_field(self, path: str) -> None:
        """What a field holds was changed by a button."""

    def show_notice(self, title: str, text: str, deed: str) -> None:
        """A strip over the form, whose deed calls `start_again`; without words there is none."""

    def show_twins(self, offers: Sequence[Offer]) -> None:
        """Sheets that look like the one being created."""

    def focus(self, path: str) -> None:
        """Put the cursor there."""

    def ask_giving_up(self, title: str, text: str, keep: str, give_up: str) -> None:
        """Ask before what was typed is lost; a yes calls `give_up`."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A form read in a worker, with what was typed over it before, and when."""

    form: SheetForm
    renewed: Renewed | None
    kept_at: int


class Form:
    """State of the form page; one sheet at a time."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: FormView | None = None
        self.filling: Filling | None = None
        self.checks = Checks(shell.session, lambda: self.filling, self._show_checks)
        self.news: dict[str, Content] = {}
        """Fields typed in here and changed elsewhere meanwhile: what stands there now."""
        self._saving = self._front = False
        self._keeping = Keeping(shell, self._say)
        self._suggest = Suggestions(shell.session)
        self.parts, self.photos = FormParts(self, self._suggest), FormPhotos(self, shell.session)
        self._following = Following(shell, lambda: None if self._saving else self.filling, self._renewed, self._refused)

    # --- coming and going ---

    def enter(self, request: Request) -> None:
        """Show the form of that record, or an empty one of that kind; what was typed before comes back."""
        record, shape = request.record, request.kind or "person"
        if record is None and not request.kind and self.filling is not None:
            self._front = True
            self._say()
            return
        self.leave()
        self.filling, self._front = None, True

        def read(directory: Directory, _stopped: object) -> _Opened:
            from appli.services.form_reading import form_of, new_form
            from appli.services.form_renewing import renew

            form = form_of(directory, record) if record else new_form(shape)
            draft = self._keeping.draft(directory, form)
            return _Opened(form, renew(draft.filled, form) if draft else None, draft.at if draft else 0)

        self._session.read(CHANNEL, read, self._opened, self._refused)

    def _opened(self, opened: _Opened) -> None:
        renewed = opened.renewed
        self.filling = Filling(renewed.form, renewed.filled) if renewed else Filling(opened.form, Filled())
        self.news = dict(renewed.news) if renewed else {}
        self.checks.begin()
        if self.view is not None:
            self.view.show_form(anew=True)
        if self.filling.is_changed:
            self._keeping.found(self.filling)
            self._tell_kept(opened.kept_at)
        self.checks.now()
        self._say()

    def _tell_kept(self, at: int) -> None:
        new = self.filling is not None and self.filling.form.record is None
        deed = _("Repartir d’une fiche vide") if new else _("Repartir de la fiche enregistrée")
        when = _("Elle date du {moment}.").format(moment=moment_words(at)) if at else ""
        if self.view is not None:
            self.view.show_notice(_("Votre saisie était gardée\u00a0: la voici."), when, deed)

    def _refused(self, problem: Exception) -> None:
        """The sheet is no more: nothing of it is kept."""
        if self.filling is not None:
            self._keeping.saved(self.filling.form)
        self._close()
        if self._front:
            self._shell.report(problem)
            self._shell.back()

    def leave(self) -> None:
        """Another page takes its place: what was typed is kept aside."""
        self._front = False
        self._keep()
        if self.filling is not None and self.filling.is_changed:
            words = _("Votre saisie sur « {title} » est gardée. Vous la retrouverez en revenant.")
            self._shell.toast(words.format(title=title_typed(self.filling.asked)))

    def _keep(self) -> None:
        if self.filling is not None and not self._saving:
            self._keeping.now(self.filling)

    def close(self) -> None:
        """Stop listening."""
        self._following.close()

    # --- what is typed ---

    def type(self, path: str, content: Content) -> None:
        """What an editor holds now."""
        filling = self.filling
        if filling is None:
            return
        filling.type(path, content)
        self.news.pop(path, None)
        if path == filling.form.title_path and self.view is not None:
            typed = content_words(filling.asked.question(path), content)
            self._suggest.twins(filling.asked, typed, self.view.show_twins)
        self.touched()

    def choose(self, path: str, claim: Claim) -> None:
        """Of several values, this one."""
        if self.filling is not None:
            self.filling.choose(path, claim)
            self._put(path)

    def take_news(self, path: str) -> None:
        """What somebody else wrote meanwhile, rather than what was typed here."""
        if self.filling is not None:
            self.filling.type(path, self.news[path])
            self._put(path)

    def take_suggestion(self, path: str) -> None:
        """What was probably meant."""
        if self.filling is not None:
            self.filling.type(path, self.checks.found.suggestions[path].content)
            self._put(path)

    def _put(self, path: str) -> None:
        self.news.pop(path, None)
        self.touched()
        if self.view is not None:
            self.view.show_field(path)
        self._show_checks()

    def set_audience(self, path: str, level: str) -> None:
        """Who may see a field, a row or (without path) the sheet."""
        if self.filling is not None:
            self.filling.set_audience(path, level)
            self.touched()
            if self.view is not None:
                self.view.show_audiences()

    def _show_checks(self) -> None:
        if self.view is not None:
            self.view.show_checks()

    def touched(self) -> None:
        """Something was changed: it is read, and kept aside, once nothing is typed for a moment."""
        if self.filling is not None:
            self.checks.soon()
            self._keeping.soon(self.filling)
            self._say()

    def _say(self) -> None:
        if self.filling is not None:
            self._shell.say_typing(self._keeping.words() if self.filling.is_changed else "")

    # --- what changes elsewhere ---

    def _renewed(self, found: Renewed) -> None:
        """The sheet stands otherwise now: what was typed is carried over."""
        self.filling = Filling(found.form, found.filled)
        self.news = {p: c for p, c in self.news.items() if p in found.filled.contents} | found.news
        if self.view is not None:
            self.view.show_form(anew=False)
            text = _("{labels}. Ce que vous avez saisi est gardé.").format(labels=", ".join(found.changed))
            self.view.show_notice(_("Cette fiche vient d’être modifiée ailleurs."), text if found.changed else "", "")
        self.checks.now()

    # --- ending ---

    @property
    def locked(self) -> str:
        """Why nothing can be saved."""
        if self.filling is not None and self.filling.form.restricted:
            return _("Cette fiche est gelée\u00a0: elle ne peut être ni montrée ni modifiée.")
        return "" if self._session.can_write else _("Cet annuaire ne peut être que lu pour l’instant.")

    def save(self) -> None:
        """Write what changed, or show what must be mended."""
        filling = self.filling
        if filling is None or self._saving or self.locked:
            return
        if not filling.is_changed and filling.form.record is not None:
            self._go_back()
            return
        self._saving = True
        asked = filling.snapshot()

        def write(directory: Directory) -> Saved:
            from appli.services.form_saving import save

            return save(directory, asked.form, asked.filled)

        self._session.do(write, self._saved, self._not_saved)

    def _saved(self, saved: Saved) -> None:
        self._saving = False
        if self.filling is None:
            return
        if saved.errors:
            self._keep()
            self.checks.refused(saved.errors)
            if self.view is not None:
                self.view.focus(next(q.path for q in self.filling.asked.questions() if q.path in saved.errors))
            return
        self._keeping.saved(self.filling.form)
        self._close()
        self._shell.go(ANNUAIRE, Request(record=saved.record))
        self._shell.toast(_("Fiche « {title} » enregistrée.").format(title=saved.title), undo=True)

    def _not_saved(self, problem: Exception) -> None:
        self._saving = False
        self._shell.report(problem)

    def ask_giving_up(self) -> None:
        """Leave without saving: asked only when something would be lost."""
        if self.filling is not None and self.filling.is_changed and self.view is not None:
            self.view.ask_giving_up(*giving_up_words(new=self.filling.form.record is None))
        else:
            self.give_up()

    def give_up(self) -> None:
        """Forget what was typed and go back."""
        if self.filling is not None:
            self._keeping.forget(self.filling.form)
        self._go_back()

    def start_again(self) -> None:
        """Forget what was kept, and begin with the sheet as it stands."""
        if self.filling is not None:
            form = self.filling.form
            self._keeping.forget(form)
            self.filling = None
            self.enter(Request(record=form.record, kind="" if form.record else form.shape))

    def trash(self) -> None:
        """Put the sheet into the trash; what was typed over it stays kept aside."""
        form = self.filling.form if self.filling is not None else None
        if form is None or form.record is None:
            return
        record = form.record

        def write(directory: Directory) -> object:
            from appli.services import editing

            return editing.trash(directory, [record])

        self._keep()
        self._close()
        said = _("« {title} » est à la corbeille.").format(title=form.title)
        self._session.do(write, lambda _done: self._shell.toast(said, undo=True), self._shell.report)
        self._shell.go(ANNUAIRE)

    def _go_back(self) -> None:
        self._close()
        self._shell.back()

    def _close(self) -> None:
        self.filling, self.news = None, {}
        self.photos.done()
        self.checks.begin()
