"""Asks a server for the tiles a person looks at, once they agreed, and keeps them as long as the server allows.

The web view itself still reaches nothing but our scheme: it asks `/tuiles/en-ligne/…`, and the answer comes when the
server's does. So the program says who it is, keeps no cookie and follows nobody elsewhere. Without network, or when the
server gives no picture, the base map stays, and the map says why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkDiskCache, QNetworkReply, QNetworkRequest
from shiboken6 import isValid

from appli.presenters.online_map import REFUSED, SLOW, UNREACHABLE, WRONG

logger = logging.getLogger(__name__)

LARGEST_CACHE = 100 * 2**20
LARGEST_TILE = 2 * 2**20
PATIENCE_MS = 20_000
Request, Attribute = QNetworkRequest, QNetworkRequest.Attribute
Taken = Callable[[bytes], None]
Problem = QNetworkReply.NetworkError
TROUBLES = {
    Problem.TimeoutError: SLOW,
    Problem.OperationCanceledError: SLOW,  # what the transfer's own timeout ends with
    Problem.ContentAccessDenied: REFUSED,
    Problem.ContentOperationNotPermittedError: REFUSED,
    Problem.AuthenticationRequiredError: REFUSED,
    Problem.UnknownContentError: REFUSED,  # 429: too much was asked
    Problem.InsecureRedirectError: REFUSED,
    Problem.ContentNotFoundError: "",  # nothing is drawn there
}
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")


class OnlineTiles(QObject):
    """Made when a first tile is asked for: before anybody agreed, nothing here exists."""

    trouble = Signal(str)
    """Why no tile comes; empty as soon as one does again."""

    def __init__(self, cache: Path, agent: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._agent = agent
        self._in_trouble = False
        self._net = QNetworkAccessManager(self)
        self._net.setAutoDeleteReplies(True)
        self._net.setTransferTimeout(PATIENCE_MS)
        kept = QNetworkDiskCache(self._net)
        kept.setCacheDirectory(str(cache))
        kept.setMaximumCacheSize(LARGEST_CACHE)
        self._net.setCache(kept)

    def ask(self, address: str, job: QObject, taken: Taken) -> None:
        """`taken` gets the picture, or nothing; it is not called once the job is gone: nobody looks there any more."""
        request = Request(QUrl(address))
        request.setHeader(Request.KnownHeaders.UserAgentHeader, self._agent)
        # What the server still holds good is not asked again; nothing stale is shown as if it were.
        request.setAttribute(Attribute.CacheLoadControlAttribute, Request.CacheLoadControl.PreferNetwork)
        request.setAttribute(Attribute.RedirectPolicyAttribute, Request.RedirectPolicy.SameOriginRedirectPolicy)
        for attribute in (Attribute.CookieLoadControlAttribute, Attribute.CookieSaveControlAttribute):
            request.setAttribute(attribute, Request.LoadControl.Manual)
        reply = self._net.get(request)
        reply.downloadProgress.connect(lambda had, _total: reply.abort() if had > LARGEST_TILE else None)
        job.destroyed.connect(reply.abort)
        reply.finished.connect(lambda: self._came(reply, job, taken))

    def _came(self, reply: QNetworkReply, job: QObject, taken: Taken) -> None:
        problem = reply.error()
        if not isValid(job):
            return  # left behind: nobody waits for it
        tile = bytes(reply.readAll().data()) if problem == Problem.NoError else b""
        if problem != Problem.NoError:
            logger.info("online map: %s", problem.name)
            self._say(TROUBLES.get(problem, UNREACHABLE))
        else:
            self._say("" if tile.startswith(PICTURES) else WRONG)
        taken(tile)

    def _say(self, trouble: str) -> None:
        if trouble or self._in_trouble:
            self._in_trouble = bool(trouble)
            self.trouble.emit(trouble)
