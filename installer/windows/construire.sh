# shellcheck shell=sh disable=SC2154
# Lu par ../construire.sh : l’installeur et le dossier portable pour Windows, assemblés sur Linux.
#
#     programme/python          l’interpréteur, tel que python.org le donne
#     programme/bibliotheques   les roues de roues.txt, moins ce que Maillage n’ouvre jamais
#     programme/maillage        le code et ses ressources
#     Maillage.exe maillage.com les lanceurs, pour la fenêtre et pour la console
#
# Les téléchargements (300 Mo) sont gardés dans $XDG_CACHE_HOME/maillage-construction, et vérifiés à chaque fois.

ici=$racine/installer/windows
cache=${XDG_CACHE_HOME:-$HOME/.cache}/maillage-construction
ARCHIVE_PYTHON=7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f
MO_INSTALLES=450
MO_INSTALLEUR=200

pip_windows() {
    "$atelier/bin/python" -m pip "$@" --quiet --disable-pip-version-check --require-hashes --ignore-requires-python
}

# Télécharger ce que nomme une liste, une fois : « liste dossier options… ».
telecharger() {
    liste=$1
    dossier=$2
    shift 2
    souhait=$(sha256sum <"$liste")
    if [ "$(cat "$dossier/.maillage" 2>/dev/null)" = "$souhait" ]; then return; fi
    dire "Téléchargement de ce que nomme $(basename "$liste")…"
    rm -rf "$dossier"
    pip_windows download --no-deps --dest "$dossier" "$@" --requirement "$liste" ||
        abandonner "Le téléchargement a échoué. Vérifiez le réseau, puis recommencez."
    printf '%s' "$souhait" >"$dossier/.maillage"
}

# Un CPython de la même version que celui de Windows : lui seul fait un code préparé qui sera lu là-bas.
trouver_python_313() {
    for candidat in python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3; do
        if "$candidat" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; then
            printf '%s' "$candidat"
            return
        fi
    done
}

poser_python() {
    telecharger "$ici/embarque.txt" "$cache/python" --no-binary :all:
    mkdir -p "$programme/python"
    "$atelier/bin/python" "$ici/deballer.py" "$cache/python" "$ARCHIVE_PYTHON" "$programme/python" ||
        abandonner "L’interpréteur pour Windows n’est pas celui qui est attendu."
    # Rien n’est cherché ailleurs : ni variables PYTHON…, ni autre Python, ni dossier de la personne.
    printf 'python313.zip\n.\n..\\bibliotheques\n..\\maillage\n' >"$programme/python/python313._pth"
    # SQLite vient de pysqlite3 ; python.exe est remplacé par les lanceurs.
    (cd "$programme/python" && rm -f python.exe pythonw.exe python.cat sqlite3.dll _sqlite3.pyd winsound.pyd)
}

poser_bibliotheques() {
    telecharger "$ici/roues.txt" "$cache/roues" --platform win_amd64 --python-version 3.13 --implementation cp --only-binary=:all:
    pip_windows install --no-deps --no-index --find-links "$cache/roues" --no-compile --target "$programme/bibliotheques" \
        --platform win_amd64 --python-version 3.13 --implementation cp --only-binary=:all: --requirement "$ici/roues.txt" ||
        abandonner "Les bibliothèques n’ont pas pu être installées."
    # Elles servent à plusieurs, et Windows ne les a pas toujours.
    for partagee in msvcp140.dll msvcp140_1.dll msvcp140_2.dll; do
        cp "$programme/bibliotheques/PySide6/$partagee" "$programme/python"
    done
    "$atelier/bin/python" "$ici/elaguer.py" "$programme/bibliotheques" "$programme/python" ||
        abandonner "Il manque au programme des bibliothèques que Windows n’a pas."
}

poser_maillage() {
    mkdir -p "$programme/maillage"
    for partie in appli ui ressources; do
        (cd "$racine" && find "$partie" -name __pycache__ -prune -o -type f -print0 | tar -c --null -T -) |
            tar -x -C "$programme/maillage" --no-same-owner
    done
    cp "$ici/demarrer.py" "$programme/maillage"
    cp "$racine/LICENSE" "$programme/LICENSE.txt"
    mkdir -p "$programme/maillage/maillage-$version.dist-info"
    printf 'Metadata-Version: 2.1\nName: maillage\nVersion: %s\n' "$version" \
        >"$programme/maillage/maillage-$version.dist-info/METADATA"
    printf '%s\r\n' "$version" >"$programme/version.txt"
}

# Le code préparé ne dépend ni des dates ni de l’endroit ; celui des bibliothèques remplace leur source.
preparer_code() {
    python_313=$(trouver_python_313)
    if [ -z "$python_313" ]; then
        dire "Sans Python 3.13 sur cette machine, le code n’est pas préparé : le premier démarrage sera plus lent."
        return
    fi
    (
        cd "$programme" || exit 1
        "$python_313" -I -m compileall -q -b --invalidation-mode unchecked-hash bibliotheques &&
            find bibliotheques -name '*.py' -delete &&
            "$python_313" -I -m compileall -q --invalidation-mode unchecked-hash maillage
    ) || abandonner "Le code n’a pas pu être préparé."
}

# Les dessins du programme et de ses fichiers, à toutes les tailles que Windows demande.
icones() {
    for nom in programme paquet-maille dossier-maillage; do
        for taille in 16 20 24 32 48 64 256; do
            rsvg-convert --width "$taille" --height "$taille" "$racine/ressources/icones/$nom.svg" --output "$chantier/icones/$nom-$taille.png"
        done &&
            "$atelier/bin/python" "$ici/icones.py" "$chantier/icones/$nom.ico" "$chantier/icones/$nom"-*.png ||
            abandonner "L’icône $nom n’a pas pu être faite."
    done
    rsvg-convert "$ici/bandeau.svg" --output "$chantier/icones/bandeau.png" &&
        "$atelier/bin/python" "$ici/bandeau.py" "$chantier/icones/bandeau.png" "$chantier/icones/bandeau.bmp" ||
        abandonner "Le bandeau n’a pas pu être fait."
}

# « nom rôle options… » : un lanceur.
lanceur() {
    nom=$1
    role=$2
    shift 2
    cp "$ici/lanceur.rc" "$ici/lanceur.manifest" "$chantier/icones/"
    (
        cd "$chantier/icones" &&
            x86_64-w64-mingw32-windres --codepage=65001 -DNOMBRES="$(printf %s "$nombres" | tr . ,)" -DVERSION="\\\"$version\\\"" -DROLE="\\\"$role\\\"" \
                -DNOM="\\\"$nom\\\"" lanceur.rc -O coff "$nom.o" &&
            x86_64-w64-mingw32-gcc -Os -s -Wall -Wextra -Werror -Wl,--no-insert-timestamp,--stack,8388608 -municode "$@" -o "$produit/$nom" \
                "$ici/lanceur.c" "$nom.o" -lshlwapi
    ) || abandonner "Le lanceur $nom n’a pas pu être compilé."
}

installeur() {
    taille=$(du -sk --apparent-size "$produit" | cut -f1)
    for script in revenir installeur; do
        makensis -V2 -INPUTCHARSET UTF8 -DVERSION="$version" -DNOMBRES="$nombres" -DKO="$taille" -DPRODUIT="$produit" -DICONES="$chantier/icones" \
            -DSORTIE="$chantier" -DFRANCISER="$atelier/bin/python $ici/franciser.py" ${COMPRESSION:+-DCOMPRESSION="$COMPRESSION"} "$ici/$script.nsi" >&2 ||
            abandonner "L’installeur n’a pas pu être fait."
    done
    mv "$chantier/installation.exe" "$dist/Maillage-$version-installation.exe"
}

portable() {
    : >"$produit/maillage.portable"
    sed "s/@VERSION@/$version/; s/\$/\r/" "$ici/LISEZ-MOI.txt" >"$produit/LISEZ-MOI.txt"
    rm -f "$dist/Maillage-$version-portable-windows.zip"
    (cd "$chantier" && "$atelier/bin/python" -m zipfile -c "$dist/Maillage-$version-portable-windows.zip" Maillage) ||
        abandonner "Le dossier portable n’a pas pu être archivé."
    rm "$produit/maillage.portable" "$produit/LISEZ-MOI.txt"
}

verifier_tailles() {
    installes=$(du -sm --apparent-size "$produit" | cut -f1)
    installeur=$(du -m --apparent-size "$dist/Maillage-$version-installation.exe" | cut -f1)
    dire "Installé : $installes Mo (au plus $MO_INSTALLES souhaités) ; installeur : $installeur Mo (au plus $MO_INSTALLEUR souhaités)."
    if [ "$installes" -gt "$MO_INSTALLES" ] || [ "$installeur" -gt "$MO_INSTALLEUR" ]; then
        dire "Les plus gros fichiers :"
        (cd "$programme" && find . -type f -size +5M -printf '%s %P\n' | sort -rn | awk '{printf "  %4d Mo  %s\n", $1 / 1048576, $2}') >&2
    fi
}

# La version en quatre nombres, comme Windows la veut.
nombres=$(printf '%s' "$version" | sed 's/[^0-9.].*//; s/\.$//').0.0.0
nombres=$(printf '%s' "$nombres" | cut -d. -f1-4)
exiger_programmes x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64 makensis nsis rsvg-convert librsvg2-bin
preparer_atelier "$chantier/atelier" "$ici/outils.txt"
produit=$chantier/Maillage
programme=$produit/programme
rm -rf "$produit"
mkdir -p "$programme" "$chantier/icones"

dire "Maillage $version pour Windows : interpréteur, bibliothèques, code…"
poser_python
poser_bibliotheques
poser_maillage
preparer_code
icones
lanceur Maillage.exe "Maillage, l’annuaire du réseau" -mwindows
lanceur maillage.com "Maillage, en ligne de commande" -mconsole -DCONSOLE
dire "Dossier portable, puis installeur : quelques minutes…"
portable
installeur
verifier_tailles
annoncer "$dist/Maillage-$version-installation.exe" "$dist/Maillage-$version-portable-windows.zip"
