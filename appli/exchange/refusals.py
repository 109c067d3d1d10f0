"""Every way a bundle is refused, each with its sentence: what happened, that the directory is safe, what to do."""

from __future__ import annotations

from appli.errors import EnvironmentProblem, UserError
from appli.i18n import _, number


def empty_file() -> UserError:
    """Not a single byte: the copy never happened."""
    return UserError(
        "bundle_empty",
        _("Ce fichier est vide. Votre annuaire n’a pas changé."),
        _("La copie a sans doute échoué : copiez le paquet de nouveau, ou demandez qu’on vous le renvoie."),
    )


def not_a_bundle() -> UserError:
    """A picture, a letter, an archive of something else."""
    return UserError(
        "not_a_bundle",
        _("Ce fichier n’est pas un paquet de Maillage. Votre annuaire n’a pas changé."),
        _("Choisissez un fichier dont le nom finit par .maille."),
    )


def moving_house() -> UserError:
    """A whole directory on its way to another PC."""
    return UserError(
        "moving_house",
        _("Ce fichier est un annuaire entier qui change de poste, pas un paquet. Votre annuaire n’a pas changé."),
        _("Sur le nouveau poste, ouvrez-le à la première ouverture ; gardez-le à l’abri, il contient aussi le privé."),
    )


def nested_archive() -> UserError:
    """An archive that holds a bundle, as mail programs make."""
    return UserError(
        "nested_archive",
        _("Ce fichier est une archive qui contient un paquet. Votre annuaire n’a pas changé."),
        _("Ouvrez l’archive, sortez-en le fichier .maille, puis choisissez-le."),
    )


def too_large(limit: int) -> UserError:
    """More than any bundle."""
    return UserError(
        "bundle_too_large",
        _("Ce paquet dépasse {n} Mo : Maillage ne l’ouvre pas. Votre annuaire n’a pas changé.").format(n=_mega(limit)),
        _("Demandez à l’expéditeur de le découper en volumes."),
    )


def too_large_to_write(limit: int) -> UserError:
    """What should be sent does not fit one file."""
    return UserError(
        "bundle_too_large",
        _("Ce paquet dépasserait {n} Mo. Rien n’a été écrit, votre annuaire n’a pas changé.").format(n=_mega(limit)),
        _("Découpez-le en volumes, ou laissez les photos de côté."),
    )


def truncated() -> EnvironmentProblem:
    """The end is missing: a copy cut short."""
    return EnvironmentProblem(
        "bundle_truncated",
        _("Ce paquet s’arrête avant la fin. Votre annuaire n’a pas changé."),
        _("Copiez-le de nouveau en attendant la fin de la copie, ou demandez qu’on vous le renvoie."),
    )


def damaged() -> EnvironmentProblem:
    """Bytes changed on the way, where everything hangs on them."""
    return EnvironmentProblem(
        "bundle_damaged",
        _("Ce paquet est abîmé. Votre annuaire n’a pas changé."),
        _("Copiez-le de nouveau, si possible sur une autre clé, ou demandez qu’on vous le renvoie."),
    )


def forged() -> UserError:
    """A signature that does not go with what it signs."""
    return UserError(
        "bundle_forged",
        _("Ce paquet a été modifié après sa signature. Votre annuaire n’a pas changé."),
        _("Ne l’utilisez pas : demandez-en un autre à son expéditeur, de vive voix si vous pouvez."),
    )


def suspect() -> UserError:
    """An archive built otherwise than Maillage builds them."""
    return UserError(
        "bundle_suspect",
        _("Ce paquet ne contient pas ce qu’il annonce. Votre annuaire n’a pas changé."),
        _("Ne l’utilisez pas : demandez-en un autre à son expéditeur."),
    )


def bomb() -> UserError:
    """Small on the disk, huge once open."""
    return UserError(
        "bundle_bomb",
        _("Ce fichier prendrait une place démesurée une fois ouvert. Votre annuaire n’a pas changé."),
        _("Ne l’utilisez pas : demandez un autre paquet à son expéditeur."),
    )


def newer(sender: str = "", program: str = "") -> EnvironmentProblem:
    """A format of tomorrow; who made it and with what, if it says so in a way that was always understood."""
    said = _("Ce paquet vient d’une version plus récente de Maillage. Votre annuaire n’a pas changé.")
    if program:
        said = _("Ce paquet vient de Maillage {version}, plus récent que celui-ci. Votre annuaire n’a pas changé.")
    whom = _("Gardez le paquet. Demandez la mise à jour à la personne qui vous a installé Maillage, ou sur sa clé.")
    if sender:
        whom = _("Gardez le paquet. Le poste « {name} » a cette version : demandez-la-lui, ou à qui l’a installée.")
    return EnvironmentProblem(
        "bundle_newer",
        said.format(version=program),
        f"{whom.format(name=sender)} {_('Installez-la, puis ouvrez le paquet de nouveau.')}",
    )


def passphrase_needed() -> UserError:
    """Encrypted, and no passphrase given."""
    return UserError(
        "passphrase_needed",
        _("Ce paquet est protégé par une phrase secrète. Votre annuaire n’a pas changé."),
        _("Demandez la phrase à son expéditeur, puis tapez-la."),
    )


def passphrase_wrong() -> UserError:
    """Encrypted under other words."""
    return UserError(
        "passphrase_wrong",
        _("Cette phrase secrète n’ouvre pas ce paquet. Votre annuaire n’a pas changé."),
        _("Vérifiez chaque mot et leur ordre, puis réessayez."),
    )


def not_for_a_passphrase() -> UserError:
    """Encrypted for somebody's key, or at a cost nobody would pay."""
    return UserError(
        "passphrase_unusable",
        _("Ce fichier est chiffré d’une façon que Maillage n’ouvre pas. Votre annuaire n’a pas changé."),
        _("Demandez à l’expéditeur un paquet protégé par une phrase secrète, ou non protégé."),
    )


def private_bundle() -> UserError:
    """What is private never leaves this PC."""
    return UserError(
        "private_bundle",
        _("Ce qui est privé ne quitte jamais ce poste. Rien n’a été écrit."),
        _("Choisissez un paquet partagé ou public."),
    )


def record_too_large() -> UserError:
    """One field of one record is larger than any reader takes."""
    return UserError(
        "record_too_large",
        _("Une fiche est trop longue pour tenir dans un paquet. Rien n’a été écrit, votre annuaire n’a pas changé."),
        _("Raccourcissez ses textes, ou tranchez entre ses valeurs concurrentes, puis réessayez."),
    )


def photo_missing() -> EnvironmentProblem:
    """A photo's bytes are gone or are no longer those of its fingerprint."""
    return EnvironmentProblem(
        "photo_unreadable",
        _("Une photo de l’annuaire ne peut pas être lue. Le paquet n’a pas été écrit, vos fiches n’ont pas changé."),
        _("Faites le paquet sans les photos, ou restaurez une sauvegarde."),
    )


def forged_statement() -> UserError:
    """An order or a role whose signature does not hold."""
    return UserError(
        "statement_forged",
        _("Un ordre reçu ne porte pas la signature de son auteur. Il n’a pas été suivi."),
        _("Parlez-en à la personne qui vous a envoyé ce paquet."),
    )


def key_damaged() -> EnvironmentProblem:
    """The signing key of this PC cannot be read."""
    return EnvironmentProblem(
        "key_damaged",
        _("La clé de signature de ce poste est illisible. Votre annuaire n’a pas changé."),
        _("Faites une nouvelle clé dans Échanges : les autres postes demanderont à la vérifier."),
    )


def _mega(size: int) -> str:
    return number(size >> 20)
