"""Why sheets stay, in words."""

from __future__ import annotations

from collections.abc import Mapping

from appli.i18n import _n, number
from appli.services.disclosing import Reason


def reasons(left_out: Mapping[Reason, int]) -> str:
    """« 11 personnes sans accord, 3 fiches réservées »."""
    return ", ".join(_words(reason, left_out[reason]) for reason in Reason if left_out.get(reason))


def _words(reason: Reason, n: int) -> str:
    match reason:
        case Reason.CONSENT:
            words = _n("{n} personne sans accord", "{n} personnes sans accord", n)
        case Reason.MINOR:
            words = _n("{n} personne mineure", "{n} personnes mineures", n)
        case Reason.AUDIENCE:
            words = _n("{n} fiche plus privée", "{n} fiches plus privées", n)
        case Reason.TRASH:
            words = _n("{n} fiche retirée", "{n} fiches retirées", n)
    return words.format(n=number(n))
