#!/bin/sh
# Fabrique dans `dist/` ce que d’autres postes installent.
#
#     sh installer/construire.sh linux [VERSION]        .deb, et archive portable
#     sh installer/construire.sh windows [VERSION]      installeur, et dossier portable
#
# Sans VERSION, celle de pyproject.toml. La recette de chaque système est lue par ce fichier : installer/<système>/construire.sh.
set -eu
. "$(dirname -- "$0")/preparer.sh"

usage() {
    abandonner "Usage : sh installer/construire.sh linux|windows [VERSION]"
}

# Les programmes de la machine dont une recette a besoin : « commande paquet commande paquet… ».
exiger_programmes() {
    absents=''
    while [ $# -gt 0 ]; do
        command -v "$1" >/dev/null || absents="$absents $2"
        shift 2
    done
    # shellcheck disable=SC2086  # une liste de noms
    [ -z "$absents" ] || installer_paquets $absents
}

# Un environnement à soi, rempli d’après des listes figées dont les sommes sont vérifiées : « dossier liste… ».
preparer_atelier() {
    atelier=$1
    shift
    souhait=$(cat "$@" | sha256sum)
    if [ "$(cat "$atelier/.maillage" 2>/dev/null)" = "$souhait" ]; then return; fi
    "$python" -m venv --clear "$atelier" || abandonner "Le dossier $atelier n’a pas pu être créé."
    for liste in "$@"; do
        "$atelier/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
            --only-binary=:all: --requirement "$liste" ||
            abandonner "Les outils n’ont pas pu être téléchargés. Vérifiez le réseau, puis recommencez."
    done
    printf '%s' "$souhait" >"$atelier/.maillage"
}

# « nom (taille) » de chaque fichier fabriqué.
annoncer() {
    for fichier in "$@"; do
        dire "  dist/$(basename "$fichier")  ($(du -m --apparent-size "$fichier" | cut -f1) Mo)"
    done
}

case ${1:-} in linux | windows) cible=$1 ;; *) usage ;; esac
version=${2:-$(sed -n 's/^version = "\(.*\)"/\1/p' "$racine/pyproject.toml")}
case $version in *[!0-9A-Za-z.+~]* | [!0-9]* | '') usage ;; esac
recette=$racine/installer/$cible/construire.sh
[ -f "$recette" ] || abandonner "La recette installer/$cible/construire.sh manque."
dist=$racine/dist
# Ce qui se fabrique, et qui peut être jeté.
chantier=$racine/build/$cible
mkdir -p "$dist" "$chantier"

preparer_systeme
. "$recette"
