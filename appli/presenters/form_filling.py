"""A form while it is being filled: each deed keeps only what differs from what stands."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from appli.domain.audience import CHOICES, Audience
from appli.services.form_model import (
    SHEET,
    Claim,
    Content,
    Filled,
    FilledForm,
    NewLink,
    Question,
    RowForm,
    SheetForm,
    says_something,
)


class Filling:
    """The form, what was filled in, and what may be done to it."""

    def __init__(self, form: SheetForm, filled: Filled) -> None:
        self.form = form
        self.filled = filled
        self.asked = FilledForm(form, filled)

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from the sheet."""
        return not self.filled.is_empty()

    def snapshot(self) -> FilledForm:
        """What is filled in now, for another thread."""
        return FilledForm(self.form, copy.deepcopy(self.filled))

    # --- fields ---

    def type(self, path: str, content: Content) -> None:
        """What an editor holds now."""
        question = self.asked.question(path)
        if path in self.filled.settled:
            self.filled.settled.remove(path)
        if content == question.content:
            self.filled.contents.pop(path, None)
            self.filled.seen.pop(path, None)
        else:
            self.filled.contents[path] = content
            if path in self.form.by_path:
                self.filled.seen.setdefault(path, question.content)

    def choose(self, path: str, claim: Claim) -> None:
        """Of several values, this one: saving settles the field."""
        self.type(path, claim.content)
        if claim.content == self.asked.question(path).content:
            self.filled.settled.append(path)

    def is_settled(self, path: str) -> bool:
        """Whether one of several values was chosen, or another was typed."""
        return path in self.filled.settled or path in self.filled.contents

    # --- who sees it ---

    def audience(self, path: str = SHEET) -> str:
        """The key of who sees a field, a row, the sheet."""
        return shown_level(self.asked.audience(path)).code

    def ceiling(self) -> str:
        """The key of who sees the sheet: nothing of it is shown to more people."""
        return self.audience(SHEET)

    def photo_ceiling(self, path: str) -> str:
        """The key of the widest circle that may see a photo: the sheet's, or less without the person's yes."""
        return shown_level(min(self.asked.audience(SHEET), self.asked.photo_ceiling(path))).code

    def set_audience(self, path: str, level: str) -> None:
        """Choose who sees it."""
        self.filled.audiences.pop(path, None)
        if shown_level(self.asked.chosen_audience(path)).code != level:
            self.filled.audiences[path] = level

    def seen_by(self) -> dict[str, list[str]]:
        """What each circle sees: labels of what is filled in, by the widest circle that sees it."""
        found: dict[str, list[str]] = {level.code: [] for level in CHOICES}
        for question in self.form.questions:
            if says_something(self.asked.content(question.path)):
                path = SHEET if question.required else question.path
                found[self.audience(path)].append(question.label)
        for name, label in self._labelled_rows():
            labels = found[self.audience(name)]
            if label not in labels:
                labels.append(label)
        return found

    def _labelled_rows(self) -> Iterator[tuple[str, str]]:
        for some in self.form.lists:
            for row in self.asked.rows(some.name):
                if not self.asked.row_is_blank(row):
                    path = f"{some.name}/{row.key}"
                    yield path, self.type_label(row) if some.style == "contacts" else some.label

    def type_label(self, row: RowForm) -> str:
        """« Téléphone portable »: what a contact is."""
        question = next(q for q in row.questions if q.name == "type")
        chosen = self.asked.content(question.path)
        return next((o.label for o in question.options if o.code == chosen), question.label)

    # --- rows ---

    def add_row(self, name: str, **contents: Content) -> str:
        """A further row, blank but for this; returns its path."""
        keys = self.filled.added.setdefault(name, [])
        key = f"+{max((int(k[1:]) for k in keys if k[1:].isdecimal()), default=-1) + 1}"
        keys.append(key)
        path = f"{name}/{key}"
        if self.form.lists_by_name[name].style == "contacts":
            contents.setdefault("type", "phone")
        self.filled.contents |= {f"{path}/{part}": content for part, content in contents.items()}
        return path

    def remove_row(self, path: str) -> None:
        """Take a row off; one that is not written yet leaves nothing."""
        name, _slash, key = path.partition("/")
        if key in self.filled.added.get(name, ()):
            self.filled.added[name].remove(key)
        elif path not in self.filled.removed:
            self.filled.removed.append(path)
        if key.startswith("+"):
            self._forget(path)

    def _forget(self, path: str) -> None:
        for kept in (self.filled.contents, self.filled.seen, self.filled.audiences):
            for known in [p for p in kept if p == path or p.startswith(f"{path}/")]:
                del kept[known]

    def move_row(self, path: str, by: int) -> None:
        """One place up (-1) or down (1)."""
        name, _slash, key = path.partition("/")
        keys = [row.key for row in self.asked.rows(name)]
        place = keys.index(key)
        if 0 <= place + by < len(keys):
            keys[place], keys[place + by] = keys[place + by], keys[place]
            self.filled.moved.pop(name, None)
            if keys != [row.key for row in self.asked.rows(name)]:
                self.filled.moved[name] = keys

    def keep_row(self, path: str) -> None:
        """Think again about a row taken off."""
        self.filled.removed.remove(path)

    def gone_rows(self, name: str) -> list[RowForm]:
        """The written rows that saving takes off."""
        rows = self.form.lists_by_name[name].rows
        return [r for r in rows if not r.is_new and f"{name}/{r.key}" in self.filled.removed]

    # --- links ---

    def add_link(self, link: NewLink) -> None:
        """A link that saving makes."""
        if all((k.role, k.other) != (link.role, link.other) for k in self.filled.links):
            self.filled.links.append(link)

    def drop_new_link(self, link: NewLink) -> None:
        """Think again about it."""
        self.filled.links.remove(link)

    def turn_link(self, link: str) -> None:
        """Saving takes a standing link off, or keeps it after all."""
        unlinked = self.filled.unlinked
        (unlinked.remove if link in unlinked else unlinked.append)(link)

    # --- agreement ---

    def answer_to(self, purpose: str) -> str:
        """yes, no, or nothing: what is said now."""
        known = self.form.consents.answers if self.form.consents else {}
        return self.filled.answers.get(purpose, known.get(purpose, ""))

    def answer(self, purpose: str, said: str, today: str) -> None:
        """What the person answered: yes, no; nothing when she was not asked. A first answer is of today."""
        self.filled.answers.pop(purpose, None)
        if self.answer_to(purpose) != said:
            self.filled.answers[purpose] = said
            if said and not self.answered_on():
                self.filled.answered_on = today

    def answered_how(self) -> str:
        """On paper, by word of mouth…"""
        known = self.form.consents.how if self.form.consents else ""
        return self.filled.answered_how if self.filled.answered_how is not None else known

    def answered_on(self) -> str:
        """The day, in ISO."""
        known = self.form.consents.on if self.form.consents else ""
        return self.filled.answered_on if self.filled.answered_on is not None else known


def content_words(question: Question, content: Content) -> str:
    """What an editor holds, in a line."""
    if isinstance(content, dict):
        return ", ".join(part for part in content.values() if part)
    labels = {option.code: option.label for option in question.options}
    said = [content] if isinstance(content, str) else content
    return ", ".join(labels.get(one, one) for one in said)


def shown_level(audience: Audience) -> Audience:
    """The hosts' level is reserved: it is shown as what the next wider one is."""
    return Audience.SHARED if audience is Audience.HOSTS else audience
