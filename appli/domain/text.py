"""How Maillage reads French writing: folded for search, sorted for lists, cleaned at the border.

One folding serves the index, the query and the underlining of found words, so that what is found is
what is shown. Standard library only: the first paint loads this module.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from appli.domain.trades import families

# --- folding -------------------------------------------------------------------------------------

_LETTERS = {
    "œ": "oe",
    "æ": "ae",
    "þ": "th",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŧ": "t",
}
_HIDDEN_SPACE = "\u200b"  # the other invisible characters join letters
_ACRONYM = r"(?:[^\W\d_]\.){2,}[^\W\d_]\b\.?"  # S.C.O.P. is SCOP; J.-P. and J.P. stay initials
_DOTTED = re.compile(rf"\b{_ACRONYM}")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def fold(text: str) -> str:
    """Lower-case words without accents, ligatures or punctuation; « St » is « saint »."""
    return " ".join(filter(None, map(_fold_piece, text.split())))


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(fold(text).split())


@lru_cache(maxsize=20_000)
def _fold_piece(piece: str) -> str:
    """Between two spaces there may be several words (« Saint-Chély-d’Apcher »), or none."""
    if piece.isascii() and piece.isalnum():
        word = piece.lower()  # most words: nothing in them to take off
        return _SAINTS.get(word, word)
    return " ".join(_SAINTS.get(word, word) for word in _letters(piece))


def _letters(text: str) -> list[str]:
    text = _DOTTED.sub(lambda m: m[0].replace(".", ""), unicodedata.normalize("NFC", text))
    return "".join(map(_fold_character, text)).split()


@lru_cache(maxsize=2_000)
def _fold_character(char: str) -> str:
    decomposed = unicodedata.normalize("NFKD", char).casefold()
    return "".join(_LETTERS.get(c) or _plain(c) for c in decomposed)


def _plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isalnum():
        return char
    category = unicodedata.category(char)
    joins = category[0] == "M" or (category == "Cf" and char != _HIDDEN_SPACE)
    return "" if joins else " "


# --- sorting -------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\d+")
_MARKED = re.compile(r"[^\x00-\x7f]")
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0328\u0327\u0304"
_FARTHEST = 0x7FF


def sort_key(text: str) -> str:
    """A string whose plain order is the French order: letters, then accents; numbers by value.

    cote < coté < côte < côté; « 2 » < « 10 »; punctuation and case count for nothing; œ is oe.
    """
    keys = [_piece_key(piece) for piece in text.split()]
    letters = " ".join([letters for letters, _accents in keys if letters])
    accents = "\x02".join([accents for _letters, accents in keys]).rstrip("\x02")
    return f"{letters}\x01{accents}" if accents else letters


@lru_cache(maxsize=20_000)
def _piece_key(piece: str) -> tuple[str, str]:
    """Of what stands between two spaces: the letters, and which accents they carry where."""
    letters = _NUMBER.sub(lambda m: _number_key(m[0]), _fold_piece(piece))
    if piece.isascii():
        return letters, ""
    composed = unicodedata.normalize("NFC", piece)
    # the first difference from the left decides; no accent there is less than any
    accents = [
        chr(max(_FARTHEST - found.start(), 0x100)) + accent
        for found in _MARKED.finditer(composed)
        if (accent := _accent(found[0]))
    ]
    return letters, "".join(accents)


def _number_key(digits: str) -> str:
    value = digits.lstrip("0")
    return "9" * (len(value) // 9) + str(len(value) % 9) + value


@lru_cache(maxsize=2_000)
def _accent(char: str) -> str:
    """How a letter differs from the plain one; nothing for what is no letter."""
    if char in "œæŒÆ":
        return "!"
    marks = unicodedata.normalize("NFD", char)[1:] if char.isalpha() else ""
    return "".join(chr(0x23 + _MARKS.find(mark)) for mark in marks)


# --- cleaning ------------------------------------------------------------------------------------

_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\n]+")
_LINE_END = re.compile(r"[ \t]+\n")


def clean(text: str, limit: int, *, lines: bool = False) -> str:
    """What may enter the directory: composed letters, no control or direction character."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()[:limit].strip()  # nearly every text; printable leaves out all that follows
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    text = _LINE_END.sub("\n", text.replace("\t", " ")) if lines else _BLANKS.sub(" ", text)
    return text.strip()[:limit].strip()


# --- searching -----------------------------------------------------------------------------------

_SMALL_WORDS = frozenset(
    """
    a au aux avec ce ces chez d dans de des du en et est j je l la le les leur leurs m mes mon n nos
    notre ou par pour qu que qui s sa se ses son sur t the un une vers y
    """.split()
)
MOST_TERMS = 12
_LONGEST_TERM = 40


class Term(NamedTuple):
    """One thing looked for: a word that begins so, is exactly so, or is of the same trade."""

    starts: tuple[str, ...]
    exact: tuple[str, ...]
    families: tuple[str, ...]

    def finds(self, word: str) -> bool:
        """Whether a folded word answers this term."""
        return (
            word.startswith(self.starts)
            or word in self.exact
            or (bool(self.families) and not set(self.families).isdisjoint(families(word)))
        )


@lru_cache(maxsize=256)
def terms(query: str) -> tuple[Term, ...]:
    """What a query looks for, all of it; « de », « l » … count only when nothing else is typed."""
    typed = list(dict.fromkeys(_letters(query[:1000])))
    telling = [word for word in typed if word not in _SMALL_WORDS] or typed[-1:]
    return tuple(_term(word, last=word == typed[-1]) for word in telling[:MOST_TERMS])


def _term(typed: str, *, last: bool) -> Term:
    saint = _SAINTS.get(typed)
    word = (saint or typed)[:_LONGEST_TERM]
    starts = (typed, word) if saint and last else (word,)  # « st » may become « stock »
    singular = (word[:-1],) if len(word) > 3 and word[-1] in "sx" else ()
    return Term(starts, singular, families(word))


_WORD = re.compile(rf"{_ACRONYM}|(?:[^\W_]|[\u0300-\u036f\u00ad])+")


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Spans of the words of `text` that answer the query, so that the list can underline them."""
    wanted = terms(query)
    if not wanted:
        return []
    return [
        found.span()
        for found in _WORD.finditer(text)
        if any(term.finds(word) for word in words(found[0]) for term in wanted)
    ]
