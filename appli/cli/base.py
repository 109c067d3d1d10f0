"""`maillage base …`: the files of the directory."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from appli.app import open_directory
from appli.cli.opening import folder_of, reading, writing
from appli.cli.output import Output, TerminalProgress
from appli.errors import EnvironmentProblem, UserError
from appli.i18n import _, _n, number
from appli.store.folder_files import is_directory, missing_file, no_directory
from appli.store.verify import damage


def verify(options: argparse.Namespace, out: Output) -> None:
    """Look the base over; what is damaged is a matter of the disk, and ends as such."""
    with reading(options) as directory:
        problems = directory.store.problems()
        lines = problems or [_("Tout est en ordre.")]
        if damage(directory.store.folder):
            out.code = 3
            lines = [*lines, *_ways(options)]
        out.answer({"ok": not problems, "problems": problems}, lines)


def _ways(options: argparse.Namespace) -> list[str]:
    from appli.services.first_aid import examine
    from appli.store.engine import damaged

    found = examine(folder_of(options), damaged())
    lines = [_("Ce que vous pouvez écrire :")]
    if found.backup is not None:
        lines.append("  maillage base restaurer " + found.backup.name)
    readable = _n("{n} fiche se lit encore", "{n} fiches se lisent encore", found.readable)
    return [*lines, "  maillage base recuperer", "  (" + readable.format(n=number(found.readable)) + ")"]


def listing(options: argparse.Namespace, out: Output) -> None:
    """The backups, whether the base opens or not."""
    from appli.services.backing_up import backups_of
    from appli.store.restore import opens

    rows = [
        {"name": b.name, "at": b.at.isoformat(), "records": b.records, "bytes": b.size, "usable": opens(b)}
        for b in backups_of(folder_of(options))
    ]
    spoilt, whole = _("{name} – abîmée, ou d’une version plus récente"), _("{name} – {n} fiches")
    lines = [(whole if r["usable"] else spoilt).format(name=r["name"], n=number(int(str(r["records"])))) for r in rows]
    out.answer({"backups": rows}, lines or [_("Pas encore de sauvegarde.")])


def backup(options: argparse.Namespace, out: Output) -> None:
    """Make a checked backup."""
    with writing(options) as directory:
        made = directory.store.backup("manuelle")
        document = {"name": made.name, "path": str(made.path), "records": made.records, "bytes": made.size}
        out.answer(document, [_("Sauvegarde faite et vérifiée : {name}").format(name=made.name)])


def restore(options: argparse.Namespace, out: Output) -> None:
    """Come back to a backup, after backing up the present; a base that does not open is kept aside."""
    from appli.services import first_aid

    folder, name = folder_of(options), options.sauvegarde
    if name == first_aid.LATEST:
        name = first_aid.latest(folder).name
    lines = [_("L’annuaire est revenu à cette sauvegarde.")]
    try:
        with writing(options) as directory:
            directory.store.restore(name)
            directory.ensure_index()
    except EnvironmentProblem as problem:
        if problem.code not in first_aid.MENDED:
            raise
        kept = first_aid.come_back(folder, name, newer=problem.code == "newer_base")
        lines.append(_("La base qui ne s’ouvrait pas est gardée dans « {path} ».").format(path=kept))
        with writing(options):
            pass
    out.answer({"restored": name}, lines)


def recover(options: argparse.Namespace, out: Output) -> None:
    """Go on with what can still be read of a base that does not open."""
    from appli.services import first_aid

    folder = folder_of(options)
    _refuse_sound(folder)
    done = first_aid.recover(folder, TerminalProgress())
    with writing(options):
        pass
    read = _n("{n} fiche reprise.", "{n} fiches reprises.", done.sheets).format(n=number(done.sheets))
    lost = _n("{n} fiche n’a pas pu être lue.", "{n} fiches n’ont pas pu être lues.", done.lost)
    kept = _("La base abîmée est gardée dans « {path} ».").format(path=done.kept_in)
    document = {"records": done.sheets, "lost": done.lost, "kept_in": str(done.kept_in)}
    out.answer(document, [read, *([lost.format(n=number(done.lost))] if done.lost else []), kept])


def put_aside(options: argparse.Namespace, out: Output) -> None:
    """Set a base aside that does not open: the next verb begins an empty directory."""
    from appli.services import first_aid

    folder = folder_of(options)
    _refuse_sound(folder)
    kept = first_aid.start_empty(folder)
    out.answer({"kept_in": str(kept)}, [_("La base est gardée dans « {path} ».").format(path=kept)])


def aside(options: argparse.Namespace, out: Output) -> None:
    """The bases set aside, whether the base opens or not: whoever was erased since may still be in them."""
    from appli.services.bases_aside import bases_aside

    found = bases_aside(folder_of(options))
    rows = [
        {
            "name": one.path.name,
            "path": str(one.path),
            "at": one.at.isoformat(),
            "bytes": one.size,
            "reason": "newer" if one.newer else "damaged",
        }
        for one in found
    ]
    spoilt, newer = _("{name} – abîmée, {n} Ko"), _("{name} – d’une version plus récente, {n} Ko")
    lines = [(newer if b.newer else spoilt).format(name=b.path.name, n=number(b.size // 1000 + 1)) for b in found]
    out.answer({"set_aside": rows}, lines or [_("Aucune base mise de côté.")])


def delete_aside(options: argparse.Namespace, out: Output) -> None:
    """Delete one of them, or all, for ever."""
    from appli.services.bases_aside import EVERY, bases_aside, delete

    folder, name = folder_of(options), options.base
    names = [one.path.name for one in bases_aside(folder)] if name == EVERY else [name]
    if not options.oui:
        raise UserError(
            "confirm_needed",
            _("Supprimer une base mise de côté ne pourra pas être annulé. Rien n’a été supprimé."),
            _("Si vous n’attendez plus rien de ces fichiers, ajoutez --oui."),
        )
    size = delete(folder, names)
    said = _n("{n} base supprimée pour toujours.", "{n} bases supprimées pour toujours.", len(names))
    out.answer({"deleted": names, "bytes": size}, [said.format(n=number(len(names)))])


def _refuse_sound(folder: Path) -> None:
    """What serves a base that does not open must not touch one that does."""
    from appli.services.first_aid import MENDED

    if not is_directory(folder) and missing_file(folder) is None:
        raise no_directory(folder)
    try:
        with contextlib.closing(open_directory(folder, looked_over=True)):
            pass
    except EnvironmentProblem as problem:
        if problem.code not in MENDED - {"newer_base"}:
            raise
        return
    raise UserError(
        "sound_base",
        _("La base de cet annuaire s’ouvre : elle n’a pas besoin de secours. Rien n’a changé."),
        _("« maillage base sauvegardes » liste les sauvegardes, « maillage base restaurer » y revient."),
    )


def digest(options: argparse.Namespace, out: Output) -> None:
    """The fingerprint of the shared content."""
    with reading(options) as directory:
        found = directory.store.digest()
        out.answer({"digest": found}, [found])
