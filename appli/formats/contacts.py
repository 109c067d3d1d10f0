"""Phones, e-mail and web addresses as people type them.

The numbering plan ages between two releases of the program: a French number of the right shape is accepted even when
the library does not know its range. Nothing asks the network whether an address exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from appli.formats.table import Problem
from appli.i18n import _, _n, number

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# --- phones --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PhoneValue:
    """A number: to dial (`e164`), to read (`display`), and what was written beside it."""

    e164: str | None
    display: str
    kind: str = "phone"
    """phone or mobile."""
    note: str | None = None
    problem: Problem | None = None


_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF")
_NUMBER = re.compile(r"(?:\+|\b00)?\(?\d(?:[\s\u00a0\u202f.\-_/()]*\d)+", re.ASCII)
_ZERO_AFTER_CODE = re.compile(r"^(\+\d{2,3})\s*\(\s*0\s*\)")
_BETWEEN = re.compile(r"\s*(?:/|;|\||\n|,|\bou\b|\bet\b)\s*(?=\+|\(?0\d(?:[\s.-]?\d\d){4}|\d{9})", re.IGNORECASE)
_FRENCH = re.compile(r"(?:\+33|0033|0)?([1-9]\d{8})")
_SERVICE = re.compile(r"1[578]|11[2459]|11[68]\d{3}|10\d\d|3\d{3}")


def phones(text: str) -> list[PhoneValue]:
    """Every number of a cell: « 04 66 … / 06 … »."""
    return [phone(part) for part in _BETWEEN.split(text) if part.strip()]


def phone(text: str) -> PhoneValue:
    """One number; whatever is wrong with it, what was typed is in `display`."""
    typed = " ".join(text.strip().lstrip("'").split())
    found = _NUMBER.search(typed)
    if not found:
        return PhoneValue(None, typed, problem=Problem("bad_phone", _("Aucun numéro ici. Exemple : 06 39 98 41 07.")))
    note = (typed[: found.start()] + " " + typed[found.end() :]).strip(" .,;:-–()") or None
    bare = _ZERO_AFTER_CODE.sub(r"\1", found[0])
    digits = re.sub(r"\D", "", bare)
    dialled = ("+" if bare.startswith("+") else "") + digits
    if french := _FRENCH.fullmatch(dialled):
        return _french_phone(french[1], note)
    if _SERVICE.fullmatch(dialled):
        return PhoneValue(None, typed, note=note)
    number_found = _parse(dialled)
    if number_found is None:
        return PhoneValue(None, typed, problem=Problem("bad_phone", _length_message(dialled)))
    return _known_phone(number_found, note)


def _french_phone(nine: str, note: str | None) -> PhoneValue:
    """Nine digits after the 0: of the mainland, else of the overseas region they belong to."""
    found = _parse("0" + nine)
    if found is not None:
        return _known_phone(found, note)
    pairs = " ".join(nine[i : i + 2] for i in range(1, 9, 2))
    return PhoneValue(f"+33{nine}", f"0{nine[0]} {pairs}", "mobile" if nine[0] in "67" else "phone", note)


def _parse(dialled: str) -> PhoneNumber | None:
    import phonenumbers

    for region in _REGIONS:
        try:
            found = phonenumbers.parse(dialled, region)
        except phonenumbers.NumberParseException:
            return None
        if phonenumbers.is_valid_number(found):
            return found
    return None


def _known_phone(found: PhoneNumber, note: str | None) -> PhoneValue:
    import phonenumbers

    region = phonenumbers.region_code_for_number(found)
    style = phonenumbers.PhoneNumberFormat
    shown = phonenumbers.format_number(found, style.NATIONAL if region in _REGIONS else style.INTERNATIONAL)
    mobile = phonenumbers.number_type(found) == phonenumbers.PhoneNumberType.MOBILE
    return PhoneValue(phonenumbers.format_number(found, style.E164), shown, "mobile" if mobile else "phone", note)


def _length_message(dialled: str) -> str:
    missing = 10 - len(re.sub(r"^(\+33|0033)", "0", dialled))
    if dialled.startswith(("+", "00")) and not dialled.startswith(("+33", "0033")):
        return _("Ce numéro étranger ne se lit pas. Il commence par + et l’indicatif du pays.")
    if missing > 0:
        return _n(
            "Il manque un chiffre. Exemple : 06 39 98 41 07.",
            "Il manque {n} chiffres. Exemple : 06 39 98 41 07.",
            missing,
        ).format(n=number(missing))
    if missing < 0:
        return _n(
            "Il y a un chiffre de trop. Exemple : 06 39 98 41 07.",
            "Il y a {n} chiffres de trop. Exemple : 06 39 98 41 07.",
            -missing,
        ).format(n=number(-missing))
    return _("Ce numéro ne commence pas comme un numéro français. Exemple : 06 39 98 41 07.")


# --- e-mail --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EmailValue:
    """An address as typed, its domain in small letters; None when it cannot be written to."""

    address: str | None
    problem: Problem | None = None


_NAMED = re.compile(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+)\s*>")


_PLAIN = re.compile(
    r"(?=.{1,64}@.{1,180}\Z)([\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)@([\w.-]+)", re.ASCII
)
_MAILBOXES = re.compile(
    "info|marketing|sales|support|abuse|noc|security|postmaster|hostmaster|usenet|news|webmaster|www|uucp|ftp",
    re.IGNORECASE,
)
"""Names that are the same in any case, which the library writes in small letters."""


def email(text: str) -> EmailValue:
    """One address: « Noé <noe@exemple.fr> » and « mailto: » are understood, a space inside is not guessed away."""
    typed = text.strip().removeprefix("mailto:").strip().strip(";,")
    if named := _NAMED.fullmatch(typed):
        typed = named[1]
    if typed.count("@") > 1:
        return _bad_email("several_emails", _("Il y a plusieurs adresses ici. Gardez-en une par case."))
    if re.search(r"\s", typed):
        return _bad_email("space_in_email", _("Il y a une espace dans cette adresse. Exemple : noe@exemple.fr."))
    plain = _PLAIN.fullmatch(typed)
    if plain and not _MAILBOXES.fullmatch(plain[1]):
        # the library needs only look at each domain once: lists repeat them
        checked = _checked_email(f"a@{plain[2]}")
        address = checked and plain[1] + checked[1:]
    else:
        address = _checked_email(typed)
    return EmailValue(address) if address else _incomplete_email()


@lru_cache(maxsize=5_000)
def _checked_email(typed: str) -> str | None:
    """The address in its normal form, None when it is none."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed, check_deliverability=False, allow_smtputf8=True).normalized
    except EmailNotValidError:
        return None


def _incomplete_email() -> EmailValue:
    return _bad_email("bad_email", _("Cette adresse n’est pas complète. Exemple : noe@exemple.fr."))


def _bad_email(code: str, message: str) -> EmailValue:
    return EmailValue(None, Problem(code, message))


# --- web -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WebValue:
    """An address that a browser opens."""

    address: str | None
    problem: Problem | None = None


_WIKI_REST = re.compile(r"\s*\|.*$|\]+$")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_HOST = re.compile(
    r"(?=.{4,253}(?:[:/?#]|$))(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,24}|xn--[a-z0-9-]+)\.?(?::\d{1,5})?",
    re.IGNORECASE,
)


def web(text: str) -> WebValue:
    """An http or https address; « www.exemple.fr » gets its https://, a cut one is not repaired."""
    typed = _WIKI_REST.sub("", text.strip()).strip()
    if typed.endswith(("…", "...")):
        return _bad_web("cut_web", _("Cette adresse est coupée : sa fin manque. Recopiez-la en entier."))
    if "@" in typed.partition("/")[0]:
        return _bad_web("email_in_web", _("C’est une adresse de courriel, pas celle d’un site."))
    scheme = _SCHEME.match(typed)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        return _bad_web("bad_web", _("Seules les adresses qui commencent par http ou https sont gardées."))
    address = typed if scheme else f"https://{typed}"
    _start, _slashes, rest = address.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if re.search(r"[\s<>\"\\^`{|}\x00-\x20]", address) or not _HOST.fullmatch(host):
        return _bad_web("bad_web", _("Cette adresse de site ne se lit pas. Exemple : www.exemple.fr."))
    return WebValue(address[: -len(rest)].lower() + host.lower() + rest[len(host) :])


def _bad_web(code: str, message: str) -> WebValue:
    return WebValue(None, Problem(code, message))
