"""Names as French prints them: registers write « Saint-Chély-d'Apcher » with the typewriter's signs."""

from __future__ import annotations

import re

_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")


def typeset(name: str) -> str:
    """The apostrophe of letters and the dash between two names; nothing else changes."""
    if "'" in name:
        name = _STRAIGHT.sub("’", name)
    return name.replace(" - ", " – ")


# --- on paper ---------------------------------------------------------------------------------------------------------

_NARROW, _FIXED = "\u202f", "\u00a0"
_SPACES = r"(?<![ \u00a0\u202f])[ \u00a0\u202f]+"
_ADDRESS = re.compile(r"://|@|\bwww\.|\.[a-z]{2,12}/", re.IGNORECASE)
"""What makes a word an address of the web or of mail: no sign of it is a sign of a sentence."""
_TOUCHED = re.compile(r"['«»;!?:°]|(?:\d|1er)[ \u00a0][%€a-zéû]|\bM|\bDr")
_END = r"(?=[\s)\]»”\"’']|$)"
_TITLES = "|".join(rf"(?<=\b{title})" for title in (r"M\.", "Mme", "Mlle", "Dr"))
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[^\W\d_])'(?=[\w«“])", "’"),
        (_SPACES + r"(?=[;!?]+" + _END + ")", _NARROW),
        (r"(?<=[^\W_])(?=[;!?]+" + _END + r")|(?<=[)\]»”])(?=[;!?])", _NARROW),
        (_SPACES + r"(?=:(?:\s|$))|(?<=[^\W_])(?=:(?:\s|$))|(?<=[)\]»”])(?=:)", _FIXED),
        (r"«[ \u00a0\u202f]*(?=\S)", "«" + _FIXED),
        (r"(?:(?<=[^\s«])|" + _SPACES + ")»", _FIXED + "»"),
        (r"(?<=\d) (?=(?:%|€|[kcm]?m²|(?:[kcm]m|kg|g|ha|h|min|l)\b))", _FIXED),
        (r"(?<=\d\u00a0h) (?=\d)|(?<=\b[nN]°) ?(?=\d)", _FIXED),
        (rf"(?:{_TITLES}) (?=[A-ZÀ-Ý])", _FIXED),
        (rf"(?:(?<=\b\d)|(?<=\b\d\d)|(?<=\b1er)) (?=(?:{_MONTHS})\b)", _FIXED),
    )
)
_RUN = re.compile(r"(?<!\d)0[1-9]\d{8}(?!\d)")


def french(text: str) -> str:
    """A text as French prints it: only spaces and apostrophes change, and nothing in an address."""
    if not _TOUCHED.search(text):
        return text
    kept, start = [], 0
    for word in re.finditer(r"\S+", text):
        if _ADDRESS.search(word[0]):
            kept += [_sentence(text[start : word.start()]), word[0]]
            start = word.end()
    return "".join([*kept, _sentence(text[start:])])


def _sentence(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def telephone(text: str) -> str:
    """A number in pairs: « 0639984107 » is read « 06 39 98 41 07 »."""
    return _RUN.sub(lambda found: " ".join(found[0][at : at + 2] for at in range(0, 10, 2)), text)
