"""A sheet in the words of the screen: composed once in the reading thread, then only drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.domain.text import sort_key
from appli.i18n import N_, _, _n, number
from appli.presenters.following import target
from appli.presenters.kinds import drawn_shape
from appli.presenters.sheet_beside import ShownNote, ShownPhoto, notes_of, photos_of

if TYPE_CHECKING:
    from appli.services.sheets import Chip, Line, Sheet
    from appli.store.index_model import Row

SECTIONS = (
    ("contact", N_("Coordonnées")),
    ("identity", N_("En bref")),
    ("skills", N_("Savoir-faire")),
    ("about", N_("Présentation")),
    ("details", N_("Détails")),
    ("links", N_("Autres liens")),
    ("consent", N_("Protection")),
)
HOW_CONFIRMED = (
    ("visit", N_("De visu")),
    ("phone", N_("Par téléphone")),
    ("mail", N_("Par courriel")),
    ("paper", N_("Sur papier")),
    ("self", N_("La personne elle-même l’a saisie")),
)

NEXT_DOOR = 0.1
"""Kilometres below which a figure would be false precision."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A value with its label and audience."""

    label: str
    texts: tuple[str, ...]
    """One value, or all those that two PCs wrote at the same time."""
    audience: str
    target: str = ""
    """Where it leads, in full; empty when it cannot be followed."""
    long: bool = False
    """A text with lines of its own, under its title."""

    @property
    def spoken(self) -> str:
        """What a screen reader says of the line."""
        return _("{label} : {value}").format(label=self.label, value=f" {_('ou')} ".join(self.texts))


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field with several values: the notice of the sheet."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ShownChip:
    """A skill to follow."""

    term: RecordId
    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class ShownLink:
    """Another sheet, and what links to it: a role, or a distance."""

    id: RecordId
    shape: str
    initials: str
    title: str
    relation: str
    note: str = ""
    link: RecordId = b""
    """The record of the link; nothing for a neighbour."""


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """What the person agreed to."""

    title: str
    tone: str
    lead: str
    answers: tuple[tuple[str, str], ...]
    """What for, and « oui » or « non »."""


@dataclass(frozen=True, slots=True)
class UnitedSheet:
    """One of several sheets judged to be one."""

    id: RecordId
    title: str
    code: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """All that the pane of a sheet draws."""

    id: RecordId
    shape: str
    initials: str
    title: str
    subtitle: str
    code: str
    freshness: str
    demo: bool
    trashed: bool
    is_person: bool
    hidden: bool = False
    """The person does not want to be shown: lists, paper and packets leave the sheet out."""
    private: bool = False
    """The whole sheet stays on this PC."""
    sections: tuple[tuple[str, tuple[ShownLine, ...]], ...] = ()
    chips: tuple[tuple[str, tuple[ShownChip, ...]], ...] = ()
    links: tuple[ShownLink, ...] = ()
    near: tuple[ShownLink, ...] = ()
    consent: ConsentCard | None = None
    disputes: tuple[Dispute, ...] = ()
    position: tuple[float, float, str] | None = None
    photos: tuple[ShownPhoto, ...] = ()
    notes: tuple[ShownNote, ...] = ()
    united: tuple[UnitedSheet, ...] = ()
    """The sheets shown here as one; empty for a sheet alone."""
    erasing_asked: str = ""
    """« Effacement demandé par « Accueil » », while it waits for an answer here."""
    whole: bool = True
    """Whether all of it is there, and not the head alone."""

    @property
    def foot(self) -> str:
        """« Fiche P-7K3F2Q-W · confirmée le 2 septembre 2026 »."""
        words = _("Fiche {code}").format(code=self.code)
        return f"{words} · {self.freshness}" if self.freshness else words

    @property
    def dispute_title(self) -> str:
        """« Deux valeurs pour le champ « Téléphone ». »"""
        if not self.disputes:
            return ""
        count = self.disputes[0].count
        amount = {2: _("Deux valeurs"), 3: _("Trois valeurs")}.get(count, _n("{n} valeur", "{n} valeurs", count))
        words = _("{amount} pour « {label} ».").format(
            amount=amount.format(n=number(count)), label=self.disputes[0].label
        )
        others = len(self.disputes) - 1
        if others:
            words += " " + _n("Et un autre champ.", "Et {n} autres champs.", others).format(n=number(others))
        return words


def head_of(row: Row) -> SheetPage:
    """What the index alone knows of a sheet, for the first moment."""
    return SheetPage(
        row.id, drawn_shape(row.shape), row.initials, row.title, row.second_line, row.code, "",
        row.demo, row.trashed, row.kind == "person", whole=False,
    )  # fmt: skip


def compose(sheet: Sheet) -> SheetPage:
    """The words of a whole sheet."""
    return SheetPage(
        id=sheet.id,
        shape=drawn_shape(sheet.shape),
        initials=sheet.initials,
        title=sheet.title or _("(sans nom)"),
        subtitle=sheet.subtitle or sheet.kind_label,
        code=sheet.code,
        freshness=_freshness(sheet),
        demo=sheet.demo,
        trashed=sheet.trashed,
        is_person=sheet.kind == "person",
        private=sheet.audience == Audience.PRIVATE,
        sections=tuple(_sections(sheet)),
        chips=tuple((label, _chips(some)) for label, some in sheet.chips),
        links=tuple(_links(sheet)),
        near=tuple(ShownLink(r.id, drawn_shape(r.shape), r.initials, r.title, _km(r.distance_km)) for r in sheet.near),
        hidden=sheet.hidden,
        consent=_consent(sheet) if sheet.kind == "person" else None,
        disputes=tuple(_dispute(line) for line in sheet.undecided),
        position=sheet.position,
        photos=tuple(photos_of(sheet)),
        notes=tuple(notes_of(sheet)),
        united=tuple(UnitedSheet(u.id, u.title or _("(sans nom)"), u.code) for u in sheet.united),
    )


def _chips(chips: Sequence[Chip]) -> tuple[ShownChip, ...]:
    return tuple(ShownChip(c.term, c.label, c.detail) for c in sorted(chips, key=lambda c: sort_key(c.label)))


def _freshness(sheet: Sheet) -> str:
    from appli.services.wording import date_text

    if not sheet.confirmed:
        return _("jamais confirmée")
    return _("confirmée le {day}").format(day=date_text(str(sheet.confirmed["on"])))


def _sections(sheet: Sheet) -> Iterator[tuple[str, tuple[ShownLine, ...]]]:
    for code, title in SECTIONS:
        lines = tuple(_line(line) for line in sheet.lines if line.section == code and not _told(sheet, line))
        if lines:
            yield _(title), lines


def _told(sheet: Sheet, line: Line) -> bool:
    """Whether the head says it already."""
    return (
        line.name in ("occupation", "summary")
        and len(line.choices) < 2
        and not line.others
        and line.text in sheet.subtitle
    )


def _line(line: Line) -> ShownLine:
    several = len(line.choices) > 1 or bool(line.others)
    texts = tuple(c.text for c in line.choices) if len(line.choices) > 1 else (line.text,)
    texts += tuple(_("{text} (fiche {code})").format(text=o.text, code=o.code) for o in line.others)
    audience = line.audience.code if line.audience != Audience.HOSTS else Audience.SHARED.code
    follow = "" if several else target(line.kind, line.text)
    return ShownLine(line.label, texts, audience, follow, line.kind == "long_text")


def _links(sheet: Sheet) -> Iterator[ShownLink]:
    from appli.services.indexing import initials

    for link in sheet.links:
        letters = initials(link.initials_name) if link.initials_name else ""
        shape = drawn_shape(link.shape)
        yield ShownLink(link.other, shape, letters, link.title_other, link.label, link.note, link.link)


def _km(distance: float | None) -> str:
    if distance is not None and distance < NEXT_DOOR:
        return _("tout près")
    return _("{n} km").format(n=number(distance or 0, 1))


def _dispute(line: Line) -> Dispute:
    return Dispute(line.label, len(line.choices))


def _consent(sheet: Sheet) -> ConsentCard:
    from appli.domain.kinds.consent import HOW, PURPOSES
    from appli.services.wording import date_text

    if not sheet.consents:
        return ConsentCard(_("Accord à demander"), "warning", _("Personne n’a encore noté sa réponse."), ())
    refused = [a for a in sheet.consents if a.purpose == "screen" and not (a.given and not a.withdrawn_on)]
    first = next((a for a in (*refused, *sheet.consents) if a.given or refused), sheet.consents[0])
    given = first.given and not first.withdrawn_on
    parts = [
        HOW.label(first.how) if first.how else "",
        _("le {day}").format(day=date_text(first.on)) if first.on else "",
    ]
    lead = ", ".join(p for p in parts if p)
    answers = tuple(
        (PURPOSES.label(a.purpose), _("oui") if a.given and not a.withdrawn_on else _("non")) for a in sheet.consents
    )
    title = _("Accord donné") if given else _("Accord refusé")
    return ConsentCard(
        title, "success" if given else "warning", lead[:1].upper() + lead[1:] + ("." if lead else ""), answers
    )
