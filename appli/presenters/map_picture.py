"""The map as a picture: what it shows of the search, and the words around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from appli.i18n import _, _n, number
from appli.presenters.map_search import Bounds, MapSearch
from appli.presenters.map_source import MapSource
from appli.presenters.session import Session
from appli.services.live_map import LiveMap
from appli.services.map_picture import Picture, picture_of

CHANNEL = "carte-image"


@dataclass(frozen=True, slots=True)
class Pictured:
    """What is drawn, and what is written around it."""

    source: MapSource
    title: str
    about: str
    note: str
    file_name: str

    @property
    def words(self) -> dict[str, str]:
        """As the page reads them."""
        return {"title": self.title, "about": self.about, "note": self.note}


class MapPicture:
    """Asks aside which signs may leave this PC; a map without any is a picture too."""

    def __init__(self, session: Session, search: MapSearch, source: LiveMap) -> None:
        self._session = session
        self._search = search
        self._source = source

    def ask(self, sight: Bounds, then: Callable[[Pictured], None]) -> None:
        """What the map has in sight."""
        query = replace(self._search.on_map, bounds=None)

        def read(picture: Picture) -> None:
            then(self._pictured(picture))

        self._session.read(CHANNEL, lambda directory, stopped: picture_of(directory, query, sight, stopped), read)

    def _pictured(self, picture: Picture) -> Pictured:
        about = []
        text, centre, km = self._search.on_map.text.strip(), self._search.centre, self._search.km
        if text:
            about.append(_("recherche «\u00a0{text}\u00a0»").format(text=text))
        if centre is not None and km is not None:
            about.append(_("cercle de {n}\u00a0km autour de {name}").format(n=number(km), name=centre.name))
        note = [picture.day]
        if picture.staying:
            words = _n("{n} fiche ne peut pas être montrée", "{n} fiches ne peuvent pas être montrées", picture.staying)
            note.append(words.format(n=number(picture.staying)))
        title = picture.space or _("Carte")
        file_name = _("Carte du {day}").format(day=picture.day)
        return Pictured(self._source.showing(picture.points), title, " · ".join(about), " · ".join(note), file_name)
