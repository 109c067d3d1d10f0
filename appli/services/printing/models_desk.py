"""What a host prints around the directory: labels, badges, a sheet to sign, a poster, sheets one by one."""

from __future__ import annotations

from appli.domain.audience import Audience
from appli.i18n import N_
from appli.services.printing.form_kinds import FORM_KINDS
from appli.services.printing.label_sheets import CARD_SHEETS, LABEL_SHEETS
from appli.services.printing.model import Model, Option

_FIRST = Option(
    "first", N_("Première étiquette"), "number", 1, low=1, high=24, help=N_("Pour finir une planche entamée.")
)
_SHIFT_X = Option(
    "shift_x",
    N_("Décalage vers la droite"),
    "number",
    0.0,
    low=-10,
    high=10,
    unit="mm",
    help=N_("Si l’imprimante décale."),
)
_SHIFT_Y = Option("shift_y", N_("Décalage vers le bas"), "number", 0.0, low=-10, high=10, unit="mm")
_FRAMES = Option("frames", N_("Contours, pour un essai"))
_SIGNING_LINES = Option("spare", N_("Lignes vides à la fin"), "number", 10, low=0, high=200)

DESK = (
    Model(
        "joining",
        N_("Bulletin d’inscription"),
        N_("Une feuille vierge à remplir au stylo, avec les cases de l’accord ; la même existe en tableur à envoyer."),
        "file-text",
        "joining_form:compose",
        "adhesion.typ",
        options=(
            Option("form_kind", N_("Pour décrire"), "choice", "person", FORM_KINDS),
            Option("copies", N_("Exemplaires à la suite"), "number", 1, low=1, high=50),
        ),
        blank=True,
    ),
    Model(
        "labels",
        N_("Étiquettes d’adresse"),
        N_("Pour écrire aux personnes et aux structures. Qui refuse le courrier n’y est pas."),
        "tag",
        "labels:labels",
        "etiquettes.typ",
        orders=("name", "commune"),
        options=(
            Option("sheet", N_("Planche"), "choice", "l7160", {code: one.label for code, one in LABEL_SHEETS.items()}),
            _FIRST,
            _SHIFT_X,
            _SHIFT_Y,
            _FRAMES,
        ),
        kinds=("person",),
        audience=Audience.PRIVATE,
        purpose="letters",
    ),
    Model(
        "badges",
        N_("Badges"),
        N_("Un nom qui se lit de loin, ce que fait la personne, et le code de sa fiche."),
        "user-round",
        "labels:badges",
        "badges.typ",
        orders=("name", "commune"),
        parts={"summary": True, "organizations": True},
        options=(
            Option("sheet", N_("Planche"), "choice", "c32011", {code: one.label for code, one in CARD_SHEETS.items()}),
            Option(
                "first", N_("Premier badge"), "number", 1, low=1, high=10, help=N_("Pour finir une planche entamée.")
            ),
            _SHIFT_X,
            _SHIFT_Y,
            _FRAMES,
            Option("qr", N_("Code QR de la fiche"), default=True),
        ),
        kinds=("person",),
    ),
    Model(
        "signing",
        N_("Feuille d’émargement"),
        N_("Noms, communes et cases à signer, pour une réunion ou un atelier."),
        "pencil",
        "signing:compose",
        "emargement.typ",
        papers=("a4", "a4_wide"),
        orders=("name", "commune"),
        options=(
            Option("event", N_("Réunion"), "text", "", help=N_("Par exemple : assemblée générale du 12 décembre.")),
            Option("columns", N_("Cases par personne"), "number", 1, low=1, high=6),
            _SIGNING_LINES,
        ),
        kinds=("person",),
    ),
    Model(
        "poster",
        N_("Affiche"),
        N_("Une fiche par page, en grand, avec un code QR : pour le mur ou la vitrine."),
        "newspaper",
        "single:posters",
        "affiche.typ",
        papers=("a4", "a3"),
        orders=("name",),
        parts={"contacts": True, "address": True, "summary": True, "description": False, "hours": True, "skills": True},
        options=(Option("photos", N_("Photos"), default=True),),
        kinds=("place", "event"),
        audience=Audience.PUBLIC,
    ),
    Model(
        "single",
        N_("Fiches une par une"),
        N_("Chaque fiche sur sa page, avec tout ce qui peut être imprimé."),
        "file-text",
        "single:compose",
        "fiche.typ",
        papers=("a4", "a5"),
        orders=("name", "commune", "code"),
        parts={
            "contacts": True,
            "address": True,
            "skills": True,
            "summary": True,
            "description": True,
            "hours": True,
            "organizations": True,
            "details": True,
        },
        options=(Option("photos", N_("Photos"), default=True), Option("qr", N_("Code QR de la fiche"), default=True)),
    ),
)
