"""What the list beside the map says when it is empty: why, and the ways out, as buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from appli.i18n import _, number
from appli.presenters.empty_results import Empty, WayOut
from appli.presenters.map_search import RADII, MapSearch
from appli.presenters.search import Search


def why_empty(
    shared: Search, search: MapSearch, set_km: Callable[[int | None], None], leave_frame: Callable[[], None]
) -> Empty:
    """The sentence and the buttons, the widest way first."""
    ways: list[WayOut] = []
    if search.frame is not None:
        ways.append(WayOut(_("Voir hors du cadre"), leave_frame))
    if search.centre is not None and search.km is not None:
        ways.append(_farther(search.km, set_km))
    query = shared.query
    if query.text or query.filters:
        ways.append(WayOut(_("Effacer la recherche"), partial(_forget, shared)))
    first = [WayOut(w.words, w.take, primary=n == 0) for n, w in enumerate(ways[:2])]
    return Empty("map", _sentence(shared, search), ways=tuple(first))


def _sentence(shared: Search, search: MapSearch) -> str:
    text = shared.query.text.strip()
    what = _("Aucune fiche pour « {text} »").format(text=text) if text else _("Aucune fiche")
    if search.centre is not None and search.km is not None:
        where = _("à moins de {n} km de {name}").format(n=number(search.km), name=search.centre.name)
    elif search.frame is not None:
        where = _("dans ce cadre")
    else:
        where = _("sur la carte")
    return _("{what} {where}.").format(what=what, where=where)


def _farther(km: int, set_km: Callable[[int | None], None]) -> WayOut:
    wider = next((r for r in RADII if r > km), None)
    words = _("Chercher dans toute la France") if wider is None else _("Élargir à {n} km").format(n=number(wider))
    return WayOut(words, partial(set_km, wider))


def _forget(shared: Search) -> None:
    shared.clear_filters()
    shared.set_text("")
