"""QR codes are read back by another library than the one that draws them."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from appli.documents.qr import qr_svg


def test_the_drawing_names_no_other_file() -> None:
    assert qr_svg("P-7K3F2Q-W").startswith("<svg xmlns=")
    assert "href" not in qr_svg("x")


@pytest.mark.parametrize("text", ["P-7K3F2Q-W", "https://exemple.fr/é?a=1", "BEGIN:VCARD\r\nFN:Élise\r\nEND:VCARD"])
def test_another_library_reads_it(text: str) -> None:
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix
    drawn = qr_svg(text)
    side = len(matrix)
    assert f'width="{side}"' in drawn
    image = Image.new("L", ((side + 8) * 8,) * 2, 255)
    pen = ImageDraw.Draw(image)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                pen.rectangle([(x + 4) * 8, (y + 4) * 8, (x + 5) * 8 - 1, (y + 5) * 8 - 1], fill=0)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    (found,) = zxingcpp.read_barcodes(Image.open(kept))
    assert found.text == text
