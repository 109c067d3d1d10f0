#!/bin/sh
# Ouvre Maillage, après avoir installé ce qui lui manque. Les arguments sont ceux de `maillage`.
set -eu
. "$(dirname -- "$0")/preparer.sh"

preparer

# Une fenêtre demande un écran ; un verbe (chercher, importer…) n’en demande pas.
if [ $# -eq 0 ] || [ -f "$1" ]; then
    if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
        dire "Maillage est installé, mais il n’y a pas d’écran ici pour ouvrir sa fenêtre."
        dire "Lancez cette commande depuis une session graphique, ou utilisez : .venv/bin/maillage --help"
        exit 3
    fi
fi
exec "$venv/bin/maillage" "$@"
