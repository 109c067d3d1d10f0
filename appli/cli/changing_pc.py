"""`maillage base emporter`, `maillage base reprendre`: a directory changes PC."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from pathlib import Path

from appli.app import open_directory
from appli.cli.opening import writing
from appli.cli.output import Output, TerminalProgress
from appli.errors import UserError
from appli.i18n import _, _n, number
from appli.services import changing_pc
from appli.services.siting import refusal


def leave(options: argparse.Namespace, out: Output) -> None:
    """Put the whole directory into one file."""
    proposed = "" if options.phrase else changing_pc.propose_phrase()
    phrase = proposed or _read(options.phrase)
    chosen = changing_pc.Choices(not options.garder_ce_poste, not options.sans_cartes, options.avec_sauvegardes)
    with writing(options) as directory:
        made = changing_pc.leave(directory, options.sortie, phrase, chosen, TerminalProgress())
    lines = [_("Annuaire emporté, relu et vérifié : {path}").format(path=made.path)]
    if proposed:
        lines.append(_("Phrase secrète, à noter ailleurs que sur cette clé : {words}").format(words=proposed))
    if chosen.replaces:
        lines.append(_("Ce poste ne devrait plus servir à cet annuaire."))
    document = {"path": str(made.path), "bytes": made.size, "files": made.files, "phrase": proposed or None}
    out.answer(document, lines)


def arrive(options: argparse.Namespace, out: Output) -> None:
    """Unpack it here."""
    folder: Path = options.dans
    unfit = refusal(folder)
    if unfit is not None:
        raise unfit
    phrase = _read(options.phrase) if options.phrase else _ask()
    changing_pc.introduce(options.fichier, phrase)
    moved = changing_pc.arrive(options.fichier, phrase, folder, TerminalProgress())
    with contextlib.closing(open_directory(folder, holder=_("ligne de commande"))) as directory:
        changing_pc.settle(directory, moved)
        problems = changing_pc.problems(directory)
    count = _n("{n} fiche", "{n} fiches", moved.records).format(n=number(moved.records))
    words = _("« {space} » est là : {count}, dans « {path} ».")
    document = {"path": str(folder), "space": moved.space, "records": moved.records, "problems": problems}
    out.answer(document, [words.format(space=moved.space, count=count, path=folder), *problems])


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, ValueError) as problem:
        raise UserError(
            "no_phrase",
            _("Le fichier « {name} » ne peut pas être lu. Rien n’a changé.").format(name=path.name),
            _("Écrivez la phrase secrète, seule, dans un fichier texte."),
        ) from problem


def _ask() -> str:
    if not sys.stdin.isatty():
        return ""
    return getpass.getpass(_("Phrase secrète") + " : ", sys.stderr)
