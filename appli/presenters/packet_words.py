"""A packet in the words of the screen: its head, each sheet of its list, the sheet one looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from appli.domain.moments import local
from appli.i18n import N_, _, _n, number
from appli.presenters.backup_list import size_words
from appli.presenters.duplicates import ANY, WORDS
from appli.presenters.kinds import drawn_shape, word_of
from appli.presenters.to_settle_words import when_words
from appli.services.exchanging.previewing import Fate, LineChange, Preview, Said, SheetChange
from appli.services.indexing import initials

if TYPE_CHECKING:
    from appli.services.exchanging.bundles import Envelope
    from appli.services.exchanging.resembling import Twin

TRASHED = "trashed"
TWIN = "twin"
"""A new sheet that looks like one that is here."""
FILTERS = (
    (Fate.CONFLICT.value, N_("À trancher")),
    (Fate.ERASED.value, N_("Effacées")),
    (TRASHED, N_("À la corbeille")),
    (Fate.CHANGED.value, N_("Modifiées")),
    (TWIN, N_("Ressemblances")),
    (Fate.NEW.value, N_("Nouvelles")),
)
_STATES = {
    Fate.CONFLICT.value: (N_("2 valeurs"), "warning", "git-compare"),
    Fate.ERASED.value: (N_("effacée"), "danger", "trash-2"),
    TRASHED: (N_("à la corbeille"), "neutral", "trash-2"),
    Fate.CHANGED.value: (N_("modifiée"), "info", "pencil"),
    TWIN: (N_("doublon ?"), "neutral", "copy"),
    Fate.NEW.value: (N_("nouvelle"), "success", "plus"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A word, its tone and its icon."""

    words: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class PacketHead:
    """What stands over the list. `sign`: whether the sender is known; `words`: what follows from it."""

    title: str
    facts: str
    sign: Sign
    words: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PacketRow:
    """A sheet of the list. `ticked`: None when nobody may leave it out."""

    shape: str
    initials: str
    title: str
    second_line: str
    sign: Sign
    ticked: bool | None
    id: bytes
    siblings: int = 0
    """Nothing is settled from this list."""

    @property
    def spoken(self) -> str:
        """The whole row in words, once."""
        kept = "" if self.ticked is not False else _("laissée de côté")
        return ", ".join(w for w in (self.title, self.sign.words, self.second_line, kept) if w)


@dataclass(frozen=True, slots=True)
class SaidCard:
    """One of several values that will stand beside each other."""

    where: str
    value: str
    who: str
    pc: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class TwinChoice:
    """« Ressemble à « Mathieu Valdeiron » », and what one may say of the two. `said`: whether they are the same."""

    title: str
    reasons: str
    same: str
    different: str
    said: bool | None


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The right side: fields with two values first, then what changes by itself."""

    title: str
    foot: str
    shape: str
    initials: str
    sign: Sign
    notice: str
    choices: tuple[tuple[str, tuple[SaidCard, ...]], ...]
    lines: tuple[tuple[str, str, str], ...]
    """(field, before, after)."""
    twin: TwinChoice | None = None


def fate_of(sheet: SheetChange, preview: Preview) -> str:
    """Under which filter a sheet stands."""
    if sheet.fate is not Fate.ERASED and sheet.id in preview.going:
        return TRASHED
    return sheet.fate.value


def sign_of(fate: str) -> Sign:
    """What the row of a sheet says of its fate."""
    words, tone, icon = _STATES[fate]
    return Sign(_(words), tone, icon)


def head_of(
    envelope: Envelope, gaps: list[dict[str, Any]], today: date, twins: int = 0, remarks: Sequence[str] = ()
) -> PacketHead:
    """Who sends it, when it was made, whether it is to be trusted; `remarks`: what else one should know."""
    facts = [
        _("réseau « {name} »").format(name=envelope.space),
        _("fait {when}").format(when=when_words(envelope.made_at, today)),
        size_words(envelope.size),
    ]
    if envelope.volume:
        facts.append(_("fichier {n} sur {all}").format(n=number(envelope.volume[0]), all=number(envelope.volume[1])))
    if envelope.encrypted:
        facts.append(_("ouvert avec sa phrase"))
    if envelope.foreign:
        sign = Sign(_("Paquet public d’un autre réseau"), "info", "globe")
        words = _(
            "Ses fiches deviendront des copies : son prochain paquet les tiendra à jour, sauf ce que vous y aurez "
            "changé. Les mots de la clé du poste : {words}."
        ).format(words=envelope.fingerprint)
    elif envelope.is_first:
        sign = Sign(_("Premier paquet de ce poste"), "warning", "triangle-alert")
        words = _("Les mots de sa clé : {words}. Comparez-les avec la personne, puis acceptez.").format(
            words=envelope.fingerprint
        )
    else:
        sign, words = Sign(_("Signature reconnue"), "success", "shield-check"), ""
    return PacketHead(
        title=_("Paquet du poste « {name} »").format(name=envelope.sender),
        facts=" · ".join(facts),
        sign=sign,
        words=words,
        missing=(*remarks, *_notes(envelope, gaps), *_twin_note(twins)),
    )


def _notes(envelope: Envelope, gaps: list[dict[str, Any]]) -> list[str]:
    """What else one should know before accepting."""
    said = []
    if envelope.joins:
        said.append(
            _("Cet annuaire est vide : réunir ce paquet le fait entrer dans le réseau « {name} ».").format(
                name=envelope.space
            )
        )
    if envelope.waiting:
        words = _n(
            "Vous aviez laissé de côté {n} fiche de ce paquet : la voici.",
            "Vous aviez laissé de côté {n} fiches de ce paquet : les voici.",
            envelope.waiting,
        )
        said.append(words.format(n=number(envelope.waiting)))
    elif envelope.again:
        said.append(_("Ce paquet a déjà été réuni ici : le réunir de nouveau ne change rien de plus."))
    if envelope.to_come:
        names = ", ".join(number(n) for n in envelope.to_come)
        words = _n(
            "Il manquera encore le fichier {names} de ce paquet : ouvrez-le aussi.",
            "Il manquera encore les fichiers {names} de ce paquet : ouvrez-les aussi, dans n’importe quel ordre.",
            len(envelope.to_come),
        )
        said.append(words.format(names=names))
    if envelope.damaged:
        words = _n(
            "Une partie du paquet est abîmée : le reste peut être réuni. Demandez-en un autre pour compléter.",
            "{n} parties du paquet sont abîmées : le reste peut être réuni. Demandez-en un autre pour compléter.",
            envelope.damaged,
        )
        said.append(words.format(n=number(envelope.damaged)))
    said += [gap_words(one) for one in gaps[:3]]
    return said


def _twin_note(twins: int) -> list[str]:
    words = _n(
        "{n} fiche ressemble à une fiche de votre annuaire : vous pouvez dire si c’est la même.",
        "{n} fiches ressemblent à des fiches de votre annuaire : vous pouvez dire si ce sont les mêmes.",
        twins,
    )
    return [words.format(n=number(twins))] if twins else []


def gap_words(gap: dict[str, Any]) -> str:
    """« Il manque les modifications 101 à 149 du poste « Accueil » »."""
    low, high = int(gap["from"]), int(gap["to"])
    if low == high:
        return _("Il manque la modification {n} du poste « {name} » : demandez-lui un nouveau paquet.").format(
            n=number(low), name=gap["replica"]
        )
    return _("Il manque les modifications {low} à {high} du poste « {name} » : demandez-lui un nouveau paquet.").format(
        low=number(low), high=number(high), name=gap["replica"]
    )


def row_of(sheet: SheetChange, fate: str, twin: Twin | None = None, *, taken: bool) -> PacketRow:
    """A row of the list."""
    erased = fate == Fate.ERASED.value
    second = _("Ressemble à « {name} »").format(name=twin.title or _("(sans nom)")) if twin else ""
    return PacketRow(
        shape=drawn_shape(sheet.kind),
        initials=_initials(sheet),
        title=_("Fiche à effacer") if erased else (sheet.title or _("(sans nom)")),
        second_line=second or _second_line(sheet, fate),
        sign=sign_of(fate),
        ticked=None if erased else taken,
        id=sheet.id,
    )


def _second_line(sheet: SheetChange, fate: str) -> str:
    labels = list(dict.fromkeys(line.label for line in sheet.lines))
    if fate == Fate.ERASED.value:
        return _("{kind} : l’effacement gagne sur tout").format(kind=_kind(sheet).capitalize())
    if fate == Fate.CONFLICT.value:
        twice = next((line.label for line in sheet.lines if is_choice(line)), "")
        return _("{field} : changé des deux côtés").format(field=twice)
    if fate in (Fate.CHANGED.value, TRASHED) and labels:
        return ", ".join([labels[0], *(one.lower() for one in labels[1:])])
    return " · ".join(w for w in (_kind(sheet).capitalize(), sheet.commune) if w)


def is_choice(line: LineChange) -> bool:
    """Whether several values will stand, for a person to choose."""
    return len({one.words for one in line.after}) > 1


def twin_choice(sheet: SheetChange, twin: Twin, said: bool | None) -> TwinChoice:
    """What is asked of a new sheet that looks like one that is here."""
    words = WORDS.get(sheet.kind, ANY)
    title = _("Ressemble à « {name} », déjà dans l’annuaire ({n} %)")
    return TwinChoice(
        title=title.format(name=twin.title or _("(sans nom)"), n=number(round(100 * twin.score))),
        reasons=", ".join(twin.reasons),
        same=_(words.same),
        different=_(words.different),
        said=said,
    )


def page_of(
    sheet: SheetChange, fate: str, lines: list[LineChange], today: date, twin: TwinChoice | None = None
) -> SheetPage:
    """A sheet as it is drawn at the right."""
    erased = fate == Fate.ERASED.value
    notices = {
        Fate.CONFLICT.value: _(
            "Changé ici et ailleurs depuis le dernier échange. Rien ne sera perdu : les deux valeurs seront gardées, "
            "vous choisirez quand vous voudrez."
        ),
        Fate.ERASED.value: _(
            "Son effacement a été demandé : la fiche et ses copies seront effacées ici aussi. "
            "Cela ne pourra pas être annulé."
        ),
        TRASHED: _("La fiche ira à la corbeille. Elle pourra en sortir."),
    }
    row = row_of(sheet, fate, taken=True)
    return SheetPage(
        title=row.title,
        foot=" · ".join(w for w in (_kind(sheet).capitalize(), "" if erased else sheet.commune) if w),
        shape=row.shape,
        initials=row.initials,
        sign=row.sign,
        notice=notices.get(fate, ""),
        choices=tuple((line.label, _cards(line, today)) for line in lines if is_choice(line)),
        lines=tuple((line.label, _words(line.before), _words(line.after)) for line in lines if not is_choice(line)),
        twin=twin,
    )


def _cards(line: LineChange, today: date) -> tuple[SaidCard, ...]:
    here = {(one.words, one.replica, one.at) for one in line.before}
    cards = [_card(one, (one.words, one.replica, one.at) in here, today) for one in line.after]
    return tuple(sorted(cards, key=lambda card: not card.is_here))


def _card(one: Said, is_here: bool, today: date) -> SaidCard:
    when = when_words(one.at, today) if one.at else ""
    pc = one.replica if one.replica in (_("ce poste"), _("un autre poste"), "") else f"« {one.replica} »"
    return SaidCard(
        where=_("Ici") if is_here else _("Dans le paquet"),
        value=one.words or _("(rien)"),
        who=", ".join(w for w in (one.operator, when) if w),
        pc=_("Poste {name}").format(name=pc) if pc.startswith("«") else pc[:1].upper() + pc[1:],
        is_here=is_here,
    )


def _words(said: tuple[Said, ...]) -> str:
    return ", ".join(dict.fromkeys(one.words for one in said if one.words))


def _kind(sheet: SheetChange) -> str:
    return word_of(sheet.kind, sheet.kind)


def _initials(sheet: SheetChange) -> str:
    if sheet.kind != "person" or not sheet.title:
        return ""
    return initials({"display": sheet.title})


def did_words(new: int, changed: int, erased: int) -> str:
    """« 12 nouvelles, 9 modifiées, 1 effacée »."""
    said = []
    if new:
        said.append(_n("{n} nouvelle", "{n} nouvelles", new).format(n=number(new)))
    if changed:
        said.append(_n("{n} modifiée", "{n} modifiées", changed).format(n=number(changed)))
    if erased:
        said.append(_n("{n} effacée", "{n} effacées", erased).format(n=number(erased)))
    return ", ".join(said)


def received_words(sender: str, counts: Mapping[str, int], *, settles: bool) -> str:
    """« Paquet de « Accueil » réuni : 12 nouvelles, 9 modifiées. 2 choix vous attendent dans « À trancher ». »."""
    twice = counts.get(Fate.CONFLICT.value, 0)
    changed = counts.get(Fate.CHANGED.value, 0) + counts.get(TRASHED, 0) + twice
    said = did_words(counts.get(Fate.NEW.value, 0) + counts.get(TWIN, 0), changed, counts.get(Fate.ERASED.value, 0))
    if not said:
        return _("Paquet de « {name} » réuni : vous aviez déjà toutes ses fiches.").format(name=sender)
    words = _("Paquet de « {name} » réuni : {did}.").format(name=sender, did=said)
    if twice and settles:
        more = _n("{n} fiche vous attend dans « À trancher ».", "{n} fiches vous attendent dans « À trancher ».", twice)
        words = f"{words} {more.format(n=number(twice))}"
    return words


def day_words(milliseconds: int, today: date) -> str:
    """« 15 novembre »; the year only when it is another one."""
    from appli.services.wording import date_text

    day = local(milliseconds).date()
    words = date_text(day.isoformat())
    return words.rpartition(" ")[0] if day.year == today.year else words
