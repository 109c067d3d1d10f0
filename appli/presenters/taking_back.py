"""Taking a packet back, from the toast or from the journal: what stays, and why, is said before and named after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.domain.changes import Changes
from appli.i18n import _, _n, number
from appli.presenters.imports_journal import Question
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.receiving import Receipt

NAMED = 3
"""So many of what stays are named; of the others, how many there are."""


@dataclass(frozen=True, slots=True)
class Told:
    """What taking a packet back would do, in sheets."""

    leaving: int
    restored: int
    kept: tuple[str, ...]
    """Titles of the sheets that stay because they were written since, or came again."""
    private: tuple[str, ...]
    """Titles of those that stay because this PC keeps something of its own beside them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a packet back did."""

    changes: Changes
    kept: tuple[str, ...]
    """Titles of the sheets that stay; empty for what has none."""


def told_of(directory: Directory, seq: int) -> Told:
    """Rehearse it."""
    from appli.services.exchanging.counting import touched
    from appli.services.exchanging.previewing import sheet_titles
    from appli.services.exchanging.receiving import outlook

    expected = outlook(directory, seq)
    leaving = directory.reads.owners(sorted(expected.removed))[0]
    restored = touched(directory, expected.restored | expected.removed) - leaving
    return Told(
        len(leaving),
        len(restored),
        tuple(sheet_titles(directory, expected.kept - expected.private)),
        tuple(sheet_titles(directory, expected.private)),
    )


def question_of(sender: str, told: Told) -> Question:
    """« Annuler le paquet de « Accueil » ? 12 fiches partiront ; 3 redeviendront comme avant. »."""
    said = []
    if told.leaving or not told.restored:
        words = _n("{n} fiche partira", "{n} fiches partiront", told.leaving)
        said.append(words.format(n=number(told.leaving)))
    if told.restored:
        words = _n("{n} fiche redeviendra comme avant", "{n} fiches redeviendront comme avant", told.restored)
        said.append(words.format(n=number(told.restored)))
    sentences = [f"{_AND.join(said)}."]
    if told.kept:
        stays = _("Ce qui a été écrit ou reçu depuis restera : {names}.").format(names=_names(told.kept))
        sentences.append(stays)
    if told.private:
        stays = _("Ce que vous gardez ici en privé retient aussi : {names}.").format(names=_names(told.private))
        sentences.append(stays)
    sentences.append(_("Un effacement ne revient pas. Vous pourrez réunir ce paquet de nouveau."))
    title = _("Annuler le paquet de « {name} » ?").format(name=sender)
    return Question(title, " ".join(sentences), _("Garder le paquet"), _("Annuler le paquet"))


_AND = "\u202f; "


def take_back(shell: Shell, seq: int, sender: str, then: Callable[[], None] = lambda: None) -> None:
    """Carry it out, refresh the screens, say what stays."""

    def done(taken: Taken) -> None:
        shell.toast(taken_words(sender, taken.kept))
        then()

    shell.session.do(lambda directory: _take_back(directory, seq), done, shell.report)


def way_back(shell: Shell, receipt: Receipt) -> Callable[[], None] | None:
    """How to take back what was just received: a packet, or the copies of another network's sheets; None: nothing."""
    seq, imported, sender = receipt.seq, receipt.imported, receipt.sender
    if seq is not None:
        return lambda: take_back(shell, seq, sender)
    return None if imported is None else lambda: _take_copies_back(shell, imported, sender)


def _take_copies_back(shell: Shell, imported: int, sender: str) -> None:
    from appli.services.importing.taking_back import TakenBack, cancel_import

    def done(_taken: TakenBack) -> None:
        shell.toast(taken_words(sender, ()))

    shell.session.do(lambda directory: cancel_import(directory, imported), done, shell.report)


def taken_words(sender: str, kept: tuple[str, ...]) -> str:
    """« Paquet de « Accueil » annulé. Reste, écrit depuis : Élise Roumégas. »."""
    words = _("Paquet de « {name} » annulé.").format(name=sender)
    if not kept:
        return words
    stays = _("Ce qui a été écrit depuis reste : {names}.").format(names=_names(kept))
    return f"{words} {stays}"


def _names(titles: tuple[str, ...]) -> str:
    names = ", ".join(titles[:NAMED])
    more = len(titles) - NAMED
    if more > 0:
        others = _n("{names} et {n} autre", "{names} et {n} autres", more)
        names = others.format(names=names, n=number(more))
    return names


def _take_back(directory: Directory, seq: int) -> Taken:
    from appli.services.exchanging.previewing import sheet_titles
    from appli.services.exchanging.receiving import take_back as carry_out

    result = carry_out(directory, seq)
    changes = Changes(frozenset(result.restored), frozenset(result.removed))
    return Taken(changes, tuple(sheet_titles(directory, result.kept)))
