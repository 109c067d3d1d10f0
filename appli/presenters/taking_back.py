"""Taking a packet back, from the toast or from the journal: what stays is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.domain.changes import Changes
from appli.i18n import _, _n, number
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory

NAMED = 3
"""So many of what stays are named; of the others, how many there are."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a packet back did."""

    changes: Changes
    kept: tuple[str, ...]
    """Titles of the sheets that stay; empty for what has none."""


def take_back(shell: Shell, seq: int, sender: str) -> None:
    """Carry it out, refresh the screens, say what stays."""

    def done(taken: Taken) -> None:
        shell.toast(taken_words(sender, taken.kept))

    shell.session.do(lambda directory: _take_back(directory, seq), done, shell.report)


def taken_words(sender: str, kept: tuple[str, ...]) -> str:
    """« Paquet de « Accueil » annulé. Reste, écrit depuis : Élise Roumégas. »."""
    words = _("Paquet de « {name} » annulé.").format(name=sender)
    if not kept:
        return words
    names = ", ".join(kept[:NAMED])
    more = len(kept) - NAMED
    if more > 0:
        others = _n("{names} et {n} autre", "{names} et {n} autres", more)
        names = others.format(names=names, n=number(more))
    stays = _("Ce qui a été écrit depuis reste : {names}.").format(names=names)
    return f"{words} {stays}"


def _take_back(directory: Directory, seq: int) -> Taken:
    from appli.services.exchanging.previewing import sheet_titles
    from appli.services.exchanging.receiving import take_back as carry_out

    result = carry_out(directory, seq)
    changes = Changes(frozenset(result.restored), frozenset(result.removed))
    return Taken(changes, tuple(sheet_titles(directory, result.kept)))
