// The groups of each zoom: the one in sight first, then its neighbours, so that they are known by the time somebody zooms.
// The first signs are grouped in the page, since a worker takes longer to start; from then on the worker groups.

"use strict";

Maillage.levels = (() => {
  const AHEAD = [1, -1, 2, -2];
  const known = new Map(); // zoom -> its groups
  const told = new Map(); // the points, and which of them are shown
  let here = Maillage.groups.deeds();
  let worker = null;
  let radius = 0;
  let edition = 0; // of the points, and of the radius
  let coming = null; // the zoom whose neighbours are asked for

  const tell = (deed, value) => {
    told.set(deed, value);
    if (worker) worker.tell(deed, value);
    else here[deed](value);
  };

  const begin = () => {
    worker = Maillage.beside("groups-worker.js", Maillage.groups.deeds);
    here = null;
    for (const [deed, value] of told) worker.tell(deed, value);
  };

  const answer = async (deed, value) => (worker ? worker.ask(deed, value).answer : here[deed](value));

  const setPoints = (lat, lon) => tell("points", { lat, lon });

  // Other points are shown, or signs reach farther: nothing of what was known holds.
  const show = (rows, reach) => {
    if (rows) tell("show", rows);
    radius = reach;
    known.clear();
    coming = null;
    edition += 1;
  };

  const at = (zoom) => known.get(zoom);

  // Null if other points came meanwhile.
  const ask = async (zoom) => {
    const mine = edition;
    const level = await answer("level", { zoom, radius });
    if (mine !== edition || !level) return null;
    known.set(zoom, level);
    return level;
  };

  // One after the other: who zooms further meanwhile waits for one of them at most.
  const getReady = async (zoom, least, most) => {
    if (!worker) begin();
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

  const members = async ({ zoom, group }) => (await answer("members", { zoom, radius, group }))?.rows ?? [];

  return { setPoints, show, at, ask, getReady, members };
})();
