// The groups of each zoom, as the worker tells them: the one in sight first, then its neighbours, so that they are known
// by the time somebody zooms.

"use strict";

Maillage.levels = (() => {
  const AHEAD = [1, -1, 2, -2];
  const known = new Map(); // zoom -> its groups
  let worker = null;
  let radius = 0;
  let edition = 0; // of the points, and of the radius
  let coming = null; // the zoom whose neighbours are asked for

  const attach = () => {
    worker = Maillage.beside("groups-worker.js", Maillage.groups.deeds);
  };

  const setPoints = (lat, lon) => worker.tell("points", { lat, lon });

  // Other points are shown, or signs reach farther: nothing of what was known holds.
  const show = (rows, reach) => {
    if (rows) worker.tell("show", rows);
    radius = reach;
    known.clear();
    coming = null;
    edition += 1;
  };

  const at = (zoom) => known.get(zoom);

  // Null if other points came meanwhile.
  const ask = async (zoom) => {
    const mine = edition;
    const level = await worker.ask("level", { zoom, radius }).answer;
    if (mine !== edition) return null;
    known.set(zoom, level);
    return level;
  };

  // One after the other: who zooms further meanwhile waits for one of them at most.
  const getReady = async (zoom, least, most) => {
    if (coming === zoom) return;
    const mine = edition;
    coming = zoom;
    for (const step of AHEAD) {
      const near = zoom + step;
      if (near < least || near > most || known.has(near)) continue;
      await ask(near);
      if (mine !== edition || coming !== zoom) return;
    }
  };

  const members = async ({ zoom, group }) => (await worker.ask("members", { zoom, radius, group }).answer)?.rows ?? [];

  return { attach, setPoints, show, at, ask, getReady, members };
})();
