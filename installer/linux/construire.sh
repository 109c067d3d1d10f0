# Lu par installer/construire.sh : le programme gelé, puis le .deb et l’archive portable pour Linux.

ici=$racine/installer/linux
gel=$chantier/gel/maillage
outils_python=$chantier/atelier

# Python sans sa bibliothèque partagée ne se gèle pas ; Debian la range dans un paquet à part.
exiger_libpython() {
    if ! "$python" -c 'import ctypes, sysconfig; ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))' 2>/dev/null; then
        installer_paquets "lib$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')"
    fi
}

geler() {
    dire "Le programme est gelé : quelques minutes."
    rm -rf "$gel"
    if ! MAILLAGE_VERSION=$version "$outils_python/bin/python" -m PyInstaller --noconfirm --log-level WARN \
        --distpath "$chantier/gel" --workpath "$chantier/pyinstaller" "$ici/maillage.spec" >"$chantier/gel.log" 2>&1; then
        tail -n 20 "$chantier/gel.log" >&2
        abandonner "Le programme n’a pas pu être gelé. Tout est dit dans build/linux/gel.log."
    fi
    find "$gel" -name __pycache__ -prune -exec rm -rf {} +
    find "$gel" -type d -exec chmod 755 {} +
    find "$gel" -type f -exec chmod u=rwX,go=rX {} +
}

# Le programme gelé fait ce que font les verbes : chacun charge d’autres bibliothèques.
eprouver_gel() {
    essai=$(mktemp -d)
    export MAILLAGE_CONFIG="$essai/c" MAILLAGE_CACHE="$essai/t"
    for verbe in demo 'chercher four' 'exporter agenda.ics' 'exporter liste.xlsx' 'importer liste.xlsx --essai' 'imprimer annuaire.pdf' \
        'paquet creer don.maille' 'carte carte.html' 'localiser langogne' 'base verifier'; do
        # shellcheck disable=SC2086  # un verbe et ses mots
        if ! (cd "$essai" && "$gel/maillage" --annuaire a $verbe) >"$essai/dit" 2>&1; then
            cat "$essai/dit" >&2
            rm -rf "$essai"
            abandonner "Le programme gelé ne sait pas faire « $verbe ». Rien n’a été mis dans dist/."
        fi
    done
    # La fenêtre, sans écran : elle reste ouverte, et n’a rien noté d’imprévu.
    code=0
    QT_QPA_PLATFORM=offscreen timeout 30 "$gel/maillage" --annuaire "$essai/a" >"$essai/dit" 2>&1 || code=$?
    if [ "$code" != 124 ] || grep -qs ' fault ' "$essai/t/maillage.log"; then
        cat "$essai/dit" "$essai"/t/comptes-rendus/* >&2 2>/dev/null || true
        rm -rf "$essai"
        abandonner "La fenêtre du programme gelé ne s’ouvre pas. Rien n’a été mis dans dist/."
    fi
    rm -rf "$essai"
    unset MAILLAGE_CONFIG MAILLAGE_CACHE
}

dessiner_icones() {
    "$outils_python/bin/python" "$ici/icones.py" "$racine/ressources/icones/programme.svg" "$1" maillage apps
    "$outils_python/bin/python" "$ici/icones.py" "$racine/ressources/icones/paquet-maille.svg" "$1" application-x-maille mimetypes
    "$outils_python/bin/python" "$ici/icones.py" "$racine/ressources/icones/dossier-maillage.svg" "$1" application-x-maillage-dossier mimetypes
}

poser() { install -D -m 644 "$1" "$2"; }

# Les fichiers du paquet Debian, à leur place dans un système.
ranger_deb() {
    rm -rf "$1"
    mkdir -p "$1/usr/lib" "$1/usr/bin" "$1/DEBIAN"
    cp -a "$gel" "$1/usr/lib/maillage"
    ln -s ../lib/maillage/maillage "$1/usr/bin/maillage"
    poser "$ici/maillage.desktop" "$1/usr/share/applications/maillage.desktop"
    poser "$ici/maillage.xml" "$1/usr/share/mime/packages/maillage.xml"
    poser "$ici/copyright" "$1/usr/share/doc/maillage/copyright"
    gzip -9 -n -c "$racine/CHANGELOG.md" >"$chantier/changelog.gz"
    poser "$chantier/changelog.gz" "$1/usr/share/doc/maillage/changelog.gz"
    sed "s/@VERSION@/$version/; s/@DATE@/$(date -u +%Y-%m-%d)/" "$ici/maillage.metainfo.xml" >"$chantier/metainfo.xml"
    poser "$chantier/metainfo.xml" "$1/usr/share/metainfo/maillage.metainfo.xml"
    dessiner_icones "$1/usr/share/icons/hicolor"
}

decrire_deb() {
    (cd "$1" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$1/DEBIAN/md5sums"
    cat >"$1/DEBIAN/control" <<FIN
Package: maillage
Version: $version
Architecture: amd64
Maintainer: Maillage <maillage@localhost>
Section: misc
Priority: optional
Installed-Size: $(du -sk --apparent-size "$1/usr" | cut -f1)
Depends: $(cat "$chantier/depends.txt")
Recommends: xdg-utils
Description: annuaire local des personnes, savoir-faire, lieux et projets
 Maillage tient l’annuaire d’un territoire sur des postes ordinaires : il se
 cherche, se voit sur une carte, s’imprime, et passe d’un poste à l’autre par
 un fichier. Rien n’est demandé au réseau.
FIN
}

fabriquer_deb() {
    dire "Le paquet Debian est fabriqué."
    ranger_deb "$chantier/deb"
    decrire_deb "$chantier/deb"
    dpkg-deb --root-owner-group -Zzstd -z12 --build "$chantier/deb" "$chantier/paquet.deb" >/dev/null ||
        abandonner "Le paquet Debian n’a pas pu être fabriqué."
    rm -rf "$chantier/deb"
    mv "$chantier/paquet.deb" "$deb"
}

fabriquer_archive() {
    dire "L’archive portable est fabriquée."
    dossier=maillage-$version-linux-x86_64
    rm -rf "${chantier:?}/$dossier"
    cp -a "$gel" "$chantier/$dossier"
    cp "$ici/LISEZ-MOI.txt" "$racine/LICENSE" "$chantier/$dossier/"
    printf 'Ce fichier fait garder à Maillage tout ce qu’il enregistre dans ce dossier.\n' >"$chantier/$dossier/maillage.portable"
    tar -C "$chantier" --sort=name --owner=0 --group=0 --numeric-owner -cf - "$dossier" |
        zstd -q -T0 -12 --long=27 -f -o "$chantier/archive.tar.zst" - || abandonner "L’archive n’a pas pu être fabriquée."
    rm -rf "${chantier:?}/$dossier"
    mv "$chantier/archive.tar.zst" "$archive"
}

[ "$(uname -m)" = x86_64 ] || abandonner "Le paquet se fabrique sur un poste à processeur Intel ou AMD (x86_64)."
exiger_programmes dpkg-deb dpkg objdump binutils zstd zstd install coreutils
exiger_libpython
deb=$dist/maillage_${version}_amd64.deb
archive=$dist/maillage-$version-linux-x86_64.tar.zst
preparer_atelier "$outils_python" "$racine/requirements.lock" "$ici/outils.txt"
geler
eprouver_gel
fabriquer_deb
fabriquer_archive
dire "Maillage $version pour Linux est prêt ; installé, il prend $(du -sm --apparent-size "$gel" | cut -f1) Mo."
annoncer "$deb" "$archive"
