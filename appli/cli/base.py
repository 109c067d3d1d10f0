"""`maillage base …`: the files of the directory."""

from __future__ import annotations

import argparse

from appli.cli.opening import reading, writing
from appli.cli.output import Output
from appli.i18n import _


def verify(options: argparse.Namespace, out: Output) -> None:
    """Look the base over."""
    with reading(options) as directory:
        problems = directory.store.problems()
        lines = problems or [_("Tout est en ordre.")]
        out.answer({"ok": not problems, "problems": problems}, lines)


def backup(options: argparse.Namespace, out: Output) -> None:
    """Make a checked backup."""
    with writing(options) as directory:
        made = directory.store.backup("manuelle")
        document = {"name": made.name, "path": str(made.path), "records": made.records, "bytes": made.size}
        out.answer(document, [_("Sauvegarde faite et vérifiée : {name}").format(name=made.name)])


def restore(options: argparse.Namespace, out: Output) -> None:
    """Come back to a backup, after backing up the present."""
    with writing(options) as directory:
        directory.store.restore(options.sauvegarde)
        directory.ensure_index()
        out.answer({"restored": options.sauvegarde}, [_("L’annuaire est revenu à cette sauvegarde.")])


def digest(options: argparse.Namespace, out: Output) -> None:
    """The fingerprint of the shared content."""
    with reading(options) as directory:
        found = directory.store.digest()
        out.answer({"digest": found}, [found])
