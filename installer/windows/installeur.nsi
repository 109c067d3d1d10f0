; L’installeur : pour une personne, sans administrateur ni réseau.
;
;     Maillage-…-installation.exe /S               sans fenêtre
;     Désinstaller.exe /S [/DONNEES]               de même ; /DONNEES efface aussi les fiches et les réglages
;
; Le programme est écrit dans « nouveau », puis prend la place de « programme » par un changement de nom : ce qui est
; coupé avant laisse l’ancien tel quel. Celui-ci devient « précédente », où « Revenir » le retrouve.

!define ROLE "Installation de Maillage"
!include commun.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include nsDialogs.nsh

Name "Maillage"
OutFile "${SORTIE}/installation.exe"
InstallDir "$LOCALAPPDATA\Programs\Maillage"
InstallDirRegKey HKCU "${CLE}" "InstallLocation"
ShowInstDetails nevershow
ShowUninstDetails nevershow
AllowSkipFiles off
SetOverwrite on

Var Ancienne  ; la version en place, ou rien
Var Titre
Var Suite
Var Case
Var Donnees

!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_TEXT "Arrêter l’installation de Maillage ?"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ICONES}/bandeau.bmp"
!define MUI_WELCOMEPAGE_TITLE "$Titre"
!define MUI_WELCOMEPAGE_TEXT "$Suite$\r$\n$\r$\nL’installation ne demande ni mot de passe, ni réseau, et dure moins de deux minutes."
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_HEADER_TEXT "Installation en cours"
!define MUI_PAGE_HEADER_SUBTEXT "Une à deux minutes. Vos fiches ne sont pas touchées."
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "Maillage est installé"
!define MUI_FINISHPAGE_TEXT "Vous le trouverez dans le menu Démarrer. Un double clic sur un paquet (.maille) l’ouvre aussi."
!define MUI_FINISHPAGE_RUN "$INSTDIR\Maillage.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Ouvrir Maillage"
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.Demander un.Retenir
!define MUI_PAGE_HEADER_TEXT "Désinstallation en cours"
!define MUI_PAGE_HEADER_SUBTEXT "Le programme s’en va."
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Maillage est désinstallé"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "Le programme n’est plus sur ce poste."
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"

!insertmacro LIRE_OUVERT ""
!insertmacro LIRE_OUVERT "un."
!insertmacro RANGER

Function .onInit
  Call ExigerFerme
  Call Ranger
  !insertmacro LIRE_VERSION "$INSTDIR\programme" $Ancienne
  StrCpy $Titre "Installer Maillage ${VERSION}"
  StrCpy $Suite "Maillage sera installé pour vous seul, dans $INSTDIR."
  ${If} $Ancienne == "${VERSION}"
    StrCpy $Titre "Réparer Maillage ${VERSION}"
    StrCpy $Suite "Cette version est déjà installée : elle sera remise à neuf. Vos fiches ne sont pas touchées."
  ${ElseIf} $Ancienne != ""
    StrCpy $Titre "Passer à Maillage ${VERSION}"
    StrCpy $Suite "La version $Ancienne sera gardée, pour pouvoir y revenir. Vos fiches ne sont pas touchées."
    Call ComparerVersions
  ${EndIf}
  Call ExigerPlace
FunctionEnd

Function ComparerVersions
  ${VersionCompare} "$Ancienne" "${VERSION}" $0
  ${If} $0 == 1
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Maillage $Ancienne est installé, et il est plus récent que cette version ${VERSION}.$\r$\n$\r$\nInstaller quand même l’ancienne version ?" /SD IDNO IDYES accepte
    SetErrorLevel ${RECENT}
    Quit
    accepte:
  ${EndIf}
FunctionEnd

; Le nouveau programme est écrit en entier avant que l’ancien s’en aille.
Function ExigerPlace
  ${GetRoot} "$INSTDIR" $0
  ${DriveSpace} "$0\" "/D=F /S=M" $1
  IntOp $2 ${KO} / 1024
  IntOp $2 $2 + 100
  ${If} $1 < $2
    MessageBox MB_OK|MB_ICONSTOP "Il manque de la place sur le disque $0 : Maillage demande $2 Mo, il y en a $1.$\r$\n$\r$\nRien n’a été installé ni changé. Faites de la place, puis recommencez." /SD IDOK
    SetErrorLevel ${PLACE}
    Quit
  ${EndIf}
FunctionEnd

Section
  !insertmacro DIRE "Copie du programme…"
  ClearErrors
  SetOutPath "$INSTDIR\nouveau"
  File /r "${PRODUIT}/programme/*"
  ${If} ${Errors}
    Call Abandonner
  ${EndIf}
  !insertmacro DIRE "Mise en place…"
  SetOutPath "$INSTDIR"  ; Windows ne renomme pas le dossier où l’on se trouve
  Call ExigerFerme
  Call Echanger
  File "${PRODUIT}/Maillage.exe"
  File "${PRODUIT}/maillage.com"
  File "${SORTIE}/Revenir.exe"
  WriteUninstaller "$INSTDIR\Désinstaller.exe"
  Call Inscrire
SectionEnd

; Deux changements de nom, entre lesquels les lanceurs savent trouver « remplace ».
Function Echanger
  ClearErrors
  ${If} $Ancienne != ""
    Rename "$INSTDIR\programme" "$INSTDIR\remplace"
  ${Else}
    RMDir /r "$INSTDIR\programme"
    ClearErrors
  ${EndIf}
  ${If} ${Errors}
    Call Abandonner
  ${EndIf}
  Rename "$INSTDIR\nouveau" "$INSTDIR\programme"
  ${If} ${Errors}
    Rename "$INSTDIR\remplace" "$INSTDIR\programme"
    Call Abandonner
  ${EndIf}
  ${If} $Ancienne != "${VERSION}"
  ${AndIf} $Ancienne != ""
    RMDir /r "$INSTDIR\précédente"
    Rename "$INSTDIR\remplace" "$INSTDIR\précédente"
  ${Else}
    RMDir /r "$INSTDIR\remplace"
  ${EndIf}
  ClearErrors
FunctionEnd

Function Abandonner
  MessageBox MB_OK|MB_ICONSTOP "Maillage n’a pas pu être écrit dans $INSTDIR.$\r$\n$\r$\nCe qui était installé n’a pas changé, et vos fiches ne sont pas touchées. Vérifiez la place sur le disque, puis recommencez." /SD IDOK
  SetErrorLevel ${ECRITURE}
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\nouveau"
  RMDir "$INSTDIR"
  Quit
FunctionEnd

Function .onInstFailed
  SetErrorLevel ${ECRITURE}
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\nouveau"
  RMDir "$INSTDIR"
FunctionEnd

Function Inscrire
  CreateDirectory "${MENU}"
  CreateShortcut "${MENU}\Maillage.lnk" "$INSTDIR\Maillage.exe"
  !insertmacro RACCOURCI_RETOUR
  !insertmacro ASSOCIER ".maille" "${GENRE_PAQUET}" "Paquet Maillage" 1
  !insertmacro ASSOCIER ".maillage-dossier" "${GENRE_DOSSIER}" "Annuaire Maillage qui change de poste" 2
  WriteRegStr HKCU "${CHEMIN}" "" "$INSTDIR\Maillage.exe"
  WriteRegStr HKCU "${CLE}" "DisplayName" "Maillage"
  WriteRegStr HKCU "${CLE}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${CLE}" "DisplayIcon" "$INSTDIR\Maillage.exe"
  WriteRegStr HKCU "${CLE}" "Publisher" "Maillage"
  WriteRegStr HKCU "${CLE}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${CLE}" "UninstallString" '"$INSTDIR\Désinstaller.exe"'
  WriteRegStr HKCU "${CLE}" "QuietUninstallString" '"$INSTDIR\Désinstaller.exe" /S'
  WriteRegDWORD HKCU "${CLE}" "EstimatedSize" ${KO}
  WriteRegDWORD HKCU "${CLE}" "NoModify" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

Function un.onInit
  Call un.ExigerFerme
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} "$0" "/DONNEES" $1
  StrCpy $Donnees 1
  ${If} ${Errors}
    StrCpy $Donnees 0
  ${EndIf}
  ClearErrors
FunctionEnd

Function un.Demander
  !insertmacro MUI_HEADER_TEXT "Désinstaller Maillage" "Le programme s’en va ; vos fiches restent, sauf si vous en décidez autrement."
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 40u "Vos fiches, vos réglages et les sauvegardes se trouvent dans $LOCALAPPDATA\maillage. Ils sont gardés : si vous réinstallez Maillage, vous les retrouverez. Un annuaire que vous avez rangé ailleurs n’est jamais effacé."
  Pop $0
  ${NSD_CreateCheckbox} 0 50u 100% 12u "&Effacer aussi toutes mes fiches et mes réglages, sans retour possible"
  Pop $Case
  nsDialogs::Show
FunctionEnd

Function un.Retenir
  ${NSD_GetState} $Case $Donnees
  ${If} $Donnees == 1
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Toutes les fiches de $LOCALAPPDATA\maillage vont être effacées, sauvegardes comprises. Personne ne pourra les rendre.$\r$\n$\r$\nLes effacer ?" IDYES efface
    StrCpy $Donnees 0
    Abort
    efface:
  ${EndIf}
FunctionEnd

; Des dossiers nommés un à un : rien d’autre, dans ce dossier, n’est au programme.
Section Uninstall
  !insertmacro DIRE "Retrait du programme…"
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\programme"
  RMDir /r "$INSTDIR\précédente"
  RMDir /r "$INSTDIR\nouveau"
  RMDir /r "$INSTDIR\remplace"
  Delete "$INSTDIR\Maillage.exe"
  Delete "$INSTDIR\maillage.com"
  Delete "$INSTDIR\Revenir.exe"
  Delete "$INSTDIR\Désinstaller.exe"
  RMDir "$INSTDIR"
  Delete "${MENU}\Maillage.lnk"
  Delete "${MENU}\${RETOUR}.lnk"
  RMDir "${MENU}"
  RMDir /r "$LOCALAPPDATA\maillage\Cache"
  ${If} $Donnees == 1
    RMDir /r "$LOCALAPPDATA\maillage"
  ${EndIf}
  !insertmacro DISSOCIER ".maille" "${GENRE_PAQUET}"
  !insertmacro DISSOCIER ".maillage-dossier" "${GENRE_DOSSIER}"
  DeleteRegKey HKCU "${CHEMIN}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths"
  DeleteRegKey HKCU "${CLE}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
