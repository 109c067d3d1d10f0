"""`maillage chercher`, `maillage localiser`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from appli.cli.opening import searching
from appli.cli.output import Output
from appli.domain.ids import id_text
from appli.domain.typography import typeset
from appli.i18n import _, _n, number
from appli.store.index_model import Query, Relaxation, Row

if TYPE_CHECKING:
    from appli.geo.commune import Match


def search(options: argparse.Namespace, out: Output) -> None:
    """Search the directory; an empty text lists everything."""
    from appli.services import searching as services

    with searching(options) as index:
        query = _query(options)
        found = services.search(index, query, options.limite)
        results = [_result(row) for row in found.rows]
        lines = [f"{row.code}  {row.title}  {row.commune}  {row.second_line}".rstrip() for row in found.rows]
        if not found.rows:
            lines = _nothing(services.ways_out(index, query))
        out.answer({"total": found.total, "results": results}, lines)
        out.say(_n("{n} fiche", "{n} fiches", found.total).format(n=number(found.total)))


def _query(options: argparse.Namespace) -> Query:
    if not (options.genre or options.commune):
        return Query(text=options.texte)
    from appli.app import load_gazetteer
    from appli.services.finding import query_for

    return query_for(load_gazetteer, options.texte, options.genre, options.commune, options.rayon)


def _result(row: Row) -> dict[str, Any]:
    return {
        "id": id_text(row.id),
        "code": row.code,
        "kind": row.kind,
        "title": row.title,
        "commune": row.commune,
        "score": round(row.score, 3),
    }


def _nothing(relaxations: list[Relaxation]) -> list[str]:
    lines = [_("Aucune fiche.")]
    for one in relaxations:
        what = ", ".join(one.labels)
        lines.append(_("Sans « {what} », il y en a {n}.").format(what=what, n=number(one.total)))
    return lines


def locate(options: argparse.Namespace, out: Output) -> None:
    """Find communes by name, postcode, department."""
    from appli.app import load_gazetteer

    matches = load_gazetteer().find(options.texte, options.limite)
    results = [
        {
            "insee": m.commune.insee,
            "name": m.commune.name,
            "kind": m.commune.kind,
            "postcodes": list(m.commune.postcodes),
            "department": m.commune.department,
            "lat": m.commune.lat,
            "lon": m.commune.lon,
            "precision": m.precision,
            "score": round(m.score, 3),
        }
        for m in matches
    ]
    out.answer({"results": results}, [_place_line(m) for m in matches] or [_("Aucune commune de ce nom.")])


def _place_line(match: Match) -> str:
    """« 48061  Florac Trois Rivières (Lozère), autrefois Florac »: what is only supposed is said."""
    commune = match.commune
    line = f"{commune.insee}  {typeset(commune.name)} ({typeset(commune.department_name)})"
    if match.old_name:
        line += _(", autrefois {name}").format(name=typeset(match.old_name))
    supposed = {
        "typo": _(", nom voisin"),
        "postcode": _(", d’après les chiffres"),
        "elsewhere": _(", dans un autre département"),
    }
    return line + supposed.get(match.precision, "")
