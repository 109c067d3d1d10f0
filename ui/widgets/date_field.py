"""A date to type, or to pick in a calendar that looks like the rest."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QMenu, QSizePolicy, QToolButton, QWidget, QWidgetAction

from appli.i18n import _
from ui.theme import current
from ui.widgets.buttons import IconButton
from ui.widgets.field import FramedEdit

WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


def dress(widget: QCalendarWidget) -> None:
    """Take from Qt's calendar its red days, its week numbers and its own arrows."""
    widget.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    widget.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    plain = QTextCharFormat()
    plain.setForeground(current().color("text"))
    for day in WEEKEND:
        widget.setWeekdayTextFormat(day, plain)
    head = QTextCharFormat()
    head.setForeground(current().color("text_secondary"))
    head.setBackground(current().color("surface"))
    widget.setHeaderTextFormat(head)
    for part, icon, name in (
        ("qt_calendar_prevmonth", "chevron-left", _("Mois précédent")),
        ("qt_calendar_nextmonth", "chevron-right", _("Mois suivant")),
    ):
        button = widget.findChild(QToolButton, part)
        if button is not None:
            button.setIcon(current().icon(icon))
            button.setAccessibleName(name)


class DateField(FramedEdit):
    """What is typed stays as it is; `picked` gives the day chosen in the calendar, as YYYY-MM-DD."""

    picked = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._menu = QMenu(self)
        self.calendar = QCalendarWidget(self._menu)
        self.calendar.setAccessibleName(_("Calendrier"))
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(self.calendar)
        self._menu.addAction(action)
        self.open_button = IconButton("calendar", _("Choisir dans le calendrier"), "plain", small=True)
        self.open_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.open_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.row.addWidget(self.open_button)
        self.open_button.clicked.connect(self.open_calendar)
        self.calendar.activated.connect(self._pick)
        self.calendar.clicked.connect(self._pick)

    def show_day(self, day: str) -> None:
        """Open the calendar on this day next time; an empty day is today."""
        date = QDate.fromString(day, Qt.DateFormat.ISODate) if day else QDate.currentDate()
        if date.isValid():
            self.calendar.setSelectedDate(date)

    def open_calendar(self) -> None:
        """Show the calendar under the field."""
        dress(self.calendar)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        self.calendar.setFocus()

    def _pick(self, date: QDate) -> None:
        self._menu.close()
        self.picked.emit(date.toString(Qt.DateFormat.ISODate))
