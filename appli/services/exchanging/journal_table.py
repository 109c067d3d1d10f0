"""The journal of exchanges as a table that a spreadsheet opens: for the board of an association."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

from appli.exchange.safe_file import write_file
from appli.i18n import N_, _
from appli.services.directory import Directory
from appli.services.exchanging.journal import Came, Exchange, journal
from appli.services.exchanging.ways import Way

_COLUMNS = (
    N_("Date"),
    N_("Heure"),
    N_("Sens"),
    N_("Poste"),
    N_("Par"),
    N_("Fiches données"),
    N_("Nouvelles"),
    N_("Modifiées"),
    N_("À trancher"),
    N_("Effacées"),
    N_("Laissées de côté"),
    N_("Annulé le"),
)
_WAYS = {Way.FILE: N_("fichier"), Way.FOLDER: N_("dossier partagé"), Way.MAIL: N_("courriel")}
_FORMULA = ("=", "+", "-", "@", "\t")


def write_table(directory: Directory, target: Path) -> None:
    """Write the whole journal, the latest first. Raises EnvironmentProblem when the disk refuses."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow([_(name) for name in _COLUMNS])
    for one in journal(directory):
        table.writerow([_safe(cell) for cell in _row(one)])
    write_file(target, text.getvalue().encode("utf-8-sig"))


def _row(one: Exchange) -> list[str]:
    day, hour = _moment(one.at)
    what = one.what
    if isinstance(what, Came):
        sheets = what.sheets or {}
        counts = [str(sheets.get(fate, 0)) for fate in ("new", "changed", "conflict", "erased")]
        undone = _moment(what.undone)[0] if what.undone is not None else ""
        return [day, hour, _("reçu"), what.label, _(_WAYS[what.way]), "", *counts, str(what.left_out), undone]
    name = what.label or _("tout le monde")
    return [day, hour, _("donné"), name, _(_WAYS[what.way]), str(what.sheets), *[""] * 6]


def _moment(milliseconds: int) -> tuple[str, str]:
    moment = datetime.fromtimestamp(milliseconds / 1000).astimezone()
    return f"{moment:%d/%m/%Y}", f"{moment:%H:%M}"


def _safe(cell: str) -> str:
    """The name of a PC is another's words: a spreadsheet must not run them."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
