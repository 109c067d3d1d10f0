#!/bin/sh
# Éprouve sous Wine ce que construire.sh a mis dans dist/ : installation, premier usage, clé USB, mise à jour, retour, retrait.
#
#     sh installer/windows/eprouver.sh [VERSION] [DOSSIER_DU_CHROOT]
#
# À lancer en administrateur sur une Debian : un chroot de Debian 13, avec son Wine, y est fait une fois (2,5 Go). Ce que Wine ne
# peut pas montrer est dit dans installer/README.md. Tout ce qui est affiché fait le compte rendu.
set -eu
racine=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
version=${1:-$(sed -n 's/^version = "\(.*\)"/\1/p' "$racine/pyproject.toml")}
chroot=${2:-$racine/build/windows/wine}
ici=$racine/installer/windows
produit=$racine/build/windows/Maillage
essai=$chroot/essai

dire() { printf '%s\n' "$*" >&2; }

fermer() {
    chroot "$chroot" wineserver -k 2>/dev/null || :
    for monte in essai/petit essai/lecture dev/shm dev proc; do
        if mountpoint -q "$chroot/$monte"; then umount -l "$chroot/$monte"; fi
    done
}

preparer_chroot() {
    if [ ! -d "$chroot/usr/lib/wine" ]; then
        dire "Debian 13 et son Wine : quelques minutes, une fois."
        nice debootstrap --variant=minbase --include=wine,wine64,xvfb,xauth,imagemagick,xdotool,locales trixie "$chroot" >/dev/null
    fi
    [ -f "$chroot/usr/lib/locale/locale-archive" ] || chroot "$chroot" localedef -i fr_FR -f UTF-8 fr_FR.UTF-8
    rm -rf "${essai:?}"
    mkdir -p "$essai/petit" "$essai/lecture"
    mount --bind /proc "$chroot/proc"
    mount --bind /dev "$chroot/dev"
    mount -t tmpfs -o size=256m tmpfs "$chroot/dev/shm"
    # Un disque presque plein, et une clé protégée contre l’écriture.
    mount -t tmpfs -o size=60m tmpfs "$essai/petit"
    mount -t tmpfs -o size=700m tmpfs "$essai/lecture"
}

# Deux bibliothèques que Windows a depuis 2019 et que Wine n’a pas en entier : des fonctions vides, pour la durée de l’épreuve.
bouchon() {
    bibliotheque=$1
    x86_64-w64-mingw32-objdump -p "$produit/programme/bibliotheques/PySide6/$2" |
        awk -v voulue="$bibliotheque.dll" '
            /DLL Name:/ { dedans = (tolower($3) == voulue) }
            dedans && /^\t[0-9a-f]+\t/ { print "__declspec(dllexport) long long " $3 "(void) { return 0; }" }
        ' >"$essai/$bibliotheque.c"
    x86_64-w64-mingw32-gcc -shared -o "$essai/$bibliotheque.dll" "$essai/$bibliotheque.c"
}

# Un installeur d’une version plus ancienne : le même programme sans la fenêtre, pour que l’épreuve reste courte.
ancienne_version() {
    mkdir -p "$essai/ancien"
    cp -a "$produit" "$essai/ancien/"
    rm -rf "$essai/ancien/Maillage/programme/bibliotheques/PySide6" "$essai/ancien/Maillage/programme/bibliotheques/typst"
    printf '0.0.9\r\n' >"$essai/ancien/Maillage/programme/version.txt"
    for script in revenir installeur; do
        makensis -V2 -X"SetCompress off" -INPUTCHARSET UTF8 -DVERSION=0.0.9 -DNOMBRES=0.0.9.0 -DKO=100000 -DPRODUIT="$essai/ancien/Maillage" \
            -DICONES="$racine/build/windows/icones" -DSORTIE="$essai/ancien" -DCOMPRESSION=zlib \
            -DFRANCISER="python3 $ici/franciser.py" "$ici/$script.nsi" >/dev/null
    done
    mv "$essai/ancien/installation.exe" "$essai/installation-0.0.9.exe"
    rm -rf "$essai/ancien"
}

trap fermer EXIT
trap 'exit 1' INT TERM
preparer_chroot
bouchon icuuc Qt6Core.dll
bouchon mscms plugins/platforms/qwindows.dll
ancienne_version
cp "$racine/dist/Maillage-$version-installation.exe" "$essai/installation.exe"
mkdir -p "$essai/clé d’été"
python3 -m zipfile -e "$racine/dist/Maillage-$version-portable-windows.zip" "$essai/clé d’été"
cp -a "$essai/clé d’été/Maillage" "$essai/lecture/"
mount -o remount,ro "$essai/lecture"
cp "$ici/epreuve.sh" "$essai/epreuve.sh"
code=0
chroot "$chroot" bash /essai/epreuve.sh "$version" </dev/null || code=$?
for image in "$essai"/*.png; do
    if [ -f "$image" ]; then cp "$image" "$racine/build/windows/"; fi
done
exit "$code"
