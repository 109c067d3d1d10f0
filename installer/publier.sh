#!/bin/sh
# Fabrique, vérifie et signe tout ce qu’une version donne à installer, dans `dist/VERSION`.
#
#     sh installer/publier.sh VERSION --cle FICHIER     la clé est une clé SSH Ed25519, gardée hors du dossier du projet
#     sh installer/publier.sh VERSION --essai           sans clé, et même si tout n’est pas prêt : rien de cela n’est à donner
#
# La première fois, la clé se fait par : ssh-keygen -t ed25519 -C maillage -f FICHIER
set -eu
. "$(dirname -- "$0")/preparer.sh"

preparer
audit=$racine/build/publication
if [ ! -x "$audit/bin/pip-audit" ]; then
    "$python" -m venv --clear "$audit" || abandonner "Le dossier $audit n’a pas pu être créé."
    "$audit/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: \
        --requirement "$racine/installer/publication/outils.txt" ||
        abandonner "pip-audit n’a pas pu être téléchargé. Vérifiez le réseau, puis recommencez."
fi
PATH=$audit/bin:$PATH exec "$venv/bin/python" "$racine/installer/publication/publier.py" "$@"
