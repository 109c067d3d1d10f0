"""The script that moves a map and times it, the same for ours and for folium's.

`map` is a Leaflet map. A frame is what lies between two pictures of the screen, 16 ms of waiting for a screen of 60
pictures a second included, since it is what one sees. Dragging asks for one frame after the other. A zoom is followed
for 400 ms, all its frames counted: tiles, signs and names that come later hold up the hand as much as what comes first.
Zooms are made at six places, so that most of what they show was never shown before. The same time without any movement
tells what the machine's other work adds.
"""

from __future__ import annotations

import json

ZOOMS = (1, 1, 1, -1, -1, -1)
_FRAMES = """
(async () => {
  const map = %(map)s;
  const still = { animate: false };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const followed = async (step) => {
    await frame();
    let last = performance.now();
    const until = last + 400;
    const found = [];
    step();
    while (last < until) {
      await frame();
      const now = performance.now();
      found.push(now - last);
      last = now;
    }
    return found;
  };
  // From a zoom to the frame that holds all its signs; folium's are there at once.
  const complete = async (step) => {
    const begun = performance.now();
    const signs = new Promise((resolve) => map.once(%(signs)s, resolve));
    step();
    await Promise.race([signs, rest(5000)]);
    await frame();
    await rest(0);
    return performance.now() - begun;
  };
  await rest(1500);
  const [home, far] = [map.getCenter(), map.getZoom()];
  const pan = [];
  for (let k = 0; k < 40; ++k) {
    await frame();
    const begun = performance.now();
    map.panBy(k %% 20 < 10 ? [60, 20] : [-60, -20], still);
    await frame();
    pan.push(performance.now() - begun);
  }
  const zoomed = async (measure) => {
    const took = [];
    for (const [north, east] of [[0, 0], [0.2, 0.2], [-0.2, 0.2], [-0.2, -0.2], [0.2, -0.2], [0, 0.3]]) {
      map.setView([home.lat + north, home.lng + east], far, still);
      await rest(500);
      for (const step of %(zooms)s) {
        took.push(await measure(() => map.setZoom(map.getZoom() + step, still)));
        await rest(100);
      }
    }
    return took;
  };
  await rest(1000);
  const idle = [];
  for (let k = 0; k < 5; ++k) idle.push(...(await followed(() => {})));
  const zooms = await zoomed(followed);
  const whole = await zoomed(complete);
  window.frames_ = JSON.stringify([pan, zooms.flat(), zooms.map((some) => Math.max(...some)), idle, whole]);
})();
"""


def frames(map_name: str, signs: str = "moveend") -> str:
    """The script; its answer stands in `window.frames_` once it is done. `signs`: what tells they are there."""
    return _FRAMES % {"map": map_name, "zooms": json.dumps(ZOOMS), "signs": json.dumps(signs)}


def p95(values: list[float]) -> float:
    """The value that one in twenty exceeds."""
    return sorted(values)[int(0.95 * len(values))]
