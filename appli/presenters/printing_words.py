"""What « Impression » says of an edition: its line in the list, who is not in it, how much paper it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.i18n import N_, _, _n, number

if TYPE_CHECKING:
    from appli.services.printing.edition import Edition
    from appli.services.printing.printing import Printed


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A row of the list."""

    title: str
    line: str
    """« Livret A5 · édition 3 »"""
    icon: str
    kept: bool


READERS = {
    "public": (N_("Tout le monde"), N_("Seulement ce qui est public, et les personnes d’accord pour une affiche.")),
    "shared": (N_("Les membres"), N_("Ce qui est partagé ou public, sauf les personnes qui ont refusé le papier.")),
    "private": (N_("L’accueil seul"), N_("Tout, même ce qui ne quitte jamais ce poste. À garder sous clé.")),
}
"""By the code of the audience: (words, what that means)."""

_PAPERS = {
    "booklet": N_("Livret A5"),
    "a4": N_("A4"),
    "a5": N_("A5"),
    "a3": N_("A3"),
    "a4_wide": N_("A4 en largeur"),
    "a3_wide": N_("A3 en largeur"),
}


def row_of(edition: Edition) -> EditionRow:
    """Its line in the list."""
    paper = _(_PAPERS[edition.paper])
    printed = _("{paper} · édition {n}").format(paper=paper, n=number(edition.number))
    return EditionRow(edition.title, printed if edition.number else paper, edition.of.icon, bool(edition.key))


def outlook_words(edition: Edition, printed: Printed) -> str:
    """« 91 fiches sur 102. N’y sont pas : 11 personnes sans accord. », and what no letter of ours writes."""
    from appli.services.printing.on_paper import missing_words

    said = (_left_out_words(edition, printed), missing_words(printed.unprintable))
    return " ".join(words for words in said if words)


def _left_out_words(edition: Edition, printed: Printed) -> str:
    """Empty for what holds no sheet."""
    from appli.services.exporting.wording import reasons

    if edition.of.blank:
        return ""
    everyone = printed.records + sum(printed.left_out.values())
    if not printed.left_out:
        return _n("{n} fiche.", "{n} fiches.", printed.records).format(n=number(printed.records))
    words = _n("{n} fiche sur {of}.", "{n} fiches sur {of}.", printed.records)
    stays = _("N’y sont pas : {reasons}.").format(reasons=reasons(printed.left_out))
    return f"{words.format(n=number(printed.records), of=number(everyone))} {stays}"


def sheets_of_paper(edition: Edition, pages: int) -> str:
    """« 3 feuilles A4, recto verso, à plier ensemble », « 12 pages A4 »."""
    if edition.paper == "booklet":
        sheets = -(-pages // 4)
        words = _n(
            "{n} feuille A4, recto verso côté court, à plier",
            "{n} feuilles A4, recto verso côté court, à plier ensemble",
            sheets,
        )
        return words.format(n=number(sheets))
    words = _n("{n} page {paper}", "{n} pages {paper}", pages)
    return words.format(n=number(pages), paper=_(_PAPERS[edition.paper]))
