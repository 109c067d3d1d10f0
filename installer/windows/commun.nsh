; Ce que partagent l’installeur, le désinstalleur et « Revenir » : noms, fichiers ouverts, échange de dossiers.

Unicode true
Target amd64-unicode
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
ManifestLongPathAware true
CRCCheck force

; Chaque fichier est comprimé à part. En un seul bloc (/SOLID), l’installeur le défait d’abord dans le dossier temporaire : il
; lui faudrait deux fois la place, et deux fois écrire.
!ifndef COMPRESSION
  !define COMPRESSION lzma
!endif
SetCompressor ${COMPRESSION}
!if "${COMPRESSION}" == "lzma"
  SetCompressorDictSize 64
!endif
!packhdr "${SORTIE}/entete" '${FRANCISER} "${SORTIE}/entete"'

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh

!define CLE "Software\Microsoft\Windows\CurrentVersion\Uninstall\Maillage"
!define CHEMIN "Software\Microsoft\Windows\CurrentVersion\App Paths\Maillage.exe"
!define GENRE_PAQUET "Maillage.Paquet"
!define GENRE_DOSSIER "Maillage.Dossier"
!define MENU "$SMPROGRAMS\Maillage"
!define RETOUR "Revenir à la version précédente"

; Codes de sortie, que lit qui installe sans fenêtre (/S).
!define OUVERT 2
!define PLACE 3
!define ECRITURE 4
!define RECENT 5

!define MUI_ICON "${ICONES}/programme.ico"
!define MUI_UNICON "${ICONES}/programme.ico"

VIProductVersion "${NOMBRES}"
VIFileVersion "${NOMBRES}"
VIAddVersionKey /LANG=1036 "ProductName" "Maillage"
VIAddVersionKey /LANG=1036 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileDescription" "${ROLE}"
VIAddVersionKey /LANG=1036 "LegalCopyright" "GPL, version 3 ou suivante"

BrandingText "Maillage ${VERSION}"

; Ce qui se passe, plutôt que le nom de chaque fichier.
!macro DIRE MOTS
  SetDetailsPrint textonly
  DetailPrint "${MOTS}"
  SetDetailsPrint none
!macroend

; $R0 = « oui » si un fichier du programme est ouvert : Windows refuse alors d’y écrire.
!macro LIRE_OUVERT UN
Function ${UN}LireOuvert
  StrCpy $R0 "non"
  FindFirst $R1 $R2 "$INSTDIR\programme\python\python3*.dll"
  ${DoWhile} $R2 != ""
    ClearErrors
    FileOpen $R3 "$INSTDIR\programme\python\$R2" a
    ${If} ${Errors}
      StrCpy $R0 "oui"
    ${Else}
      FileClose $R3
    ${EndIf}
    FindNext $R1 $R2
  ${Loop}
  FindClose $R1
  ClearErrors
FunctionEnd

; Demande aux fenêtres de ce Maillage-ci de se fermer, comme le ferait leur croix.
Function ${UN}FermerFenetres
  StrCpy $R1 0
  ${Do}
    System::Call 'user32::FindWindowExW(p 0, p R1, p 0, p 0) p.R1'
    ${If} $R1 P= 0
      ${ExitDo}
    ${EndIf}
    System::Call 'user32::GetWindowThreadProcessId(p R1, *i .R2)'
    System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i R2) p.R3'
    ${If} $R3 P<> 0
      StrCpy $R4 ""
      System::Call 'kernel32::QueryFullProcessImageNameW(p R3, i 0, w .R4, *i ${NSIS_MAX_STRLEN})'
      System::Call 'kernel32::CloseHandle(p R3)'
      System::Call 'user32::IsWindowVisible(p R1) i.R5'
      ${If} $R4 == "$INSTDIR\Maillage.exe"
      ${AndIf} $R5 <> 0
        System::Call 'user32::PostMessageW(p R1, i 0x10, p 0, p 0)'
      ${EndIf}
    ${EndIf}
  ${Loop}
FunctionEnd

; Ne revient que si le programme est fermé ; sans fenêtre, refuse aussitôt.
Function ${UN}ExigerFerme
  ${Do}
    Call ${UN}LireOuvert
    ${If} $R0 == "non"
      Return
    ${EndIf}
    MessageBox MB_YESNOCANCEL|MB_ICONEXCLAMATION "Maillage est ouvert. Rien n’a été changé.$\r$\n$\r$\nOui : le fermer, puis continuer.$\r$\nNon : vous l’avez fermé vous-même, regarder de nouveau.$\r$\nAnnuler : s’arrêter là." /SD IDCANCEL IDYES fermer IDNO regarder
    RMDir /r "$INSTDIR\nouveau"
    SetErrorLevel ${OUVERT}
    Quit
    fermer:
    Call ${UN}FermerFenetres
    StrCpy $R6 0
    ${Do}
      Sleep 500
      Call ${UN}LireOuvert
      IntOp $R6 $R6 + 1
    ${LoopUntil} $R6 > 20
    regarder:
  ${Loop}
FunctionEnd
!macroend

; Une installation coupée entre deux changements de nom : le programme remplacé reprend sa place, l’inachevé s’en va.
!macro RANGER
Function Ranger
  ${IfNot} ${FileExists} "$INSTDIR\programme\*.*"
  ${AndIf} ${FileExists} "$INSTDIR\remplace\*.*"
    Rename "$INSTDIR\remplace" "$INSTDIR\programme"
  ${EndIf}
  RMDir /r "$INSTDIR\nouveau"
  RMDir /r "$INSTDIR\remplace"
  ClearErrors
FunctionEnd
!macroend

!macro LIRE_VERSION DOSSIER VARIABLE
  StrCpy ${VARIABLE} ""
  ClearErrors
  FileOpen $R9 "${DOSSIER}\version.txt" r
  ${IfNot} ${Errors}
    FileRead $R9 ${VARIABLE}
    FileClose $R9
    ${TrimNewLines} "${VARIABLE}" ${VARIABLE}
  ${EndIf}
  ClearErrors
!macroend

; Le raccourci du retour existe tant qu’il y a où revenir.
!macro RACCOURCI_RETOUR
  ${If} ${FileExists} "$INSTDIR\précédente\version.txt"
    CreateShortcut "${MENU}\${RETOUR}.lnk" "$INSTDIR\Revenir.exe"
  ${Else}
    Delete "${MENU}\${RETOUR}.lnk"
  ${EndIf}
!macroend

; Les fichiers qu’un double clic ouvre dans Maillage.
!macro ASSOCIER SUFFIXE GENRE NOM ICONE
  WriteRegStr HKCU "Software\Classes\${SUFFIXE}" "" "${GENRE}"
  WriteRegStr HKCU "Software\Classes\${SUFFIXE}\OpenWithProgids" "${GENRE}" ""
  WriteRegStr HKCU "Software\Classes\${GENRE}" "" "${NOM}"
  WriteRegStr HKCU "Software\Classes\${GENRE}\DefaultIcon" "" "$INSTDIR\Maillage.exe,${ICONE}"
  WriteRegStr HKCU "Software\Classes\${GENRE}\shell\open\command" "" '"$INSTDIR\Maillage.exe" "%1"'
!macroend

; Ce qu’un autre programme a pris pour lui depuis lui reste.
!macro DISSOCIER SUFFIXE GENRE
  DeleteRegKey HKCU "Software\Classes\${GENRE}"
  DeleteRegValue HKCU "Software\Classes\${SUFFIXE}\OpenWithProgids" "${GENRE}"
  DeleteRegKey /ifempty HKCU "Software\Classes\${SUFFIXE}\OpenWithProgids"
  ReadRegStr $0 HKCU "Software\Classes\${SUFFIXE}" ""
  ${If} $0 == "${GENRE}"
    DeleteRegValue HKCU "Software\Classes\${SUFFIXE}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "Software\Classes\${SUFFIXE}"
!macroend
