"""Which words of a trade meet, and which only look alike."""

from __future__ import annotations

import pytest

from appli.domain.text import fold
from appli.domain.trades import families

MEET = """
maraîcher–maraîchage maraîcher–maraîchère maraîchers–maraîchage menuisier–menuiserie menuisier–menuisière
soudure–soudeur soudure–souder soudeuse–soudeur boulanger–boulangerie boulangère–boulangerie
charpente–charpentier charpentière–charpente couture–couturière couturier–couture apiculture–apiculteur
apicultrice–apiculteur mécanique–mécanicien mécanicienne–mécanique mécano–mécanique électricité–électricien
élec–électricité électrique–électricien informatique–informaticien informaticienne–informatique
graphisme–graphiste plomberie–plombier maçon–maçonnerie maçons–maçonnerie jardin–jardinier
jardinage–jardinière forge–forgeron agriculture–agriculteur agricultrice–agriculture agricole–agriculteur
traduction–traducteur traductrice–traduction cuisine–cuisinier cuisinière–cuisine photo–photographe
photographie–photographe vidéo–vidéaste comptabilité–comptable compta–comptable animation–animateur
animatrice–animation formation–formateur formatrice–formation élevage–éleveur éleveuse–élevage
viticulture–viticulteur coiffure–coiffeur coiffeuse–coiffure serrurerie–serrurier serrure–serrurier
ferronnerie–ferronnier poterie–potier céramique–céramiste ébéniste–ébénisterie vannerie–vannier
tissage–tisserand broderie–brodeuse reliure–relieur gravure–graveur peinture–peintre couvreur–couverture
toiture–couvreur paysage–paysagiste chauffage–chauffagiste garage–garagiste nettoyage–nettoyeur
élagage–élagueur ramonage–ramoneur carrelage–carreleur plâtrerie–plâtrier tapisserie–tapissier
cordonnerie–cordonnier sellerie–sellier horlogerie–horloger bijoux–bijoutier librairie–libraire
bibliothèque–bibliothécaire édition–éditrice illustration–illustrateur rédaction–rédactrice
journalisme–journaliste restauration–restaurateur restaurant–restauration
pâtisserie–pâtissier fromagerie–fromager fromage–fromagère boucherie–boucher charcuterie–charcutier
brasserie–brasseur épicerie–épicière vigne–vigneron meunerie–meunier scierie–scieur
architecture–architecte psychologie–psychologue ostéopathie–ostéopathe kinésithérapie–kinésithérapeute
naturopathe–naturopathie esthétique–esthéticienne massage–masseuse enseignement–enseignante
médiation–médiatrice coordination–coordinateur accompagnement–accompagnatrice secrétariat–secrétaire
gestion–gestionnaire recrutement–recruteur transport–transporteur livraison–livreur
déménagement–déménageur réparation–réparateur recyclage–recyclerie brocante–brocanteur
théâtre–théâtral danse–danseuse chant–chanteur musique–musicien sculpture–sculpteur
stylisme–styliste dessin–dessinatrice maquette–maquettiste cartographie–cartographe
agronomie–agronome économie–économiste histoire–historien pharmacie–pharmacien
"""

APART = """
couture–coût couture–culture carte–carton port–portier marché–marcheur formation–format formateur–format
animal–animation animal–animateur postal–postier poste–postier chant–chantier chanteur–chantier
chauffeur–chauffage chauffeur–chauffagiste fermier–fermer ferme–fermeture gravier–graveur
facteur–facture cour–courrier vitre–vitesse four–fourmi barre–barreau bois–boisson pain–peinture
menu–menuisier maçon–maison soudure–soudain serrure–serre serrurier–serre cuisine–cuisse
potier–potiron boulanger–boule boucher–bouche élève–éleveur forge–forme forgeron–forêt
traiteur–traitement traiteur–traducteur médecin–médiation édition–édifice coiffeur–coffre
couvreur–couveuse tissu–tisane tissage–tisane tourneur–tournure vernissage–vernisseur
comptable–comptoir compta–comté agriculture–culture horticulture–culture librairie–libre
mécanique–mécène électricité–élection informatique–information informaticien–information
graphisme–graphite plombier–plombage photo–photon vidéo–vide formation–forme publicité–publique
musique–musée tourisme–tournage berger–auberge banque–banquet croisière–croiser village–ville
fromage–homme ménage–ménager message–messe brassière–brasserie fraisier–fraiseur artisan–artiste
entreprise–entrepreneur département–départager développement–développeur pharmacie–pharaon
"""


def pairs(text: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b, *_ in (line.split("–") for line in text.split())]


@pytest.mark.parametrize(("one", "other"), pairs(MEET))
def test_words_of_one_trade_meet(one: str, other: str) -> None:
    assert set(families(fold(one))) & set(families(fold(other)))


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_words_that_only_look_alike_do_not(one: str, other: str) -> None:
    assert not set(families(fold(one))) & set(families(fold(other)))


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(pairs(MEET)) >= 60
    assert len(pairs(APART)) >= 40


def test_ordinary_words_have_no_family() -> None:
    for word in ("", "a", "mende", "saint", "bois", "48000", "florac", "d", "chantiers"):
        assert families(word) == ()
