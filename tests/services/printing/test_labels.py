"""Labels stand where the sheet from the shop has them; a whole address, or none."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.printing.edition import new_edition
from appli.services.printing.label_sheets import CARD_SHEETS, LABEL_SHEETS, LabelSheet
from appli.services.printing.printing import print_edition
from tests.services.printing.test_printing import made, text_of

MM = 25.4 / 72


def settle(directory: Directory, count: int) -> None:
    for n in range(count):
        made(
            directory,
            "person",
            name=f"Personne{n:02}",
            **{"address.street": f"{n} rue Basse", "commune": "Mende", "address.postcode": "48000"},
        )


def rectangles(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Of each page: left, top, width, height of every rectangle drawn with a line, in millimetres from the top left."""
    found: list[list[tuple[float, float, float, float]]] = []
    reader = PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        height = float(page.mediabox.height)
        boxes: list[tuple[float, float, float, float]] = []
        matrices: list[list[float]] = [[1, 0, 0, 1, 0, 0]]
        path: list[tuple[float, float]] = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            _step(operator, [float(o) for o in operands if isinstance(o, int | float)], matrices, path, boxes, height)
        found.append(boxes)
    return found


def _step(
    operator: bytes,
    numbers: list[float],
    matrices: list[list[float]],
    path: list[tuple[float, float]],
    boxes: list[tuple[float, float, float, float]],
    height: float,
) -> None:
    match operator:
        case b"q":
            matrices.append(list(matrices[-1]))
        case b"Q":
            matrices.pop()
        case b"cm":
            matrices[-1] = _product(numbers, matrices[-1])
        case b"m" | b"l":
            path.append(_moved(matrices[-1], *numbers))
        case b"re":
            x, y, wide, high = numbers
            path += [_moved(matrices[-1], x, y), _moved(matrices[-1], x + wide, y + high)]
        case b"S" | b"s":
            if len(path) >= 2:
                xs, ys = [x for x, _y in path], [y for _x, y in path]
                size = (max(xs) - min(xs)) * MM, (max(ys) - min(ys)) * MM
                boxes.append((min(xs) * MM, (height - max(ys)) * MM, *size))
            path.clear()
        case b"n" | b"f" | b"f*":
            path.clear()


def _moved(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def _product(first: list[float], second: list[float]) -> list[float]:
    a, b, c, d, e, f = first
    origin = _moved(second, e, f)
    turned = [*second[:4], 0.0, 0.0]
    return [*_moved(turned, a, b), *_moved(turned, c, d), *origin]


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=lambda sheet: sheet.code)
def test_labels_fall_within_a_tenth_of_a_millimetre(one: Directory, sheet: LabelSheet) -> None:
    settle(one, 3)
    options = {"sheet": sheet.code, "frames": True, "first": 2, "shift_x": 1.5, "shift_y": -0.5}
    printed = print_edition(one, replace(new_edition("labels"), options=options))
    (boxes,) = rectangles(printed.pdf)
    assert len(boxes) == printed.records == 3
    for place, (left, top, width, height) in enumerate(boxes, 1):
        x, y = sheet.corner(place)
        assert (left, top) == pytest.approx((x + 1.5, y - 0.5), abs=0.1)
        assert (width, height) == pytest.approx((sheet.width, sheet.height), abs=0.1)


@pytest.mark.parametrize("sheet", [*LABEL_SHEETS.values(), *CARD_SHEETS.values()], ids=lambda sheet: sheet.code)
def test_a_sheet_of_labels_lies_on_its_paper(sheet: LabelSheet) -> None:
    x, y = sheet.corner(sheet.count - 1)
    assert x + sheet.width <= 210.05
    assert y + sheet.height <= 297.05
    assert sheet.step_x >= sheet.width
    assert sheet.step_y >= sheet.height


def test_a_sheet_begun_is_finished(one: Directory) -> None:
    settle(one, 4)
    printed = print_edition(one, replace(new_edition("labels"), options={"first": 20}))
    assert printed.pages == 2


def test_a_label_is_an_address_or_is_not(one: Directory) -> None:
    made(one, "person", name="Sans Rue", commune="Mende")
    made(one, "person", name="Odette Vanel", **{"address.lieu_dit": "Le Mas", "commune": "Langogne"})
    printed = print_edition(one, new_edition("labels"))
    text = text_of(printed.pdf)
    assert printed.records == 1
    assert "48300 LANGOGNE" in text, "its only postcode"
    assert "Sans Rue" not in text


def test_nobody_who_refused_letters_gets_one(one: Directory) -> None:
    settle(one, 2)
    person = made(one, "person", name="Odette Vanel", **{"address.street": "1 rue Haute", "commune": "Mende"})
    note_consent(one, person, [Answer("letters", False)])
    printed = print_edition(one, new_edition("labels"))
    assert printed.records == 2
    assert "Vanel" not in text_of(printed.pdf)


@pytest.mark.parametrize("model", ["badges", "labels"])
def test_a_name_of_300_letters_stays_on_its_badge(one: Directory, model: str) -> None:
    made(one, "person", name="Anne" * 75, **{"address.street": "1 rue Haute", "commune": "Mende"})
    printed = print_edition(one, replace(new_edition(model), options={"frames": True}))
    lines = text_of(printed.pdf).splitlines()
    assert "Anne" * 75 in "".join(lines).replace(" ", "")
    assert max(map(len, lines)) < 80, "cut into lines, not run over the edge"
