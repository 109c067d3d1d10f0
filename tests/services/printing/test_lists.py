"""The catalogue, the programme, the equipment, the qualification sheets: what they hold and how it is ordered."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from pypdf import PdfReader

from appli.domain.changes import Create, Put
from appli.domain.ids import new_id
from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.linking import link
from appli.services.printing.edition import new_edition
from appli.services.printing.printing import Printed, print_edition
from tests.services.printing.test_printing import made, text_of

TODAY = "2026-11-22T10:00:00+01:00"


def printed(directory: Directory, model: str, **options: object) -> Printed:
    return print_edition(directory, replace(new_edition(model), options=options))


@pytest.fixture
def today(now_is: Callable[[str], None], request: pytest.FixtureRequest) -> Directory:
    """The directory, on a Sunday in November."""
    now_is(TODAY)
    directory = request.getfixturevalue("one")
    assert isinstance(directory, Directory)
    return directory


def test_the_catalogue_has_what_is_current_by_what_it_is(today: Directory) -> None:
    made(today, "listing", title="Fumier bien composté", type="offer", object="goods", expires_on="2027-04-30")
    made(today, "listing", title="Cours d’occitan", type="offer", object="training")
    made(today, "listing", title="Un tour à bois", type="need", object="equipment")
    made(today, "listing", title="Trop tard", type="offer", expires_on="2026-11-21")
    made(today, "listing", title="Déjà trouvé", type="need", status="met")
    text = text_of(printed(today, "listings").pdf)
    assert text.index("Fumier") < text.index("Cours") < text.index("Un tour")
    assert "Jusqu’au 30\u00a0avril 2027" in text
    assert "Trop tard" not in text
    assert "Déjà trouvé" not in text
    assert "Déjà trouvé" in text_of(printed(today, "listings", met=True).pdf)


def test_the_programme_goes_from_week_to_week(today: Directory) -> None:
    made(today, "event", title="Bal", period="2026-12-05T20:30/2026-12-06T02:00")
    made(today, "event", title="Atelier", period="2026-11-26T14:00/2026-11-26T16:30")
    made(today, "event", title="Hier", period="2026-11-10")
    made(today, "event", title="Un jour", period="2027")
    weekly = made(today, "event", title="Permanence", period="2026-11-03T09:00/2026-11-03T12:00")
    entry = today.reads.entry(weekly)
    assert entry is not None
    today.do("Essai", [Put(weekly, "period", {**entry.values["period"], "recurrence": "FREQ=WEEKLY"})])
    done = printed(today, "programme", weeks=3)
    text = text_of(done.pdf).replace("\u00a0", " ")
    assert "Semaine du 23 au 29 novembre 2026" in text
    assert "Semaine du 30 novembre au 6 décembre 2026" in text
    assert text.index("Mardi 24 novembre") < text.index("Atelier") < text.index("Samedi 5 décembre") < text.index("Bal")
    assert text.count("Permanence") == 2
    assert "Dimanche 6 décembre" not in text, "a night is the day it began on"
    assert "Hier" not in text
    assert text.index("Sans date précise") < text.index("Un jour")
    assert done.records == 4


def test_a_fortnight_is_told_once_a_week(today: Directory) -> None:
    made(today, "event", title="La Quinzaine", period="2026-11-26/2026-12-09")
    text = text_of(printed(today, "programme").pdf)
    assert text.count("La Quinzaine") == 3
    assert "jusqu’au mercredi 9 décembre" in " ".join(text.split())


def test_a_day_that_goes_on_over_the_page_is_named_again(today: Directory) -> None:
    for at in range(60):
        made(today, "event", title=f"Atelier n{at:02}", period="2026-12-05T14:00/2026-12-05T16:00")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed(today, "programme").pdf)).pages]
    assert len(pages) > 1
    assert [page.count("Samedi 5\u00a0décembre") for page in pages] == [1] * len(pages)


def test_what_is_offered_and_lent_says_whom_to_call(today: Directory) -> None:
    ines = made(today, "person", name="Inès Cabrillac", phone="04 65 71 33 08", email="ines@example.org")
    refuses = made(today, "person", name="Paul Meyrueis", phone="04 65 71 33 09")
    note_consent(today, refuses, [Answer("members_print", False)])
    made(today, "listing", title="Stères", type="offer", by=ines.hex())
    made(today, "listing", title="Bottes", type="offer", by=refuses.hex())
    mower, saw = made(today, "equipment", title="Broyeur"), made(today, "equipment", title="Scie")
    place = made(today, "place", title="L’Atelier", email="atelier@example.org")
    link(today, ines, "owns", mower)
    link(today, refuses, "keeps", saw)
    link(today, saw, "located_at", place)
    for model, said in (("listings", {"Inès Cabrillac"}), ("equipment", {"Inès Cabrillac", "L’Atelier"})):
        text = " ".join(text_of(printed(today, model).pdf).split())
        assert all(words in text for words in said), model
        assert "04 65 71 33 08" in text
        assert "Meyrueis" not in text
        assert "33 09" not in text
        without = text_of(print_edition(today, replace(new_edition(model), parts=())).pdf)
        assert "33 08" not in without, "telephones are a part that one chooses"
    assert "atelier@example.org" in text


def test_a_price_of_nothing_is_said_once(today: Directory) -> None:
    thing = made(today, "equipment", title="Broyeur")
    values = {"owner": thing.hex(), "label": "Gratuit", "amount": {"cents": 0, "currency": "EUR"}}
    today.do("Essai", [Create(new_id(today.store.folder.clock()), "rate", values)])
    assert text_of(printed(today, "equipment").pdf).lower().count("gratuit") == 1


def test_equipment_has_its_conditions_and_nothing_broken(today: Directory) -> None:
    made(today, "equipment", title="Broyeur", category="garden", access="after_training", deposit="150", max_days="3")
    made(today, "equipment", title="Vieux tour", status="broken")
    made(today, "equipment", title="Découpeuse", category="garden", summary="Bois, carton\u202f; cuir")
    text = text_of(printed(today, "equipment").pdf).replace("\u00a0", " ")
    assert "150 €" in text
    assert "3 jours au plus" in text
    assert text.count("Jardin") == text.count("cuir") == 1, "said once, whatever its spaces; a group names itself once"
    assert "Vieux tour" not in text
    assert "Vieux tour" in text_of(printed(today, "equipment", withdrawn=True).pdf)


def test_places_answer_the_same_questions(today: Directory) -> None:
    made(today, "place", title="La Filature", capacity="24", how_to_book="Par téléphone")
    made(today, "place", title="Le Four")
    full = text_of(printed(today, "qualification").pdf)
    blank = text_of(printed(today, "qualification", blank_answers=True).pdf)
    assert full.count("Accessibilité") == blank.count("Accessibilité") == 2
    assert "Par téléphone" in full
    assert "Par téléphone" not in blank
    assert "La Filature" in blank


def test_a_sheet_to_sign_has_room_for_others(today: Directory) -> None:
    made(today, "person", name="Odette Vanel", commune="Mende")
    done = printed(today, "signing", event="Assemblée générale", spare=60)
    assert done.pages == 3
    assert text_of(done.pdf).count("Signature") == 3, "the head is on every page"


def test_a_row_to_sign_grows_with_its_name(today: Directory) -> None:
    for _at in range(12):
        made(today, "person", name="Anne-Marie " * 27)
    assert printed(today, "signing", spare=0).pages > 1
