"""Every way a file can fail to be a list, each with its sentence: what happened, that nothing changed, what to do."""

from __future__ import annotations

from collections.abc import Iterable

from appli.errors import EnvironmentProblem, UserError
from appli.i18n import _, number


def not_a_table(hint: str | None = None) -> UserError:
    """A picture, a letter, a page: anything but a list."""
    return UserError(
        "not_a_table",
        _("Ce fichier n’est pas un tableau que Maillage sait lire. Rien n’a changé."),
        hint or _("Enregistrez-le en .csv ou .xlsx, puis réessayez."),
    )


def web_page() -> UserError:
    """A web page saved under the name of a spreadsheet, as many web services do."""
    return UserError(
        "not_a_table",
        _("Ce fichier est une page Internet, même si son nom est celui d’un tableau. Rien n’a changé."),
        _("Ouvrez-le dans votre tableur, enregistrez-le en .xlsx, puis réessayez."),
    )


def is_bundle() -> UserError:
    """A bundle given as a list."""
    return UserError(
        "is_bundle",
        _("Ce fichier est un paquet de Maillage, pas une liste. Rien n’a changé."),
        _("Ouvrez-le dans « Échanges », ou avec la commande « paquet appliquer »."),
    )


def bad_geojson() -> UserError:
    """JSON that is cut short, or that describes something else than points on a map."""
    return UserError(
        "bad_geojson",
        _("Ce fichier ressemble à une carte GeoJSON, mais il est abîmé ou incomplet. Rien n’a changé."),
        _("Demandez qu’on vous l’envoie de nouveau, ou exportez-le en .csv."),
    )


def large_feature() -> UserError:
    """A shape of more points than anything local has, or one that never ends."""
    return UserError(
        "large_feature",
        _("Un seul tracé de cette carte tient plus de 2 Mo, ou le fichier est abîmé à cet endroit. Rien n’a changé."),
        _("Un logiciel de cartes comme QGIS sait simplifier les tracés, ou n’en garder que le centre."),
    )


def empty_file() -> UserError:
    """Nothing in it, or nothing but blanks and titles."""
    return UserError(
        "empty_file",
        _("Ce fichier est vide : il n’y a aucune ligne à lire. Rien n’a changé."),
        _("Vérifiez que c’est le bon fichier, ou enregistrez-le de nouveau, puis réessayez."),
    )


def too_big(megabytes: int) -> UserError:
    """More bytes than any local list."""
    return UserError(
        "too_big",
        _("Ce fichier dépasse {n} Mo : c’est plus qu’une liste locale. Rien n’a changé.").format(n=number(megabytes)),
        _("Gardez seulement les lignes de votre territoire, puis réessayez."),
    )


def too_many_cells(cells: int) -> UserError:
    """More cells than the memory of a small PC bears."""
    return UserError(
        "too_big",
        _("Ce tableau compte plus de {n} cases, vides comprises : il est trop grand. Rien n’a changé.").format(
            n=number(cells)
        ),
        _("Copiez la partie utile dans une feuille neuve, enregistrez-la, puis réessayez."),
    )


def too_many_columns(columns: int) -> UserError:
    """Wider than any list: most often rows and columns were swapped."""
    return UserError(
        "too_many_columns",
        _("Ce tableau a plus de {n} colonnes. Rien n’a changé.").format(n=number(columns)),
        _("Vérifiez que chaque ligne décrit une fiche, et gardez les colonnes utiles."),
    )


def unreadable_workbook() -> UserError:
    """The reading process was stopped by its limits, or fell over."""
    return UserError(
        "unreadable_workbook",
        _("Ce classeur n’a pas pu être lu : il est abîmé ou démesuré. Rien n’a changé."),
        _("Copiez la liste dans une feuille neuve, enregistrez-la en .csv ou .xlsx, puis réessayez."),
    )


def protected_file() -> UserError:
    """A workbook behind a password."""
    return UserError(
        "protected_file",
        _("Ce classeur est protégé par un mot de passe. Rien n’a changé."),
        _("Ouvrez-le dans votre tableur, enregistrez-le sans mot de passe, puis réessayez."),
    )


def no_such_sheet(wanted: str, names: Iterable[str]) -> UserError:
    """A sheet that is not in the workbook."""
    return UserError(
        "no_such_sheet",
        _("Ce classeur n’a pas de feuille « {name} ». Rien n’a changé.").format(name=wanted),
        _("Feuilles présentes : {names}.").format(names=", ".join(f"« {name} »" for name in names)),
    )


def no_such_header() -> UserError:
    """A line of column titles that is not in the file."""
    return UserError(
        "no_such_header",
        _("La ligne des titres demandée est vide ou n’existe pas dans ce fichier. Rien n’a changé."),
        _("Indiquez le numéro de la ligne où se trouvent les titres des colonnes, ou 0 s’il n’y en a pas."),
    )


def unreadable_encoding(encoding: str) -> UserError:
    """The characters do not read with the encoding asked for."""
    return UserError(
        "unreadable_encoding",
        _("Les caractères de ce fichier ne se lisent pas avec le codage « {encoding} ». Rien n’a changé.").format(
            encoding=encoding
        ),
        _("Choisissez un autre codage, ou laissez Maillage le reconnaître."),
    )


def missing_file(name: str) -> UserError:
    """No file of that name."""
    return UserError(
        "missing_file",
        _("Le fichier « {name} » n’existe pas ou n’est plus là. Rien n’a changé.").format(name=name),
        _("Vérifiez le nom et le dossier, ou remettez la clé USB, puis réessayez."),
    )


def is_folder(name: str) -> UserError:
    """A folder where a file is wanted."""
    return UserError(
        "is_folder",
        _("« {name} » est un dossier, pas une liste. Rien n’a changé.").format(name=name),
        _("Choisissez un fichier de ce dossier, puis réessayez."),
    )


def forbidden_file(name: str) -> EnvironmentProblem:
    """A file this account may not read."""
    return EnvironmentProblem(
        "forbidden_file",
        _("Ce poste ne permet pas de lire « {name} ». Rien n’a changé.").format(name=name),
        _("Fermez le programme qui l’utilise, ou copiez le fichier dans vos documents, puis réessayez."),
    )


def lost_file(name: str) -> EnvironmentProblem:
    """The disk or the stick went away while reading."""
    return EnvironmentProblem(
        "lost_file",
        _(
            "La lecture de « {name} » s’est interrompue : le disque ou la clé USB ne répond plus. Rien n’a changé."
        ).format(name=name),
        _("Remettez la clé ou rebranchez le disque, puis réessayez."),
    )


def reader_failed() -> EnvironmentProblem:
    """The reading process could not be started at all."""
    return EnvironmentProblem(
        "reader_failed",
        _("Ce poste n’a pas pu lancer la lecture du classeur. Rien n’a changé."),
        _("Fermez d’autres programmes, puis réessayez ; sinon enregistrez la liste en .csv."),
    )
