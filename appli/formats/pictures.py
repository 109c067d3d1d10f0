"""Pictures that people give: read with suspicion, turned upright, made small, freed of all they say beside the image.

The only place that decodes images (Pillow). What comes out is a plain JPEG written by us: no GPS, no date, no camera,
no comment, no colour profile; so the window never decodes what somebody else wrote.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from appli.errors import UserError
from appli.i18n import _, number

MIME = "image/jpeg"
SIDE, KEPT_BYTES = 1600, 300_000
"""What is kept of a photo: pixels of its longest side, and about how many bytes."""
SMALL_SIDE, SMALL_BYTES = 320, 20_000
"""A thumbnail."""
MOST_BYTES = 40 << 20
"""A file of a camera; beyond, nothing is read."""
_MOST_PIXELS, _MOST_BY_HALVES = 40_000_000, 170_000_000
"""Pixels decoded at once; a JPEG may have more, since it is decoded small."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_QUALITIES = (85, 75, 65, 55, 45)
_SMALLER = 0.8
_NAME = 60

_one_at_a_time = threading.Lock()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo ready to be kept."""

    content: bytes
    mime: str = MIME


def prepare(path: Path) -> Picture:
    """The photo of a file somebody chose. Raises UserError with a sentence for whatever is no such thing."""
    raw = _read(path)
    _refuse_known(raw)
    return _decoded(raw, lambda image: Picture(_fitted(image, SIDE, KEPT_BYTES)))


def thumbnail(content: bytes) -> bytes | None:
    """A small picture of a photo that is kept; None when nothing can be made of it."""
    return _or_nothing(content, SMALL_SIDE, SMALL_BYTES)


def for_screen(content: bytes) -> bytes | None:
    """A photo written anew before it is shown: whoever made it, the window decodes our bytes alone."""
    return _or_nothing(content, SIDE, KEPT_BYTES)


def _or_nothing(content: bytes, side: int, most: int) -> bytes | None:
    try:
        return _decoded(content, lambda image: _fitted(image, side, most))
    except UserError:
        return None


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise _refusal("no_picture", _("« {name} » n’est pas un fichier.").format(name=_name(path)))
        if path.stat().st_size > MOST_BYTES:
            size = number(MOST_BYTES >> 20)
            words = _("« {name} » pèse plus de {size} Mo : ce n’est pas une photo ordinaire.")
            raise _refusal("picture_too_big", words.format(name=_name(path), size=size))
        raw = path.read_bytes()
    except OSError as problem:
        words = _("« {name} » ne peut pas être lu.").format(name=_name(path))
        raise UserError("no_picture", _safe(words), _("Vérifiez que le fichier est là, puis réessayez.")) from problem
    if not raw:
        raise _refusal("empty_picture", _("« {name} » est vide.").format(name=_name(path)))
    return raw


def _name(path: Path) -> str:
    """A file's name in a sentence, however long."""
    name = path.name or str(path)
    return name if len(name) <= _NAME else f"{name[:_NAME]}…"


def _refuse_known(raw: bytes) -> None:
    """Files that call themselves pictures, with the way out of each."""
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<?xml", b"<svg", b"<!doctype")) and b"<svg" in raw[:65536].lower():
        raise _refusal("svg_refused", _("Un dessin SVG n’est pas une photo : il peut contenir un programme."))
    if raw[4:8] == b"ftyp" and raw[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        raise UserError(
            "heic_refused",
            _safe(_("Cette photo est au format HEIC des téléphones, que Maillage ne lit pas.")),
            _("Sur le téléphone, partagez-la par courriel ou enregistrez-la en JPEG, puis réessayez."),
        )


def _decoded(raw: bytes, use: Callable[[Image.Image], T]) -> T:
    """Decode under bounds, one picture at a time: memory is bounded, and the filters of warnings are everybody's."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(raw), formats=_FORMATS) as image:
                _bound(image)
                return use(_upright(image))
        except UserError:
            raise
        except Image.DecompressionBombError as problem:
            raise _bomb() from problem
        except UnidentifiedImageError as problem:
            raise _refusal("no_picture", _("Ce fichier n’est pas une photo que Maillage sait lire.")) from problem
        except Exception as problem:  # a decoder that is fed with anything may raise anything
            raise _refusal("damaged_picture", _("Cette photo est abîmée ou incomplète.")) from problem


def _bound(image: Image.Image) -> None:
    by_halves = image.format in ("JPEG", "MPO")
    if image.width * image.height > (_MOST_BY_HALVES if by_halves else _MOST_PIXELS):
        raise _bomb()
    if by_halves:
        image.draft("RGB", (SIDE, SIDE))
        if image.width * image.height > _MOST_PIXELS:
            raise _bomb()


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held, in plain colours on white."""
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((2 * SIDE, 2 * SIDE))
    if turned.mode == "P" or "transparency" in turned.info:
        turned = turned.convert("RGBA")
    if profile and turned.mode in ("RGB", "RGBA"):
        turned = _usual_colours(turned, profile)
    plain = Image.new("RGB", turned.size, "white")
    if turned.mode in ("RGBA", "LA", "PA"):
        coloured = turned.convert("RGBA")
        plain.paste(coloured, mask=coloured.getchannel("A"))
    else:
        plain.paste(turned.convert("RGB"))
    return plain


def _usual_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """Telephones write wide colours under a profile, which does not stay."""
    try:
        found = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return found or image


def _fitted(image: Image.Image, side: int, most: int) -> bytes:
    """As JPEG, no larger than that; quality gives way first, then size."""
    while True:
        small = image.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            written = io.BytesIO()
            small.save(written, "JPEG", quality=quality, optimize=True, progressive=side > SMALL_SIDE)
            if written.tell() <= most:
                return written.getvalue()
        side = int(side * _SMALLER)


def _bomb() -> UserError:
    return _refusal("picture_bomb", _("Cette image est démesurée une fois ouverte : elle n’a pas été lue."))


def _refusal(code: str, words: str) -> UserError:
    return UserError(code, _safe(words), _("Choisissez une photo en JPEG, PNG ou WebP."))


def _safe(words: str) -> str:
    said = _("{words} Rien n’a changé.")
    return said.format(words=words)
