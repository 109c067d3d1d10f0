; « Revenir à la version précédente » : les deux programmes gardés échangent leur place ; les fiches ne bougent pas.
;
;     Revenir.exe /S        sans rien demander

!define ROLE "Revenir à la version précédente de Maillage"
!include commun.nsh
!include TextFunc.nsh

Name "Maillage"
OutFile "${SORTIE}/Revenir.exe"
Icon "${ICONES}/programme.ico"
AutoCloseWindow true
ShowInstDetails nevershow
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"
!insertmacro LIRE_OUVERT ""
!insertmacro RANGER

Var Presente
Var Precedente

Function .onInit
  StrCpy $INSTDIR $EXEDIR
  Call ExigerFerme
  Call Ranger
  !insertmacro LIRE_VERSION "$INSTDIR\programme" $Presente
  !insertmacro LIRE_VERSION "$INSTDIR\précédente" $Precedente
  ${If} $Precedente == ""
    MessageBox MB_OK|MB_ICONINFORMATION "Aucune version précédente n’est gardée sur ce poste. Rien n’a été changé." /SD IDOK
    SetErrorLevel 1
    Quit
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION "Passer de Maillage $Presente à Maillage $Precedente ?$\r$\n$\r$\nVos fiches ne sont pas touchées. Vous pourrez reprendre la version $Presente de la même façon." /SD IDYES IDYES accepte
  SetErrorLevel 1
  Quit
  accepte:
FunctionEnd

Section
  ClearErrors
  Rename "$INSTDIR\programme" "$INSTDIR\remplace"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "La version $Presente n’a pas pu céder sa place. Rien n’a été changé." /SD IDOK
    SetErrorLevel ${ECRITURE}
    Quit
  ${EndIf}
  Rename "$INSTDIR\précédente" "$INSTDIR\programme"
  ${If} ${Errors}
    Rename "$INSTDIR\remplace" "$INSTDIR\programme"
    MessageBox MB_OK|MB_ICONSTOP "La version $Precedente n’a pas pu prendre sa place. Rien n’a été changé." /SD IDOK
    SetErrorLevel ${ECRITURE}
    Quit
  ${EndIf}
  Rename "$INSTDIR\remplace" "$INSTDIR\précédente"
  WriteRegStr HKCU "${CLE}" "DisplayVersion" "$Precedente"
  MessageBox MB_OK|MB_ICONINFORMATION "Maillage $Precedente est en place." /SD IDOK
SectionEnd
