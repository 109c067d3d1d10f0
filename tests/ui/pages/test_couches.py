"""« Couches » in the window: rows, dialogs, what a search finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel

from appli.presenters.layers import MapLayers
from appli.services.live_map import LiveMap
from tests.ui.pages.whole import nameless
from tests.ui.windows import AnnuairePage
from ui.dialogs.layer import LayerEditDialog, LayerFileDialog
from ui.main_window import Window
from ui.pages.carte_couches import HitRow, LayerRow, LayersSection


@pytest.fixture
def section(page: AnnuairePage, window: Window) -> Iterator[LayersSection]:
    made = LayersSection(MapLayers(page.shell, LiveMap(window.presenter.session.index)))
    made.resize(400, 500)
    made.show()
    made.fold.click()
    yield made
    made.presenter.close()
    made.close()
    shiboken6.delete(made)


@pytest.fixture
def fours(tmp_path: Path) -> Path:
    file = tmp_path / "fours.csv"
    file.write_text(
        "nom;commune;latitude;longitude\nFour & Mas;Florac;44,32;3,59\nFour banal;Mende;44,52;3,5\n", "utf-8"
    )
    return file


def kept(section: LayersSection, file: Path, layer: str = "") -> LayerFileDialog:
    dialog = section.read_file(file, layer)
    dialog._presenter.read()
    dialog.form.name.setText("Fours & fourneaux")
    dialog.keep_button.click()
    return dialog


def test_an_empty_section_says_what_it_is_for(section: LayersSection) -> None:
    assert any("données ouvertes" in label.text() for label in section.findChildren(QLabel))


def test_a_file_becomes_a_layer_with_a_name_and_a_readable_date(section: LayersSection, fours: Path) -> None:
    dialog = section.read_file(fours)
    dialog._presenter.read()
    assert nameless(dialog) == []
    assert "2 points" in dialog.told.text()
    dialog.form.name.clear()
    dialog.form.day.setText("bientôt")
    dialog.keep_button.click()
    assert section.presenter.layers == []
    dialog.form.name.setText("Fours & fourneaux")
    dialog.form.day.setText("mars 2026")
    dialog.keep_button.click()
    assert section.presenter.layers[0].day == "2026-03"
    (row,) = section.findChildren(LayerRow)
    assert row.switch.accessibleName() == "Montrer «\u00a0Fours & fourneaux\u00a0»"
    assert nameless(section) == []


def test_a_file_without_points_says_so_and_offers_nothing_to_keep(section: LayersSection, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n", "utf-8")
    dialog = section.read_file(tmp_path / "x.csv")
    dialog._presenter.read()
    assert dialog.refusal.isVisible()
    assert not dialog.keep_button.isVisible()
    dialog.cancel_button.click()


def test_the_switch_hides_it_and_another_sign_draws_it_otherwise(section: LayersSection, fours: Path) -> None:
    kept(section, fours)
    section.findChildren(LayerRow)[-1].switch.click()
    layer = section.presenter.layers[0]
    assert layer.hidden
    dialog = LayerEditDialog(section.presenter, layer, section)
    dialog.open()
    dialog.color.setCurrentIndex(dialog.color.findData("pink"))
    dialog.shape.setCurrentIndex(dialog.shape.findData("cross"))
    dialog.keep_button.click()
    assert (section.presenter.layers[0].shape, section.presenter.layers[0].color) == ("cross", "pink")


def test_a_search_shows_what_the_layers_hold_under_their_name(
    section: LayersSection, page: AnnuairePage, fours: Path
) -> None:
    kept(section, fours)
    asked: list[tuple[str, int]] = []
    section.point_wanted.connect(lambda layer, row: asked.append((layer, row)))
    page.shell.search.set_text("four")
    rows = [row for row in section.findChildren(HitRow) if row.isVisible()]
    assert [row.accessibleName() for row in rows] == ["Four & Mas, Florac", "Four banal, Mende"]
    rows[1].click()
    assert asked == [(section.presenter.layers[0].id, 1)]
    page.shell.search.set_text("")
    assert section.fold.text() == "Couches\u00a0: 1"
