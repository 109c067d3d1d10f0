"""The pages of the window, in one table: to add a page is to add a line here and a file in `ui/pages`.

A page is a presenter (`appli/presenters/x.py`, which thinks and knows no Qt) and a widget (`ui/pages/x.py`, a
`ui.pages.page.Page`, which draws). The line gives the key under which the rest of the program asks for it
(`shell.go("carte", Request(record=…))`), the word and icon of the rail, the keys that lead there and the function that
builds it: `build(shell: Shell) -> Page`, written "module:function" so that the module is loaded when the page is first
opened, not before the first paint. A page without an icon is not in the rail: one is led to it (the form of a sheet, a
long task). Only pages that work have a line; buttons and menus that lead to a page ask `shell.has_page(key)` first.

Built once, a page stays: `enter(request)` is called each time it is shown, with what it is shown for, `leave()` when
another takes its place (keep what was typed, ask nothing), `close_down()` when the window closes. It listens to
`shell.session.changed` to follow what is written elsewhere and to `shell.search.changed` if it follows the search field
(`searches`; on any other page, typing there leads to the Annuaire); it gives the window its panes for F6 (`panes`) and
the deeds of `ui.actions` it answers (`deeds`). Short work runs through `session.do` and `session.read`; long work is a
page of its own, a `ui.pages.page.TaskPage`: a title, a body, and a footer that says what is safe at the left and holds
Retour, Abandonner and the one primary button at the right.
"""

from __future__ import annotations

from dataclasses import dataclass

from appli.i18n import N_
from appli.presenters.shell import (
    ANNUAIRE,
    BUNDLE,
    DUPLICATES,
    EXCHANGES,
    FIRST_AID,
    FIRST_RUN,
    FORM,
    MAP,
    PRINTING,
    RETURNS,
    SETTINGS,
    TO_CONFIRM,
    TO_SETTLE,
)


@dataclass(frozen=True)
class PageSpec:
    """One page: key, word, "module:function" of its builder, and how one comes to it."""

    key: str
    word: str
    build: str
    icon: str = ""
    """Its icon in the rail; without one it is not there."""
    keys: str = ""
    """The shortcut that leads to it, as QKeySequence writes it portably (Ctrl+Shift+A)."""
    searches: bool = False
    """Whether it follows the search field."""
    last: bool = False
    """At the foot of the rail."""
    bare: bool = False
    """Without rail, top bar and status bar around it."""


PAGES: tuple[PageSpec, ...] = (
    PageSpec(ANNUAIRE, N_("Annuaire"), "ui.pages.annuaire:build", "book-user", "Ctrl+Shift+A", searches=True),
    PageSpec(FORM, N_("Fiche"), "ui.pages.form:build"),
    PageSpec(MAP, N_("Carte"), "ui.pages.carte:build", "map", "Ctrl+Shift+C", searches=True),
    PageSpec("import", N_("Importer une liste"), "ui.pages.import_wizard:build"),
    PageSpec("a_localiser", N_("À localiser"), "ui.pages.a_localiser:build"),
    PageSpec(EXCHANGES, N_("Échanges"), "ui.pages.echanges:build", "arrow-left-right", "Ctrl+Shift+E"),
    PageSpec(PRINTING, N_("Impression"), "ui.pages.impression:build", "printer", "Ctrl+Shift+I"),
    PageSpec(RETURNS, N_("Dépouillement"), "ui.pages.depouillement:build"),
    PageSpec(TO_CONFIRM, N_("Fiches à confirmer"), "ui.pages.a_confirmer:build"),
    PageSpec(BUNDLE, N_("Paquet"), "ui.pages.paquet:build"),
    PageSpec(TO_SETTLE, N_("À trancher"), "ui.pages.a_trancher:build", keys="Ctrl+T"),
    PageSpec(DUPLICATES, N_("Doublons"), "ui.pages.doublons:build"),
    PageSpec(SETTINGS, N_("Réglages"), "ui.pages.reglages:build", "settings", "Ctrl+,", last=True),
    PageSpec(FIRST_RUN, N_("Première ouverture"), "ui.pages.premiere_ouverture:build", bare=True),
    PageSpec(FIRST_AID, N_("Premiers secours"), "ui.pages.secours:build", bare=True),
)

MINI_MAP = "ui.map.mini:build"
"""The small map of a sheet, as "module:function", loaded when a first one is shown; empty: there is none.

`build(shell, parent, latitude, longitude, precision, record) -> QWidget`.
"""

HOME = ANNUAIRE
