"""Understanding what a search names (a kind, a commune), and finding the one record somebody names."""

from __future__ import annotations

from collections.abc import Callable

from appli.domain import catalogue, shapes
from appli.domain.entry import Entry
from appli.domain.ids import id_text, parse_code, parse_id, short_code
from appli.errors import UserError
from appli.geo.commune import Commune
from appli.geo.gazetteer import Gazetteer
from appli.i18n import _
from appli.services.directory import Directory
from appli.store.index import Query


def query_for(
    gazetteer: Callable[[], Gazetteer], text: str, kind: str = "", commune: str = "", radius_km: float = 0
) -> Query:
    """A query from words: a kind and a commune by their names, a radius around that commune."""
    filters: list[tuple[str, frozenset[str]]] = []
    if kind:
        filters.append(("kind", frozenset(shapes_named(kind))))
    near = None
    if commune:
        place = _commune_named(gazetteer(), commune)
        if radius_km:
            near = (place.lat, place.lon, radius_km)
        else:
            filters.append(("commune", frozenset({place.insee, place.name})))
    return Query(text=text, filters=tuple(filters), near=near)


def shapes_named(word: str) -> set[str]:
    """The sorts of sheets that a word means, as facets call them. Raises UserError."""
    found = catalogue.kind_named(word)
    if found is not None:
        return {found.code, *(s.code for s in found.info.shapes if s.letter)}
    named = shapes.shape_named(word)
    if named:
        return {named}
    raise unknown_kind(word)


def unknown_kind(word: str) -> UserError:
    """A word that names no kind."""
    known = ", ".join(k.code for k in catalogue.main_kinds())
    return UserError(
        "unknown_kind",
        _("Aucun genre de fiche ne s’appelle « {word} ». Rien n’a changé.").format(word=word),
        _("Genres possibles : {known}.").format(known=known),
    )


def _commune_named(gazetteer: Gazetteer, word: str) -> Commune:
    exact = gazetteer.by_insee(word.upper())
    if exact is not None:
        return exact
    matches = gazetteer.find(word, 5)
    if not matches or matches[0].is_guess:
        meant = ", ".join(match.commune.name for match in matches)
        raise UserError(
            "unknown_commune",
            _("Aucune commune ne s’appelle « {word} ». Rien n’a changé.").format(word=word),
            _("Peut-être : {names}.").format(names=meant)
            if meant
            else _("Vérifiez son nom, ou donnez son code INSEE."),
        )
    return matches[0].commune


def find_record(directory: Directory, word: str) -> Entry:
    """The record of a UUID or a short code in any case; UserError with the candidates when several answer."""
    record_id = parse_id(word)
    if record_id is None:
        body = parse_code(word)
        ids = [row.id for row in directory.index.find_code(body)] if body else []
        if len(ids) > 1:
            raise _ambiguous(word, [e for i in ids if (e := directory.reads.entry(i))])
        record_id = ids[0] if ids else None
    entry = directory.reads.entry(record_id) if record_id else None
    if entry is None:
        raise UserError(
            "no_record",
            _("Aucune fiche n’a le code « {word} ». Rien n’a changé.").format(word=word),
            _("Vérifiez le code, ou cherchez la fiche par son nom."),
        )
    return entry


def _ambiguous(word: str, candidates: list[Entry]) -> UserError:
    shown = ", ".join(f"{e.title} ({code_of(e)}, {id_text(e.id)})" for e in candidates)
    return UserError(
        "ambiguous",
        _("Plusieurs fiches répondent à « {word} ». Rien n’a changé.").format(word=word),
        _("Choisissez par l’identifiant entier : {shown}").format(shown=shown),
    )


def code_of(entry: Entry) -> str:
    """The code printed on paper."""
    return short_code(entry.id, shapes.letter_of(entry.kind, entry.values))
