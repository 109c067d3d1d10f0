"""Which encoding a text file is in: the marks first, then UTF-8, then the French eight-bit ones told apart.

Windows-1252, Latin-9, Mac Roman and DOS 850 all decode almost anything; what tells them apart is whether the bytes
above 127 become letters that French puts there. Statistics of a library come last, for other languages.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from appli.formats import refusals
from appli.i18n import N_

ENCODINGS: Mapping[str, str] = {
    "utf-8": N_("Unicode (UTF-8)"),
    "cp1252": N_("Windows (Europe de l’Ouest)"),
    "iso8859-15": N_("Latin-9 (Linux ancien)"),
    "mac-roman": N_("Macintosh ancien"),
    "cp850": N_("MS-DOS"),
    "utf-16": N_("Unicode (UTF-16)"),
}
"""What the wizard offers when the guess is wrong."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1252", "iso8859-15", "mac-roman", "cp850")
"""In order of likelihood: the first wins a tie."""

_FRENCH = frozenset("éèêëàâäùûüîïôöçœæÿñÉÈÊËÀÂÄÙÛÜÎÏÔÖÇŒÆŸ")
_MARKS = frozenset("’‘“”«»–—…€°²·•\xa0\u202fºª§´")
_AROUND = re.compile(rb"[\x00-\x7f]?[\x80-\xff]+[\x00-\x7f]?")
_SAMPLES = 4_000


def detect(data: bytes) -> str:
    """The encoding of this text, by its Python name."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    zeros = data[:4096].count(0)
    if zeros > len(data[:4096]) // 5:
        return "utf-16-le" if data[1:4096:2].count(0) * 2 > zeros else "utf-16-be"
    if _mostly_utf8(data):
        return "utf-8"
    return _eight_bit(data)


@dataclass(frozen=True, slots=True)
class Decoding:
    """How some bytes become text."""

    encoding: str
    errors: str

    def open(self, data: bytes) -> TextIO:
        """The text, decoded as it is read; line ends are left as they are."""
        codec = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
        return io.TextIOWrapper(io.BytesIO(data), codec, self.errors, newline="")


def decoding(data: bytes, asked: str | None = None) -> Decoding:
    """The encoding asked for, which must then fit everywhere, or else the one the bytes suggest."""
    if asked is None:
        found = detect(data)
        return Decoding(found, _MIXED if found == "utf-8" else "replace")
    try:
        codec = codecs.lookup(asked).name
        _check(data, codec)
    except (LookupError, UnicodeError, ValueError):
        raise refusals.unreadable_encoding(asked) from None
    return Decoding(codec, "strict")


def _check(data: bytes, codec: str) -> None:
    b" ".decode(codec)  # refuses codecs of something else than text
    decoder = codecs.getincrementaldecoder(codec)("strict")
    for start in range(0, len(data), 1 << 20):
        decoder.decode(data[start : start + (1 << 20)])
    decoder.decode(b"", final=True)


_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8, but for a line or two pasted in from an older list."""
    try:
        _check(data, "utf-8")
    except UnicodeDecodeError:
        sequences = len(_UTF8_SEQUENCE.findall(data))
        strays = len(re.findall(rb"[\x80-\xff]", _UTF8_SEQUENCE.sub(b"", data)))
        return sequences > 10 * strays
    return True


_MIXED = "maillage.mixed"


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_MIXED, _stray_byte)


def _eight_bit(data: bytes) -> str:
    places = [found[0] for _n, found in zip(range(_SAMPLES), _AROUND.finditer(data), strict=False)]
    scores = {encoding: sum(_score(place, encoding) for place in places) for encoding in _EIGHT_BIT}
    best = max(_EIGHT_BIT, key=lambda encoding: scores[encoding])
    if scores[best] * 2 < len(places) or _mostly_accents(data[:200_000]):
        return _by_statistics(data[:200_000]) or best
    return best


def _mostly_accents(sample: bytes) -> bool:
    """More letters above 127 than below: no French, whatever the encoding."""
    above = len(re.findall(rb"[\x80-\xff]", sample))
    return above > 30 and above > len(re.findall(rb"[A-Za-z]", sample))


def _score(place: bytes, encoding: str) -> int:
    """How likely some bytes above 127, with a neighbour on each side, are French in that encoding."""
    text = place.decode(encoding, "replace")
    score = 0
    for before, letter, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if letter < "\x80":
            continue
        if letter in _FRENCH:
            score += 2
        elif letter in _MARKS:
            score += 1
        elif letter == "\ufffd" or "\x80" <= letter < "\xa0":
            score -= 4
        else:
            score -= 2 if before.isalpha() and after.isalpha() else 1
    return score


def _by_statistics(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None
