"""A web view with everything closed: no disk, no network, no new window, no download, no permission, no clipboard.

The page shows names typed by anybody. The policy sent with it (scheme.py) keeps text from becoming
code; what is refused here is what code could still try.
"""

from __future__ import annotations

import logging
from collections import deque

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from ui.map import scheme

logger = logging.getLogger(__name__)

Attribute = QWebEngineSettings.WebAttribute
# Tiles are painted beside the page, and a picture may be handed over only where pictures may be read.
ALLOWED_ATTRIBUTES = {
    Attribute.AutoLoadImages,
    Attribute.JavascriptEnabled,
    Attribute.ReadingFromCanvasEnabled,
    Attribute.ShowScrollBars,
}


class Gate(QWebEngineUrlRequestInterceptor):
    """Lets through our own scheme, and pictures written in the page itself; remembers the last refusals."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: deque[str] = deque(maxlen=50)

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Qt's call before each request."""
        url = info.requestUrl()
        if is_ours(url) or url.scheme() == "data":
            return
        info.block(True)
        self.refused.append(url.toString())
        logger.warning("the map page asked for %s://%s: refused", url.scheme(), url.host())


def is_ours(url: QUrl) -> bool:
    """Whether an address is one of our own scheme."""
    return (url.scheme(), url.host()) == (scheme.NAME.decode(), scheme.HOST)


class MapPage(QWebEnginePage):
    """The one page; it goes nowhere and asks for nothing."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        close_settings(self.settings())
        self.permissionRequested.connect(_deny)
        self.certificateError.connect(_reject)

    def acceptNavigationRequest(
        self, url: QUrl | str, _type: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        """Only our page, only in the window itself."""
        return is_main_frame and QUrl(url) == scheme.ROOT

    def createWindow(self, _type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        """No other window."""
        return None

    def chooseFiles(self, *_arguments: object) -> list[str]:
        """No file leaves."""
        return []

    def javaScriptAlert(self, *_arguments: object) -> None:
        """No dialog of the page's."""

    def javaScriptConfirm(self, *_arguments: object) -> bool:
        """No dialog of the page's."""
        return False

    def javaScriptPrompt(self, *_arguments: object) -> tuple[bool, str]:
        """No dialog of the page's."""
        return False, ""

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        """The page's complaints go to our log."""
        if level != QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel:
            logger.warning("map page, %s line %d: %s", QUrl(source).fileName(), line, message)


def closed_profile(handler: scheme.SchemeHandler, gate: Gate) -> QWebEngineProfile:
    """A profile that keeps nothing (no storage name: cache, cookies and history stay in memory)."""
    profile = QWebEngineProfile()
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
    profile.setSpellCheckEnabled(False)
    profile.installUrlSchemeHandler(scheme.NAME, handler)
    profile.setUrlRequestInterceptor(gate)
    profile.downloadRequested.connect(_cancel)
    close_settings(profile.settings())
    return profile


def close_settings(settings: QWebEngineSettings) -> None:
    """Everything off but what the page needs, so that an attribute of a later Qt starts closed."""
    for attribute in Attribute:
        settings.setAttribute(attribute, attribute in ALLOWED_ATTRIBUTES)
    settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()


def _reject(error: QWebEngineCertificateError) -> None:
    error.rejectCertificate()


def _cancel(download: QWebEngineDownloadRequest) -> None:
    download.cancel()
