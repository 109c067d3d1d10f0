"""« Exporter la carte… »: the dialog says what the page is, for whom, and where it lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from appli.domain.audience import Audience
from appli.presenters.export_map import ExportMap
from tests.ui.pages.whole import nameless
from tests.ui.windows import AnnuairePage
from ui.dialogs.export_map import ExportMapDialog
from ui.main_window import Window


def test_the_page_is_written_for_whom_one_says(window: Window, page: AnnuairePage, tmp_path: Path) -> None:
    dialog = ExportMapDialog(ExportMap(page.shell), window)
    dialog.open()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    assert "sans réseau" in said
    assert not dialog.format.isVisible()
    assert dialog.whom[Audience.PUBLIC].isChecked()
    assert nameless(dialog) == []
    dialog.whom[Audience.SHARED].click()
    dialog._presenter.write(tmp_path / "carte.html")
    assert dialog.path.text() == str(tmp_path / "carte.html")
    assert dialog.close_button.isVisible()
    dialog.close_button.click()
