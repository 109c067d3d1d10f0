"""What a person allows, read from the words of a list: « oui sauf tél », « papier seulement », « accord oral 12/03 ».

A reading is certain only when every word is understood; anything else is shown to be confirmed by a person. What is
not said is not given: silence opens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from appli.domain.text import fold

DIRECTORY = ("screen", "members_print")
"""What a plain « oui » in a members' list allows: being found by the members, on screen and on paper."""
SHOWN = ("screen", "members_print", "public_print", "map", "web")
"""What a plain « non » refuses; a photo and letters are other questions."""


@dataclass(frozen=True, slots=True)
class ConsentReading:
    """What some words allow and refuse, purpose by purpose; empty when they say nothing."""

    text: str
    certain: bool = True
    given: Mapping[str, bool] = field(default_factory=dict)
    closed_fields: tuple[str, ...] = ()
    """Kinds of contact kept private: phone, email, address."""
    how: str | None = None
    """paper, oral or mail."""
    on: str | None = None
    """A date with its precision; None when the year is missing, since « 12/03 » dates nothing."""


def read_consent(text: str) -> ConsentReading:
    """The reading of one cell."""
    typed = " ".join(text.split())
    plain, on = _take_date(typed)
    told = _Told()
    for word in _tokens(_LETTERS.get(plain.strip().casefold(), plain)):
        told.hear(word)
    given, sure = told.conclude()
    return ConsentReading(typed, sure and "?" not in typed, given, tuple(told.closed), told.how, on)


_DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-](?P<year>\d{4})\b"
    r"|\b(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d\d)\b"
    r"|\b(?P<iso_year>\d{4})-(?P<iso_month>\d\d)(?:-(?P<iso_day>\d\d))?\b"
    r"|\b(?P<alone>(?:19|20)\d\d)\b"
)
_YEARLESS = re.compile(r"\b\d{1,2}[/.]\d{1,2}\b")


def _take_date(typed: str) -> tuple[str, str | None]:
    """The words without their date, and the date."""
    found = _DATE.search(typed)
    if found is None:
        return _YEARLESS.sub(" ", typed), None
    said = found.groupdict()
    year = said["year"] or said["iso_year"] or said["alone"] or f"20{said['y']}"
    month, day = said["month"] or said["iso_month"] or said["m"], said["day"] or said["iso_day"] or said["d"]
    rest = typed[: found.start()] + " " + typed[found.end() :]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return rest, None
    return rest, "-".join(part.zfill(2) for part in (year, month, day) if part)


_TICKS = str.maketrans({**dict.fromkeys("✓✔☑✅☒", " oui "), **dict.fromkeys("✗✘❌", " non ")})

_YES = frozenset("oui ok yes vrai accord accorde accepte acceptee autorise autorisee favorable".split())
_NO = frozenset("non no faux refus refuse refusee oppose opposee desaccord jamais rien aucun aucune".split())
_LETTERS = {**dict.fromkeys("xovy1", "oui"), **dict.fromkeys("n0", "non")}
"""Answers when they are the whole cell."""
_EXCEPT = frozenset("sauf pas sans hors excepte hormis ni".split())
_ONLY = frozenset("seulement uniquement exclusivement seul seule only juste".split())
_WRITTEN = frozenset("ecrit ecrite signe signee formulaire bulletin".split())
_HOW = {
    **dict.fromkeys(_WRITTEN, "paper"),
    **dict.fromkeys("oral orale oralement verbal verbale verbalement".split(), "oral"),
}
_MEDIA = {
    "papier": ("members_print",),
    "imprime": ("members_print",),
    "imprimee": ("members_print",),
    "ecran": ("screen",),
    "numerique": ("screen",),
    "internet": ("web",),
    "web": ("web",),
    "net": ("web",),
    "site": ("web",),
    "ligne": ("web",),
    "carte": ("map",),
    "photo": ("photo",),
    "photos": ("photo",),
    "affichage": ("public_print",),
    "affiche": ("public_print",),
    "courrier": ("letters",),
    "lettre": ("letters",),
    "newsletter": ("letters",),
    "infolettre": ("letters",),
}
_FIELDS = {
    **dict.fromkeys("tel telephone telephones portable mobile fixe numero gsm".split(), "phone"),
    **dict.fromkeys("mail mails email emails courriel courriels".split(), "email"),
    **dict.fromkeys("adresse adresses rue domicile".split(), "address"),
}
_SMALL = frozenset(
    (
        "a au aux d dans de des du e en est et etre elle il ils je l la le les leur lui ma mais merci mes mon n ne ou "
        "par pour que sa ses son souhaite sur tout tous toute toutes un une veut version donne "
        "annuaire diffusion diffuser publication publier liste mettre paraitre apparaitre figurer"
    ).split()
)
"""Words that change nothing: « pas dans l’annuaire » and « pas » say the same."""

_ONE_WORD = re.compile(r"\be mail\b|\badresse (e mail|email|mail|courriel)\b")


def _tokens(plain: str) -> list[str]:
    return _ONE_WORD.sub("email", fold(plain.translate(_TICKS))).split()


class _Told:
    """What has been understood so far, word after word."""

    def __init__(self) -> None:
        self.yes = self.no = self.only = self.unsure = False
        self.how: str | None = None
        self.closed: list[str] = []
        self._named: list[str] = []
        self._refused: list[str] = []
        self._excepting = self._dangling = False
        self._before = ""

    def hear(self, word: str) -> None:
        """Take one folded word into account."""
        if word in _EXCEPT:
            self._excepting = self._dangling = True
        elif word in _YES or word in _NO:
            self.unsure |= self._excepting and word in _NO  # « sauf non »
            self._answer(yes=word in _YES and not self._excepting)
        elif word in _ONLY:
            self.only = True
        elif word in _HOW:
            self.how = _HOW[word]
        elif word in _FIELDS:
            self._field(_FIELDS[word])
        elif word in _MEDIA:
            (self._refused if self._excepting else self._named).extend(_MEDIA[word])
            self._dangling = False
        elif word not in _SMALL:
            self.unsure = True
        self._before = word

    def _answer(self, *, yes: bool) -> None:
        self.yes |= yes
        self.no |= not yes
        self._excepting = self._dangling = False

    def _field(self, code: str) -> None:
        if self._excepting:
            self._dangling = False
            if code not in self.closed:
                self.closed.append(code)
        elif self._before in {"par", "au"}:  # « accord par mail », « au téléphone »
            self.how = "mail" if code == "email" else "oral"
        else:
            self.unsure = True

    def conclude(self) -> tuple[dict[str, bool], bool]:
        """The purposes allowed and refused, and whether every word was understood."""
        if self._dangling:  # « ne souhaite pas »; but « ne sait pas »
            self.no = not self.unsure
        if self.yes and self.no:
            return {}, False
        if self.no:
            return dict.fromkeys(SHOWN, False), not (self.unsure or self._named or self.only)
        if self.how == "paper" and "members_print" in self._named and not self.only:
            self._named.remove("members_print")  # « formulaire papier signé » says how, not where
        given, sure = self._allowed()
        given.update(dict.fromkeys(self._refused, False))
        return given, sure and not self.unsure

    def _allowed(self) -> tuple[dict[str, bool], bool]:
        if self.only:
            allowed = dict.fromkeys(SHOWN, False) | dict.fromkeys(self._named, True)
            return (allowed, True) if self._named else ({}, False)
        if not self.yes:
            said_nothing = not (self._named or self._refused or self.closed or self.how)
            return {}, said_nothing
        if set(self._named) & set(DIRECTORY):  # « oui papier »: and the screen?
            return dict.fromkeys(self._named, True), False
        return dict.fromkeys((*DIRECTORY, *self._named), True), True
