"""« Dossier partagé »: how it is, what waits in it, and what to know about Syncthing and Nextcloud."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from appli.i18n import N_, _
from appli.presenters.exchange_folder import ExchangeFolder
from appli.presenters.shared_folder_words import WaitingRow
from appli.presenters.shell import Shell
from ui.dialogs.choose_files import choose_folder
from ui.pages.echanges_section import Section
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import Column, Flow, Row, line, space
from ui.widgets.notice import NoticeStrip
from ui.widgets.phrase import Phrase, Run
from ui.widgets.text import TextLabel, announce

TOP, MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
_SIGNS = {
    "none": ("folder-sync", "text_secondary"),
    "away": ("clock", "text_secondary"),
    "empty": ("circle-alert", "warning"),
    "trouble": ("circle-alert", "warning"),
    "well": ("folder-sync", "success"),
}

_HELP = (
    (
        N_("Avec Syncthing"),
        N_(
            "Partagez entre les postes un dossier fait pour cela, puis choisissez-le ici, sur chaque poste. Dans ses "
            "réglages, laissez la gestion des versions sur « Aucune » : sinon, ce qui est effacé y resterait."
        ),
    ),
    (
        N_("Avec Nextcloud"),
        N_(
            "Partagez un dossier entre les comptes et gardez-le sur chaque poste, sans fichiers virtuels. Faites "
            "couper sur le serveur ses versions et sa corbeille, ou videz-les après un effacement."
        ),
    ),
    (
        N_("Ce qui y est écrit"),
        N_(
            "Chaque poste n’écrit que dans son propre sous-dossier. Le privé n’y est jamais, les bases non plus. "
            "Les paquets ne sont pas fermés par une phrase : qui voit le dossier peut les lire."
        ),
    ),
)


def build(shell: Shell) -> FolderSection:
    """The section of the page."""
    return FolderSection(shell)


class FolderSection(Section):
    """Draws; `ExchangeFolder` thinks."""

    def __init__(self, shell: Shell) -> None:
        self.presenter = ExchangeFolder(shell)
        super().__init__(shell, _("Dossier partagé"), self.presenter)
        self.look_button = Button(_("Relever maintenant"), small=True)
        self.more_button = IconButton("ellipsis", _("Autres actions pour le dossier partagé"), small=True)
        self.menu = QMenu(self)
        self.menu.addAction(_("Ouvrir le dossier")).triggered.connect(self._open)
        self.menu.addAction(_("Choisir un autre dossier…")).triggered.connect(self.choose)
        self.menu.addAction(_("Quitter ce dossier…")).triggered.connect(self.presenter.ask_to_leave)
        self.more_button.setMenu(self.menu)
        self.head.addWidget(self.look_button)
        self.head.addWidget(self.more_button)
        self._sign, self._state = Glyph("folder-sync"), TextLabel("", wrap=True)
        self._place = TextLabel("", letters="small", ink="secondary", elide=True)
        self.warning = NoticeStrip("warning")
        self.choose_button = Button(_("Choisir un dossier…"), small=True)
        self.anew_button = Button(_("C’est le bon dossier : y écrire de nouveau"), small=True)
        self.help_button = Button(_("Avec Syncthing ou Nextcloud"), "quiet", small=True, icon="circle-question-mark")
        self.help_button.setCheckable(True)
        self.help = FolderHelp()
        self._lay_out()
        self._connect()
        self.show_all()

    # --- what the presenter asks ---

    def show_all(self) -> None:
        presenter, state = self.presenter, self.presenter.state
        chosen = state != "none"
        if presenter.is_known and self._state.text() != presenter.words and state in ("away", "empty", "trouble"):
            announce(self, presenter.words)
        self._sign.set_icon(*_SIGNS[state])
        self._state.setText(presenter.words if presenter.is_known else "")
        self._place.setText(str(presenter.root or ""))
        self._place.setVisible(chosen)
        self.warning.set_words("", presenter.warning)
        self.warning.setVisible(bool(presenter.warning))
        for button in (self.look_button, self.more_button):
            button.setVisible(chosen)
        self.choose_button.setVisible(not chosen)
        self.anew_button.setVisible(state == "empty")
        reason = presenter.why_not_write if presenter.is_known else ""
        for button in (self.look_button, self.choose_button, self.anew_button, self.more_button):
            button.explain(reason)
        self._show_waiting()

    # --- parts ---

    def _show_waiting(self) -> None:
        rows = self.presenter.waiting
        self.waiting.setVisible(bool(rows))
        if rows:
            self.fill([WaitingRowView(row, self.presenter) for row in rows], "")

    def choose(self) -> None:
        """Ask for a folder."""
        title = _("Quel dossier les autres postes partagent-ils avec celui-ci ?")
        choose_folder(self, title, None, self.presenter.choose)

    def _open(self) -> None:
        if self.presenter.root is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.presenter.root)))

    def _connect(self) -> None:
        self.look_button.clicked.connect(self.presenter.look_now)
        self.choose_button.clicked.connect(self.choose)
        self.anew_button.clicked.connect(self.presenter.begin_anew)
        self.help_button.toggled.connect(self.help.setVisible)
        self.help.hide()

    def _lay_out(self) -> None:
        words = Column(gap=0)
        words.add(self._state, self._place)
        state = Row(margin=(0, 1, 0, 1), gap=3)
        state.addWidget(self._sign, 0, TOP)
        state.addLayout(words, 1)
        deeds = Flow(gap=2)
        for button in (self.choose_button, self.anew_button, self.help_button):
            deeds.addWidget(button)
        self.waiting = QWidget()
        waiting = Column(self.waiting, margin=(0, 2, 0, 0), gap=1)
        waiting.addWidget(TextLabel(_("Paquets qui attendent"), letters="label", ink="secondary"))
        self.body.removeItem(self._rows)
        waiting.addLayout(self._rows)
        self.body.addLayout(state)
        self.body.addWidget(self.warning)
        self.body.addWidget(self.waiting)
        self.body.addSpacing(space(1))
        self.body.addLayout(deeds)
        self.body.addWidget(self.help)


class WaitingRowView(QWidget):
    """« Accueil » : 2 paquets, why they wait, and the way to look at them."""

    def __init__(self, row: WaitingRow, presenter: ExchangeFolder) -> None:
        super().__init__()
        self.look_button = Button(_("Regarder"), small=True)
        self.look_button.setAccessibleName(_("Regarder les paquets de {title}").format(title=row.title))
        self.look_button.clicked.connect(lambda: presenter.look_at(row.sender))
        words = Column(gap=0)
        words.add(
            Phrase(Run(row.title, strong=True)),
            TextLabel(row.why, letters="small", ink="danger" if row.grave else "secondary", wrap=True),
        )
        content = Row(margin=(0, 2, 0, 2), gap=3)
        sign = ("triangle-alert", "danger") if row.grave else ("package", "warning")
        content.addWidget(Glyph(*sign), 0, MIDDLE)
        content.addLayout(words, 1)
        content.addWidget(self.look_button)
        column = Column(self, gap=0)
        column.addWidget(line())
        column.addLayout(content)


class FolderHelp(QWidget):
    """What to do in Syncthing and in Nextcloud, and what is written there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(self, margin=(0, 2, 0, 0), gap=3)
        column.addWidget(line())
        for title, words in _HELP:
            part = Column(gap=0)
            part.add(
                TextLabel(_(title), letters="name", wrap=True),
                TextLabel(_(words), letters="small", ink="secondary", wrap=True),
            )
            column.addLayout(part)
