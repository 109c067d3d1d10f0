"""The rows of the very first paint, read from the index alone, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from appli.errors import EnvironmentProblem
from appli.presenters.listed_row import ListedRow
from appli.store.folder_files import is_directory
from appli.store.index_model import Query

if TYPE_CHECKING:
    from appli.store.index import Index

ROWS = 20


class FirstRows:
    """As many as a screen shows; none where there is no directory yet, or an index that cannot be read."""

    def __init__(self, folder: Path, open_index: Callable[[Path], Index]) -> None:
        self._rows: list[ListedRow] = []
        if not is_directory(folder):
            return
        try:
            with open_index(folder) as index:
                self._rows = [ListedRow(row, "") for row in index.first_page(Query(), ROWS)]
        except EnvironmentProblem:
            self._rows = []  # opening the directory will say what is wrong

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    def row(self, place: int) -> ListedRow:
        """One of them."""
        return self._rows[place]
