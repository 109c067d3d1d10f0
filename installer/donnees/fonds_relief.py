"""Shades and tints the relief of metropolitan France: `relief.pmtiles`, WebP tiles of zooms 4 to 8.

Run by `construire_fonds.py` where numpy, scipy, Pillow and shapely are, after `fonds_alentours.py`. East of Greenwich
and south of 50° N altitudes are known every kilometre; elsewhere every nine: there the shading is stretched, since
averaged slopes are gentle, and weaker, since it is vague. The two meet over a degree.

    python fonds_relief.py GLOBE.npz ETOPO5.cdf OUTPUT_FOLDER
"""

from __future__ import annotations

import io
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFilter
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from scipy.io import netcdf_file
from scipy.ndimage import gaussian_filter, map_coordinates

WEST, EAST, SOUTH, NORTH = -6.5, 11.5, 40.5, 52.5
FIRST_ZOOM, LAST_ZOOM = 4, 8
SIDE = 256
SIZE = SIDE * 2**LAST_ZOOM
EQUATOR_METRES = 40_075_016.68
FINE_PER_DEGREE, COARSE_PER_DEGREE = 120, 12
SEAM_DEGREES = 1.0
STRENGTH_FINE, STRENGTH_COARSE = 0.58, 0.34
STRETCH_FINE, STRETCH_COARSE = 2.6, 6.0
LIGHTS = ((0.7, 315, 45), (0.15, 270, 50), (0.15, 0, 50))
"""Share, azimuth and height of each."""
BRIGHTEST = 1.15
TINTS = (
    (0, (236, 243, 226)), (150, (242, 245, 226)), (400, (247, 242, 220)), (800, (242, 229, 200)),
    (1300, (232, 214, 186)), (2000, (228, 218, 206)), (3000, (245, 243, 241)), (4800, (255, 255, 255)),
)  # fmt: skip
NEIGHBOUR_OPACITY = 130
HALO_PIXELS = 90
"""How far beyond the borders the relief goes on while it fades, about 40 km for each."""
QUALITY = 74
NOTHING = (246, 243, 234, 0)

Array = np.ndarray[Any, np.dtype[np.float32]]


def pixel(lon: float, lat: float) -> tuple[float, float]:
    """Where a position is at the last zoom."""
    sine = math.sin(math.radians(lat))
    return (lon + 180) / 360 * SIZE, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * SIZE


class Frame:
    """The tiles of the last zoom that cover France, as one picture."""

    def __init__(self) -> None:
        (left, top), (right, bottom) = pixel(WEST, NORTH), pixel(EAST, SOUTH)
        self.left, self.top = int(left // SIDE), int(top // SIDE)
        self.width = (int(right // SIDE) - self.left + 1) * SIDE
        self.height = (int(bottom // SIDE) - self.top + 1) * SIDE
        columns = self.left * SIDE + np.arange(self.width) + 0.5
        rows = self.top * SIDE + np.arange(self.height) + 0.5
        self.lon = (columns / SIZE * 360 - 180)[None, :]
        self.lat = np.degrees(np.arctan(np.sinh(math.pi * (1 - 2 * rows / SIZE))))[:, None]
        self.metres = EQUATOR_METRES / SIZE * np.cos(np.radians(self.lat))

    def sample(self, grid: Array, row: Array, column: Array) -> Array:
        """A grid of altitudes, read at every point of the picture."""
        places = np.broadcast_arrays(row, column)
        return map_coordinates(grid, places, order=3, mode="nearest")


def fine(file: Path, frame: Frame) -> Array:
    """GLOBE, tile G: 50° N to the equator, Greenwich to 90° E, the sea at -500."""
    known = np.load(file)["arr_0"][: 10 * FINE_PER_DEGREE, : 11 * FINE_PER_DEGREE].astype("f4")
    grid = np.where(known < 0, 0, known)
    found = frame.sample(grid, (50 - frame.lat) * FINE_PER_DEGREE - 0.5, frame.lon * FINE_PER_DEGREE - 0.5)
    return gaussian_filter(found, 0.6)


def coarse(file: Path, frame: Frame) -> Array:
    """ETOPO5: from the south pole up, from Greenwich to the east."""
    with netcdf_file(file, mmap=False) as content:
        grid = np.clip(content.variables["ROSE"].data.astype("f4"), 0, None)
    grid = np.roll(grid, 2160, axis=1)  # Greenwich in the middle
    column = (frame.lon + 180) * COARSE_PER_DEGREE
    found = frame.sample(grid, (frame.lat + 90) * COARSE_PER_DEGREE, column)
    return gaussian_filter(np.clip(found, 0, None), 4)


def shading(altitude: Array, frame: Frame, stretch: float) -> Array:
    """How light each point is, 1 on flat ground."""
    down, right = np.gradient(altitude)
    east, north = -right / frame.metres * stretch, down / frame.metres * stretch
    steep = np.sqrt(east * east + north * north + 1)
    light = np.zeros_like(altitude)
    for share, azimuth, height in LIGHTS:
        a, h = math.radians(azimuth), math.radians(height)
        light += share * (east * math.sin(a) * math.cos(h) + north * math.cos(a) * math.cos(h) + math.sin(h)) / steep
    flat = sum(share * math.sin(math.radians(height)) for share, _, height in LIGHTS)
    return np.clip(light / flat, 0, BRIGHTEST)


def tinted(altitude: Array) -> Array:
    steps = [step for step, _ in TINTS]
    return np.stack([np.interp(altitude, steps, [tint[i] for _, tint in TINTS]) for i in range(3)], -1)


def picture(globe: Path, etopo: Path, frame: Frame) -> Array:
    """The colours, everywhere."""
    near, far = fine(globe, frame), coarse(etopo, frame)
    weight = np.clip(np.minimum(frame.lon, 50 - frame.lat) / SEAM_DEGREES, 0, 1)
    light = weight * (1 - STRENGTH_FINE * (1 - shading(near, frame, STRETCH_FINE)))
    light += (1 - weight) * (1 - STRENGTH_COARSE * (1 - shading(far, frame, STRETCH_COARSE)))
    return np.clip(tinted(weight * near + (1 - weight) * far) * light[..., None], 0, 255)


def opacity(folder: Path, frame: Frame) -> Array:
    """The land of France whole, that of its neighbours half, fading away from the borders."""
    france, others = land(folder, "terre", frame), land(folder, "voisins", frame)
    halo = np.clip(2 * gaussian_filter(france, HALO_PIXELS), 0, 1)
    return np.clip(255 * france + NEIGHBOUR_OPACITY * others * halo, 0, 255)


def land(folder: Path, layer: str, frame: Frame) -> Array:
    """Where a layer is, from 0 to 1 at its softened edge."""
    mask = Image.new("L", (frame.width, frame.height), 0)
    pencil = ImageDraw.Draw(mask)
    (line,) = (folder / f"{layer}.ndjson").read_text(encoding="utf-8").splitlines()
    shape = shapely.geometry.shape(json.loads(line)["geometry"]).intersection(shapely.box(WEST, SOUTH, EAST, NORTH))
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            pencil.polygon(outline(part.exterior, frame), fill=255)
            for hole in part.interiors:
                pencil.polygon(outline(hole, frame), fill=0)
    return np.asarray(mask.filter(ImageFilter.GaussianBlur(0.8))).astype("f4") / 255


def outline(ring: Any, frame: Frame) -> list[tuple[float, float]]:
    points = (pixel(lon, lat) for lon, lat in ring.coords)
    return [(x - frame.left * SIDE, y - frame.top * SIDE) for x, y in points]


def tiles(image: Image.Image, frame: Frame) -> dict[int, bytes]:
    """The picture cut up at every zoom; a tile with nothing on it is left out."""
    found: dict[int, bytes] = {}
    for zoom in range(FIRST_ZOOM, LAST_ZOOM + 1):
        step = 2 ** (LAST_ZOOM - zoom)
        left, top = frame.left // step, frame.top // step
        right = (frame.left + frame.width // SIDE - 1) // step
        bottom = (frame.top + frame.height // SIDE - 1) // step
        whole = Image.new("RGBA", ((right - left + 1) * SIDE * step, (bottom - top + 1) * SIDE * step), NOTHING)
        whole.paste(image, ((frame.left - left * step) * SIDE, (frame.top - top * step) * SIDE))
        small = whole.resize((whole.width // step, whole.height // step), Image.Resampling.LANCZOS)
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                corner = ((x - left) * SIDE, (y - top) * SIDE)
                cut = small.crop((*corner, corner[0] + SIDE, corner[1] + SIDE))
                if cut.getextrema()[3][1] > 0:
                    content = io.BytesIO()
                    cut.save(content, "WEBP", quality=QUALITY, method=6)
                    found[zxy_to_tileid(zoom, x, y)] = content.getvalue()
    return found


def write(file: Path, found: dict[int, bytes]) -> None:
    edges = {
        "min_lon": WEST,
        "min_lat": SOUTH,
        "max_lon": EAST,
        "max_lat": NORTH,
        "center_lon": 2.5,
        "center_lat": 46.6,
    }
    header = {f"{name}_e7": int(degrees * 1e7) for name, degrees in edges.items()}
    header |= {"tile_type": TileType.WEBP, "tile_compression": Compression.NONE, "center_zoom": 6}
    said = {
        "name": "Relief",
        "description": "Relief estompé et teinté de la métropole",
        "attribution": "NOAA GLOBE, ETOPO5",
    }
    with file.open("wb") as opened:
        writer = Writer(opened)
        for tile_id in sorted(found):
            writer.write_tile(tile_id, found[tile_id])
        writer.finalize(header | {"min_zoom": FIRST_ZOOM, "max_zoom": LAST_ZOOM}, said)


def main(globe: Path, etopo: Path, folder: Path) -> None:
    """Write the archive."""
    frame = Frame()
    colours = np.dstack([picture(globe, etopo, frame), opacity(folder, frame)]).astype("u1")
    write(folder / "relief.pmtiles", tiles(Image.fromarray(colours), frame))


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
