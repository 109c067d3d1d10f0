# Lu par lancer.sh et tester.sh : met en place Python, les bibliothèques du système et `.venv`.
# Ne fait rien, et ne touche pas au réseau, quand tout est déjà là.

racine=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv=$racine/.venv
temoin=$venv/.maillage
PATH=$PATH:/usr/sbin:/sbin

# Programmes que seules les vérifications font tourner ; le paquet Debian a le même nom.
OUTILS='syncthing'

# Bibliothèque cherchée, puis paquet Debian qui l’apporte.
BIBLIOTHEQUES='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libglib-2.0.so.0 libglib2.0-0
libfontconfig.so.1 libfontconfig1
libdbus-1.so.3 libdbus-1-3
libxkbcommon.so.0 libxkbcommon0
libnss3.so libnss3
libasound.so.2 libasound2
libXcomposite.so.1 libxcomposite1
libXdamage.so.1 libxdamage1
libXrandr.so.2 libxrandr2
libXtst.so.6 libxtst6
libxkbfile.so.1 libxkbfile1
libgbm.so.1 libgbm1
libxcb-dri3.so.0 libxcb-dri3-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
'

dire() { printf '%s\n' "$*" >&2; }

abandonner() {
    dire "$@"
    exit 3
}

# Le premier Python assez récent ; rien s’il n’y en a pas.
trouver_python() {
    for candidat in python3 python3.13 python3.12 python3.11; do
        if "$candidat" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidat"
            return
        fi
    done
}

# Les paquets Debian qui manquent, séparés par des espaces.
paquets_manquants() {
    if [ -z "$python" ]; then
        printf 'python3 python3-venv '
    elif [ ! -x "$venv/bin/python" ] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        printf '%s-venv ' "$python"
    fi
    command -v ldconfig >/dev/null || return 0
    presentes=$(ldconfig -p)
    printf '%s' "$BIBLIOTHEQUES" | while read -r bibliotheque paquet; do
        [ -n "$bibliotheque" ] || continue
        case $presentes in
            *"	$bibliotheque "*) ;;
            *) printf '%s ' "$paquet" ;;
        esac
    done
}

# Depuis 2024, Debian et Ubuntu ont renommé certaines bibliothèques en « …t64 ».
noms_actuels() {
    for paquet in "$@"; do
        if apt-cache show "${paquet}t64" >/dev/null 2>&1; then paquet=${paquet}t64; fi
        printf '%s ' "$paquet"
    done
}

# Comment ajouter des paquets sans rien demander à personne ; échoue quand ce n’est pas possible.
peut_installer() {
    if [ "$(id -u)" = 0 ]; then
        comme_root=''
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        comme_root='sudo -n'
    else
        return 1
    fi
    command -v apt-get >/dev/null
}

ajouter_paquets() {
    dire "Installation des paquets qui manquent à ce système : $*"
    $comme_root apt-get -q update >&2 || dire "La liste des paquets n’a pas pu être mise à jour."
    # shellcheck disable=SC2046  # une liste de noms
    $comme_root env DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends \
        $(noms_actuels "$@") >&2
}

installer_paquets() {
    if ! command -v apt-get >/dev/null; then
        dire "Il manque à ce système les bibliothèques que Debian nomme : $*"
        abandonner "Rien n’a été installé. Installez leurs équivalents, puis recommencez."
    fi
    if ! peut_installer; then
        commande="apt-get update && apt-get install --no-install-recommends $(noms_actuels "$@")"
        dire "Il manque des paquets à ce système, et seul l’administrateur peut les ajouter."
        dire "Rien n’a été installé. Lancez cette commande, puis recommencez :"
        dire ""
        if command -v sudo >/dev/null; then dire "    sudo sh -c '${commande% }'"; else dire "    su -c '${commande% }'"; fi
        exit 3
    fi
    ajouter_paquets "$@" || abandonner "Ces paquets n’ont pas pu être installés. Vérifiez le réseau, puis recommencez."
}

# Les programmes qu’une partie des vérifications fait tourner : sans eux, elle est laissée de côté.
installer_outils() {
    outils=''
    for outil in $OUTILS; do
        command -v "$outil" >/dev/null || outils="$outils $outil"
    done
    [ -n "$outils" ] || return 0
    # shellcheck disable=SC2086  # une liste de noms
    if ! peut_installer || ! ajouter_paquets $outils; then
        dire "Il manque à ce système :$outils. Les vérifications qui s’en servent seront laissées de côté."
    fi
}

preparer_systeme() {
    python=$(trouver_python)
    manquants=$(paquets_manquants)
    if [ -n "$manquants" ]; then
        # shellcheck disable=SC2086  # une liste de noms
        installer_paquets $manquants
        python=$(trouver_python)
    fi
    [ -n "$python" ] || abandonner "Maillage demande Python 3.11 ou plus récent. Installez-le, puis recommencez."
}

# Ce dont dépend le contenu de `.venv` : les versions demandées, le dossier où il se trouve.
empreinte() {
    printf '%s ' "$racine"
    cat "$racine/requirements.lock" "$racine/pyproject.toml" | sha256sum
}

preparer_venv() {
    voulu=$(empreinte)
    if [ -x "$venv/bin/python" ] && [ "$(cat "$temoin" 2>/dev/null)" = "$voulu" ]; then return; fi
    dire "Préparation de Maillage : quelques minutes, une seule fois."
    rm -f "$temoin"
    if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1 || ! grep -qsF "$venv" "$venv/bin/activate"; then
        "$python" -m venv --clear "$venv" || abandonner "Le dossier .venv n’a pas pu être créé."
    fi
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary=:all: --requirement "$racine/requirements.lock" ||
        abandonner "Les bibliothèques n’ont pas pu être téléchargées. Vérifiez le réseau, puis recommencez."
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps \
        --no-build-isolation --editable "$racine" ||
        abandonner "Maillage n’a pas pu être installé dans .venv."
    printf '%s' "$voulu" >"$temoin"
}

preparer() {
    preparer_systeme
    preparer_venv
    # Chromium, qui dessine la carte, refuse son bac à sable à l’administrateur.
    if [ "$(id -u)" = 0 ]; then export QTWEBENGINE_DISABLE_SANDBOX=1; fi
}
