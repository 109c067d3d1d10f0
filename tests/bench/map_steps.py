"""The script that moves a map and times it, the same for ours and for folium's: milliseconds between two frames.

`map` is a Leaflet map. A step and what it draws lie between two frames; a screen of 60 pictures a second adds up to
16 ms of waiting, which is counted too, since it is what one sees.
"""

from __future__ import annotations

_FRAMES = """
(async () => {
  const map = %(map)s;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const timed = async (steps, pause) => {
    const took = [];
    for (const step of steps) {
      await frame();
      const begun = performance.now();
      step();
      await frame();
      took.push(performance.now() - begun);
      await rest(pause);
    }
    return took;
  };
  await rest(1500);
  const still = { animate: false };
  const across = Array.from({ length: 40 }, (_n, k) => () => map.panBy(k %% 20 < 10 ? [60, 20] : [-60, -20], still));
  const pan = await timed(across, 0);
  const zooms = [1, 1, 1, -1, -1, -1, 1, 1, 1, -1, -1, -1].map((d) => () => map.setZoom(map.getZoom() + d, still));
  const zoom = await timed(zooms, 150);
  window.frames_ = JSON.stringify([pan, zoom]);
})();
"""


def frames(map_name: str) -> str:
    """The script; its answer stands in `window.frames_` once it is done."""
    return _FRAMES % {"map": map_name}


def p95(values: list[float]) -> float:
    """The value that one in twenty exceeds."""
    return sorted(values)[int(0.95 * len(values))]
