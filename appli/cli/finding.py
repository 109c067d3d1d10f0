"""`maillage chercher`, `maillage localiser`."""

from __future__ import annotations

import argparse

from appli.cli.opening import reading
from appli.cli.output import Output
from appli.domain.ids import id_text
from appli.i18n import _, _n, number


def search(options: argparse.Namespace, out: Output) -> None:
    """Search the directory; an empty text lists everything."""
    from appli.services import finding

    with reading(options) as directory:
        query = finding.query_for(directory, options.texte, options.genre, options.commune, options.rayon)
        found = finding.search(directory, query, options.limite)
        results = [
            {
                "id": id_text(row.id),
                "code": row.code,
                "kind": row.kind,
                "title": row.title,
                "commune": row.commune,
                "score": round(row.score, 3),
            }
            for row in found.rows
        ]
        lines = [f"{row.code}  {row.title}  {row.commune}  {row.second_line}".rstrip() for row in found.rows]
        if not found.rows:
            lines = _ways_out(finding.ways_out(directory, query))
        out.answer({"total": found.total, "results": results}, lines)
        out.say(_n("{n} fiche", "{n} fiches", found.total).format(n=number(found.total)))


def _ways_out(relaxations) -> list[str]:  # type: ignore[no-untyped-def]
    lines = [_("Aucune fiche.")]
    for one in relaxations:
        if one.total:
            what = ", ".join(one.labels)
            lines.append(_("Sans « {what} », il y en a {n}.").format(what=what, n=number(one.total)))
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
    lines = [f"{m.commune.insee}  {m.commune.name} ({m.commune.department_name})" for m in matches]
    out.answer({"results": results}, lines or [_("Aucune commune de ce nom.")])
