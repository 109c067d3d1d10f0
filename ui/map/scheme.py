"""`maillage://app/`: the only address the web view can reach, answered here from memory and from our own files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from appli.presenters.map_source import MapSource, page_file
from ui.map import bridge

NAME = b"maillage"
HOST = "app"
ROOT = QUrl(f"{NAME.decode()}://{HOST}/")

# 'self' is maillage://app. Leaflet empties a tile's picture with a data: address, hence the one exception.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; worker-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"Content-Security-Policy": POLICY.encode(),
    b"X-Content-Type-Options": b"nosniff",
    b"Referrer-Policy": b"no-referrer",
    b"Cache-Control": b"no-store",
}

JSON = b"application/json"
TYPES = {
    ".html": b"text/html;charset=utf-8",
    ".js": b"text/javascript",
    ".css": b"text/css",
    ".ttf": b"font/ttf",
}
CLEAR_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


class Answer(NamedTuple):
    """What a request gets."""

    content_type: bytes
    body: bytes


# The archives there are, and what stands for a tile they lack: an empty vector tile, a clear picture.
MISSING_TILE = {
    "fr": Answer(b"application/vnd.mapbox-vector-tile", b""),
    "relief": Answer(b"image/gif", CLEAR_PIXEL),
}
TILE_TYPE = {"fr": b"application/vnd.mapbox-vector-tile", "relief": b"image/webp"}


def register() -> None:
    """Make the scheme known; must be done once, before the first web profile exists."""
    if QWebEngineUrlScheme.schemeByName(NAME).name() == NAME:
        return
    scheme = QWebEngineUrlScheme(NAME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flags = QWebEngineUrlScheme.Flag
    scheme.setFlags(flags.SecureScheme | flags.CorsEnabled | flags.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers the page's requests and passes on its events."""

    said = Signal(bridge.Event)

    def __init__(self, source: MapSource, state: Callable[[], dict[str, object]]) -> None:
        super().__init__()
        self._source = source
        self._state = state

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Qt's call for each request."""
        try:
            answer = self._answer(job)
        except Exception:
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            raise
        if answer is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        # A value that is not a list makes Qt send a header of rubbish, and the policy protects nothing.
        headers = {QByteArray(name): [QByteArray(value)] for name, value in HEADERS.items()}
        job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]
        body = QBuffer(job)
        body.setData(answer.body)
        body.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(answer.content_type, body)

    def _answer(self, job: QWebEngineUrlRequestJob) -> Answer | None:
        url = job.requestUrl()
        if url.host() != HOST or not _from_our_page(job.initiator()):
            return None
        path = url.path()
        match bytes(job.requestMethod().data()):
            case b"POST":
                return self._event(path)
            case b"GET":
                return self._content(path)
        return None

    def _event(self, path: str) -> Answer | None:
        event = bridge.parse(path)
        if event is None:
            return None
        self.said.emit(event)
        return Answer(b"text/plain", b"")

    def _content(self, path: str) -> Answer | None:
        match path.strip("/").split("/"):
            case ["etat"]:
                return Answer(JSON, json.dumps(self._state()).encode())
            case ["donnees", "points"]:
                return Answer(JSON, self._source.points())
            case ["donnees", "fiche", record_id]:
                details = self._source.details(record_id)
                return None if details is None else Answer(JSON, json.dumps(dict(details)).encode())
            case ["donnees", "photo", record_id]:
                photo = self._source.photo(record_id)
                return None if photo is None else Answer(b"image/jpeg", photo)
            case ["tuiles", archive, z, x, y] if archive in MISSING_TILE:
                return self._tile(archive, z, x, y)
            case ["donnees" | "tuiles" | "evenement", *_]:
                return None
        return self._file(path.removeprefix("/") or "index.html")

    def _tile(self, archive: str, *place: str) -> Answer | None:
        if not all(number.isdecimal() and len(number) <= 7 for number in place):
            return None
        z, x, y = map(int, place)
        tile = self._source.tile(archive, z, x, y)
        return MISSING_TILE[archive] if tile is None else Answer(TILE_TYPE[archive], tile)

    def _file(self, name: str) -> Answer | None:
        content_type = TYPES.get(PurePosixPath(name).suffix)
        content = page_file(name) if content_type else None
        return Answer(content_type, content) if content_type and content is not None else None


def _from_our_page(initiator: QUrl) -> bool:
    """Our own first load has no initiator; any other request must come from our page."""
    return initiator.isEmpty() or (initiator.scheme(), initiator.host()) == (NAME.decode(), HOST)
