#!/bin/sh
# Toutes les vérifications, sans écran. Code de sortie : 0 si tout passe, 1 sinon.
set -eu
. "$(dirname -- "$0")/preparer.sh"

preparer
installer_outils
cd "$racine"
export QT_QPA_PLATFORM=offscreen
# En mémoire quand elle a la place : chaque écriture d’une base attend sinon le disque.
place=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ "${place:-0}" -gt 4000000 ]; then TMPDIR=$(mktemp -d -p /dev/shm); else TMPDIR=$(mktemp -d); fi
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
rapports=$TMPDIR/rapports
mkdir "$rapports"
echecs=''

etape() {
    nom=$1
    shift
    printf '\n== %s\n' "$nom"
    "$@" || echecs="$echecs
$nom"
}

tests() {
    rapport=$1
    shift
    "$venv/bin/python" -m pytest -q --junitxml="$rapports/$rapport.xml" "$@"
}

# Ce que Qt et Chromium disent d’une machine sans écran ni carte graphique.
BRUITS='This plugin does not support (propagateSizeHints|createPlatformVulkanInstance|raise|grabbing)
^QRhiGles2: Failed to create
^Failed to create RHI for backend
^QVulkanInstance: Failed to initialize
^GBM is not supported
^GPUInfo not initialized'

# Deux processus se partagent les tests, sauf ceux de la carte : Chromium en a déjà plusieurs.
A_DEUX='-n 2 --dist worksteal'

tests_fenetre() {
    tests "$@" --timeout-method=thread -o qt_log_level_fail=WARNING \
        -o qt_log_ignore="$BRUITS"
}

etape "ruff check" "$venv/bin/ruff" check .
etape "ruff format" "$venv/bin/ruff" format --check .
etape "lint-imports" "$venv/bin/lint-imports"
etape "mypy" "$venv/bin/mypy"
etape "tests sans fenêtre" tests sans_fenetre $A_DEUX -p no:pytest-qt --ignore=tests/ui tests
etape "tests de la fenêtre" tests_fenetre fenetre $A_DEUX -m 'not webengine' tests/ui
etape "tests de la carte" tests_fenetre carte -m webengine tests/ui
if [ -d tests/bench ]; then etape "mesures (sans verdict)" "$venv/bin/python" -m tests.bench --essai; fi

printf '\n'
if [ -n "$echecs" ]; then printf 'Étapes en échec :%s\n' "$echecs"; fi
"$venv/bin/python" - "$rapports" "$echecs" <<'FIN'
"""Adds up the runs' reports; a failed step that is not a failed test counts as one failure."""
import sys
from pathlib import Path
from xml.etree import ElementTree

total = failed = skipped = red_runs = 0
for report in Path(sys.argv[1]).glob("*.xml"):
    for suite in ElementTree.parse(report).iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += int(suite.get("tests", 0))
        failed += bad
        skipped += int(suite.get("skipped", 0))
        red_runs += bad > 0
other = len(sys.argv[2].split("\n")) - 1 - red_runs
print(f"{max(0, total - failed - skipped)} passed, {failed + max(0, other)} failed, {skipped} skipped")
sys.exit(bool(sys.argv[2]))
FIN
