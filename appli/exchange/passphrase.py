"""A bundle closed with a passphrase: the age format, so that the `age` command opens it too.

Seven words of our list are 77 bits, and age makes each guess cost about a second and 256 MiB: out of reach even for
somebody who owns many machines. A phrase of one's own is taken as it is typed, blanks apart.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

import pyrage
from pyrage import passphrase as age

from appli.exchange import age_writing, refusals, words

MAGIC = b"age-encryption.org/v1\n"
PROPOSED_WORDS = 7
COSTLIEST = age_writing.COST
"""log2 of age's work factor, at most: 256 MiB. One more would take half a gigabyte for a file that may mean harm."""

_SCRYPT = re.compile(rb"-> scrypt [A-Za-z0-9+/]{20,30} ([0-9]{1,2})\n")


def propose() -> str:
    """Seven words, 77 bits."""
    return " ".join(secrets.choice(words.listed()) for _ in range(PROPOSED_WORDS))


def is_encrypted(opening: bytes) -> bool:
    """Whether a file that opens so is encrypted."""
    return opening.startswith(MAGIC)


def encrypt(content: bytes, phrase: str) -> bytes:
    """The content, closed."""
    return age_writing.close(content, tidy(phrase))


def decrypt(content: bytes, phrase: str) -> bytes:
    """The content, opened."""
    header = _SCRYPT.match(content, len(MAGIC))
    if header is None or int(header[1]) > COSTLIEST:
        raise refusals.not_for_a_passphrase()
    try:
        opened: bytes = age.decrypt(content, tidy(phrase))
    except pyrage.DecryptError as problem:
        if "Decryption failed" in str(problem):
            raise refusals.passphrase_wrong() from problem
        raise refusals.damaged() from problem
    return opened


def tidy(phrase: str) -> str:
    """What was meant: blanks and hyphens between words count for one, and our own words have no capitals."""
    plain = " ".join(unicodedata.normalize("NFC", phrase).split())
    ours = [word for word in re.split(r"[\s-]+", plain.lower()) if word]
    return " ".join(ours) if ours and set(ours) <= set(words.listed()) else plain
