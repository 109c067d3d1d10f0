"""The exported page in a real browser: from the disk alone, with whatever people typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView

from appli.documents.exported_map import Edition, Fact, Sheet, Words, page
from appli.services.exported_map import base_tiles
from tests.hostile import HOSTILE
from tests.ui.map.conftest import FLORAC
from ui.map import engine, scheme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.webengine

EDITION = Edition("La Maille", "édition du 22 novembre 2026", ("Pour corriger une fiche : Odette.",))


class Counter(QWebEngineUrlRequestInterceptor):
    """Every address asked for but what stands in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme() != "data":
            self.asked.append(info.requestUrl().toString())


class Listening(QWebEnginePage):
    """Remembers what the console was told: a policy that refuses, a script that fails."""

    def __init__(self, profile: QWebEngineProfile, parent: QWebEngineView) -> None:
        super().__init__(profile, parent)
        self.complaints: list[str] = []

    def javaScriptConsoleMessage(self, _level: object, message: str, line: int, source: str) -> None:
        self.complaints.append(f"{source}:{line} {message}")


class Opened:
    """The page in a plain browser, as from a stick."""

    def __init__(self, file: Path, qtbot: QtBot) -> None:
        engine.prepare()  # this may be the first view of the process: what the other map needs is told before it
        scheme.register()
        self._qtbot = qtbot
        self.counter = Counter()
        self.profile = QWebEngineProfile()
        self.profile.setUrlRequestInterceptor(self.counter)
        self.view = QWebEngineView()
        self.page = Listening(self.profile, self.view)
        self.view.setPage(self.page)
        self.view.resize(1100, 700)
        self.view.show()
        self.view.load(QUrl.fromLocalFile(str(file)))
        self.wait_for("document.documentElement?.dataset.fond")

    def run(self, script: str) -> Any:
        answers: list[str] = []
        self.page.runJavaScript(f"JSON.stringify((() => {{ {script} }})() ?? null)", answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return json.loads(answers[0] or "null")

    def wait_for(self, condition: str) -> None:
        self._qtbot.waitUntil(lambda: bool(self.run(f"return Boolean({condition});")), timeout=20_000)

    def close(self) -> None:
        for kept in (self.view, self.profile):
            shiboken6.delete(kept)


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Opened]]:
    shown: list[Opened] = []

    def open_page(*sheets: Sheet) -> Opened:
        file = tmp_path / "carte.html"
        file.write_bytes(page(EDITION, sheets, base_tiles([FLORAC])))
        shown.append(Opened(file, qtbot))
        return shown[-1]

    yield open_page
    for one in shown:
        one.close()


def sheet(title: str, shape: str = "place", place: tuple[float, float] | None = FLORAC, **others: Any) -> Sheet:
    return Sheet(shape, "Lieu", title, "L-1", others.pop("line", ""), "Florac", place=place, **others)


def test_it_opens_from_the_disk_and_asks_for_nothing_else(opened: Callable[..., Opened], tmp_path: Path) -> None:
    shown = opened(sheet("Halle"), sheet("Atelier", "organization", (44.52, 3.5)), sheet("Ailleurs", place=None))
    assert shown.counter.asked == [QUrl.fromLocalFile(str(tmp_path / "carte.html")).toString()]
    assert shown.page.complaints == []
    assert sorted(
        shown.run("return [...document.querySelectorAll('.spot')].map(s => s.getAttribute('aria-label'))")
    ) == [
        "Lieu, Halle",
        "Structure, Atelier",
    ]
    painted = shown.run(
        "const c = document.querySelector('canvas.leaflet-tile');"
        "return new Set(c.getContext('2d').getImageData(0, 0, 256, 256).data).size;"
    )
    assert painted > 20, "the base map is drawn, with its relief"


def test_the_search_and_the_kinds_leave_list_and_map_in_step(opened: Callable[..., Opened]) -> None:
    shown = opened(sheet("Halle"), sheet("Forge Élise", "organization", (44.52, 3.5), line="soudure"))
    count = "document.querySelector('#compte').textContent"
    shown.run(
        "const s = document.querySelector('#chercher'); s.value = 'SOUD elise'; s.dispatchEvent(new Event('input'));"
    )
    assert shown.run(f"return {count}") == "1 fiche"
    assert shown.run("return document.querySelectorAll('.spot').length") == 1
    shown.run(
        "const s = document.querySelector('#chercher'); s.value = ''; s.dispatchEvent(new Event('input'));"
        "document.querySelector('#genres input[value=place]').click();"
    )
    assert shown.run(
        "return [...document.querySelectorAll('#liste > li:not([hidden]) h3')].map(h => h.textContent)"
    ) == ["Forge Élise"]
    shown.run("document.querySelectorAll('#liste h3 a')[1].click();")
    assert shown.run("return document.querySelector('.bulle h2').textContent") == "Forge Élise"
    shown.run("document.querySelector('.bulle .close').click();")
    assert shown.run("return document.querySelector('.bulle') === null && !document.querySelector('.choisie')")


def test_records_at_one_spot_are_listed(opened: Callable[..., Opened]) -> None:
    shown = opened(*(sheet(f"Fiche {n}") for n in range(12)))
    shown.run("document.querySelector('.spot').click();")
    assert shown.run("return document.querySelectorAll('.pile .row').length") == 12
    shown.run("document.querySelectorAll('.pile .row')[3].click();")
    assert shown.run("return document.querySelector('#liste .choisie h3').textContent") == shown.run(
        "return document.querySelector('.bulle h2').textContent"
    )


def test_hostile_words_are_text_in_list_popup_and_hint(opened: Callable[..., Opened]) -> None:
    texts = [text[:4000] for text in HOSTILE if text.strip()]
    sheets = [
        sheet(
            t,
            place=(44 + n / 50, 3 + n / 30),
            line=t,
            texts=(t,),
            facts=(Fact(t, (Words(t, "web"), Words(t, "email"))),),
        )
        for n, t in enumerate(texts)
    ]
    shown = opened(*sheets)
    for n in range(len(texts)):
        shown.run(f"document.querySelectorAll('#liste h3 a')[{n}].click();")
        assert shown.run(
            f"return document.querySelector('.bulle h2').textContent === "
            f"document.querySelectorAll('#liste h3')[{n}].textContent"
        )
    assert shown.run("return document.querySelectorAll('#liste > li').length") == len(texts)
    assert shown.run("return window.hits ?? null") is None
    assert len(shown.counter.asked) == 1
    assert shown.page.complaints == []


def test_the_policy_refuses_what_text_could_never_write_but_somebody_might(
    opened: Callable[..., Opened], qtbot: QtBot
) -> None:
    """Were markup to come in some day, it would still not run: this page must be seen to refuse it."""
    shown = opened(sheet("Halle"))
    shown.run(
        "const s = document.createElement('script'); s.textContent = 'window.hits = 1'; document.body.append(s);"
        "const i = new Image(); i.src = 'https://example.org/x.png'; document.body.append(i);"
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"window.hits = 2\" id=piege>x</b>');"
        "document.getElementById('piege').click();"
    )
    qtbot.waitUntil(lambda: len(shown.page.complaints) >= 3, timeout=10_000)
    assert shown.run("return window.hits ?? null") is None
    assert len(shown.counter.asked) == 1
