"""The tokens keep their promises, the letters hold French, and every widget hears of a change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QLabel

from appli import resources
from ui import theme_palette, theme_setup, theme_sheet, theme_tokens
from ui.theme import Scheme, Theme
from ui.theme_tokens import Mode

ROOT = Path(__file__).resolve().parents[2]
TOKENS = json.loads((ROOT / "ressources/theme/tokens.json").read_text(encoding="utf-8"))
FRENCH = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "àâäçéèêëîïôöùûüÿñæœÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÑÆŒ"
    ".,;:!?…’‘“”«»–—-()[]{}/\\|@#&*+=<>%€°²³§·×≥≤±"
    "\u00a0\u202f\u2011"
)
LITERAL_COLOR = re.compile(
    r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|rgba?\(|QColor\(\s*[\"'\d]"
    r"|Qt\.(?:GlobalColor\.)?(?:red|green|blue|black|white|gr[ae]y|yellow|cyan|magenta)\b"
)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    current = Theme.installed or theme_setup.install(qapp)
    current.scale = 1.0
    current.set_scheme(Scheme.LIGHT)
    return current


def luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", list(Mode))
def test_contrasts_are_at_least_as_stated(mode: Mode) -> None:
    """Recomputed from the colours: text 4.5, controls 3, and never below the figure that the tokens give."""
    colors = theme_palette.colors_of(theme_tokens.load(), mode)
    checked = 0
    for name, entry in TOKENS["color"][mode].items():
        floor = 3.0 if name in {"control_border", "focus"} else 4.5
        for ground, stated in entry.get("contrast", {}).items():
            found = contrast(colors[name], colors[ground])
            assert found >= max(floor, stated - 0.005), (name, ground, found)
            checked += 1
    assert checked > 30


@pytest.mark.parametrize("mode", list(Mode))
def test_kinds_stand_out_from_what_they_lie_on(mode: Mode) -> None:
    colors = theme_palette.colors_of(theme_tokens.load(), mode)
    for key, entry in TOKENS["kind"].items():
        stated = entry[mode]["contrast"]
        color = colors[f"kind.{key}"]
        assert contrast(color, colors["surface"]) >= max(3.0, stated["surface"] - 0.005)
        assert contrast(color, colors["selection"]) >= max(3.0, stated["selection"] - 0.005)
        assert contrast(color, colors["glyph"]) >= 4.5, f"the glyph of {key}"


@pytest.mark.parametrize("mode", list(Mode))
def test_derived_colours_can_be_read(mode: Mode) -> None:
    """Pressed and hovered buttons keep their words legible."""
    colors = theme_palette.colors_of(theme_tokens.load(), mode)
    for ink, ground in (
        ("text", "pressed"),
        ("accent_text", "pressed"),
        ("on_accent", "accent_pressed"),
        ("surface", "danger_hover"),
        ("surface", "danger"),
        ("surface", "text"),
    ):
        assert contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)


def test_the_palette_is_that_of_the_tokens_in_its_three_groups(theme: Theme, qapp: QApplication) -> None:
    palette = qapp.palette()
    for role, name in theme_palette.PALETTE.items():
        wanted = theme.color(name)
        assert palette.color(QPalette.ColorGroup.Active, role) == wanted
        assert palette.color(QPalette.ColorGroup.Inactive, role) == wanted
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == theme.color("disabled")


def test_high_contrast_takes_every_colour_from_the_system() -> None:
    system = QPalette(QColor("white"), QColor("black"))
    system.setColor(QPalette.ColorRole.Highlight, QColor("cyan"))
    colors = theme_palette.high_contrast_colors(theme_tokens.load(), system)
    ordinary = theme_palette.colors_of(theme_tokens.load(), Mode.LIGHT)
    assert set(ordinary) <= set(colors), set(ordinary) - set(colors)
    assert colors["focus"] == QColor("cyan")
    theme_sheet.sheet(colors, lambda _name: 1, lambda _name: 1.0)


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_the_letters_hold_french(weight: int) -> None:
    file = resources.path(f"polices/AtkinsonHyperlegibleNext-{weight}.ttf")
    font = QRawFont(str(file), 16)
    missing = [f"U+{ord(c):04X}" for c in FRENCH if font.glyphIndexesForString(c)[0] == 0]
    assert not missing
    assert font.glyphIndexesForString("\u4e00")[0] == 0, "the test could not fail"


def test_the_narrow_space_is_narrower_and_the_hyphen_is_the_hyphen(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font("display"))
    assert metrics.horizontalAdvance("\u202f") == pytest.approx(metrics.horizontalAdvance(" ") * 0.85, rel=0.02)
    assert metrics.horizontalAdvance("\u2011") == metrics.horizontalAdvance("-")


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_the_family_is_ours_at_each_weight(theme: Theme, weight: int) -> None:
    raw = QRawFont.fromFont(theme.font("body", weight))
    assert raw.familyName().startswith("Atkinson Hyperlegible Next")
    assert raw.weight() == weight


def test_no_colour_is_written_in_the_code() -> None:
    for file in [*(ROOT / "ui").rglob("*.py"), ROOT / "ressources/theme/maillage.qss"]:
        found = LITERAL_COLOR.findall(file.read_text(encoding="utf-8"))
        assert not found, f"{file.relative_to(ROOT)}: {found}"


def test_no_widget_has_a_style_sheet_of_its_own() -> None:
    for file in (ROOT / "ui").rglob("*.py"):
        if file.name != "theme.py":
            assert "setStyleSheet" not in file.read_text(encoding="utf-8"), file


def test_every_icon_is_listed_with_its_source() -> None:
    folder = ROOT / "ressources/icones"
    sources = json.loads((folder / "SOURCES.json").read_text(encoding="utf-8"))
    assert {f.name for f in folder.glob("*.svg")} == {*sources["files"], *sources["own"]}


def test_every_icon_named_in_the_code_exists() -> None:
    names = {p.stem for p in (ROOT / "ressources/icones").glob("*.svg")}
    asked = re.compile(r'(?:icon=|Glyph\(|glyph\([^"\n]*?|icon\()"([a-z0-9-]+)"')
    for file in (ROOT / "ui").rglob("*.py"):
        for name in asked.findall(file.read_text(encoding="utf-8")):
            assert name in names, (file.name, name)
    for kind in theme_tokens.load().kinds.values():
        assert kind.glyph in names


def test_the_sheet_has_no_name_left_and_grows_with_the_text(theme: Theme) -> None:
    small = theme_sheet.sheet({n: theme.color(n) for n in all_colors()}, theme.px, theme.points)
    assert "@" not in small
    theme.set_scale(2.0)
    large = theme_sheet.sheet({n: theme.color(n) for n in all_colors()}, theme.px, theme.points)
    assert "min-height: 34px" in small
    assert "min-height: 68px" in large


def all_colors() -> list[str]:
    return list(theme_palette.colors_of(theme_tokens.load(), Mode.LIGHT))


def test_an_unknown_name_in_the_sheet_is_refused(theme: Theme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.qss").write_text("QLabel { color: @nowhere; }", encoding="utf-8")
    monkeypatch.setattr(resources, "path", lambda _name: tmp_path / "bad.qss")
    with pytest.raises(KeyError):
        theme_sheet.sheet({}, theme.px, theme.points)


def test_larger_text_makes_everything_larger(theme: Theme, qapp: QApplication) -> None:
    before = (theme.px("size.control"), theme.px("size.row_list"), qapp.font().pointSizeF())
    theme.set_scale(2.0)
    after = (theme.px("size.control"), theme.px("size.row_list"), qapp.font().pointSizeF())
    assert after == tuple(2 * value for value in before)
    assert before[2] == 11.0


def test_no_text_is_smaller_than_ten_points(theme: Theme) -> None:
    assert min(theme.points(name) for name in TOKENS["font"]["size_pt"]) >= 10.0


def test_dark_is_told_and_told_to_the_widgets(theme: Theme, qapp: QApplication) -> None:
    heard: list[str] = []
    label = QLabel()
    label.ensurePolished()

    class Ear(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.StyleChange:
                heard.append("style")
            return False

    ear = Ear()
    label.installEventFilter(ear)
    theme.changed.connect(lambda: heard.append("theme"))
    theme.set_scheme(Scheme.DARK)
    assert theme.dark
    assert theme.color("window") == QColor(TOKENS["color"]["dark"]["window"]["hex"])
    assert set(heard) == {"style", "theme"}
    label.deleteLater()


def test_an_icon_follows_the_theme_without_being_made_again(theme: Theme) -> None:
    icon = theme.icon("plus", "accent_text")
    light = ink(icon)
    theme.set_scheme(Scheme.DARK)
    dark = ink(icon)
    theme.set_scheme(Scheme.LIGHT)
    disabled = ink(icon, QIcon.Mode.Disabled)
    assert light == QColor(TOKENS["color"]["light"]["accent_text"]["hex"])
    assert dark == QColor(TOKENS["color"]["dark"]["accent_text"]["hex"])
    assert disabled == QColor(TOKENS["color"]["light"]["disabled"]["hex"])


def ink(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    """The colour in the middle of a plus sign."""
    image = icon.pixmap(QSize(48, 48), 1.0, mode).toImage()
    return image.pixelColor(24, 24)


def test_icons_are_sharp_on_dense_screens(theme: Theme) -> None:
    pixmap = theme.glyph("search", "text", 18, 2.0)
    assert pixmap.size() == QSize(36, 36)
    assert pixmap.deviceIndependentSize().width() == 18


@pytest.mark.parametrize("shape", list(TOKENS["kind"]))
def test_each_kind_has_its_own_outline(theme: Theme, shape: str) -> None:
    """Black on white, without colour or glyph, no two kinds can be taken for each other."""
    mine = theme.kind_outline(shape, 40, 1.0).toImage()
    others = [theme.kind_outline(s, 40, 1.0).toImage() for s in TOKENS["kind"] if s != shape]
    for other in others:
        different = sum(mine.pixel(x, y) != other.pixel(x, y) for x in range(40) for y in range(40))
        assert different > 60


def test_a_kind_is_painted_in_its_colour_with_smooth_edges(theme: Theme) -> None:
    image = theme.kind_pixmap("person", 18, 1.0).toImage()
    assert image.pixelColor(9, 9) == theme.kind_color("person")
    assert image.pixelColor(0, 0).alpha() == 0
    edges = {image.pixelColor(x, 2).alpha() for x in range(18)}
    assert edges - {0, 255}, "the edge of the circle is stepped"


def test_initials_are_for_persons_only(theme: Theme) -> None:
    plain = theme.kind_pixmap("person", 36, 1.0).toImage()
    lettered = theme.kind_pixmap("person", 36, 1.0, "ÉR").toImage()
    assert plain != lettered
    place = theme.kind_pixmap("place", 36, 1.0).toImage()
    assert theme.kind_pixmap("place", 36, 1.0, "ÉR").toImage() == place


def test_the_system_decides_when_asked_to(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hints:
        def colorScheme(self) -> Qt.ColorScheme:
            return Qt.ColorScheme.Dark

        def setColorScheme(self, _scheme: Qt.ColorScheme) -> None:
            return None

    monkeypatch.setattr(theme, "_hints", Hints())
    theme.set_scheme(Scheme.SYSTEM)
    assert theme.dark
    theme.set_scheme(Scheme.LIGHT)
    assert not theme.dark
