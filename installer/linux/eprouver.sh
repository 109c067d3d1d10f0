#!/bin/sh
# Installe, essaie et enlève le paquet et l’archive dans un Debian nu, rangé dans un dossier.
#
#     sh installer/linux/eprouver.sh DOSSIER bookworm|trixie [LISTE.csv] [CLASSEUR.xlsx]
#
# Demande d’être administrateur, debootstrap, xvfb, xdotool, imagemagick et ce que construire.sh a mis dans dist/. Tout est dit
# au fur et à mesure ; les images des fenêtres vont dans DOSSIER.images. Code de sortie : 0 si tout passe.
set -u
racine=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
[ $# -ge 2 ] || { printf 'Usage : sh installer/linux/eprouver.sh DOSSIER bookworm|trixie [LISTE] [CLASSEUR]\n' >&2; exit 1; }
nu=$1 suite=$2 liste=${3:-} classeur=${4:-}
images=$nu.images
ecran=:$((60 + $$ % 30))
echecs=0
# Secondes que l’on donne à ce qui se dessine, et le bouton de la page Carte.
PATIENCE=${PATIENCE:-12}
CARTE='50 140'
deb=$(find "$racine/dist" -name 'maillage_*_amd64.deb' ! -name '*_0.0.9_*' | sort | tail -n 1)
ancien=$(find "$racine/dist" -name 'maillage_0.0.9_amd64.deb')
archive=$(find "$racine/dist" -name 'maillage-*-linux-x86_64.tar.zst' ! -name '*-0.0.9-*' | sort | tail -n 1)

titre() { printf '\n== %s\n' "$*"; }

verifier() {
    quoi=$1
    shift
    if "$@"; then printf '   bien : %s\n' "$quoi"; else
        printf '   NON  : %s\n' "$quoi"
        echecs=$((echecs + 1))
    fi
}

# Une commande dans le Debian nu, qui s’y croit chez elle : le bac à sable de Chromium refuse un simple chroot.
dedans() {
    unshare --mount sh -c '
        mount --make-rprivate / && mount --bind "$0" "$0" && cd "$0" && mkdir -p .ici || exit 9
        mount --bind /proc proc; mount --bind /dev dev; mount -t tmpfs tmpfs dev/shm
        mkdir -p tmp/.X11-unix; mount --bind /tmp/.X11-unix tmp/.X11-unix
        eval "$MONTAGES"
        pivot_root . .ici && umount -l /.ici
        cd /; exec env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            DISPLAY="$ECRAN" sh -c "$1"' "$nu" "$1"
}
export ECRAN="$ecran" MONTAGES=''

# La même chose par la personne qui tient l’accueil, qui n’est pas administratrice.
hote() { dedans "exec su hote -s /bin/sh -c '. /tmp/paroles; $1'"; }

fichiers() { (cd "$nu" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./sys -o -path ./.ici \) -prune -o -print | sort); }

preparer() {
    if [ ! -d "$nu/bin" ]; then debootstrap --variant=minbase --include=ca-certificates "$suite" "$nu" >/dev/null || exit 3; fi
    cp -L /etc/resolv.conf "$nu/etc/resolv.conf"
    cp -L /etc/ssl/certs/ca-certificates.crt "$nu/etc/ssl/certs/ca-certificates.crt"
    cp -a /etc/apt/apt.conf.d/. "$nu/etc/apt/apt.conf.d/"
    mkdir -p "$images" /tmp/.X11-unix "$nu/opt/essai"
    cp "$deb" "$nu/opt/essai/maillage.deb"
    [ -z "$ancien" ] || cp "$ancien" "$nu/opt/essai/ancien.deb"
    cp "$archive" "$nu/opt/essai/maillage.tar.zst"
    [ -z "$liste" ] || cp "$liste" "$nu/opt/essai/liste.csv"
    [ -z "$classeur" ] || cp "$classeur" "$nu/opt/essai/classeur.xlsx"
    dedans 'grep -q ^hote: /etc/passwd || useradd -m hote'
    printf 'export HOME=/home/hote LANG=C.UTF-8 DISPLAY=%s XDG_RUNTIME_DIR=/tmp/hote; mkdir -p -m 700 /tmp/hote; cd\n' "$ecran" >"$nu/tmp/paroles"
    chmod 644 "$nu/tmp/paroles"
    dedans 'apt-get -q update >/dev/null; apt-get -q install -y --no-install-recommends zstd xdg-utils libglib2.0-bin shared-mime-info desktop-file-utils' >"$nu/tmp/outils.log" 2>&1
    Xvfb "$ecran" -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
    xvfb=$!
    trap 'kill $xvfb 2>/dev/null' EXIT
}

# Ouvre la fenêtre, attend qu’elle se montre, la photographie, la ferme : « image commande [x y] », où l’on clique avant.
photographier() {
    image=$1 commande=$2 x=${3:-} y=${4:-}
    hote "$commande" >"$nu/tmp/fenetre.log" 2>&1 &
    travail=$!
    DISPLAY=$ecran timeout 60 xdotool search --sync --onlyvisible --class maillage >/dev/null 2>&1
    sleep "$PATIENCE"
    if [ -n "$x" ]; then
        DISPLAY=$ecran xdotool mousemove "$x" "$y" click 1
        sleep "$PATIENCE"
    fi
    DISPLAY=$ecran import -window root "$images/$image.png"
    DISPLAY=$ecran xdotool search --onlyvisible --class maillage windowquit 2>/dev/null
    sleep 4
    DISPLAY=$ecran xdotool search --onlyvisible --class maillage windowkill 2>/dev/null
    sleep 2
    kill "$travail" 2>/dev/null
    wait "$travail" 2>/dev/null
    couleurs=$(identify -format '%k' "$images/$image.png")
    verifier "la fenêtre se dessine ($image.png, $couleurs couleurs)" [ "$couleurs" -gt 200 ]
    verifier "sans rien d’imprévu" sh -c '! find "$1"/home/hote/.cache "$1"/srv -name "*.log" -exec grep -l " fault " {} + 2>/dev/null | grep -q .' _ "$nu"
}

# Les gestes d’un premier jour, avec cette commande : « commande dossier ».
premier_jour() {
    verifier "demo" hote "$1 --annuaire $2 demo >/tmp/hote/dit 2>&1 || { cat /tmp/hote/dit; false; }"
    verifier "chercher" hote "$1 --annuaire $2 chercher four | head -n 3 | grep -q ."
    if [ -n "$liste" ]; then verifier "importer une liste" hote "$1 --annuaire $2 importer /opt/essai/liste.csv --genre lieu | tail -n 2"; fi
    if [ -n "$classeur" ]; then verifier "importer un classeur (processus à part)" hote "$1 --annuaire $2 importer /opt/essai/classeur.xlsx --genre lieu --essai | tail -n 2"; fi
    verifier "imprimer" hote "$1 --annuaire $2 imprimer annuaire.pdf | tail -n 1; head -c 5 annuaire.pdf | grep -q %PDF-"
    verifier "paquet creer" hote "$1 --annuaire $2 paquet creer don.maille | tail -n 1; test -s don.maille"
    verifier "carte" hote "$1 --annuaire $2 carte carte.html | tail -n 1; grep -q leaflet carte.html"
    verifier "base verifier" hote "$1 --annuaire $2 base verifier | tail -n 1"
}

essayer_paquet() {
    titre "installer le paquet"
    fichiers >"$images/avant"
    debut=$(date +%s)
    verifier "apt install" dedans 'apt-get -q install -y --no-install-recommends /opt/essai/maillage.deb >/tmp/apt.log 2>&1 || { tail /tmp/apt.log; false; }'
    printf '   %s s ; %s\n' "$(($(date +%s) - debut))" "$(grep -E 'newly installed|After this' "$nu/tmp/apt.log" | tr '\n' ' ')"
    printf '   installé : %s Mo\n' "$(du -sm --apparent-size "$nu/usr/lib/maillage" | cut -f1)"
    titre "le premier jour"
    premier_jour maillage annuaire
    titre "la fenêtre, par la personne de l’accueil"
    photographier fenetre 'maillage --annuaire annuaire'
    photographier carte 'maillage --annuaire annuaire' $CARTE
    photographier double_clic 'cp don.maille "Reçu d’Élise.maille"; maillage --annuaire annuaire "Reçu d’Élise.maille"'
    verifier "un .maille est reconnu" hote 'gio info -a standard::content-type don.maille | grep -q application/x-maille'
    verifier "et s’ouvre par Maillage" hote 'xdg-mime query default application/x-maille | grep -qx maillage.desktop'
    hote 'maillage --annuaire annuaire base emporter demenagement.maillage-dossier --garder-ce-poste >/dev/null 2>&1'
    photographier demenagement 'maillage --annuaire neuf demenagement.maillage-dossier'
    verifier "un .maillage-dossier est reconnu" hote 'gio info -a standard::content-type demenagement.maillage-dossier | grep -q application/x-maillage-dossier'
    verifier "et s’ouvre par Maillage" hote 'xdg-mime query default application/x-maillage-dossier | grep -qx maillage.desktop'
    verifier "l’entrée de bureau est valide" dedans 'desktop-file-validate /usr/share/applications/maillage.desktop'
}

essayer_versions() {
    titre "deux fois, puis par-dessus une version plus ancienne"
    verifier "installer deux fois" dedans 'apt-get -q install -y --reinstall /opt/essai/maillage.deb >/tmp/apt.log 2>&1'
    hote 'find annuaire -type f | sort | xargs md5sum' >"$images/donnees_avant"
    if [ -n "$ancien" ]; then
        verifier "revenir à la version 0.0.9" dedans 'apt-get -q install -y --allow-downgrades /opt/essai/ancien.deb >/tmp/apt.log 2>&1'
        verifier "elle ouvre l’annuaire" hote 'maillage --annuaire annuaire chercher four | grep -q .'
        verifier "remettre la nouvelle" dedans 'apt-get -q install -y /opt/essai/maillage.deb >/tmp/apt.log 2>&1'
    fi
    verifier "l’annuaire est le même" hote 'maillage --annuaire annuaire chercher four | grep -q .'
    titre "sans place, puis interrompu"
    plein=$(MONTAGES='mount -t tmpfs -o size=50m tmpfs usr/lib/maillage' dedans 'dpkg -i /opt/essai/maillage.deb 2>&1; echo "code $?"')
    printf '%s\n' "$plein" | grep -iE 'no space|code' | sed 's/^/   /'
    verifier "sans place, dpkg le dit" sh -c 'printf "%s" "$1" | grep -qi "no space"' _ "$plein"
    dedans 'dpkg -i /opt/essai/maillage.deb >/dev/null 2>&1 & sleep 1.5; kill -9 $!; sleep 1; dpkg -s maillage | grep Status'
    verifier "recommencer suffit" dedans 'dpkg -i /opt/essai/maillage.deb >/tmp/apt.log 2>&1 && dpkg --verify maillage || { tail -n 3 /tmp/apt.log; false; }'
    verifier "il marche encore" hote 'maillage --annuaire annuaire chercher four | grep -q .'
}

enlever_paquet() {
    titre "enlever"
    verifier "apt remove" dedans 'apt-get -q remove -y maillage >/tmp/apt.log 2>&1'
    verifier "apt purge" dedans 'apt-get -q purge -y maillage >/tmp/apt.log 2>&1; apt-get -q autoremove -y --purge >>/tmp/apt.log 2>&1'
    fichiers >"$images/apres"
    # Les bibliothèques venues avec lui restent parfois : d’autres paquets les recommandent. Elles ne sont pas de Maillage.
    comm -13 "$images/avant" "$images/apres" | grep -v '^./home/hote' >"$images/restes"
    printf '   %s fichiers de plus qu’avant, de bibliothèques, de listes et de caches du système\n' "$(wc -l <"$images/restes")"
    grep -i 'mail*lage\|x-maille' "$images/restes" | sed 's/^/      /'
    verifier "rien de Maillage hors des données" sh -c '! grep -qi "mail*lage\|x-maille" "$1/restes"' _ "$images"
    printf '   dans le dossier de la personne :\n'
    comm -13 "$images/avant" "$images/apres" | grep '^./home/hote' | cut -d/ -f1-5 | sort -u | sed 's/^/      /'
}

essayer_portable() {
    titre "l’archive portable, dans un dossier à accents et espaces"
    dedans 'rm -rf /home/hote /srv/* && mkdir -p "/srv/Clé de l’été" /home/hote && chown -R hote /srv /home/hote'
    # Les bibliothèques d’un bureau, sans le paquet.
    dedans "apt-get -q install -y --no-install-recommends fontconfig $(dpkg-deb -f "$deb" Depends | sed 's/ ([^)]*)//g; s/|[^,]*//g; s/,/ /g') >/tmp/apt.log 2>&1"
    verifier "décompresser" hote 'tar -C "/srv/Clé de l’été" --zstd -xf /opt/essai/maillage.tar.zst'
    fichiers | grep -v '^./srv/' >"$images/avant_portable"
    ici='"/srv/Clé de l’été"/maillage-*/maillage'
    verifier "la marque est là" hote 'ls "/srv/Clé de l’été"/maillage-*/maillage.portable >/dev/null'
    verifier "demo, sans rien nommer" hote "$ici demo >/tmp/hote/dit 2>&1 || { cat /tmp/hote/dit; false; }"
    verifier "tout est à côté" hote 'ls "/srv/Clé de l’été"/maillage-*/donnees'
    premier_jour "$ici" '"/srv/Clé de l’été/à part"'
    photographier portable "$ici"
    photographier portable_carte "$ici" $CARTE
    fichiers | grep -v '^./srv/' >"$images/apres_portable"
    printf '   écrit ailleurs que dans le dossier :\n'
    comm -13 "$images/avant_portable" "$images/apres_portable" | sed 's/^/      /'
    titre "une clé protégée en écriture"
    lecture='mount --bind srv srv; mount -o remount,bind,ro srv'
    MONTAGES=$lecture hote "$ici chercher four; echo \"code \$?\"" 2>&1 | tail -n 3 | sed 's/^/   /'
    MONTAGES=$lecture hote "$ici importer /opt/essai/liste.csv --genre lieu; echo \"code \$?\"" 2>&1 | tail -n 4 | sed 's/^/   /'
    MONTAGES=$lecture
    photographier protegee "$ici"
    MONTAGES=''
}

preparer
titre "Debian $suite nu : $(cat "$nu/etc/debian_version") ; $(basename "$deb") ($(du -m "$deb" | cut -f1) Mo)"
essayer_paquet
essayer_versions
enlever_paquet
essayer_portable
titre "$echecs échec(s)"
[ "$echecs" = 0 ]
