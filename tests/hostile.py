"""Strings that have broken programs of this kind: one list, used by every test that lets words in."""

from __future__ import annotations

HOSTILE = (
    "<img src=x onerror=alert(1)>${1}",
    "</script><script>window.hits.push(1)</script>",
    "'; DROP TABLE person; --",
    '"><svg onload=alert(1)>',
    '=HYPERLINK("http://exemple.fr")',
    "+33 6 39 98 41 07\t\n\r\n",
    "@SUM(A1:A9)",
    "..\\..\\NUL",
    "nul\x00au\x01milieu\x7f",
    "\u202egnp.exe\u202c",
    "\u2066caché\u2069",
    "\ufeffBOM",
    "e\u0301le\u0300ve",
    "un\u2028deux\u2029trois",
    "\ud800 moitié de paire",
    "👩‍👩‍👧‍👦 famille",
    "%s %d {0} {name} ${HOME} `id` $(id)",
    "a" * 1_000_000,
    "\u0301" * 5_000,
    "   ",
    "",
)
