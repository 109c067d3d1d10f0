"""A person's name as lists write it, in any order, taken apart without losing a word.

Capitals tell the family name (« DE LA FICTION Noé »), then a comma (« Testard, Philémon »), then a title, then common
given names; when nothing tells, the name stays as it is typed and nobody is renamed by a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from appli.domain.text import fold, words


@dataclass(frozen=True, slots=True)
class PersonNameParts:
    """How to show a name and how to file it; `given` and `family` only when the list tells them apart."""

    display: str
    sort: str
    given: str | None = None
    family: str | None = None
    title: str | None = None


_TITLES = frozenset(
    (
        "m mr mme mle mlle mrs mmes mlles messieurs mesdames monsieur madame mademoiselle "
        "dr docteur pr professeur me maitre"
    ).split()
)
_AND = frozenset({"et", "&", "ou"})
_PARTICLES = frozenset("de d du des la le les von van der den ter da di del dos".split())
_LOWER_PARTICLES = frozenset({"de", "von", "van", "der", "den", "da", "di", "del", "dos"})

# Enough to tell « Lexemple Séverin » from « Séverin Lexemple »; folded.
_GIVEN = frozenset(
    """
    achille adam adele adeline adrien adrienne agathe agnes ahmed aime aimee alain alban albane albert alex alexandra
    alexandre alexis alfred ali alice alicia aline alix alphonse amandine amaury ambre amelie ana anais anatole andre
    andrea andree ange angele angelique anita anna annabelle anne annette annick annie anouk anselme anthony antoine
    antoinette apolline ariane aristide arlette armand armelle arnaud arsene arthur astrid aubin aude audrey augustin
    aurelie aurelien aurore axel axelle aymeric baptiste barbara barnabe bastien beatrice benedicte benjamin benoit
    berenice bernadette bernard bertrand blaise blanche blandine boris brice brigitte bruno camille candice carine carla
    carole caroline catherine cecile cedric celestin celestine celia celine chantal charlene charles charlie charlotte
    chloe christel christelle christian christiane christine christophe claire clara clarisse claude claudette claudie
    claudine clemence clement clementine clotilde clovis colette coline constance coralie corentin corinne cyprien cyril
    cyrille damien daniel daniele danielle danny daphne david deborah delphine denis denise desire diane didier
    dominique donatien dorian dorothee edgar edith edmond edouard edwige eglantine elea eleonore eliane elie eliette
    elisa elisabeth elise elodie eloi eloise elsa emeline emile emilie emilien emma emmanuel emmanuelle enzo eric erwan
    esteban estelle esther etienne eugene eugenie eva eve evelyne fabien fabienne fabrice fanny fatima faustine felicie
    felix ferdinand fernand fernande flavie flavien flora florence florent florian florine francette francine
    francis franck francois francoise frederic frederique fulbert gabin gabriel gabrielle gael gaelle gaetan gaspard
    gaston gautier genevieve georges georgette gerald geraldine gerard germain germaine gervais ghislain ghislaine
    gilbert gilberte gilles ginette gisele gregoire gregory guilhem guillaume gustave guy gwenaelle hadrien hakim hamza
    hannah hassan helene heloise henri henriette herve hermine hippolyte honore hubert hugo hugues ian ibrahim ida ines
    ingrid irene irma isaac isabelle isaure ismael ivan jacqueline jacques jade jean jeanne jeannine jennifer jeremie
    jeremy jerome jessica joachim jocelyne joel joelle johan johanna jonathan jordan jose joseph josephine josette
    josiane judith jules julia julie julien juliette justin justine karim karine katia kevin khadija killian lambert
    laetitia laila lara laura laure laurence laurent laurette lazare lea leandre leila lena leo leon leonard leonie
    leonor leontine leopold lila lilian liliane lilou lily lina line lionel lisa lise loan loic lola loris lou louane
    louis louise louison luc luca lucas lucette lucie lucien lucienne lucile ludivine ludovic lydia lydie mael maelle
    maelys magali mahaut malika malo manon manuel marc marceau marcel marcelle margaux margot marguerite maria marianne
    marie mariette marin marina marine marion marius marlene martial martine maryline maryse maryvonne mateo mathias
    mathieu mathilde mathis matteo matthieu maud maurice maxence maxime maximilien maya medard mehdi melanie melissa
    melodie michel michele micheline mickael mila mireille mohamed monique morgane moussa muriel mylene myriam nadege
    nadia nadine nathalie nathan nelly nicolas nicole nina nine noa noah noe noel noelie noelle noemie nolwenn nora
    norbert nour oceane octave odette odile oedipe olga olive olivia olivier ophelie orlane oscar pacome pascal pascale
    patrice patricia patrick paul paula paule paulette pauline perrine peter philemon philippe philippine pierre
    pierrette pierrick prosper prudence quentin quitterie rachel rachid raoul raphael raphaelle raymond raymonde regine
    regis rejane remi remy renaud rene renee richard robert roberte robin rodolphe rodrigue roger roland romain romane
    romuald ronan rosa rosalie rose roselyne roxane ruben sabine sabrina sacha said salome salomon samia samir samuel
    sandra sandrine sara sarah sebastien serge severin severine simon simone sixtine sofia solange solene sonia sophie
    stella stephan stephane stephanie suzanne suzette swann sybille sylvain sylvaine sylvestre sylvette sylvia sylviane
    sylvie tania tanguy teddy thea thelma theo theodore theodule theophile therese thibault thibaut thierry thomas
    tiffany timothee titouan tom toussaint tristan ugo ulysse urbain ursule valentin valentine valere valerie valery
    vanessa vera veronique victoire victor victoria victorien vincent violaine violette virgile virginie viviane
    vivien wassim william xavier yacine yael yanis yann yannick yasmina yasmine yoann yohan yolande youssef yvan yves
    yvette yvon yvonne zacharie zelie zoe
    """.split()
)  # fmt: skip


_INITIAL = re.compile(r"[A-ZÀ-Ý]\.(-?[A-ZÀ-Ý]\.)?")


def parse_person_name(text: str) -> PersonNameParts:
    """The parts of a name; every word of `text` is in `title` or `display`."""
    typed = " ".join(text.split())
    title, rest = _split_title(typed)
    if not rest or (title and _is_office(rest)):
        return PersonNameParts(typed, typed)
    given, family = _take_apart(rest, titled=title is not None)
    if family is None:
        return PersonNameParts(_proper(rest), _filed(_proper(rest)), None, None, title)
    if given is None:
        shown = f"{title} {family}" if title else family
        return PersonNameParts(shown, family, None, family, title)
    if title and _joins_two(title):
        return PersonNameParts(f"{title} {given} {family}", f"{family} {given}", given, family, title)
    return PersonNameParts(f"{given} {family}", f"{family} {given}", given, family, title)


def same_person_key(parts: PersonNameParts) -> str:
    """The words of a name in alphabetical order: « Noé Le Démo » and « LE DÉMO NOÉ » give the same."""
    name = " ".join(filter(None, (parts.given, parts.family))) or parts.display
    return " ".join(sorted(words(name)))


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name; « Jean-Pierre » counts by its first part."""
    first = fold(word).partition(" ")[0]
    return first in _GIVEN


def _is_office(rest: str) -> bool:
    """« M. le Maire », « Mme la Présidente »."""
    return rest.split(maxsplit=1)[0] in {"le", "la", "l’", "l'"}


def _filed(shown: str) -> str:
    """A name in no known order: most people write the family name last."""
    tokens = shown.split()
    if len(tokens) < 2 or "," in shown or not all(token[0].isupper() for token in tokens):
        return shown
    return " ".join([tokens[-1], *tokens[:-1]])


def _joins_two(title: str) -> bool:
    return any(word.lower() in _AND for word in title.split())


def _split_title(typed: str) -> tuple[str | None, str]:
    tokens = typed.split()
    count = 0
    while count < len(tokens) and fold(tokens[count]) in _TITLES:
        joined = count + 2 < len(tokens) and tokens[count + 1].lower() in _AND and fold(tokens[count + 2]) in _TITLES
        count += 2 if joined else 1
    if not count:
        return None, typed
    return " ".join(_proper_title(token) for token in tokens[:count]), " ".join(tokens[count:])


def _proper_title(token: str) -> str:
    return token.lower() if token.lower() in _AND else token.capitalize()


def _take_apart(name: str, *, titled: bool) -> tuple[str | None, str | None]:
    """Given and family names; (None, family) when there is but one, (None, None) when nothing tells."""
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        if family and given:
            return _proper(given), _proper(family)
    tokens = name.replace(",", " ").split()
    if not tokens or "," in name.strip(" ,"):
        return None, None
    if len(tokens) == 1:
        return None, _proper(tokens[0])
    if split := _caps_split(tokens):
        return _proper(" ".join(split[0])), _proper(" ".join(split[1]))
    place = _split_by_given_names(tokens) or (titled and (1, True))
    if not place:
        return None, None
    count, given_first = place
    head, tail = " ".join(tokens[:count]), " ".join(tokens[count:])
    return (_proper(head), _proper(tail)) if given_first else (_proper(tail), _proper(head))


def _is_capitals(token: str) -> bool:
    letters = [char for char in token if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters) and not _INITIAL.fullmatch(token)


def _caps_split(tokens: Sequence[str]) -> tuple[Sequence[str], Sequence[str]] | None:
    """(given, family) when the words in capitals stand together on one side; « de LA TOUR » keeps its « de »."""
    capitals = [_in_capitals(token) for token in tokens]
    if all(capitals) or not any(capitals):
        return None
    first, last = capitals.index(True), len(capitals) - capitals[::-1].index(True)
    while first > 0 and tokens[first - 1].islower() and fold(tokens[first - 1]) in _PARTICLES:
        first -= 1
    if not (first == 0 or last == len(tokens)) or (first == 0 and last == len(tokens)):
        return None
    return (tokens[last:], tokens[:last]) if first == 0 else (tokens[:first], tokens[first:])


def _in_capitals(token: str) -> bool:
    """ÉCHANTILLON, and d’ÉCHANTILLON: a small letter, then capitals."""
    parts = re.split(r"['’]", token, maxsplit=1)
    return _is_capitals(token) or (len(parts) == 2 and len(parts[0]) == 1 and _is_capitals(parts[1]))


def _split_by_given_names(tokens: Sequence[str]) -> tuple[int, bool] | None:
    """(where to cut, whether the given name comes first), when common given names stand on one side only."""
    known = [is_given_name(token) or _INITIAL.fullmatch(token) is not None for token in tokens]
    if "et" in tokens[1:-1]:  # « Anne et Paul Testard »
        cut = tokens.index("et") + 2
        return (cut, True) if known[0] and cut < len(tokens) else None
    if known[0] and not known[-1]:
        cut = known.index(False)
        return cut, True
    if known[-1] and not known[0]:
        return len(tokens) - known[::-1].index(False), False
    return None


def _proper(name: str) -> str:
    """Words typed in capitals (or all small) with their own capitals; anything else as typed."""
    small = name.islower()
    return " ".join(_proper_word(token) if small or _in_capitals(token) else token for token in name.split())


def _proper_word(token: str) -> str:
    if fold(token) in _LOWER_PARTICLES:
        return token.lower()
    parts = re.split(r"([-'’])", token)
    elided = len(parts) > 2 and parts[1] in "'’" and parts[0].lower() == "d"
    shown = [part.capitalize() for part in parts]
    if elided:
        shown[0] = "d"
    return "".join(shown)
