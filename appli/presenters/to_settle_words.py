"""Fields with several values in the words of the screen: the question, each value with who wrote it, the age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from appli.domain.moments import local
from appli.domain.text import fold
from appli.i18n import N_, _, _n, number
from appli.presenters.differences import Piece, Pieces, marked
from appli.presenters.kinds import drawn_shape
from appli.services.settling import Question
from appli.services.sheets import Choice
from appli.services.wording import date_text, time_text

_ASKED = {
    "phone": N_("Quel est le téléphone {of} ?"),
    "mobile": N_("Quel est le téléphone portable {of} ?"),
    "email": N_("Quel est le courriel {of} ?"),
    "web": N_("Quel est le site Internet {of} ?"),
    "name": N_("Quel est le bon nom ?"),
    "title": N_("Quel est le bon nom ?"),
    "commune": N_("Quelle est la commune {of} ?"),
    "address": N_("Quelle est l’adresse {of} ?"),
    "position": N_("Où se trouve {title} ?"),
    "opening_hours": N_("Quels sont les horaires {of} ?"),
    "occupation": N_("Que fait {title} ?"),
    "summary": N_("Quelle phrase présente {title} ?"),
    "description": N_("Quelle présentation {of} garder ?"),
    "trashed": N_("Faut-il garder {title} dans l’annuaire ?"),
    "audience": N_("Qui peut voir la fiche {of} ?"),
    "verdict": N_("{title} : la même fiche, ou deux ?"),
}
_CHOSEN = frozenset(("trashed", "audience", "verdict", "reference", "answers", "confirmation", "key"))
"""Fields and types that nobody writes by hand."""
LONG_TEXT = 90
"""From so many characters on, a value is a text to read rather than a word."""
TALL_TEXT = 600
"""From so many letters on, the buttons stand before the texts."""


@dataclass(frozen=True, slots=True)
class ValueCard:
    """One of the values, and all that is known of its author."""

    letter: str
    when: str
    pieces: Pieces
    operator: str
    pc: str
    keep: str
    """« Garder A »."""
    text: str
    value: Any = field(compare=False)


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The right side of the page."""

    title: str
    foot: str
    shape: str
    initials: str
    cards: tuple[ValueCard, ...]
    long: bool
    keep_all: str
    """« Garder les deux »; empty where the field has one value."""
    can_write_another: bool

    @property
    def is_tall(self) -> bool:
        """Whether one would have to roll past the texts to say what shall become of them."""
        return any(len(card.text) > TALL_TEXT for card in self.cards)


@dataclass(frozen=True)
class WaitingRow:
    """A row of the list: `ui.widgets.record_list.RecordRow`, its age in the place of the commune."""

    question: Question
    commune: str
    siblings: int = 0
    demo: bool = False
    trashed: bool = False
    title_matches: tuple[tuple[int, int], ...] = ()
    second_matches: tuple[tuple[int, int], ...] = ()

    @property
    def id(self) -> tuple[bytes, str]:
        return self.question.key

    @property
    def shape(self) -> str:
        return drawn_shape(self.question.shape)

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def title(self) -> str:
        return self.question.title or _("(sans nom)")

    @property
    def second_line(self) -> str:
        return self.question.label

    @property
    def initials(self) -> str:
        return self.question.initials

    @property
    def spoken(self) -> str:
        """The whole row in words, once."""
        count = len(self.question.choices)
        values = _n("{n} valeur", "{n} valeurs", count).format(n=number(count))
        return ", ".join(p for p in (self.title, self.second_line, values, self.commune) if p)


def page_of(question: Question, today: date) -> QuestionPage:
    """A question as it is drawn."""
    texts = [c.text for c in question.choices]
    long = question.type == "long_text" or max(map(len, texts)) > LONG_TEXT
    foot = [_("Fiche {code}").format(code=question.code) if question.code else "", question.commune]
    both = len(texts) == 2
    return QuestionPage(
        title=question_words(question),
        foot=" · ".join(p for p in foot if p),
        shape=drawn_shape(question.shape),
        initials=question.initials,
        cards=tuple(_cards(question, texts, today)),
        long=long,
        keep_all="" if not question.can_keep_all else _("Garder les deux") if both else _("Garder toutes les valeurs"),
        can_write_another=question.name not in _CHOSEN and question.type not in _CHOSEN,
    )


def question_words(question: Question) -> str:
    """« Quel est le téléphone d’Élise Roumégas ? »"""
    title = question.title if question.is_person else _("« {title} »").format(title=question.title)
    words = _ASKED.get(question.type) or _ASKED.get(question.name)
    if words is None:
        return _("{label} {of} : quelle valeur garder ?").format(label=question.label, of=of_words(title))
    return _(words).format(of=of_words(title), title=title)


def of_words(title: str) -> str:
    """« d’Élise », « de Mathieu », « de « Le Fournil » »."""
    letters = fold(title[:2])
    silent = letters[:1] in "aeiouh" or (letters[:1] == "y" and letters[1:2] not in "aeiou")
    elided = bool(letters) and title[:1].isalpha() and silent
    return _("d’{title}").format(title=title) if elided else _("de {title}").format(title=title)


def age_words(at: int, now: int) -> str:
    """« aujourd’hui », « hier », « 3 j », « 2 mois », « 1 an »."""
    days = (_day(now) - _day(at)).days
    if days <= 0:
        return _("aujourd’hui")
    if days == 1:
        return _("hier")
    if days < 61:
        return _("{n} j").format(n=number(days))
    if days < 730:
        return _("{n} mois").format(n=number(days // 30))
    return _("{n} ans").format(n=number(days // 365))


def when_words(at: int, today: date) -> str:
    """« le 12 novembre, 14 h 20 »; the year only when it is another one."""
    moment = local(at)
    day = date_text(f"{moment:%Y-%m-%d}")
    if moment.year == today.year:
        day = day.rpartition(" ")[0]
    return _("le {day}, {time}").format(day=day, time=time_text(f"{moment:%H:%M}"))


def _day(milliseconds: int) -> date:
    return local(milliseconds).date()


def _cards(question: Question, texts: list[str], today: date) -> Iterator[ValueCard]:
    codes = question.type in ("choice", "flag") or question.name in _CHOSEN
    for n, choice in enumerate(question.choices):
        letter = chr(ord("A") + n)
        yield ValueCard(
            letter=letter,
            when=when_words(choice.at, today),
            pieces=(Piece(choice.text),) if codes else marked(choice.text, texts[:n] + texts[n + 1 :]),
            operator=choice.operator,
            pc=_pc(choice),
            keep=_("Garder {letter}").format(letter=letter),
            text=choice.text,
            value=choice.value,
        )


def _pc(choice: Choice) -> str:
    if choice.replica in (_("ce poste"), _("un autre poste")):
        return choice.replica[:1].upper() + choice.replica[1:]
    return _("Poste « {label} »").format(label=choice.replica)
