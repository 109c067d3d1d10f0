"""The directory on paper, as a ratio to the engine alone on the same template and data: what the rest costs.

WeasyPrint, which nothing here uses, stands beside it for the directory of 500 people when it is installed.
"""

from __future__ import annotations

import importlib.util
import io
import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from PIL import Image

from appli.domain.changes import Change, Create
from appli.domain.ids import RecordId, new_id
from tests.bench.children import figures
from tests.bench.measure import Measure
from tests.builders import people

CHILD = "tests.bench.child_printing"
ABSENT = "non installé"
_MOST = 1.3


def printing_alone(*, small: bool) -> Iterator[Measure]:
    """The measures of paper, in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as name:
        os.environ["MAILLAGE_CONFIG"] = str(Path(name) / "config")
        yield from printing_measures(Path(name), small=small)


def printing_measures(folder: Path, *, small: bool) -> Iterator[Measure]:
    """People with indexes, then with photos; the budgets are those of 2,000 and of 500 with photos."""
    rounds = 1 if small else 5
    for many in (100,) if small else (500, 2_000, 5_000):
        place = _filled(folder / f"papier{many}", many)
        pairs = _pairs(folder, place, "directory", rounds)
        yield _ratio(f"annuaire de {many} personnes avec index", pairs, _MOST if many == 2_000 else 0)
        if many == 500:
            yield _weasyprint(folder, place, min(ours[0] for ours, _floor in pairs))
    many = 40 if small else 500
    place = _filled(folder / "visages", many, photos=True)
    first, *_rest = figures(folder, [CHILD, "imprimer", str(place), "trombinoscope"], 900)
    for what, model in (("annuaire", "directory+photos"), ("trombinoscope", "trombinoscope")):
        pairs = _pairs(folder, place, model, rounds)
        yield _ratio(f"{what} de {many} personnes avec photos", pairs, _MOST)
    yield Measure("  la première fois, vignettes comprises", first, "s", "", True)


Took = list[float]
"""Seconds by the wall and of the processor, pages."""


def _pairs(folder: Path, place: Path, model: str, rounds: int) -> list[tuple[Took, Took]]:
    """Ours and the engine alone, one right after the other: a machine that slows down slows both."""
    return [
        (figures(folder, [CHILD, "imprimer", str(place), model], 900),
         figures(folder, [CHILD, "plancher", str(place), model], 900))
        for _turn in range(rounds)
    ]  # fmt: skip


def _ratio(what: str, pairs: list[tuple[Took, Took]], most: float) -> Measure:
    """The middle one of the pairs; the seconds told are the least of each."""
    ratio, processor = (median(ours[at] / floor[at] for ours, floor in pairs) for at in (0, 1))
    least, least_floor = (min(took[0] for took in some) for some in zip(*pairs, strict=True))
    detail = (
        f"{least:.2f} s pour {least_floor:.2f} s du moteur seul ; {processor:.2f} × au processeur ; "
        f"{int(pairs[0][0][2])} pages"
    )
    return Measure(what, ratio, "×", f"≤ {most:g} ×" if most else "", not most or ratio <= most, detail)


def _weasyprint(folder: Path, place: Path, ours: float) -> Measure:
    what = "  WeasyPrint, les mêmes fiches"
    if importlib.util.find_spec("weasyprint") is None:
        return Measure(what, 0, "", "", True, ABSENT)
    took, _processor, pages = figures(folder, [CHILD, "weasyprint", str(place), "directory"], 900)
    return Measure(what, took / ours, "×", "", True, f"{took:.1f} s pour {ours:.2f} s de Maillage, {int(pages)} pages")


# --- what is printed --------------------------------------------------------------------------------------------------


def _filled(place: Path, many: int, *, photos: bool = False) -> Path:
    from appli.app import open_directory
    from appli.services.spaces import SpaceFacts, found

    directory = open_directory(place)
    found(directory, SpaceFacts("Réseau d’essai"))
    changes = list(people(many))
    directory.do("Essai", changes)
    if photos:
        ids = [change.id for change in changes if change.kind == "person"]
        directory.do("Photos", list(_photos(directory, ids)))
    directory.close()
    return place


def _photos(directory: object, ids: list[RecordId]) -> Iterator[Change]:
    """A photo and a yes for each."""
    from appli.services.directory import Directory

    assert isinstance(directory, Directory)
    noise = Image.effect_noise((1200, 1600), 90)
    for at, (person, moment) in enumerate(zip(ids, count(1_795_163_400_000), strict=False)):
        kept = io.BytesIO()
        noise.crop((at % 200, at % 90, at % 200 + 900, at % 90 + 1200)).save(kept, "JPEG", quality=70)
        name = directory.store.photos.put(kept.getvalue())
        yield Create(new_id(moment), "photo", {"owner": person.hex(), "sha256": name, "audience": 20})
        answer = {"owner": person.hex(), "purpose": "photo", "given": True, "on": "2026-11-22"}
        yield Create(new_id(moment), "consent", answer)
