"""First step of the import: the file, how it is read, and its first rows to see whether that is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from appli.errors import AppError
from appli.formats.encodings import ENCODINGS
from appli.formats.source import Form
from appli.formats.table import Table
from appli.i18n import N_, _, _n, number
from appli.presenters.import_wizard_tasks import HowToRead, Read, Tasks
from appli.presenters.jobs import Failed
from appli.services.importing.reading import ListFile

ROWS_SHOWN = 50
HEADER_LINES = 12
"""The lines among which the one of the titles may be chosen."""
_SEPARATORS = {";": N_("Point-virgule"), ",": N_("Virgule"), "\t": N_("Tabulation"), "|": N_("Barre verticale")}


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu."""

    key: str
    words: str


class FileStep:
    """What was read, and the ways to read it otherwise. `changed` is called when it was read or refused."""

    def __init__(self, tasks: Tasks, changed: Callable[[], None], failed: Failed) -> None:
        self._tasks = tasks
        self._changed = changed
        self._failed = failed
        self.clear()

    def clear(self) -> None:
        """No file."""
        self.how = HowToRead()
        self.listed: ListFile | None = None
        self.problem: AppError | None = None
        """Why the file was refused."""
        self.source = ""
        """What to call the list, from one time to the next."""
        self.sources: tuple[str, ...] = ()
        """The sources known already."""

    def open(self, path: Path) -> None:
        """Read a file."""
        self._tasks.read(path, partial(self._was_read, HowToRead()), self._not_read)

    def set_source(self, name: str) -> None:
        """Call the list otherwise."""
        self.source = name

    @property
    def table(self) -> Table | None:
        """What was read."""
        return self.listed.table if self.listed else None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.listed.path.name if self.listed else ""

    def size_words(self) -> str:
        """« 1 512 lignes, 30 colonnes »."""
        table = self.table
        if table is None:
            return ""
        rows = _n("{n} ligne", "{n} lignes", len(table.rows)).format(n=number(len(table.rows)))
        columns = _n("{n} colonne", "{n} colonnes", len(table.columns)).format(n=number(len(table.columns)))
        return _("{rows}, {columns}").format(rows=rows, columns=columns)

    def guessed_words(self) -> str:
        """What was recognised, or chosen, for the line under the title."""
        if not self._is_text:
            sheet = self.table.sheet if self.table else None
            return _("feuille « {name} »").format(name=sheet) if sheet else ""
        chosen = self.how.encoding or self.how.separator
        return _("accents et séparateur choisis") if chosen else _("accents et séparateur reconnus")

    # --- ways of reading ---

    def sheets(self) -> list[Option]:
        """The sheets of a workbook, with what they hold."""
        found = self.table.sheets if self.table else ()
        lines = ((s.name, _n("{n} ligne", "{n} lignes", s.rows).format(n=number(s.rows))) for s in found)
        return [Option(name, _("{name} – {lines}").format(name=name, lines=words)) for name, words in lines]

    @property
    def sheet(self) -> str:
        """The sheet that was read."""
        return (self.table.sheet or "") if self.table else ""

    def set_sheet(self, name: str) -> None:
        """Another sheet; its titles are looked for anew."""
        if name != self.sheet:
            self._ask(HowToRead(sheet=name))

    def encodings(self) -> list[Option]:
        """For a text: the encodings usual here, and the one found if it is none of them."""
        if not self._is_text:
            return []
        found = [Option(code, _(words)) for code, words in ENCODINGS.items()]
        return found if self.encoding in ENCODINGS else [Option(self.encoding, self.encoding), *found]

    @property
    def encoding(self) -> str:
        """The encoding in use, by its code."""
        found = (self.table.encoding or "") if self.table else ""
        return "utf-16" if found.startswith("utf-16") else found

    def set_encoding(self, code: str) -> None:
        """Other accents."""
        if code != self.encoding:
            self._ask(replace(self.how, encoding=code, header=None))

    def separators(self) -> list[Option]:
        """For a text: what may stand between two cells."""
        if not self._is_text:
            return []
        found = [Option(code, _(words)) for code, words in _SEPARATORS.items()]
        if self.separator in _SEPARATORS:
            return found
        words = _("« {sign} »").format(sign=self.separator) if self.separator else _("Aucun : une seule colonne")
        return [Option(self.separator, words), *found]

    @property
    def separator(self) -> str:
        """The character between two cells; none for a single column."""
        return (self.table.separator or "") if self.table else ""

    def set_separator(self, sign: str) -> None:
        """Another sign between the cells."""
        if sign and sign != self.separator:
            self._ask(replace(self.how, separator=sign, header=None))

    def headers(self) -> list[Option]:
        """Where the titles of the columns may stand."""
        if self.table is None or self.listed is None or self.listed.content.form is Form.GEOJSON:
            return []
        last = max(HEADER_LINES, self.table.header_line)
        lines = [Option(str(n), _("Ligne {n}").format(n=number(n))) for n in range(1, last + 1)]
        return [*lines, Option("0", _("Aucune : la liste n’a pas de titres"))]

    @property
    def header(self) -> str:
        """The line of the titles."""
        return str(self.table.header_line) if self.table else ""

    def set_header(self, line: str) -> None:
        """The titles stand there."""
        if line != self.header:
            self._ask(replace(self.how, header=int(line)))

    # --- the first rows ---

    def titles(self) -> list[str]:
        """The titles of the columns."""
        return [c.name for c in self.table.columns] if self.table else []

    @property
    def rows_shown(self) -> int:
        """How many rows the preview has."""
        return min(ROWS_SHOWN, len(self.table.rows)) if self.table else 0

    def cell(self, row: int, column: int) -> str:
        """One cell of the preview, on one line."""
        text = self.table.rows[row][column] if self.table else None
        return " ".join(text.split()) if text else ""

    def line(self, row: int) -> int:
        """Where a row of the preview stands in the file."""
        return self.table.line_numbers[row] if self.table else 0

    def oddities(self) -> list[str]:
        """What was passed over or mended while reading, in a few sentences."""
        if self.table is None:
            return []
        found = []
        if titles := self.table.skipped_title_lines:
            words = " · ".join(t for t in titles if t)
            found.append(_("Au-dessus des titres, laissé de côté : « {words} ».").format(words=words[:120]))
        if problems := self.table.problems:
            words = _n("{n} ligne mal coupée : {first}", "{n} lignes mal coupées. La première : {first}", len(problems))
            found.append(words.format(n=number(len(problems)), first=problems[0].message))
        return found

    def _ask(self, how: HowToRead) -> None:
        if self.listed is not None:
            self._tasks.read_again(self.listed, how, partial(self._was_read, how), self._not_read)

    def _was_read(self, how: HowToRead, answer: Read) -> None:
        self.source = self.source if self.listed is not None and self.source else answer.source
        self.listed, self.how, self.problem, self.sources = answer.listed, how, None, answer.sources
        self._changed()

    def _not_read(self, problem: Exception) -> None:
        if isinstance(problem, AppError):
            self.problem = problem
        else:
            self._failed(problem)
        self._changed()

    @property
    def _is_text(self) -> bool:
        return self.listed is not None and self.listed.content.form is Form.TEXT
