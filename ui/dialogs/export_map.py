"""« Exporter la carte… »: for whom, where; then where the page lies."""

from __future__ import annotations

from appli.i18n import _
from appli.presenters.export_map import whom
from ui.dialogs.export_list import ExportListDialog, ExportWords


class ExportMapDialog(ExportListDialog):
    """As for a list, but that there is one format: a page that any browser opens."""

    @classmethod
    def words(cls) -> ExportWords:
        about = _(
            "Une seule page, avec la carte et la liste, à donner sur une clé ou par courriel. Elle s’ouvre dans "
            "n’importe quel navigateur, sans réseau."
        )
        return ExportWords(_("Exporter la carte"), _("Écriture de la carte"), _("Où écrire la carte ?"), whom(), about)
