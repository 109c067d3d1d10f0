"""QR codes for printed things: what a telephone reads beside what a person reads."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str) -> str:
    """An SVG drawing, one unit a module, without the quiet zone; medium correction: a fold or a stain is forgiven."""
    made = io.BytesIO()
    segno.make(text, error="m", micro=False).save(made, kind="svg", border=0, xmldecl=False, svgns=True, nl=False)
    return made.getvalue().decode()
