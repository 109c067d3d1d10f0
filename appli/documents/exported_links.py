"""Which words of a sheet become links, in a page that anybody may open: addresses of the web, of mail, of telephones.

What somebody typed decides neither the scheme nor what stands around the address: anything doubtful stays text.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"\+?[0-9][0-9\s.()/-]{3,24}[0-9]")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}", re.IGNORECASE)
_WEB = frozenset(("web", "blog", "social", "donation"))
_DIALLED = frozenset(("phone", "mobile"))
_SAFE = "/?=&;:@,+!~()*%#-._"


def link_to(text: str, role: str) -> str:
    """The address that a word of this role leads to; empty when it stays text."""
    text = text.strip()
    if role == "email":
        return f"mailto:{text}" if _MAIL.fullmatch(text) else ""
    if role in _DIALLED:
        return f"tel:{re.sub(r'[^0-9+]', '', text)}" if _PHONE.fullmatch(text) else ""
    return _web(text) if role in _WEB else ""


def _web(text: str) -> str:
    if not text.isprintable() or any(mark in text for mark in " \\<>\"'`{}|^"):
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return ""
    rest = quote(text.partition("://")[2].partition(parts.netloc)[2], safe=_SAFE)
    return f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}{rest}"
