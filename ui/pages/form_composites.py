"""Values of several parts: a name, an address, a period, a remit; each part with its label, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from appli.presenters.form import Form
from appli.presenters.form_suggestions import Offer
from ui.pages import form_editors as editors
from ui.pages.form_editors import Editor, Tell
from ui.theme import current
from ui.widgets.field import FieldRow
from ui.widgets.layout import Ringed
from ui.widgets.parts_flow import PartsFlow

WIDTHS = {
    "street": 420, "complement": 200, "lieu_dit": 200, "postcode": 110, "country": 200,
    "given": 150, "family": 150, "display": 220,
    "start": 190, "start_time": 120, "end": 190, "end_time": 120, "all_day": 150, "recurrence": 220, "until": 190,
    "exceptions": 260,
    "topics": 420, "how_to_apply": 420, "response_delay": 200, "territory": 300,
}  # fmt: skip
"""Pixels at 100 % that each part needs."""
_DATES = frozenset(("start", "end", "until"))
_TIMES = frozenset(("start_time", "end_time"))
_OF_RECURRENCE = frozenset(("until", "exceptions"))


@dataclass(frozen=True)
class _Part:
    """A part asked like a question of its own."""

    path: str
    label: str
    options: Sequence[Any]
    type: str
    name: str = field(default="")


class Composite(Ringed):
    """The parts side by side; what one of them holds is told with all the others."""

    def __init__(self, question: Any, content: Mapping[str, str], tell: Tell, form: Form) -> None:
        super().__init__()
        self._content = dict(content)
        self._tell = tell
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, QWidget] = {}
        flow = PartsFlow(self, gap=2)
        for part in question.parts:
            asked = _Part(question.path, part.label, part.options, question.type, part.code)
            editor = _editor(asked, self._content.get(part.code, ""), self._teller(part.code), form)
            self._editors[part.code] = editor
            # a box bears its own words: it stands on the line of the fields beside it
            row = FieldRow("\u00a0" if part.code == "all_day" else part.label, editor.widget)
            self._rows[part.code] = row
            flow.add(row, WIDTHS.get(part.code, 200))
        self.setFocusProxy(next(iter(self._editors.values())).widget)
        self._fit()

    def put(self, content: Mapping[str, str]) -> None:
        """Another content."""
        self._content = dict(content)
        for code, editor in self._editors.items():
            editor.put(self._content.get(code, ""))
        self._fit()

    def name(self, names: Mapping[str, str]) -> None:
        """The words of ids and codes."""
        for editor in self._editors.values():
            editor.name(names)

    def offer(self, offers: Sequence[Offer]) -> None:
        """What the letters may mean."""
        for editor in self._editors.values():
            editor.offer(offers)

    def _teller(self, code: str) -> Callable[[Any], None]:
        def tell(said: Any) -> None:
            before = dict(self._content)
            self._content[code] = str(said)
            if code in ("given", "family") and before.get("display", "") in ("", _whole(before)):
                self._content["display"] = _whole(self._content)
                self._editors["display"].put(self._content["display"])
            self._fit()
            self._tell(dict(self._content))

        return tell

    def _fit(self) -> None:
        """Hours of a whole day, the end of what happens once: not asked."""
        whole_day, again = self._content.get("all_day") == "true", bool(self._content.get("recurrence"))
        for code, row in self._rows.items():
            hidden = (code in _TIMES and whole_day) or (code in _OF_RECURRENCE and not again)
            row.setVisible(not hidden)


def _whole(name: Mapping[str, str]) -> str:
    return f"{name.get('given', '').strip()} {name.get('family', '').strip()}".strip()


def _editor(part: _Part, content: str, tell: Tell, form: Form) -> Editor:
    if part.name == "all_day":
        return _tick(part, content, tell)
    if part.options:
        return editors.choice(part, content, tell, form)
    if part.name == "territory":
        return editors.territory(part, content, tell, form)
    if part.name in _DATES:
        return editors.date(part, content, tell, form)
    return editors.line(replace(part, type="text"), content, tell, form)


def _tick(part: _Part, content: str, tell: Tell) -> Editor:
    box = QCheckBox(part.label)
    box.setAccessibleName(part.label)
    box.setMinimumHeight(current().px("size.control"))
    box.setChecked(content == "true")
    box.toggled.connect(lambda on: tell("true" if on else ""))

    def put(said: Any) -> None:
        box.blockSignals(True)
        box.setChecked(said == "true")
        box.blockSignals(False)

    return Editor(box, put)


def composite(question: Any, content: Any, tell: Tell, form: Form) -> Editor:
    """A value of several parts."""
    made = Composite(question, content, tell, form)
    return Editor(made, made.put, made.name, made.offer, is_tall=True)
