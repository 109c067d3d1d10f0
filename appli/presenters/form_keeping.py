"""What is typed in a form, kept aside on this PC: a change of page, the end of the program, a crash lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from appli.i18n import _
from appli.presenters.form_filling import Filling, content_words
from appli.presenters.session import Session
from appli.presenters.shell import Shell
from appli.services.form_model import Filled, FilledForm, SheetForm

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.drafts import Draft

CHANNEL = "form-brouillon"
REST = 700
"""Milliseconds without a key before what is typed is kept."""


class Keeping:
    """Hands drafts to the writing worker; remembers what it is asked to write, as one may come back before it is."""

    def __init__(self, shell: Shell, changed: Callable[[], None]) -> None:
        """`changed` hears when what `words` says is no longer so."""
        self._shell = shell
        self._session: Session = shell.session
        self._changed = changed
        self._kept: dict[str, Filled] = {}
        self._failed = False

    def words(self) -> str:
        """What the status bar says of what is typed."""
        return _("Saisie en cours, pas encore gardée") if self._failed else _("Saisie en cours, gardée à part")

    def draft(self, directory: Directory, form: SheetForm) -> Draft | None:
        """What is kept for that form; called in a worker."""
        from appli.services import drafts

        key = drafts.key_of(form)
        found, latest = drafts.find(directory, key), self._kept.get(key)
        if latest is None:
            return found
        return drafts.Draft(key, form.title, Filled.from_json(latest.to_json()), found.at if found else 0)

    def soon(self, filling: Filling) -> None:
        """Once nothing is typed for a moment."""
        self._session.jobs.later(CHANNEL, REST, lambda: self.now(filling))

    def now(self, filling: Filling) -> None:
        """Keep it, or forget it when nothing differs from the sheet any more."""
        from appli.services import drafts

        key, asked = drafts.key_of(filling.form), filling.snapshot()
        if not self._session.can_write or self._kept.get(key, Filled()) == asked.filled:
            return
        if not filling.is_changed:
            self.forget(filling.form)
            return
        self._kept[key] = asked.filled
        title, kept = title_typed(asked), asked.filled.to_json()

        def not_kept(problem: Exception) -> None:
            self._kept.pop(key, None)
            self._become(failed=True)
            self._shell.report(problem)

        def is_kept(_done: object) -> None:
            self._become(failed=False)

        self._session.do(lambda directory: drafts.keep(directory, key, title, kept), is_kept, not_kept)

    def found(self, filling: Filling) -> None:
        """A draft was shown again: it is forgotten if everything is taken back."""
        from appli.services import drafts

        self._kept[drafts.key_of(filling.form)] = filling.snapshot().filled

    def forget(self, form: SheetForm) -> None:
        """It was given up."""
        from appli.services import drafts

        key = drafts.key_of(form)
        self.saved(form)
        self._session.do(lambda directory: drafts.forget(directory, key))

    def _become(self, *, failed: bool) -> None:
        if failed != self._failed:
            self._failed = failed
            self._changed()

    def saved(self, form: SheetForm) -> None:
        """Saving has forgotten it."""
        from appli.services import drafts

        self._kept.pop(drafts.key_of(form), None)
        self._session.jobs.later(CHANNEL, REST, lambda: None)


def title_typed(asked: FilledForm) -> str:
    """The name of the sheet as it is typed now; its kind while it has none."""
    path = asked.form.title_path
    content = asked.content(path)
    if isinstance(content, dict):
        content = content.get("display") or f"{content.get('given', '')} {content.get('family', '')}"
    return content_words(asked.question(path), content).strip() or asked.form.kind_label
