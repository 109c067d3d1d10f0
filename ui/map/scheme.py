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

from appli.presenters import online_map
from appli.presenters.map_source import MapSource, page_file
from ui.map import bridge
from ui.map.online import OnlineTiles

NAME = b"maillage"
HOST = "app"
ROOT = QUrl(f"{NAME.decode()}://{HOST}/")

# 'self' is maillage://app. Leaflet empties a tile's picture with a data: address, hence the one exception.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; worker-src 'self'; frame-ancestors 'none'"
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


Place = tuple[int, int, int]


class Answer(NamedTuple):
    """What a request gets."""

    content_type: bytes
    body: bytes


# What tiles are sent as, and what stands for one that a map lacks: an empty drawing, a clear picture.
VECTOR = "mvt"
TILE_TYPES = {
    VECTOR: b"application/vnd.mapbox-vector-tile",
    "png": b"image/png",
    "jpeg": b"image/jpeg",
    "webp": b"image/webp",
}
NO_DRAWING = Answer(TILE_TYPES[VECTOR], b"")
NO_PICTURE = Answer(b"image/gif", CLEAR_PIXEL)
ONLINE = "en-ligne"
"""What the page calls the online map."""


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
    online_trouble = Signal(str)
    """What to say of the online map; nothing when it is well."""

    def __init__(self, source: MapSource, state: Callable[[], dict[str, object]]) -> None:
        super().__init__()
        self._source = source
        self._state = state
        self._online: OnlineTiles | None = None

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Qt's call for each request."""
        try:
            if self._ask_online(job):
                return
            answer = self._answer(job)
        except Exception:
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            raise
        self._send(job, answer)

    def _send(self, job: QWebEngineUrlRequestJob, answer: Answer | None) -> None:
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
            case ["donnees", *what]:
                return self._data(what)
            case ["tuiles", archive, *place]:
                return self._tile(archive, _place(place))
            case ["tuiles" | "evenement", *_]:
                return None
        return self._file(path.removeprefix("/") or "index.html")

    def _data(self, what: list[str]) -> Answer | None:
        match what:
            case ["points", known] if known.isdecimal() and len(known) <= 9:
                return Answer(JSON, self._source.points(int(known)))
            case ["fiche", record_id]:
                details = self._source.details(record_id)
                return None if details is None else Answer(JSON, json.dumps(dict(details)).encode())
            case ["photo", record_id]:
                photo = self._source.photo(record_id)
                return None if photo is None else Answer(b"image/jpeg", photo)
            case ["couches"]:
                return Answer(JSON, self._source.layers_page())
            case ["couche", layer, row] if row.isdecimal() and len(row) <= 7:
                point = self._source.layer_point(layer, int(row))
                return None if point is None else Answer(JSON, json.dumps(dict(point)).encode())
            case ["fonds"]:
                return Answer(JSON, self._source.base.page())
        return None

    def _tile(self, archive: str, place: Place | None) -> Answer | None:
        kind = self._source.base.tile_type(archive)
        if kind not in TILE_TYPES or place is None:
            return None
        tile = self._source.base.tile(archive, *place)
        if tile is None:
            return NO_DRAWING if kind == VECTOR else NO_PICTURE
        return Answer(TILE_TYPES[kind], tile)

    def _ask_online(self, job: QWebEngineUrlRequestJob) -> bool:
        """Whether a request is one for the online map that somebody agreed to: its answer comes later."""
        match job.requestUrl().path().strip("/").split("/"):
            case ["tuiles", archive, *numbers] if archive == ONLINE and self._is_read(job):
                place = _place(numbers)
                address = self._source.base.online_address(*place) if place else None
                if address is None:
                    return False
                if self._online is None:
                    self._online = OnlineTiles(online_map.cache_folder(), online_map.user_agent(), self)
                    self._online.trouble.connect(lambda why: self.online_trouble.emit(online_map.trouble_words(why)))
                # Sent as a picture whatever it is: what is none cannot be decoded, and the base map shows.
                self._online.ask(address, job, lambda tile: self._send(job, _picture(tile)))
                return True
        return False

    @staticmethod
    def _is_read(job: QWebEngineUrlRequestJob) -> bool:
        ours = job.requestUrl().host() == HOST and _from_our_page(job.initiator())
        return ours and bytes(job.requestMethod().data()) == b"GET"

    def _file(self, name: str) -> Answer | None:
        content_type = TYPES.get(PurePosixPath(name).suffix)
        content = page_file(name) if content_type else None
        return Answer(content_type, content) if content_type and content is not None else None


def _place(numbers: list[str]) -> Place | None:
    if len(numbers) != 3 or not all(number.isdecimal() and len(number) <= 7 for number in numbers):
        return None
    z, x, y = map(int, numbers)
    return z, x, y


def _picture(tile: bytes) -> Answer:
    return Answer(TILE_TYPES["png"], tile) if tile else NO_PICTURE


def _from_our_page(initiator: QUrl) -> bool:
    """Our own first load has no initiator; any other request must come from our page."""
    return initiator.isEmpty() or (initiator.scheme(), initiator.host()) == (NAME.decode(), HOST)
