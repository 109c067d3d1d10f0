"""Last step of the import: what was done, where to see it, how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from appli.i18n import _, _n, number
from appli.presenters.imports_journal import JournalLine, did_words
from appli.presenters.shell import ANNUAIRE, Shell
from appli.services.importing.applying import Imported
from appli.services.importing.planning import ImportPlan
from appli.services.importing.remarks import count_of, remarks_in_words, save_remarks


class DoneStep:
    """The import that has just been made."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._plan: ImportPlan | None = None
        self._imported: Imported | None = None
        self.undone = False

    def take(self, plan: ImportPlan, imported: Imported) -> None:
        """It is made."""
        self._plan, self._imported, self.undone = plan, imported, False

    def learn(self, lines: Sequence[JournalLine]) -> None:
        """What the journal says of it."""
        self.undone = any(line.seq == self.seq and line.undone for line in lines)

    @property
    def seq(self) -> int:
        """Its number."""
        return self._imported.seq if self._imported else 0

    def title(self) -> str:
        """What happened, in two words."""
        return _("Import annulé") if self.undone else _("Import terminé")

    def words(self) -> str:
        """« 1 489 fiches créées, 14 modifiées, 3 lignes écartées. Tout peut être annulé depuis le journal. »."""
        done = self._imported
        if done is None:
            return ""
        if self.undone:
            return _("L’annuaire est redevenu ce qu’il était, sauf les fiches que vous avez modifiées depuis.")
        did = did_words(done.created, done.changed, done.unchanged, done.refused, done.by_kind)
        return _("{did}. Tout peut être annulé depuis le journal.").format(did=did)

    def oddities(self) -> list[str]:
        """What was odd, by sort."""
        if self._plan is None:
            return []
        counts: dict[str, int] = {}
        for code in (*(p.code for p in self._plan.problems), *(m.code for r in self._plan.rows for m in r.remarks)):
            counts[code] = counts.get(code, 0) + 1
        return remarks_in_words(counts)

    def remarks_words(self) -> str:
        """The button that saves the remarks; empty when there is none."""
        count = count_of(self._plan) if self._plan else 0
        words = _n("Enregistrer la remarque…", "Enregistrer les {n} remarques…", count)
        return words.format(n=number(count)) if count else ""

    def remarks_name(self) -> str:
        """The name proposed for their file."""
        return _("Remarques – {file}.csv").format(file=self._plan.file if self._plan else "")

    def save(self, path: Path) -> None:
        """Write the remarks as a table."""
        plan = self._plan
        if plan is None:
            return
        words = _("Remarques écrites dans « {name} ».").format(name=path.name)
        self._shell.session.jobs.read(
            "import-remarques",
            lambda _stopped: save_remarks(plan, path),
            lambda _none: self._shell.toast(words),
            self._shell.report,
        )

    def look_at_sheets(self) -> None:
        """The directory, the sheets just written first."""
        search = self._shell.search
        search.set_trashed(False)
        search.set_text("")
        search.clear_filters()
        search.set_order("updated")
        self._shell.go(ANNUAIRE)
