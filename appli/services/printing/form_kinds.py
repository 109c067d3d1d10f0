"""What a blank form may describe; apart from the form itself, so that the models stay light to read."""

from __future__ import annotations

from collections.abc import Mapping

from appli.i18n import N_

FORM_KINDS: Mapping[str, str] = {
    "person": N_("Une personne"),
    "organization": N_("Une structure"),
    "place": N_("Un lieu"),
    "equipment": N_("Un matériel"),
}
