"""Colours of one mode: the tokens, the few derived from them, the palette that Qt's own drawing uses."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.theme_tokens import Mode, Tokens

Role = QPalette.ColorRole
Group = QPalette.ColorGroup

PALETTE = {
    Role.Window: "window",
    Role.Base: "surface",
    Role.Button: "surface",
    Role.AlternateBase: "surface_alt",
    Role.ToolTipBase: "surface_alt",
    Role.Highlight: "selection",
    Role.WindowText: "text",
    Role.Text: "text",
    Role.ButtonText: "text",
    Role.HighlightedText: "text",
    Role.ToolTipText: "text",
    Role.PlaceholderText: "text_muted",
    Role.Accent: "accent",
    Role.BrightText: "on_accent",
    Role.Link: "link",
    Role.LinkVisited: "link",
    Role.Light: "border",
    Role.Midlight: "border",
    Role.Mid: "border",
    Role.Dark: "control_border",
    Role.Shadow: "control_border",
}
WHEN_DISABLED = (Role.Text, Role.WindowText, Role.ButtonText, Role.HighlightedText)

# Which of the system's colours stands for each token when the system asks for high contrast.
HIGH_CONTRAST = {
    Role.Window: ("window", "page"),
    Role.Base: (
        *("surface", "surface_alt", "hover", "selection", "accent_soft", "glyph", "halo", "pressed"),
        *("danger_soft", "warning_soft", "success_soft", "info_soft"),
    ),
    Role.Text: (
        *("text", "text_secondary", "text_muted", "border", "control_border", "accent_text"),
        *("danger", "danger_hover", "warning", "success", "info"),
    ),
    Role.Highlight: ("accent", "accent_hover", "accent_pressed", "focus"),
    Role.HighlightedText: ("on_accent",),
    Role.Link: ("link",),
}


def colors_of(tokens: Tokens, mode: Mode) -> dict[str, QColor]:
    """Every colour that may be asked for by name: tokens, derived colours, kinds as `kind.person`."""
    colors = {name: QColor(value) for name, value in tokens.colors[mode].items()}
    colors["glyph"] = colors["surface"] if mode is Mode.LIGHT else colors["window"]
    colors["halo"] = colors["glyph"]
    colors["pressed"] = _one_step_further(colors["surface"], colors["hover"])
    colors["accent_pressed"] = _one_step_further(colors["accent"], colors["accent_hover"])
    colors["danger_hover"] = _mixed(colors["danger"], colors["text"], 0.2)
    colors |= {f"kind.{key}": QColor(kind.colors[mode]) for key, kind in tokens.kinds.items()}
    return colors


def high_contrast_colors(tokens: Tokens, system: QPalette) -> dict[str, QColor]:
    """The same names, all taken from the system's own palette."""
    colors = {name: system.color(Group.Active, role) for role, names in HIGH_CONTRAST.items() for name in names}
    colors["disabled"] = system.color(Group.Disabled, Role.Text)
    colors |= {f"kind.{key}": colors["text"] for key in tokens.kinds}
    return colors


def palette_of(colors: dict[str, QColor]) -> QPalette:
    """One palette for the three groups; a window that is not in front keeps its colours."""
    palette = QPalette()
    for role, name in PALETTE.items():
        for group in (Group.Active, Group.Inactive, Group.Disabled):
            palette.setColor(group, role, colors[name])
    for role in WHEN_DISABLED:
        palette.setColor(Group.Disabled, role, colors["disabled"])
    return palette


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    pairs = ((one.redF(), other.redF()), (one.greenF(), other.greenF()), (one.blueF(), other.blueF()))
    return QColor.fromRgbF(*(min(1.0, max(0.0, a + (b - a) * share)) for a, b in pairs))


def _one_step_further(rest: QColor, hover: QColor) -> QColor:
    """Pressed goes on where hover stopped, half as far."""
    return _mixed(rest, hover, 1.5)
