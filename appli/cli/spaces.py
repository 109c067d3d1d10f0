"""`maillage espace`, `maillage demo`, `maillage genres`."""

from __future__ import annotations

import argparse
from typing import Any

from appli.cli.opening import reading, writing
from appli.cli.output import Output, TerminalProgress
from appli.domain import catalogue
from appli.domain.fields import Field, Kind
from appli.i18n import _, number


def create(options: argparse.Namespace, out: Output) -> None:
    """Found a space, or describe anew the one that is there."""
    from appli.services import spaces
    from appli.services.parsing import parse_value

    with writing(options) as directory:
        territory = parse_value(directory, catalogue.kind("space").fields["territory"], options.territoire)
        facts = spaces.SpaceFacts(options.nom, territory or (), options.contact, options.poste)
        spaces.found(directory, facts)
        _show(directory, out)


def show(options: argparse.Namespace, out: Output) -> None:
    """Show the space."""
    with reading(options) as directory:
        _show(directory, out)


def _show(directory: Any, out: Output) -> None:
    from appli.domain.ids import id_text
    from appli.services import spaces, wording

    space = spaces.space_of(directory)
    values = dict(space.values) if space else {}
    document = {
        "id": id_text(space.id) if space else None,
        "name": values.get("name", ""),
        "territory": values.get("territory", []),
        "rights_contact": values.get("rights_contact", ""),
        "replica": spaces.replica_name(directory),
        "counts": {k: n for k, n in directory.reads.counts().items() if catalogue.kind(k).is_main},
    }
    places = ", ".join(wording.territory_name(directory, p) for p in document["territory"])
    lines = [document["name"] or _("Aucun espace n’est encore décrit."), places]
    lines += [f"  {catalogue.kind(k).plural} : {number(n)}" for k, n in document["counts"].items()]
    out.answer(document, [line for line in lines if line])


def demo(options: argparse.Namespace, out: Output) -> None:
    """Fill a folder with the example directory."""
    from appli.services.demonstration import load

    with writing(options) as directory:
        counts = load(directory, TerminalProgress())
        total = sum(counts.values())
        sentence = _("{n} fiches d’exemple : toutes ces personnes sont inventées.").format(n=number(total))
        out.answer({"created": total, "by_kind": counts}, [sentence])


def kinds(_options: argparse.Namespace, out: Output) -> None:
    """List the kinds and their fields."""
    described = [_kind(k) for k in catalogue.all_kinds().values()]
    lines = []
    for kind in catalogue.main_kinds():
        lines.append(f"{kind.code} — {kind.plural}")
        shown = (f for f in kind.fields.values() if f.declared.section != "none")
        lines += [f"    {f.name:<20} {f.label} ({f.type.code})" for f in shown]
        lines += [f"    {name:<20} {_(c.label)} (…)" for name, c in kind.collections.items()]
    out.answer({"kinds": described}, lines)


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "number": kind.number,
        "code": kind.code,
        "label": kind.label,
        "main": kind.is_main,
        "letter": kind.info.letter,
        "fields": [_field(f) for f in kind.fields.values()],
        "lists": [
            {"name": name, "label": _(c.label), "kind": c.child, "key": c.key, "scheme": c.scheme}
            for name, c in kind.collections.items()
        ],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "number": field.number,
        "name": field.name,
        "label": field.label,
        "type": field.type.code,
        "audience": field.declared.audience.code,
        "codes": dict(field.codes.codes) if field.codes else None,
        "personal": field.declared.personal is not None,
    }
