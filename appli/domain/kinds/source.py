"""Where records came from: the list, the id each has there, and the columns nobody foresaw.

They are shared, so that twenty PCs importing one list do not make twenty copies.
"""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Date, Flag, Key, LongText, Reference, Tags, Text, Web
from appli.domain.fields import F, KindInfo
from appli.domain.kinds.base import LICENCES, PRESENT, Record
from appli.i18n import N_


class Source(Record):
    """A list somebody publishes or keeps."""

    info = KindInfo(51, "source", N_("Source"), N_("Sources"), derived_from=("name",), audience=Audience.PUBLIC)

    name: Annotated[Text, F(40, N_("Nom"), weight="title")] = None
    producer: Annotated[Text, F(41, N_("Producteur"))] = None
    licence: Annotated[Choice, F(9, N_("Licence"), codes=LICENCES)] = None
    address: Annotated[Web, F(42, N_("Adresse sur Internet"))] = None
    as_of: Annotated[Date, F(43, N_("À jour au"))] = None
    key_columns: Annotated[Tags, F(44, N_("Colonnes qui identifient une ligne"))] = None


class ForeignId(Record):
    """Under which id a source knows a record."""

    info = KindInfo(
        52,
        "foreign_id",
        N_("Identifiant d’origine"),
        N_("Identifiants d’origine"),
        derived_from=("source", "record", "value"),
        audience=Audience.PUBLIC,
    )

    source: Annotated[Reference, F(40, N_("Source"))] = None
    record: Annotated[Reference, F(41, N_("Fiche"), binding=True)] = None
    value: Annotated[Key, F(42, N_("Identifiant"))] = None
    present: Annotated[Flag, PRESENT] = None


class Extra(Record):
    """A value of a column the model does not have, given back at the next export."""

    info = KindInfo(53, "extra", N_("Autre colonne"), N_("Autres colonnes"), derived_from=("record", "source", "key"))

    record: Annotated[Reference, F(40, N_("Fiche"), binding=True)] = None
    source: Annotated[Reference, F(41, N_("Source"))] = None
    key: Annotated[Key, F(42, N_("Colonne"))] = None
    value: Annotated[LongText, F(43, N_("Valeur"))] = None
