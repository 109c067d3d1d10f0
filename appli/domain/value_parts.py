"""The parts of composite values: what forms call them, and how the lists of the field head their columns."""

from __future__ import annotations

from dataclasses import dataclass

from appli.i18n import N_


@dataclass(frozen=True, slots=True)
class ValuePart:
    """One part of a composite value, as a form shows it and as lists call it."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()


NAME = (
    ValuePart("display", N_("Nom affiché")),
    ValuePart("sort", N_("Nom pour le classement")),
    ValuePart("given", N_("Prénom"), ("prénom", "prenom", "ct_prenom", "bf_prenom", "firstname")),
    ValuePart("family", N_("Nom de famille"), ("nom de famille", "nom d’usage", "ct_nom", "lastname")),
)

ADDRESS = (
    ValuePart(
        "street",
        N_("Rue"),
        ("adresse", "rue", "voie", "adresse 1", "streetaddress", "street", "addr:street", "bf_adresse"),
    ),
    ValuePart("complement", N_("Complément d’adresse"), ("complement_adresse", "complément", "adresse 2")),
    ValuePart("lieu_dit", N_("Lieu-dit"), ("lieu dit", "hameau")),
    ValuePart(
        "postcode",
        N_("Code postal"),
        ("cp", "code_postal", "codepostal", "bf_code_postal", "postalcode", "postcode", "zip"),
    ),
    ValuePart("country", N_("Pays"), ("pays", "addresscountry", "country")),
)

COMMUNE = (
    ValuePart("insee", N_("Code INSEE"), ("insee", "code_insee", "insee_com", "inseecom", "codeinsee", "numcom")),
    ValuePart(
        "name",
        N_("Nom de la commune"),
        (
            "commune",
            "ville",
            "lib_com",
            "nomcom",
            "cominit",
            "localité",
            "bf_ville",
            "addresslocality",
            "city",
        ),
    ),
)

POSITION = (
    ValuePart("lat", N_("Latitude"), ("lat", "y_wgs84", "bf_latitude", "geo.latitude")),
    ValuePart("lon", N_("Longitude"), ("lon", "long", "lng", "x_wgs84", "bf_longitude", "geo.longitude")),
    ValuePart("precision", N_("Précision")),
    ValuePart("source", N_("Origine")),
)

PERIOD = (
    ValuePart(
        "start",
        N_("Début"),
        ("date de début", "date", "start_date", "startdate", "starts_at", "dtstart", "bf_date_debut_evenement"),
    ),
    ValuePart(
        "end",
        N_("Fin"),
        ("date de fin", "end_date", "enddate", "ends_at", "dtend", "bf_date_fin_evenement"),
    ),
    ValuePart("all_day", N_("Toute la journée")),
    ValuePart("timezone", N_("Fuseau horaire")),
    ValuePart("recurrence", N_("Répétition"), ("récurrence", "rrule")),
    ValuePart("exceptions", N_("Sauf les jours")),
)

MONEY = (ValuePart("cents", N_("Montant en centimes")), ValuePart("currency", N_("Monnaie")))

CONFIRMATION = (
    ValuePart("on", N_("Le"), ("date_maj", "mise à jour", "date de mise à jour")),
    ValuePart("by", N_("Par")),
    ValuePart("how", N_("Comment")),
)

REMIT = (
    ValuePart("territory", N_("Territoire")),
    ValuePart("topics", N_("Sujets")),
    ValuePart("how_to_apply", N_("Comment s’adresser à elle")),
    ValuePart("response_delay", N_("Délai de réponse")),
)
