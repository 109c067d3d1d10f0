"""Searching the directory, and finding the one record somebody names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from appli.domain import catalogue, shapes
from appli.domain.entry import Entry
from appli.domain.ids import id_text, parse_code, parse_id, short_code
from appli.errors import UserError
from appli.geo.commune import Commune
from appli.i18n import _
from appli.services.directory import Directory
from appli.store.index import FacetGroup, Query, Relaxation, Row


def never() -> bool:
    """Nobody cancels."""
    return False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results."""

    total: int
    rows: tuple[Row, ...]


def search(directory: Directory, query: Query, limit: int | None = 50) -> Found:
    """The best matches and how many there are in all; `limit` None gives them all."""
    total = directory.index.total(query, never)
    if limit is not None and limit <= 50:
        return Found(total, tuple(directory.index.first_page(query, limit)))
    ids = directory.index.ids(query, never)
    scores = {row.id: row.score for row in directory.index.first_page(query, 50)}
    rows = directory.index.rows(ids if limit is None else ids[:limit])
    return Found(total, tuple(replace(r, score=scores.get(r.id, r.score)) for r in rows))


def facets(directory: Directory, query: Query, cancelled: Callable[[], bool] = never) -> list[FacetGroup]:
    """Counts over the whole base, each group counted with the other groups' choices."""
    return list(directory.index.facets(query, cancelled))


def ways_out(directory: Directory, query: Query) -> list[Relaxation]:
    """For an empty result: which condition to drop, and how many sheets that gives."""
    return list(directory.index.relaxations(query))


def query_for(directory: Directory, text: str, kind: str = "", commune: str = "", radius_km: float = 0) -> Query:
    """A query from words: a kind and a commune by their names, a radius around that commune."""
    filters: list[tuple[str, frozenset[str]]] = []
    if kind:
        filters.append(("kind", frozenset(_shapes_named(kind))))
    near = None
    if commune:
        place = _commune_named(directory, commune)
        if radius_km:
            near = (place.lat, place.lon, radius_km)
        else:
            filters.append(("commune", frozenset({place.insee, place.name})))
    return Query(text=text, filters=tuple(filters), near=near)


def _shapes_named(word: str) -> set[str]:
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
        _("Aucun genre de fiche ne s’appelle « {word} ». Rien n’a changé.").format(word=word),
        _("Genres possibles : {known}.").format(known=known),
    )


def _commune_named(directory: Directory, word: str) -> Commune:
    exact = directory.gazetteer.by_insee(word.upper())
    if exact is not None:
        return exact
    matches = directory.gazetteer.find(word, 5)
    if not matches:
        raise UserError(
            "unknown_commune",
            _("Aucune commune ne s’appelle « {word} ». Rien n’a changé.").format(word=word),
            _("Vérifiez son nom, ou donnez son code INSEE."),
        )
    return matches[0].commune


def find_record(directory: Directory, word: str) -> Entry:
    """The record of a UUID or a short code in any case; UserError with the candidates when several answer."""
    record_id = parse_id(word)
    if record_id is None:
        body = parse_code(word)
        ids = directory.index.find_code(body) if body else []
        if len(ids) > 1:
            raise _ambiguous(word, [e for i in ids if (e := directory.reads.entry(i))])
        record_id = ids[0] if ids else None
    entry = directory.reads.entry(record_id) if record_id else None
    if entry is None:
        raise UserError(
            "no_record",
            _("Aucune fiche n’a le code « {word} ». Rien n’a changé.").format(word=word),
            _("Vérifiez le code, ou cherchez la fiche par son nom."),
        )
    return entry


def _ambiguous(word: str, candidates: list[Entry]) -> UserError:
    shown = ", ".join(f"{e.title} ({code_of(e)}, {id_text(e.id)})" for e in candidates)
    return UserError(
        "ambiguous",
        _("Plusieurs fiches répondent à « {word} ». Rien n’a changé.").format(word=word),
        _("Choisissez par l’identifiant entier : {shown}").format(shown=shown),
    )


def code_of(entry: Entry) -> str:
    """The code printed on paper."""
    return short_code(entry.id, shapes.letter_of(entry.kind, entry.values))
