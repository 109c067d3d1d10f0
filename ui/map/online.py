"""Asks a server for the tiles a person looks at, once they agreed, and keeps them as long as the server allows.

The web view itself still reaches nothing but our scheme: it asks `/tuiles/en-ligne/…`, and the answer comes when the
server's does. So the program says who it is, keeps no cookie and follows nobody elsewhere. Without network the base map
stays.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkDiskCache, QNetworkReply, QNetworkRequest
from shiboken6 import isValid

logger = logging.getLogger(__name__)

LARGEST_CACHE = 100 * 2**20
LARGEST_TILE = 2 * 2**20
PATIENCE_MS = 20_000
Request, Attribute = QNetworkRequest, QNetworkRequest.Attribute
Taken = Callable[[bytes], None]


class OnlineTiles(QObject):
    """Made when a first tile is asked for: before anybody agreed, nothing here exists."""

    def __init__(self, cache: Path, agent: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._agent = agent
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
        reply.finished.connect(lambda: _came(reply, job, taken))


def _came(reply: QNetworkReply, job: QObject, taken: Taken) -> None:
    problem = reply.error()
    if problem != QNetworkReply.NetworkError.NoError:
        logger.info("online map: %s", problem.name)
    if isValid(job):
        taken(bytes(reply.readAll().data()) if problem == QNetworkReply.NetworkError.NoError else b"")
