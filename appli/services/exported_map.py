"""« Exporter la carte »: what may be shown to those it is made for, as one page that opens anywhere without a network.

Who and what goes is decided by the gate (`services.disclosing`, by the medium of maps) and read as lists are
(`services.exporting.subjects`); the page itself is composed in `documents.exported_map`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from appli import resources
from appli.domain import shapes
from appli.domain.audience import LABELS, Audience
from appli.domain.text import sort_key
from appli.domain.typography import typeset
from appli.errors import UserError
from appli.exchange.safe_file import write_file
from appli.geo.positions import Point
from appli.geo.tiles import TileArchive
from appli.geo.tiles_around import Tile, around, only, whole
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Medium, Reason
from appli.services.exporting.export import Outlook
from appli.services.exporting.subjects import Selection, Subject
from appli.services.exporting.wording import reasons
from appli.services.importing.targets import simple_lists
from appli.services.searching import never
from appli.services.second_line import second_line
from appli.services.spaces import space_of
from appli.services.unlocated import NOWHERE
from appli.services.wording import date_text, value_text
from appli.store.index import Query

if TYPE_CHECKING:
    from appli.documents.exported_map import Edition, Fact, Sheet

BASE_BYTES = 2_500_000
"""What the base map may weigh before it is written as text (a third more): the page still goes into a mail."""
_WHOLE = range(4, 6)
_AROUND = range(6, 10)
_ARCHIVES = ("fr", "relief")
_DRAWN = frozenset("voisins terre communes departements regions fleuves lacs lieux noms".split())
"""Layers of the vector tiles that the page draws; the outlines of groupings alone would be a quarter more."""
_APART = frozenset(("position", "commune", "licence"))
"""Fields said elsewhere on the page, or that a reader has no use for."""


@dataclass(frozen=True, slots=True)
class MapExported:
    """A map written: how many sheets it lists, how many of them it shows on the map, how many stay and why."""

    path: Path
    records: int
    placed: int
    bytes: int
    audience: Audience
    left_out: Mapping[Reason, int] = field(default_factory=dict)


def export_map(
    directory: Directory,
    path: Path,
    query: Query,
    audience: Audience = Audience.PUBLIC,
    progress: Progress = SILENT,
) -> MapExported:
    """Write what a search finds, as far as it may leave, to a page with a map.

    The file is there whole or not at all. Raises UserError when nothing may leave or nothing has a place,
    EnvironmentProblem when the disk refuses.
    """
    from appli.documents.exported_map import page

    target = path if path.suffix.lower() in (".html", ".htm") else path.with_name(f"{path.name}.html")
    selection = _selection(directory, query, audience, never)
    sheets = [_sheet(selection, subject) for subject in selection.subjects(progress)]
    sheets.sort(key=lambda sheet: sort_key(sheet.title))
    places = [sheet.place for sheet in sheets if sheet.place is not None]
    if not places:
        raise _nothing(selection, len(sheets))
    content = page(_edition(directory, audience), sheets, base_tiles(places))
    write_file(target, content)
    return MapExported(target, len(sheets), len(places), len(content), audience, dict(selection.left_out))


def outlook(directory: Directory, query: Query, audience: Audience, stopped: Callable[[], bool] = never) -> Outlook:
    """How many of the sheets found may leave, before anything is written."""
    selection = _selection(directory, query, audience, stopped)
    going = selection.count(stopped)
    return Outlook(going, reasons(selection.left_out))


def base_tiles(places: Iterable[Point], budget: int = BASE_BYTES) -> dict[str, dict[str, bytes]]:
    """The tiles of the base map: all far views, then those around the places while there is room."""
    held: dict[str, dict[str, bytes]] = {name: {} for name in _ARCHIVES}
    with ExitStack() as opened:
        archives = {name: opened.enter_context(TileArchive(_archive(name))) for name in _ARCHIVES}
        for tile in _wanted(list(places)):
            for name, archive in archives.items():
                content = archive.tile(*tile)
                if content and name == "fr":
                    content = only(content, _DRAWN)
                if content and len(content) <= budget:
                    held[name]["/".join(map(str, tile))] = content
                    budget -= len(content)
    return held


def _sources() -> str:
    """What the base map's own files say of where they come from."""
    said: dict[str, None] = {}
    for name in _ARCHIVES:
        with TileArchive(_archive(name)) as archive:
            said |= dict.fromkeys(part for part in archive.info().attribution.split(" · ") if part)
    return " · ".join(said)


def _archive(name: str) -> Path:
    return resources.path(f"carte/fonds/{name}.pmtiles")


def _wanted(places: list[Point]) -> Iterator[Tile]:
    for zoom in _WHOLE:
        yield from whole(zoom)
    yield from around(places, _AROUND)


# --- what is said -----------------------------------------------------------------------------------------------------


def _selection(directory: Directory, query: Query, audience: Audience, stopped: Callable[[], bool]) -> Selection:
    """What is found and is somewhere by nature: a page of text is not."""
    found = directory.index.rows(directory.index.ids(query, stopped))
    ids = [row.id for row in found if row.kind not in NOWHERE]
    return Selection(directory, Disclosure(directory, audience, Medium.MAP), ids)


def _sheet(selection: Selection, subject: Subject) -> Sheet:
    from appli.documents.exported_map import Sheet

    entry = replace(subject.entry, values=subject.values)  # what may not leave is not even here
    lists = _lists(selection, subject)
    terms = [word for name, _label, words in lists if name not in _CONTACTS for word in words]
    line = second_line(entry, terms)
    texts = [str(v) for n, v in subject.values.items() if v and _is_prose(subject, n) and str(v) != line]
    return Sheet(
        shape=shapes.shape_of(subject.kind, subject.values),
        kind=shapes.label_of(subject.kind, subject.values),
        title=subject.title,
        code=subject.code,
        line=line,
        where=typeset(str((subject.values.get("commune") or {}).get("name", ""))),
        texts=tuple(texts),
        facts=tuple(_facts(selection, subject, lists, line)),
        place=selection.place_of(subject),
    )


List = tuple[str, str, list[str]]
_CONTACTS = ("phone", "mobile", "email", "web", "blog", "mailing_list", "social", "donation")


def _lists(selection: Selection, subject: Subject) -> list[List]:
    """(name, label, words) of its contacts and terms."""
    found: list[List] = []
    for name, collection in simple_lists(subject.kind):
        words = [w for row in subject.rows(collection) if (w := selection.words(collection, row))]
        if words:
            found.append((name, _(collection.label), list(dict.fromkeys(words))))
    return found


def _facts(selection: Selection, subject: Subject, lists: list[List], line: str) -> Iterator[Fact]:
    from appli.documents.exported_map import Fact, Words

    for name, label, words in lists:
        yield Fact(label, tuple(Words(word, name) for word in words))
    if subject.organizations:
        yield Fact(_("Structure"), tuple(Words(title) for title in subject.organizations))
    apart = _APART | {shape.field for shape in subject.kind.info.shapes}
    for name, value in subject.values.items():
        field_ = subject.kind.fields[name]
        if name in apart or value in (None, False) or field_.declared.section in ("none", "consent"):
            continue
        if field_ is subject.kind.title_field or _is_prose(subject, name):
            continue
        text = value_text(selection.directory, field_, value)
        if text and text != line:
            yield Fact(field_.label, (Words(text),))


def _is_prose(subject: Subject, name: str) -> bool:
    field_ = subject.kind.fields[name]
    return name == "summary" or (field_.type.code == "long_text" and field_.declared.section != "none")


def _edition(directory: Directory, audience: Audience) -> Edition:
    from appli.documents.exported_map import Edition

    space = space_of(directory)
    values = space.values if space else {}
    day = date_text(datetime.fromtimestamp(directory.store.folder.clock() / 1000, UTC).astimezone().date().isoformat())
    about = []
    if audience >= Audience.PUBLIC:
        about.append(_("Cette carte ne contient que ce qui est public, et les personnes d’accord pour y être."))
    else:
        level = _(LABELS[audience]).lower()
        about.append(_("Elle contient ce qui est « {level} » : ne la publiez pas.").format(level=level))
    if values.get("rights_contact"):
        about.append(_("Pour corriger ou retirer une fiche : {contact}.").format(contact=values["rights_contact"]))
    if space and values.get("licence"):
        licence = value_text(directory, space.kind.fields["licence"], values["licence"])
        about.append(_("Licence des fiches : {licence}.").format(licence=licence))
    about += [
        _("Une fiche sans position précise est à la place de sa commune."),
        _("Fond de carte simplifié : {sources}.").format(sources=_sources()),
        _("Page faite avec Maillage, folium, Leaflet, supercluster et protomaps-leaflet. Elle n’appelle aucun réseau."),
    ]
    title = space.title if space and space.title else _("Carte")
    return Edition(title, _("Carte de l’annuaire, édition du {day}").format(day=day), tuple(about))


def _nothing(selection: Selection, listed: int) -> UserError:
    if listed:
        return UserError(
            "nothing_on_map",
            _("Aucune des fiches qui peuvent sortir n’a de place sur la carte. Rien n’a été écrit."),
            _("Rendez public l’emplacement ou la commune des fiches, ou choisissez une autre diffusion."),
        )
    if selection.left_out:
        return UserError(
            "nothing_may_leave",
            _("Aucune des fiches trouvées ne peut sortir ainsi : {reasons}. Rien n’a été écrit.").format(
                reasons=reasons(selection.left_out)
            ),
            _("Choisissez une autre diffusion, ou demandez leur accord aux personnes."),
        )
    return UserError(
        "nothing_to_export",
        _("Aucune fiche n’a été trouvée. Rien n’a été écrit."),
        _("Cherchez autre chose."),
    )
