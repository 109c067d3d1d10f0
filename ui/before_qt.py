"""What the first rows need and knows no Qt, loaded first: PySide6 reads the source of all that is imported after it.

Imported for that alone, at the head of `ui.main`.
"""

from __future__ import annotations

from appli import app
from appli.presenters import first_rows, reports, startup

__all__ = ["app", "first_rows", "reports", "startup"]

app.load_index_code()
