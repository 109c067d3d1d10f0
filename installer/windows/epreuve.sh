#!/bin/bash
# L’épreuve elle-même, dans le chroot : eprouver.sh la lance. Chaque étape dit sa durée ; la dernière ligne les compte.
version=$1
export LANG=C.UTF-8 HOME=/root DISPLAY=:91 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=;icuuc,mscms=n,b'
export WINEPREFIX=/root/.wine XDG_RUNTIME_DIR=/tmp
cd /essai || exit 1
utilisateur=$WINEPREFIX/drive_c/users/root
programmes=$utilisateur/AppData/Local/Programs/Maillage
donnees=$utilisateur/AppData/Local/maillage
menu="$utilisateur/AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
retour="$menu/Maillage/Revenir à la version précédente.lnk"
reussies=0 manquees=0

# « titre commande… » : une étape, avec ce qu’elle affiche et sa durée.
etape() {
    local titre=$1 debut code=0
    shift
    debut=$(date +%s.%N)
    timeout 400 "$@" >/tmp/dit 2>&1 || code=$?
    head -c 1500 /tmp/dit | grep -av '^wine: \|wine32\|multiarch\|apt-get install' | head -8 | sed 's/^/      /'
    if [ $code = 0 ]; then reussies=$((reussies + 1)); else manquees=$((manquees + 1)); fi
    printf '%s  %s (%.1f s)\n' "$([ $code = 0 ] && echo réussi || echo "MANQUÉ $code")" "$titre" \
        "$(echo "$(date +%s.%N) $debut" | awk '{print $1 - $2}')"
}

# Les boutons que Windows dessine lui-même, en français.
wine() { LANG=fr_FR.UTF-8 command wine "$@"; }
# Une commande qui doit finir par ce code.
code() { local voulu=$1 rendu=0; shift; "$@" || rendu=$?; [ "$rendu" = "$voulu" ] || { echo "code $rendu au lieu de $voulu"; return 1; }; }
# Une commande qui doit afficher ces mots.
dit() { local mots=$1; shift; "$@" >/tmp/sortie 2>&1; local rendu=$?; cat /tmp/sortie; [ $rendu = 0 ] && grep -q -- "$mots" /tmp/sortie; }
refuse() { local mots=$1; shift; "$@" >/tmp/sortie 2>&1 && return 1; cat /tmp/sortie; grep -q -- "$mots" /tmp/sortie; }
maillage() { wine "$programmes/maillage.com" "$@"; }
ailleurs() { MAILLAGE_CONFIG='Z:\essai\poste-b' maillage --annuaire 'Z:\essai\annuaire b' "$@"; }
rejoint() { MAILLAGE_CONFIG='Z:\essai\poste-c' maillage --annuaire 'Z:\essai\annuaire c' "$@"; }
export -f wine code dit refuse maillage ailleurs rejoint
export programmes donnees version menu retour
pas() { etape "$1" bash -c "$2"; }

# Ce que le PC garde : fichiers de la personne, et registre sans ses dates.
photo() {
    wineserver -w
    (cd "$WINEPREFIX" && find drive_c -type f ! -path '*/Temp/*' | sort) >"/tmp/fichiers-$1"
    # Moins les dates, ce que Wine note pour lui-même dès qu’une fenêtre s’ouvre, et une clé vide que tout Windows a.
    sed 's/^\(\[.*\]\) [0-9]*$/\1/; /^#time/d' "$WINEPREFIX/user.reg" |
        awk 'BEGIN { RS = ""; ORS = "\n\n" } !/^\[(Software\\\\Wine|Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Explorer|Software\\\\Classes\])/' >"/tmp/registre-$1"
}
comparer() { diff "/tmp/fichiers-$1" "/tmp/fichiers-$2" && diff "/tmp/registre-$1" "/tmp/registre-$2"; }
export -f comparer

# « secondes commande… » : attend qu’elle réussisse.
attendre() {
    local fin=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $fin ] || return 1
        sleep 0.25
    done
}
# « nom mots secondes » : attend une fenêtre dont le titre a ces mots, puis en prend une image après tant de secondes.
attendre_fenetre() {
    local vue=0
    attendre 120 xdotool search --onlyvisible --name "$2" || vue=1
    sleep "$3"
    import -window root "/essai/$1.png"
    return $vue
}
fenetre_partie() { ! xdotool search --onlyvisible --name "$1"; }
touche() { xdotool key "$@"; sleep 1; }
ecrire() { xdotool type "$1"; sleep 2; }
# Ce que Windows fait d’un double clic ; Wine, lui, ne lit pas les types de fichiers que la personne a choisis.
valeur() { command wine reg query "HKCU\\Software\\Classes\\$1" /ve | tr -d '\r' | sed -n 's/.*REG_SZ *//p'; }
double_clic() {
    local commande
    commande=$(valeur "$(valeur ".${1##*.}")\\shell\\open\\command")
    [ -n "$commande" ] && eval "wine ${commande/\%1/$1}"
}
# Le programme posé depuis ce moment : le désinstalleur vient en dernier.
pose() { [ "$programmes/Désinstaller.exe" -nt /tmp/marque ]; }
export -f attendre attendre_fenetre fenetre_partie touche ecrire valeur double_clic pose
arreter() { wineserver -k; sleep 2; }

Xvfb :91 -screen 0 1366x768x24 >/dev/null 2>&1 &
ecran=$!
rm -rf "$WINEPREFIX"
LANG=fr_FR.UTF-8 wineboot -i >/dev/null 2>&1
wineserver -w
cp icuuc.dll mscms.dll "$WINEPREFIX/drive_c/windows/system32/"
ln -sfn /essai/petit "$WINEPREFIX/dosdevices/p:"
ln -sfn "/essai/clé d’été" "$WINEPREFIX/dosdevices/k:"
ln -sfn /essai/lecture "$WINEPREFIX/dosdevices/l:"
wine cmd /c ver >/dev/null 2>&1
photo neuf

echo "== Dossier portable"
pas "depuis K:, un dossier accentué : données d’exemple" 'cd "/essai/clé d’été/Maillage" && dit "210 fiches" wine "K:\\Maillage\\maillage.com" demo'
pas "cmd trouve « maillage » : la console" 'cd "/essai/clé d’été/Maillage" && dit "fiche" wine cmd /c "maillage chercher velo"'
pas "impression" 'dit pages wine "K:\\Maillage\\maillage.com" imprimer "K:\\à imprimer.pdf"'
mv "/essai/clé d’été" "/essai/autre clé" && rm "$WINEPREFIX/dosdevices/k:" && ln -sfn "/essai/autre clé" "$WINEPREFIX/dosdevices/m:"
pas "la clé change de lettre : M:" 'dit "fiche" wine "M:\\Maillage\\maillage.com" chercher velo'
pas "clé protégée contre l’écriture : une phrase claire" 'refuse "Rien n’a changé\|écri" wine "L:\\Maillage\\maillage.com" demo'
pas "lanceur sans programme : une phrase claire" 'mkdir -p /essai/vide && cp "/essai/autre clé/Maillage/maillage.com" /essai/vide && refuse "incomplet" wine "Z:\\essai\\vide\\maillage.com"'
pas "la fenêtre" 'wine "M:\\Maillage\\Maillage.exe" --annuaire "M:\\neuf" & attendre_fenetre fenetre-portable "^Maillage$" 12'
arreter
photo portable
pas "rien n’est écrit hors de la clé" 'comparer neuf portable'

echo "== Installation"
pas "disque presque plein : refus, rien d’écrit" 'code 3 wine installation.exe /S "/D=P:\\Maillage" && [ -z "$(ls -A /essai/petit)" ]'
pas "version 0.0.9, sans fenêtre" 'code 0 wine installation-0.0.9.exe /S && cat "$programmes/programme/version.txt"'
pas "0.0.9 : données d’exemple" 'dit "210 fiches" maillage demo'
wine installation.exe /S >/dev/null 2>&1 &
coupee=$!
for _ in $(seq 200); do sleep 0.2; [ "$(find "$programmes/nouveau" -type f 2>/dev/null | wc -l)" -gt 60 ] && break; done
kill -9 $coupee
arreter
pas "mise à jour coupée en plein travail : l’ancienne marche" 'ls -d "$programmes/nouveau" && dit "fiche" maillage chercher velo && grep 0.0.9 "$programmes/programme/version.txt"'
sleep 60 | maillage --lire-classeur >/dev/null 2>&1 &
sleep 8
pas "Maillage ouvert : refus" 'code 2 wine installation.exe /S'
arreter
commence=$(date +%s)
pas "mise à jour de 0.0.9 à $version, sans fenêtre" 'code 0 wine installation.exe /S && grep "$version" "$programmes/programme/version.txt" && grep 0.0.9 "$programmes/précédente/version.txt"'
pas "les données sont là ; première recherche" 'dit "6 fiches" maillage chercher velo'
echo "      de l’installeur à la première recherche : $(($(date +%s) - commence)) s"
pas "rien d’inachevé ; raccourcis" 'ls "$programmes" "$menu/Maillage" && [ ! -e "$programmes/nouveau" ] && [ ! -e "$programmes/remplace" ] && [ -f "$retour" ]'
pas "registre : désinstallation, double clic, App Paths" 'wine reg query "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Maillage" /v DisplayVersion | grep -a "$version" && wine reg query "HKCU\\Software\\Classes\\.maille" /ve | grep -a Maillage.Paquet && wine reg query "HKCU\\Software\\Classes\\Maillage.Paquet\\shell\\open\\command" /ve | grep -a "%1" && wine reg query "HKCU\\Software\\Classes\\.maillage-dossier" /ve | grep -a Maillage.Dossier && wine reg query "HKCU\\Software\\Classes\\Maillage.Dossier\\shell\\open\\command" /ve | grep -a "%1" && wine reg query "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\Maillage.exe" /ve | grep -a Maillage.exe'
pas "version plus ancienne : refusée sans fenêtre" 'code 5 wine installation-0.0.9.exe /S && grep "$version" "$programmes/programme/version.txt"'
pas "même version : réparée" 'rm "$programmes/programme/maillage/ui/__main__.py"; code 0 wine installation.exe /S && [ -f "$programmes/programme/maillage/ui/__main__.py" ] && grep 0.0.9 "$programmes/précédente/version.txt"'

echo "== Usage"
pas "exporter en classeur" 'dit écrites maillage exporter --genre person "Z:\\essai\\liste.xlsx"'
pas "importer ce classeur ailleurs (processus à part)" 'dit "fiches créées" ailleurs importer --genre person --source essai "Z:\\essai\\liste.xlsx"'
pas "imprimer l’annuaire" 'dit pages maillage imprimer "Z:\\essai\\annuaire.pdf" && head -c5 /essai/annuaire.pdf'
pas "carte à envoyer" 'dit écrites maillage carte "Z:\\essai\\carte.html"'
pas "paquet : créer" 'dit vérifiés maillage paquet creer "Z:\\essai\\paquet.maille"'
pas "paquet : examiner ailleurs" 'dit "nouveaux" rejoint paquet examiner "Z:\\essai\\paquet.maille"'
pas "paquet : réunir ailleurs" 'dit "" rejoint paquet appliquer --oui "Z:\\essai\\paquet.maille"'
pas "le chercher là-bas" 'dit "6 fiches" rejoint chercher velo'
pas "base verifier" 'dit "en ordre" maillage base verifier'
pas "un chemin de 260 caractères" 'long="Z:\\essai\\$(printf "d%.0s" $(seq 120))\\$(printf "é%.0s" $(seq 100))"; dit "210 fiches" maillage --annuaire "$long\\annuaire du réseau" demo'

echo "== Avec ses fenêtres"
printf 'Nom;Compétences\nÉlise Essai;vélo\n' >une.csv
pas "un annuaire d’une fiche, sans lieu : pas de carte" 'dit "Personnes : 1" maillage --annuaire "Z:\\essai\\une" importer --genre person --source essai "Z:\\essai\\une.csv"'
export MAILLAGE_ANNUAIRE='Z:\essai\une'
pas "Maillage ouvert, une saisie commencée" 'wine "$programmes/Maillage.exe" & attendre_fenetre fenetre "^Maillage$" 15; touche ctrl+n; sleep 3; ecrire Commence; import -window root /essai/fenetre-saisie.png'
pas "l’installeur propose de le fermer" 'wine installation.exe & attendre_fenetre installeur-ouvert "Installation de Maillage" 2'
pas "« Oui » : Maillage se ferme, l’installeur continue" 'touche o; attendre 30 fenetre_partie "^Maillage$" && attendre_fenetre installeur-accueil "Installation de Maillage" 3'
touch /tmp/marque
pas "installer : l’avancement, puis la fin" 'touche Return; sleep 2; import -window root /essai/installeur-avancement.png; attendre 300 pose && attendre_fenetre installeur-fin "Installation de Maillage" 4'
pas "« Ouvrir Maillage » : la saisie commencée est proposée" 'touche Return; attendre_fenetre fenetre-rouverte "^Maillage$" 20'
arreter
pas "double clic sur un paquet : Maillage l’ouvre" 'double_clic "Z:\\essai\\paquet.maille" & attendre_fenetre fenetre-paquet "^Maillage$" 15'
arreter
pas "un annuaire à changer de poste" 'maillage base emporter "Z:\\essai\\annuaire.maillage-dossier" --garder-ce-poste; [ -f /essai/annuaire.maillage-dossier ]'
pas "double clic sur lui : Maillage l’ouvre" 'double_clic "Z:\\essai\\annuaire.maillage-dossier" & attendre_fenetre fenetre-dossier "^Maillage$" 15'
arreter
wine installation-0.0.9.exe >/dev/null 2>&1 &
question=$!
export question
pas "version plus ancienne : la question est posée" 'attendre_fenetre installeur-ancienne "Installation de Maillage" 2'
touche Return
wait $question
rendu=$?
pas "« Non », d’avance choisi : code 5, rien n’a changé" "[ $rendu = 5 ] && grep $version '$programmes/programme/version.txt'"
pas "un installeur abîmé le dit en français" 'head -c 20000000 installation.exe >abime.exe; wine abime.exe & attendre_fenetre installeur-abime "Maillage" 3'
arreter
unset MAILLAGE_ANNUAIRE

echo "== Revenir, retirer"
pas "revenir à 0.0.9" 'code 0 wine "$programmes/Revenir.exe" /S && grep 0.0.9 "$programmes/programme/version.txt" && grep "$version" "$programmes/précédente/version.txt" && dit fiche maillage chercher velo'
pas "reprendre $version" 'code 0 wine "$programmes/Revenir.exe" /S && grep "$version" "$programmes/programme/version.txt" && dit fiche maillage chercher velo'
pas "coupée entre deux changements de nom : le lanceur trouve" 'mv "$programmes/programme" "$programmes/remplace" && dit fiche maillage chercher velo && mv "$programmes/remplace" "$programmes/programme"'
pas "désinstaller : le programme s’en va, les données restent" 'code 0 wine "$programmes/Désinstaller.exe" /S; wineserver -w; ls "$donnees"; [ ! -e "$programmes" ] && [ -f "$donnees/annuaire/partage.db" ]'
photo retire
pas "il ne reste que les données" 'diff /tmp/fichiers-neuf /tmp/fichiers-retire | grep "^[<>]" | grep -v "AppData/Local/maillage/"; [ "${PIPESTATUS[2]}" = 1 ] && diff /tmp/registre-neuf /tmp/registre-retire'
pas "réinstaller : les données sont retrouvées" 'code 0 wine installation.exe /S && dit "6 fiches" maillage --annuaire "C:\\users\\root\\AppData\\Local\\maillage\\annuaire" chercher velo'
pas "désinstaller /DONNEES : plus rien" 'code 0 wine "$programmes/Désinstaller.exe" /S /DONNEES; wineserver -w; [ ! -e "$programmes" ] && [ ! -e "$donnees" ]'
export MAILLAGE_ANNUAIRE='Z:\essai\une'
touch /tmp/marque
commence=$(date +%s)
pas "avec ses fenêtres : double clic, installer, ouvrir" 'wine installation.exe & attendre_fenetre installeur-neuf "Installation de Maillage" 0; touche Return; attendre 300 pose; sleep 2; touche Return; attendre_fenetre fenetre-neuve "^Maillage$" 8'
pas "première recherche" 'touche ctrl+f; ecrire velo; import -window root /essai/fenetre-recherche.png'
echo "      du double clic à la première recherche : $(($(date +%s) - commence)) s"
arreter
unset MAILLAGE_ANNUAIRE
pas "page du désinstalleur ; tout effacer est demandé deux fois" 'wine "$programmes/Désinstaller.exe" & attendre_fenetre desinstalleur "Maillage" 4; touche Tab; touche Tab; touche space; import -window root /essai/desinstalleur-coche.png; touche Return; sleep 1; import -window root /essai/desinstalleur-question.png; touche o; attendre 60 test ! -e "$programmes" && sleep 2; import -window root /essai/desinstalleur-fin.png; [ ! -e "$donnees" ] && [ -f /essai/une/partage.db ]'
arreter
kill $ecran
echo
echo "$reussies étapes réussies, $manquees manquées"
[ $manquees = 0 ]
