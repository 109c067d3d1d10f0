"""`maillage importer`, `maillage imports …`."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import Any

from appli.cli.opening import reading, writing
from appli.cli.output import Output, TerminalProgress
from appli.domain import catalogue
from appli.errors import UserError
from appli.i18n import _, _n, number
from appli.services.directory import Directory
from appli.services.finding import unknown_kind
from appli.services.importing import applying
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.planning import ImportPlan
from appli.services.importing.reading import ListFile, mapping_for, open_list, plan_of


def run(options: argparse.Namespace, out: Output) -> None:
    """Import a list, or show what importing it would do."""
    progress = TerminalProgress()
    listed = open_list(options.fichier, options.feuille, progress=progress)
    with writing(options, founding=True) as directory:
        mapping = _mapping(directory, listed, options)
        plan = plan_of(directory, listed, mapping, progress)
        seq = None if options.essai else applying.apply(directory, plan, progress=progress).seq
        document = _document(plan, seq)
        out.answer(document, _lines(plan, document, dry=options.essai))


def _mapping(directory: Directory, listed: ListFile, options: argparse.Namespace) -> ImportMapping:
    kind = ""
    if options.genre:
        found = catalogue.kind_named(options.genre)
        if found is None:
            raise unknown_kind(options.genre)
        kind = found.code
    source = options.source or options.fichier.stem
    if options.correspondance is None:
        return mapping_for(directory, listed, source, kind, options.cle or ())
    try:
        document = json.loads(options.correspondance.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise UserError(
            "bad_mapping",
            _("Ce fichier de correspondance ne se lit pas. Rien n’a changé."),
            _("Vérifiez son nom et qu’il est en JSON."),
        ) from problem
    return ImportMapping.from_json(document, source)


def _document(plan: ImportPlan, seq: int | None) -> dict[str, Any]:
    errors = [{"line": p.line, "column": p.column, "code": p.code, "reason": p.message} for p in plan.problems]
    errors += [
        {"line": row.line, "column": r.column or None, "code": r.code, "reason": r.reason}
        for row in plan.rows
        for r in row.remarks
    ]
    return {
        "import_id": None if seq is None else str(seq),
        "created": len(plan.of_status("created")),
        "changed": len(plan.of_status("changed")),
        "unchanged": len(plan.of_status("unchanged")),
        "by_kind": plan.by_kind,
        "errors": errors,
    }


def _lines(plan: ImportPlan, document: dict[str, Any], *, dry: bool) -> list[str]:
    if dry:
        lines = [_("Essai : rien n’a changé.")]
    else:
        lines = [_("Import n° {id} : tout peut être annulé.").format(id=document["import_id"])]
    for status, one, many in (
        ("created", _("{n} fiche créée"), _("{n} fiches créées")),
        ("changed", _("{n} modifiée"), _("{n} modifiées")),
        ("unchanged", _("{n} inchangée"), _("{n} inchangées")),
    ):
        n = document[status]
        lines.append((one if n < 2 else many).format(n=number(n)))
    refused = len(plan.of_status("refused"))
    lines.append(_n("{n} ligne écartée", "{n} lignes écartées", refused).format(n=number(refused)))
    lines += [f"  {catalogue.kind(k).plural} : {number(n)}" for k, n in plan.by_kind.items()]
    if plan.consents:
        lines.append(_("Accords lus dans les mots, à confirmer :"))
        lines += [f"  « {c.text} » × {c.count} : {_reading(c.reading)}" for c in plan.consents]
    return [*lines, *_remarks(document["errors"])]


def _remarks(errors: list[dict[str, Any]]) -> list[str]:
    said = _("ligne {line} : {reason}")
    lines = ["  " + said.format(line=e["line"], reason=e["reason"]) for e in errors[:20]]
    if len(errors) > 20:
        lines.append("  " + _("… et {n} autres remarques (--json les donne toutes)").format(n=len(errors) - 20))
    return lines


def _reading(reading_: Any) -> str:
    from appli.domain.kinds.consent import PURPOSES

    said = [
        _("{what} : {answer}").format(what=PURPOSES.label(p), answer=_("oui") if given else _("non"))
        for p, given in reading_.given.items()
    ]
    return ", ".join(said) or _("rien de sûr")


def listing(options: argparse.Namespace, out: Output) -> None:
    """List the imports made on this PC."""
    with reading(options) as directory:
        found = [_described(i) for i in directory.store.imports()]
        lines = [f"{i['import_id']}  {i['at']}  {i['file']}  {_short(i)}" for i in found]
        out.answer({"imports": found}, lines or [_("Aucun import sur ce poste.")])


def _described(one: dict[str, Any]) -> dict[str, Any]:
    stats = one["stats"]
    return {
        "import_id": str(one["seq"]),
        "at": datetime.fromtimestamp(one["at"] / 1000).astimezone().isoformat(timespec="seconds"),
        "file": one["file"],
        "created": stats["created"],
        "changed": stats["changed"],
        "unchanged": stats["unchanged"],
        "undone": one["undone"] is not None,
    }


def _short(one: dict[str, Any]) -> str:
    text = _("{created} créées, {changed} modifiées").format(created=one["created"], changed=one["changed"])
    return text + (" " + _("(annulé)") if one["undone"] else "")


def cancel(options: argparse.Namespace, out: Output) -> None:
    """Take an import back."""
    if not options.id.isdigit():
        raise UserError(
            "no_import",
            _("« {id} » n’est pas le numéro d’un import. Rien n’a changé.").format(id=options.id),
            _("Voyez « maillage imports lister »."),
        )
    with writing(options) as directory:
        done = applying.cancel_import(directory, int(options.id))
        titles = [directory.title_of(i) for i in done.kept]
        document = {"import_id": options.id, "removed": done.removed, "kept": [i.hex() for i in done.kept]}
        lines = [_n("{n} fiche reprise.", "{n} fiches reprises.", done.removed).format(n=number(done.removed))]
        if titles:
            lines.append(_("Restent, car modifiées depuis : {titles}.").format(titles=", ".join(titles)))
        out.answer(document, lines)
