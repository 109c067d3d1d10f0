"""`python -m tests.bench.child_printing WHAT FOLDER [MODEL]`: one printing in a process of its own.

imprimer     seconds to make the document of MODEL[+photos] from an open directory, its modules loaded; keeps in FOLDER
             what the template read
plancher     seconds of the engine alone on those very data, pictures and template
weasyprint   seconds of WeasyPrint on the same sheets: two columns, running heads, indexes with pages

Each prints seconds by the wall and of the processor, then the number of pages.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

KEPT = "imprime"


Took = tuple[float, float, int]
"""Seconds by the wall and of the processor, pages."""


def main(what: str, folder: str, model: str = "directory") -> None:
    """One of them."""
    print(*{"imprimer": _ours, "plancher": _engine, "weasyprint": _weasyprint}[what](Path(folder), model))


def _ours(folder: Path, model: str) -> Took:
    import typst  # noqa: F401 — a window has it loaded after the first preview

    from appli.app import open_directory
    from appli.documents import pages, typesetting  # noqa: F401
    from appli.services.printing import annuaire, on_paper, printing  # noqa: F401
    from appli.services.printing.edition import new_edition

    code, _plus, photos = model.partition("+")
    edition = replace(new_edition(code), paper="a4", options={"photos": True} if photos else {})
    directory = open_directory(folder)
    begun, spent = time.perf_counter(), time.process_time()
    printed = printing.print_edition(directory, edition)
    took = time.perf_counter() - begun, time.process_time() - spent
    job = printing.job_of(directory, edition)
    data, _missing = printing.data_of(job)
    pictures, places = typesetting.in_one(job.pictures)
    kept = folder / KEPT / model
    kept.mkdir(parents=True, exist_ok=True)
    (kept / typesetting.PICTURES).write_bytes(pictures)
    (kept / "pictures.json").write_bytes(places)
    (kept / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    directory.close()
    return *took, printed.pages


def _engine(folder: Path, model: str) -> Took:
    import typst

    from appli import resources
    from appli.documents import typesetting
    from appli.documents.pages import count_pages
    from appli.services.printing.models import MODELS

    kept = folder / KEPT / model
    read = {name: (kept / name).read_bytes() for name in ("data.json", "pictures.json")}
    files: dict[str, Any] = typesetting.sources(MODELS[model.partition("+")[0]].template, read)
    begun, spent = time.perf_counter(), time.process_time()
    pdf = typst.compile(
        files, root=kept, font_paths=[resources.path("polices")], ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )  # fmt: skip
    return time.perf_counter() - begun, time.process_time() - spent, count_pages(pdf)


_STYLE = """
@page { size: A4; margin: 18mm; @top-right { content: string(name) } @bottom-right { content: counter(page) } }
body { font: 8.8pt "Atkinson Hyperlegible Next", sans-serif; columns: 2 }
article { break-inside: avoid; border-bottom: .4pt solid #999; padding: .5em 0 }
b { string-set: name content() } .right { float: right; text-align: right }
.index a::after { content: leader(".") target-counter(attr(href), page) }
"""


def _weasyprint(folder: Path, model: str) -> Took:
    import weasyprint  # not of this program: see `yardsticks_printing`

    data = json.loads((folder / KEPT / model / "data.json").read_text("utf-8"))
    begun, spent = time.perf_counter(), time.process_time()
    made = weasyprint.HTML(string=_page(data)).render(pdf_variant="pdf/ua-1")
    made.write_pdf()
    return time.perf_counter() - begun, time.process_time() - spent, len(made.pages)


def _page(data: dict[str, Any]) -> str:
    sheets = [sheet for section in data["sections"] for group in section["groups"] for sheet in group["sheets"]]
    body = "".join(
        f'<article id="s{s["id"]}"><div class="right">{escape(s["commune"])}<br>'
        f"{'<br>'.join(escape(c['value']) for c in s['contacts'])}</div><b>{escape(s['title'])}</b><br>"
        f"{escape(s['second'])}<br>{escape(', '.join(s['skills']))}<br>{escape(s['summary'])}</article>"
        for s in sheets
    )
    indexes = "".join(
        f"<h1>{escape(index['title'])}</h1>"
        + "".join(f'<div class="index">{escape(e["label"])} ' + _links(e["ids"]) + "</div>" for e in index["entries"])
        for index in data["indexes"]
    )
    title = escape(data["front"]["title"])
    return f"<html lang=fr><title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>{body}{indexes}</html>"


def _links(ids: list[str]) -> str:
    return ", ".join(f'<a href="#s{sheet}"></a>' for sheet in ids)


if __name__ == "__main__":
    main(*sys.argv[1:])
