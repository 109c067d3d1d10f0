"""The Réglages: how this PC looks and is called, what the directory is. Each answer is kept at once, and said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from appli import config
from appli.domain.changes import Changes
from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.presenters import example
from appli.presenters.jobs import Stopped
from appli.presenters.look import ThemeName
from appli.presenters.shell import FIRST_RUN, Shell
from appli.presenters.territories import Territories

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer
    from appli.services.directory import Directory

LONGEST_INITIALS = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """What the fields show."""

    label: str = ""
    operator: str = ""
    name: str = ""
    controller: str = ""
    contact: str = ""
    notice: str = ""


class SettingsView(Protocol):
    """What draws the sections."""

    def show_facts(self, facts: Facts) -> None:
        """Fill the fields; what somebody is typing stays."""

    def show_writable(self, reason: str) -> None:
        """Why the directory cannot be changed; nothing when it can."""


class Settings:
    """State of the page."""

    def __init__(self, shell: Shell, gazetteer: Callable[[], Gazetteer]) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: SettingsView | None = None
        self.facts = Facts(operator=config.load_settings().operator)
        self.territories = Territories(shell.session.jobs, gazetteer, self._save_territory)
        self._leave = [shell.session.changed.listen(self._changed), shell.session.opened.listen(self._opened)]

    def show(self) -> None:
        """Say all of it."""
        if self.view is not None:
            self.view.show_facts(self.facts)
            self.view.show_writable(self.unwritable())
        if self._session.is_open:
            self._session.read("reglages", _facts, self._known)

    def close(self) -> None:
        """The window closes."""
        for leave in self._leave:
            leave()

    def unwritable(self) -> str:
        """Why the directory cannot be changed; nothing when it can."""
        if self._session.can_write:
            return ""
        if self._session.held is not None:
            return _("Cet annuaire est ouvert ailleurs : ici, il ne peut qu’être lu.")
        refusal = self._session.refusal
        if isinstance(refusal, EnvironmentProblem):
            return refusal.message
        return _("L’annuaire s’ouvre.")

    # --- this PC ---

    def set_theme(self, theme: ThemeName) -> None:
        """Light, dark or the system's."""
        self._shell.look.set_theme(theme)

    def set_scale(self, scale: int) -> None:
        """The size of the text, in per cent."""
        self._shell.look.set_scale(scale)

    def set_label(self, text: str) -> None:
        """What this PC is called on the others' screens."""
        if text.strip() and text.strip() != self.facts.label:
            self._write(_name_this_pc, text.strip(), _("Ce poste s’appelle maintenant « {name} ».").format(name=text))
        else:
            self.show()

    def set_operator(self, text: str) -> None:
        """Whose hands are on the keyboard, for a PC that several share."""
        initials = text.strip()[:LONGEST_INITIALS]
        if initials == config.load_settings().operator:
            return
        config.save_settings(operator=initials)
        self._session.when_open(lambda: self._session.do(lambda directory: _sign(directory, initials)))
        said = _("Les changements seront signés « {initials} ».").format(initials=initials)
        self._shell.toast(said if initials else _("Les changements ne seront plus signés."))

    # --- the directory ---

    def set_name(self, text: str) -> None:
        """Its name; an empty one is no answer."""
        name = " ".join(text.split())
        if name and name != self.facts.name:
            said = _("L’annuaire s’appelle maintenant « {name} ».").format(name=name)
            self._write(lambda directory, value: _change(directory, "name", value), name, said)
        else:
            self.show()

    def set_controller(self, text: str) -> None:
        """Who is responsible for the data."""
        if text.strip() != self.facts.controller:
            said = _("Responsable des données changé.")
            self._write(lambda directory, value: _change(directory, "controller", value or None), text.strip(), said)

    def set_contact(self, text: str) -> None:
        """Whom to ask about one's own data."""
        if text.strip() != self.facts.contact:
            said = _("Contact pour les droits changé.")
            self._write(
                lambda directory, value: _change(directory, "rights_contact", value or None), text.strip(), said
            )

    def set_notice(self, text: str) -> None:
        """What people are told of their data: a further version."""
        if text.strip() != self.facts.notice:
            self._write(_write_notice, text.strip(), _("Notice d’information changée."))

    def _save_territory(self) -> None:
        said = _("Territoire de l’annuaire changé.")
        self._write(
            lambda directory, value: _change(directory, "territory", value or None), self.territories.parts, said
        )

    # --- other directories ---

    @property
    def can_change_directory(self) -> bool:
        """Whether this version has the page to choose another one on."""
        return self._shell.has_page(FIRST_RUN)

    def change_directory(self) -> None:
        """Choose another one."""
        self._shell.go(FIRST_RUN)

    @property
    def in_example(self) -> bool:
        """Whether the invented people are shown."""
        return example.is_shown(self._session)

    def leave_example(self) -> None:
        """Go back to one's own directory, and erase the example once nothing uses it."""

        def erase(shell: Shell) -> None:
            try:
                example.erase()
            except EnvironmentProblem as problem:
                shell.report(problem)
            else:
                shell.toast(_("L’exemple est effacé."))

        self._shell.open_folder(example.own_directory(), erase)

    # --- parts ---

    def _write(self, service: Callable[[Directory, Any], Changes], value: Any, said: str) -> None:
        if self._session.can_write:

            def done(changes: Changes) -> None:
                if changes:
                    self._shell.toast(said, undo=True)

            self._session.do(lambda directory: service(directory, value), done)

    def _changed(self, _changes: Changes) -> None:
        self.show()

    def _opened(self, _none: None) -> None:
        self.show()

    def _known(self, answer: tuple[Facts, Sequence[dict[str, str]]]) -> None:
        self.facts, territory = answer
        if self.view is not None:
            self.view.show_facts(self.facts)
        self.territories.show(territory)


def _facts(directory: Directory, _stopped: Stopped) -> tuple[Facts, Sequence[dict[str, str]]]:
    from appli.services import spaces

    space = spaces.space_of(directory)
    values = space.values if space else {}
    facts = Facts(
        label=spaces.replica_name(directory),
        operator=directory.operator,
        name=str(values.get("name") or ""),
        controller=str(values.get("controller") or ""),
        contact=str(values.get("rights_contact") or ""),
        notice=spaces.notice_of(directory),
    )
    return facts, values.get("territory") or ()


def _change(directory: Directory, name: str, value: Any) -> Changes:
    from appli.services.spaces import change

    return change(directory, name, value)


def _write_notice(directory: Directory, text: str) -> Changes:
    from appli.services.spaces import write_notice

    return write_notice(directory, text)


def _name_this_pc(directory: Directory, label: str) -> Changes:
    from appli.services.spaces import name_replica

    return name_replica(directory, label)


def _sign(directory: Directory, initials: str) -> None:
    directory.operator = initials
