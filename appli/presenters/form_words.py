"""What the form offers to choose from, in words, for the page that draws it."""

from __future__ import annotations


def questions() -> list[tuple[str, str]]:
    """Each purpose of consent and its words."""
    from appli.services.sheet_forms import consent_questions

    return consent_questions()


def ways() -> list[tuple[str, str]]:
    """How an answer may be given."""
    from appli.services.sheet_forms import consent_ways

    return consent_ways()


def day_words(iso: str) -> str:
    """A day as one reads it; empty for none."""
    from appli.services.wording import date_text

    return date_text(iso) if iso else ""


def roles() -> list[tuple[str, str]]:
    """Every way to link, read from this sheet."""
    from appli.services.linking import role_words

    return role_words()
