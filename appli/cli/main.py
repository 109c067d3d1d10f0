"""The entry of the command line: reads the words, opens the folder as the verb needs it, tells how it ended.

Exit codes: 0 done, 1 the user's input or a refusal, 2 usage, 3 environment, 70 bug, 130 interrupted.
Data goes to stdout, words and progress to stderr.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from appli.cli.arguments import parse
from appli.cli.output import Output
from appli.errors import AppError, Cancelled, EnvironmentProblem, UsageProblem, UserError
from appli.i18n import _

_CODES: dict[type[AppError], int] = {UserError: 1, UsageProblem: 2, EnvironmentProblem: 3}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in words
    try:
        options = parse(words)
        out = Output(as_json=options.json)
        options.run(options, out)
    except AppError as problem:
        return _refused(problem, as_json=as_json)
    except (KeyboardInterrupt, Cancelled):
        print(_("Arrêté. Rien n’est resté à moitié fait."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # the reader of our output left (« maillage … | head »): nothing to say, and nowhere to say it
        sys.stderr.close()
        return 0
    except Exception:  # noqa: BLE001 — the last door: a bug must end as a sentence and a code, not as a trace alone
        traceback.print_exc()
        message = _("Maillage a rencontré un imprévu. Vos fiches sont enregistrées.")
        return _refused(AppError("bug", message, _("Gardez le texte ci-dessus pour le signaler.")), as_json=as_json)
    return out.code


def _refused(problem: AppError, *, as_json: bool) -> int:
    if as_json:
        error: dict[str, Any] = {"code": problem.code, "message": problem.message, "hint": problem.hint}
        print(json.dumps({"error": error}, ensure_ascii=False))
    print(problem.message, file=sys.stderr)
    if problem.hint:
        print(problem.hint, file=sys.stderr)
    return _CODES.get(type(problem), 70)
