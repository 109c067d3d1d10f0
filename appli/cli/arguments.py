"""The verbs and their words, in French. Importing this must stay cheap: each verb imports its services when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from appli.errors import UsageProblem
from appli.i18n import _

VERBS = frozenset(
    "espace demo genres importer imports exporter imprimer chercher fiche paquet carte localiser base".split()
)
"""What the program's first word may be for the terminal to answer; anything else opens the window."""


class _InFrench(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage :") + " " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and heading + " ")


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        wants_help = options.pop("add_help", True)
        super().__init__(add_help=False, formatter_class=_InFrench, **options)
        self._positionals.title = _("à donner")
        if wants_help:
            self.add_argument("-h", "--help", "--aide", action="help", help=_("montrer cette aide"))

    def error(self, message: str) -> NoReturn:
        raise UsageProblem("usage", _french(message), _("Écrivez « {prog} --help ».").format(prog=self.prog))


_WORDS = (
    ("the following arguments are required: ", "il manque : "),
    ("unrecognized arguments: ", "mots inattendus : "),
    ("invalid choice: ", "choix impossible : "),
    ("(choose from ", "(possibles : "),
    ("expected one argument", "une valeur est attendue"),
    ("invalid int value: ", "nombre entier attendu : "),
    ("invalid float value: ", "nombre attendu : "),
    ("argument ", "argument "),
)


def _french(message: str) -> str:
    for english, french in _WORDS:
        message = message.replace(english, french)
    return message[:1].upper() + message[1:]


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The words as a namespace whose `run(options, out)` carries out the verb. Raises UsageProblem."""
    options = _build().parse_args(list(words))
    if options.version:
        options.run = _verb("version:show")  # whatever verb follows: asking changes nothing
    if not hasattr(options, "run"):
        raise UsageProblem("usage", _("Il manque un verbe."), _("Écrivez « maillage --help »."))
    for name, default in (("annuaire", None), ("json", False)):
        if not hasattr(options, name):
            setattr(options, name, default)
    return options


def _verb(name: str) -> Callable[..., None]:
    module, function = name.split(":")

    def run(*arguments: object) -> None:
        getattr(import_module(f"appli.cli.{module}"), function)(*arguments)

    return run


def _build() -> argparse.ArgumentParser:
    common = _common()
    parser = _Parser(
        prog="maillage",
        description=_("Maillage : l’annuaire local, sans réseau. Sans verbe, ouvre la fenêtre."),
        parents=[common],
    )
    parser.add_argument("--version", action="store_true", help=_("dire le nom et la version du programme"))
    verbs = parser.add_subparsers(title=_("verbes"), metavar=_("VERBE"))

    def add(where: argparse._SubParsersAction[_Parser], word: str, text: str, run: str) -> _Parser:
        made = where.add_parser(word, help=text, description=text, parents=[common])
        made.set_defaults(run=_verb(run))
        return made

    def group(word: str, text: str) -> argparse._SubParsersAction[_Parser]:
        made = verbs.add_parser(word, help=text, description=text, parents=[common])
        return made.add_subparsers(title=_("actions"), metavar=_("ACTION"), required=True)

    _space_verbs(add, group, verbs)
    _list_verbs(add, group, verbs)
    _leaving_verbs(add, verbs)
    _sheet_verbs(add, group)
    _packet_verbs(add, group)
    _base_verbs(add, group)
    return parser


def _common() -> _Parser:
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--annuaire", metavar=_("DOSSIER"), type=Path, help=_("le dossier de l’annuaire"))
    common.add_argument("--json", action="store_true", help=_("une réponse en JSON"))
    return common


def _space_verbs(add, group, verbs) -> None:  # type: ignore[no-untyped-def]
    space = group("espace", _("l’espace : le réseau qui partage un annuaire"))
    found = add(space, "creer", _("fonder un espace"), "spaces:create")
    found.add_argument("nom", metavar=_("NOM"))
    found.add_argument("--territoire", metavar=_("CODES"), default="", help=_("département, EPCI ou communes"))
    found.add_argument("--contact", metavar=_("TEXTE"), default="", help=_("à qui demander ses droits"))
    found.add_argument("--poste", metavar=_("NOM"), default="", help=_("le nom de ce poste"))
    add(space, "montrer", _("montrer l’espace"), "spaces:show")
    add(verbs, "demo", _("remplir un annuaire d’exemple, de personnes inventées"), "spaces:demo")
    add(verbs, "genres", _("les genres de fiches et leurs champs"), "spaces:kinds")


def _list_verbs(add, group, verbs) -> None:  # type: ignore[no-untyped-def]
    read = add(verbs, "importer", _("importer une liste (CSV, tableur, GeoJSON)"), "imports:run")
    read.add_argument("fichier", metavar=_("FICHIER"), type=Path)
    read.add_argument("--genre", metavar="G", default="", help=_("ce que devient chaque ligne"))
    read.add_argument("--feuille", metavar="F", default=None, help=_("la feuille du classeur"))
    read.add_argument("--source", metavar=_("NOM"), default="", help=_("le nom de la liste, d’une fois sur l’autre"))
    read.add_argument("--cle", metavar=_("COLONNE"), action="append", help=_("ce qui reconnaît une ligne"))
    read.add_argument("--correspondance", metavar="M.json", type=Path, help=_("quelles colonnes deviennent quoi"))
    read.add_argument("--essai", action="store_true", help=_("montrer sans rien changer"))
    done = group("imports", _("les imports faits sur ce poste"))
    add(done, "lister", _("lister les imports"), "imports:listing")
    add(done, "annuler", _("annuler un import"), "imports:cancel").add_argument("id", metavar="IMPORT")
    find = add(verbs, "chercher", _("chercher dans l’annuaire ; un texte vide donne tout"), "finding:search")
    find.add_argument("texte", metavar=_("TEXTE"))
    find.add_argument("--genre", metavar="G", default="")
    find.add_argument("--commune", metavar="C", default="")
    find.add_argument("--rayon", metavar="KM", type=float, default=0.0)
    find.add_argument("--limite", metavar="N", type=int, default=50)
    place = add(verbs, "localiser", _("trouver une commune"), "finding:locate")
    place.add_argument("texte", metavar=_("TEXTE"))
    place.add_argument("--limite", metavar="N", type=int, default=10)


def _leaving_verbs(add, verbs) -> None:  # type: ignore[no-untyped-def]
    write = add(verbs, "exporter", _("écrire une liste pour un autre programme"), "exports:run")
    write.add_argument("fichier", metavar="FICHIER.{csv,xlsx,geojson,vcf,ics,json}", type=Path)
    write.add_argument("--genre", metavar="G", default="")
    write.add_argument("--recherche", metavar="Q", default="", help=_("ce que trouve cette recherche ; sinon, tout"))
    write.add_argument("--audience", metavar="A", default="", help=_("prive, partage ou public (sinon, public)"))
    paper = add(verbs, "imprimer", _("faire un document à imprimer"), "printing:run")
    paper.add_argument("fichier", metavar="SORTIE.pdf", type=Path)
    paper.add_argument("--modele", metavar="M", default="directory", help=_("ce qu’on imprime (sinon, l’annuaire)"))
    paper.add_argument("--genre", metavar="G", default="")
    paper.add_argument("--recherche", metavar="Q", default="", help=_("ce que trouve cette recherche ; sinon, tout"))
    paper.add_argument("--audience", metavar="A", default="", help=_("prive, partage ou public (sinon, partage)"))
    paper.add_argument("--mois", metavar="N", type=int, help=_("lettres, appels, corrections : non confirmées depuis"))
    noted = _("feuilles de correction : les noter dehors, comme le fait la fenêtre")
    paper.add_argument("--noter", action="store_true", help=noted)
    drawn = add(verbs, "carte", _("écrire une page avec une carte, qui s’ouvre partout sans réseau"), "exports:run_map")
    drawn.add_argument("fichier", metavar="SORTIE.html", type=Path)
    drawn.add_argument("--genre", metavar="G", default="")
    drawn.add_argument("--recherche", metavar="Q", default="", help=_("ce que trouve cette recherche ; sinon, tout"))
    drawn.add_argument("--audience", metavar="A", default="", help=_("prive, partage ou public (sinon, public)"))


def _sheet_verbs(add, group) -> None:  # type: ignore[no-untyped-def]
    sheet = group("fiche", _("une fiche de l’annuaire"))
    make = add(sheet, "creer", _("créer une fiche"), "sheets:create")
    make.add_argument("genre", metavar=_("GENRE"))
    make.add_argument("champs", metavar=_("CHAMP=VALEUR"), nargs="*")
    make.add_argument("--audience", metavar="A", default="")
    show = add(sheet, "montrer", _("montrer une fiche"), "sheets:show")
    show.add_argument("id", metavar="ID")
    change = add(sheet, "modifier", _("modifier une fiche"), "sheets:edit")
    change.add_argument("id", metavar="ID")
    change.add_argument("champs", metavar=_("CHAMP=VALEUR"), nargs="*")
    for word, text, run in (
        ("corbeille", _("mettre à la corbeille"), "sheets:trash"),
        ("restaurer", _("sortir de la corbeille"), "sheets:restore"),
    ):
        add(sheet, word, text, run).add_argument("id", metavar="ID")
    settle = add(sheet, "trancher", _("choisir entre plusieurs valeurs"), "sheets:settle")
    settle.add_argument("id", metavar="ID")
    settle.add_argument("champ", metavar=_("CHAMP"))
    settle.add_argument("valeur", metavar=_("VALEUR"))
    for word, text, run in (
        ("lier", _("lier deux fiches"), "sheets:link"),
        ("delier", _("enlever un lien"), "sheets:unlink"),
    ):
        made = add(sheet, word, text, run)
        made.add_argument("id", metavar="ID")
        made.add_argument("role", metavar="ROLE")
        made.add_argument("autre", metavar="ID")
    agree = add(sheet, "accord", _("noter l’accord d’une personne"), "sheets:consent")
    agree.add_argument("id", metavar="ID")
    agree.add_argument("but", metavar=_("BUT"))
    agree.add_argument("reponse", metavar="oui|non", choices=("oui", "non"))
    erase = add(sheet, "effacer", _("effacer une fiche pour toujours"), "sheets:erase")
    erase.add_argument("id", metavar="ID")
    erase.add_argument("--oui", action="store_true", help=_("confirmer"))


def _packet_verbs(add, group) -> None:  # type: ignore[no-untyped-def]
    packet = group("paquet", _("échanger avec les autres postes"))
    make = add(packet, "creer", _("faire un paquet pour les autres postes"), "packets:create")
    make.add_argument("sortie", metavar="SORTIE.maille", type=Path)
    make.add_argument(
        "--depuis",
        metavar=_("POSTE"),
        default="",
        help=_("seulement ce qui manque à ce poste : son nom, ou le fichier de sa demande"),
    )
    make.add_argument("--audience", metavar="A", default="", help=_("partage ou public"))
    look = add(packet, "examiner", _("dire ce qu’un paquet changerait"), "packets:examine")
    look.add_argument("fichier", metavar="F", type=Path)
    take = add(packet, "appliquer", _("réunir un paquet"), "packets:apply")
    take.add_argument("fichier", metavar="F", type=Path)
    take.add_argument("--essai", action="store_true", help=_("montrer sans rien changer"))
    take.add_argument("--oui", action="store_true", help=_("accepter l’expéditeur et ce que le paquet enlève"))
    add(packet, "annuler", _("annuler un paquet réuni"), "packets:cancel").add_argument("id", metavar="IMPORT")


def _base_verbs(add, group) -> None:  # type: ignore[no-untyped-def]
    base = group("base", _("les fichiers de l’annuaire"))
    add(base, "verifier", _("vérifier la base"), "base:verify")
    add(base, "sauvegarder", _("faire une sauvegarde"), "base:backup")
    add(base, "sauvegardes", _("lister les sauvegardes, même si la base ne s’ouvre pas"), "base:listing")
    back = add(base, "restaurer", _("revenir à une sauvegarde, même si la base ne s’ouvre pas"), "base:restore")
    back.add_argument("sauvegarde", metavar=_("SAUVEGARDE"), help=_("son nom, ou « derniere »"))
    add(base, "recuperer", _("reprendre ce qui se lit encore d’une base abîmée"), "base:recover")
    add(base, "ecarter", _("mettre de côté une base qui ne s’ouvre pas, et repartir de rien"), "base:put_aside")
    add(base, "ecartees", _("lister les bases mises de côté après une panne"), "base:aside")
    gone = add(base, "effacer-ecartee", _("supprimer pour toujours une base mise de côté"), "base:delete_aside")
    gone.add_argument("base", metavar=_("BASE"), help=_("son nom, ou « toutes »"))
    gone.add_argument("--oui", action="store_true", help=_("confirmer"))
    leave = add(base, "emporter", _("mettre tout l’annuaire dans un fichier, pour un autre poste"), "changing_pc:leave")
    leave.add_argument("sortie", metavar="SORTIE.maillage-dossier", type=Path)
    _phrase_word(leave, _("le fichier qui contient la phrase secrète (sinon, sept mots sont proposés)"))
    leave.add_argument("--garder-ce-poste", action="store_true", help=_("ce poste servira encore à cet annuaire"))
    leave.add_argument("--sans-cartes", action="store_true", help=_("sans les cartes détaillées"))
    leave.add_argument("--avec-sauvegardes", action="store_true", help=_("avec les sauvegardes"))
    come = add(base, "reprendre", _("reprendre ici un annuaire venu d’un autre poste"), "changing_pc:arrive")
    come.add_argument("fichier", metavar="FICHIER.maillage-dossier", type=Path)
    come.add_argument("--dans", metavar=_("DOSSIER"), type=Path, required=True, help=_("un dossier vide ou nouveau"))
    _phrase_word(come, _("le fichier qui contient la phrase secrète (sinon, elle est demandée)"))
    add(base, "empreinte", _("l’empreinte du contenu, égale entre postes qui ont le même"), "base:digest")


def _phrase_word(verb, text) -> None:  # type: ignore[no-untyped-def]
    """A phrase among the words would stay in the shell's memory."""
    verb.add_argument("--phrase", metavar=_("FICHIER"), type=Path, default=None, help=text)
