"""Who may see a value: a mark to read, a button to choose. The keys are those of the model: private, shared, public."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from appli.i18n import N_, _
from ui.theme import current
from ui.theme_painting import advance, frame, glyph
from ui.widgets.buttons import Button
from ui.widgets.text import plain_tip


@dataclass(frozen=True)
class AudienceLook:
    """Word, who it means, icon; ground, edge and ink of the mark."""

    word: str
    who: str
    icon: str
    ground: str
    edge: str
    ink: str


AUDIENCES = {
    "private": AudienceLook(N_("Privé"), N_("ce poste seulement"), "lock", "hover", "text_secondary", "text"),
    "shared": AudienceLook(
        *(N_("Partagé"), N_("les membres du réseau"), "users-round"),
        *("surface", "border", "text_secondary"),
    ),
    "public": AudienceLook(N_("Public"), N_("tout le monde"), "globe", "surface", "accent", "accent_text"),
}


class AudienceChip(QLabel):
    """The mark beside a value on a sheet."""

    def __init__(self, audience: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_audience(audience)

    def set_audience(self, audience: str) -> None:
        """Another audience."""
        self._look = AUDIENCES[audience]
        self.setText(_(self._look.word))
        self.setToolTip(_(self._look.who))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current()
        words = advance(theme.font("small"), self.text())
        width = words + theme.px("space.4") * 2 + theme.px("space.1")
        return QSize(width, theme.px("size.target_min"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter, look = current(), QPainter(self), self._look
        frame(
            painter,
            theme,
            self.rect(),
            fill=look.ground,
            border=look.edge,
            radius=theme.px("radius.badge"),
        )
        side, padding = theme.px("space.4"), theme.px("space.2")
        glyph(painter, theme, look.icon, look.ink, QRect(padding, 0, side, self.height()), side)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color(look.ink))
        left = padding + side + theme.px("space.1")
        place = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self.text())


class AudienceButton(Button):
    """Chooses the audience of a field; read as « Téléphone, partagé »."""

    chosen = Signal(str)

    def __init__(self, field_name: str, audience: str = "shared", parent: QWidget | None = None) -> None:
        super().__init__(_(AUDIENCES[audience].word), icon=AUDIENCES[audience].icon, parent=parent)
        self._field_name = field_name
        self.setProperty("spread", True)
        self._actions: dict[str, QAction] = {}
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        group = QActionGroup(menu)
        for key, look in AUDIENCES.items():
            words = _("{audience} – {who}").format(audience=_(look.word), who=_(look.who))
            action = menu.addAction(current().icon(look.icon), words)
            action.setCheckable(True)
            action.setData(key)
            group.addAction(action)
            self._actions[key] = action
        menu.triggered.connect(self._choose)
        self.setMenu(menu)
        self.set_audience(audience)

    @property
    def audience(self) -> str:
        """The key of what is chosen."""
        return self._audience

    def set_audience(self, audience: str) -> None:
        """Show a choice without telling it."""
        self._audience = audience
        look = AUDIENCES[audience]
        self._actions[audience].setChecked(True)
        self.menu().setDefaultAction(self._actions[audience])
        self.setText(_(look.word))
        self.setIcon(current().icon(look.icon))
        self.setAccessibleName(_("{field}, {audience}").format(field=self._field_name, audience=_(look.word).lower()))
        self.setAccessibleDescription(_(look.who))

    def set_ceiling(self, ceiling: str, reason: str = "") -> None:
        """Nobody beyond that circle sees it, mostly because of the sheet: wider ones cannot be chosen, and say why."""
        circles, whole = list(AUDIENCES), _(AUDIENCES[ceiling].word).lower()
        reason = reason or _("la fiche entière est en « {audience} »").format(audience=whole)
        for key, action in self._actions.items():
            beyond = circles.index(key) > circles.index(ceiling)
            look = AUDIENCES[key]
            words = _("{audience} – {who}").format(audience=_(look.word), who=_(look.who))
            action.setEnabled(not beyond)
            action.setText(f"{words} ({reason})" if beyond else words)
            action.setToolTip(plain_tip(reason) if beyond else "")
            action.setStatusTip(reason if beyond else "")
        who = _(AUDIENCES[self._audience].who)
        self.setAccessibleDescription(who if ceiling == circles[-1] else f"{who} ({reason})")
        self.setToolTip("" if ceiling == circles[-1] else plain_tip(reason))

    def sizeHint(self) -> QSize:
        """As wide for each word, so that a column of them is straight."""
        font = current().font("body", 500)
        widest = max(advance(font, _(look.word)) for look in AUDIENCES.values())
        missing = widest - advance(font, self.text())
        return super().sizeHint() + QSize(missing, 0)

    def _choose(self, action: QAction) -> None:
        self.set_audience(str(action.data()))
        self.chosen.emit(self._audience)
