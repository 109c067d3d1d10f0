"""What was odd about the rows of a list: gathered by sort for the journal, row by row for whoever mends the list."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from appli.exchange.safe_file import write_file
from appli.i18n import N_, _, _n, number
from appli.services.importing.planning import ImportPlan

_SORTS: tuple[tuple[str, str, frozenset[str]], ...] = (
    (
        N_("{n} ligne sans nom, écartée"),
        N_("{n} lignes sans nom, écartées"),
        frozenset({"no_title"}),
    ),
    (
        N_("{n} ligne réunie à une autre"),
        N_("{n} lignes réunies à une autre"),
        frozenset({"twin"}),
    ),
    (
        N_("{n} doublon possible"),
        N_("{n} doublons possibles"),
        frozenset({"suspected_twin"}),
    ),
    (
        N_("{n} accord à confirmer"),
        N_("{n} accords à confirmer"),
        frozenset({"consent_unsure", "refused_screen"}),
    ),
    (
        N_("{n} téléphone, courriel ou site non compris, gardé tel quel"),
        N_("{n} téléphones, courriels ou sites non compris, gardés tels quels"),
        frozenset("bad_phone bad_email space_in_email several_emails bad_web cut_web email_in_web".split()),
    ),
    (
        N_("{n} ligne mal coupée"),
        N_("{n} lignes mal coupées"),
        frozenset({"short_row", "long_row", "open_quote"}),
    ),
    (
        N_("{n} valeur non comprise, gardée telle quelle"),
        N_("{n} valeurs non comprises, gardées telles quelles"),
        frozenset({"bad_value"}),
    ),
)
_REST = (
    N_("{n} remarque sur la commune, le code ou la position"),
    N_("{n} remarques sur la commune, le code ou la position"),
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


def remarks_in_words(counts: Mapping[str, int]) -> list[str]:
    """« 3 lignes sans nom, écartées », « 12 doublons possibles »… from counts by code."""
    left = Counter(counts)
    found: list[str] = []
    for one, many, codes in _SORTS:
        if n := sum(left.pop(code, 0) for code in codes):
            found.append(_n(one, many, n).format(n=number(n)))
    if n := left.total():
        found.append(_n(*_REST, n).format(n=number(n)))
    return found


def count_of(plan: ImportPlan) -> int:
    """How many lines the file of remarks would have."""
    return len(plan.problems) + sum(len(r.remarks) for r in plan.rows)


def save_remarks(plan: ImportPlan, path: Path) -> None:
    """Write them as a table that a spreadsheet opens at a double click. Raises EnvironmentProblem."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Ligne"), _("Fiche"), _("Colonne"), _("Remarque"), _("Ce qui arrive")])
    writer.writerows([_harmless(cell) for cell in row] for row in _rows(plan))
    write_file(path, text.getvalue().encode("utf-8-sig"))


def _rows(plan: ImportPlan) -> Iterator[list[str]]:
    fate = {
        "created": _("créée"),
        "changed": _("modifiée"),
        "unchanged": _("identique"),
        "refused": _("écartée"),
    }
    for problem in plan.problems:
        yield [str(problem.line or ""), "", problem.column or "", problem.message, ""]
    for row in plan.rows:
        for remark in row.remarks:
            yield [str(row.line), row.title, remark.column, remark.reason, fate[row.status]]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell
