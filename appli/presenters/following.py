"""Which values of a sheet may be followed, and where to. A record comes from anybody: only plain addresses pass."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_PHONES = {"phone", "mobile"}
_WEB = {"web", "blog", "social", "donation"}
_ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]?&%]+@[^\s@<>(),;:\"\\\[\]?&%]+\.[^\s@<>(),;:\"\\\[\]?&%.]+")
_POSITION = re.compile(r"(-?\d{1,2}(?:[.,]\d+)?)\s*[;,]\s+(-?\d{1,3}(?:[.,]\d+)?)")
_DANGEROUS = re.compile(r"[\s\x00-\x1f\x7f\\<>\"`{}|^]")


def target(kind: str, text: str) -> str:
    """The address a value leads to: https, http, mailto, tel or geo; empty for all that does not lead anywhere."""
    text = text.strip()
    if kind in _PHONES:
        return _phone(text)
    if kind == "email" or (kind == "mailing_list" and "@" in text):
        return f"mailto:{quote(text, safe='@+')}" if _ADDRESS.fullmatch(text) else ""
    if kind in _WEB or kind == "mailing_list":
        return _web(text)
    if kind == "position":
        found = _POSITION.fullmatch(text)
        return f"geo:{found[1].replace(',', '.')},{found[2].replace(',', '.')}" if found else ""
    return ""


def _phone(text: str) -> str:
    digits = "".join(c for c in text if c in "0123456789")
    plus = "+" if text.startswith("+") else ""
    return f"tel:{plus}{digits}" if len(digits) >= 3 and not re.search(r"[^\d\s+().\-/\u00a0\u202f]", text) else ""


def _web(text: str) -> str:
    if _DANGEROUS.search(text):
        return ""
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    # « https://banque.example@ailleurs.example » leads elsewhere than it seems
    plain = parts.scheme in ("https", "http") and "@" not in parts.netloc and "." in host
    return url if plain else ""
