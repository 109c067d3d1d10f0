"""An organization: an association, a company, a public body, a collective without papers."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Key, LongText, Remit, Tags
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import CAPABILITIES, LABELS, OPEN_LISTS, Titled
from appli.i18n import N_

LEGAL_FORMS = CodeList(
    "legal_form",
    {
        "informal": N_("Collectif sans statut"),
        "association": N_("Association"),
        "sole_trader": N_("Entreprise individuelle"),
        "company": N_("Société"),
        "listed_company": N_("Société cotée"),
        "scop": N_("SCOP"),
        "scic": N_("SCIC"),
        "commune": N_("Commune"),
        "epci": N_("Intercommunalité"),
        "petr": N_("Pôle d’équilibre territorial et rural"),
        "department": N_("Département"),
        "region": N_("Région"),
        "state": N_("État"),
        "school": N_("Établissement d’enseignement"),
        "other_public": N_("Autre organisme public"),
        "foundation": N_("Fondation ou fonds de dotation"),
        "other": N_("Autre forme"),
    },
    {
        "informal": ("collectif-citoyen", "collectif", "collectif informel"),
        "association": ("asso", "assos", "loi 1901", "association loi 1901", "ngo"),
        "sole_trader": ("micro-entreprise", "auto-entreprise", "autoentrepreneur", "ei", "eirl"),
        "company": ("sarl-sa-sas", "sarl", "sas", "sasu", "eurl", "sa", "entreprise", "scea", "gaec", "localbusiness"),
        "scop": ("société coopérative et participative",),
        "scic": ("société coopérative d’intérêt collectif",),
        "commune": ("mairie", "muni"),
        "epci": ("communauté de communes", "communauté d’agglomération", "métropole", "collectivites"),
        "petr": ("pays", "pnr"),
        "department": ("conseil départemental",),
        "region": ("conseil régional",),
        "state": ("préfecture",),
        "school": ("universites", "université", "etablissements-scolaires", "lycée", "collège", "école"),
        "other_public": ("gip", "spl", "chambre consulaire", "ccas", "governmentorganization"),
    },
)


def _pattern(pattern: str) -> AfterValidator:
    expected = re.compile(pattern)

    def check(value: str | None) -> str | None:
        if value is None:
            return None
        compact = re.sub(r"[\s.-]", "", value).upper()
        if not expected.fullmatch(compact):
            raise ValueError("identifier")
        return compact

    return AfterValidator(check)


class Organization(Titled):
    """Who acts together, in any legal form."""

    info = KindInfo(
        2,
        "organization",
        N_("Structure"),
        N_("Structures"),
        "S",
        ("organisation", "association", "asso", "entreprise", "entreprise/asso", "collectivité", "organisme"),
        (*OPEN_LISTS, CAPABILITIES, LABELS),
        audience=Audience.PUBLIC,
    )

    legal_form: Annotated[
        Choice,
        F(
            40,
            N_("Forme juridique"),
            section="identity",
            codes=LEGAL_FORMS,
            facet=True,
            synonyms=("statut juridique", "statut_juridique", "forme", "managementtype", "mode_gestion", "gestion"),
        ),
    ] = None
    siret: Annotated[
        Key,
        _pattern(r"[0-9]{9}|[0-9]{14}"),
        F(41, N_("SIRET"), synonyms=("siren", "code_officiel"), help=N_("9 ou 14 chiffres")),
    ] = None
    rna: Annotated[Key, _pattern(r"W[0-9A-Z]{9}"), F(42, N_("Numéro RNA"), synonyms=("n° rna",))] = None
    naf: Annotated[Key, _pattern(r"[0-9]{4}[A-Z]"), F(43, N_("Code NAF"), synonyms=("ape", "code ape", "code_naf"))] = (
        None
    )
    activities: Annotated[
        Tags,
        F(44, N_("Activités"), weight="skill", section="skills", synonyms=("activité", "services", "métiers", "tags")),
    ] = None
    products: Annotated[
        Tags, F(45, N_("Produits"), weight="skill", section="skills", synonyms=("produit", "productions"))
    ] = None
    remit: Annotated[
        Remit,
        F(46, N_("À qui s’adresser, pour quoi"), weight="body", help=N_("Pour un organisme public")),
    ] = None
    governance: Annotated[
        LongText,
        F(
            47,
            N_("Qui décide, et comment"),
            weight="body",
            section="about",
            synonyms=("gouvernance", "mode_gouvernance"),
        ),
    ] = None
