// The records on the map: gathered in groups, drawn as signs and rings. Only what is in sight is in the page, and a little
// around it, so that a drag uncovers signs and not emptiness; a movement changes only what came or left. After a zoom
// the former signs stay until the new groups are known, and the new ones are made some at a time, so that no frame is late.

"use strict";

Maillage.records = (() => {
  const RADIUS = 52; // pixels within which signs are gathered in a ring
  const FEW = 8; // signs made in a frame, however slow the machine is
  const MANY = 200;
  const [SHORT, LONG] = [21, 32]; // ms between two frames: more signs may be made, or fewer should be
  const REST = 300; // ms
  let map = null;
  let chosen = null;
  let asked = null; // the zoom whose groups are awaited
  let frame = 0;
  let share = 14; // signs to make in a frame, as the machine turns out to manage
  let resting = 0; // the timer of what is made ready for the next movement
  let unmade = []; // what is still to be drawn, what is in sight first
  const drawn = new Map(); // key -> mark
  const { points, levels } = Maillage;

  const scale = () => Number(document.documentElement.style.getPropertyValue("--scale")) || 1;

  const attach = (toMap) => {
    map = toMap;
    Maillage.marks.attach(map);
    map.on("viewreset", replace);
    map.on("moveend", () => draw());
  };

  const load = async (answer = points.ask()) => {
    if (await points.load(answer)) levels.setPoints(points.lat, points.lon);
    await regroup(points.rows);
  };

  // After other points or another text size: signs reach farther in large text, so rings gather more.
  const regroup = async (rows = null) => {
    levels.show(rows, RADIUS * scale());
    if (!(await levels.ask(map.getZoom()))) return;
    for (const mark of drawn.values()) mark.remove();
    drawn.clear();
    draw({ whole: true });
  };

  // --- what is there ---

  const visible = (level, zoom) => {
    const sight = map.getBounds();
    const box = sight.pad(0.25);
    const [south, west, north, east] = [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()];
    const items = [];
    for (let at = 0; at < level.lat.length; ++at) {
      const lat = level.lat[at];
      const lon = level.lon[at];
      if (lat < south || lat > north || lon < west || lon > east) continue;
      const [count, name] = [level.count[at], level.name[at]];
      items.push(count > 1 ? { key: `group-${zoom}-${name}`, group: name, zoom, count, lat, lon } : single(name));
    }
    // The chosen record always has its own sign, even where a ring counts it.
    const row = chosen ? points.rowOf(chosen) : undefined;
    if (row !== undefined && !items.some((item) => item.id === chosen)) items.push(single(row));
    return items;
  };

  const single = (row) => {
    const point = points.pointOf(row);
    return point.id === chosen
      ? { ...point, key: `chosen-${point.id}`, chosen: true }
      : { ...point, key: point.id, chosen: false };
  };

  const itemOf = (id) => {
    const row = points.rowOf(id);
    return row === undefined ? null : single(row);
  };

  // --- drawing ---

  // `whole`: in this very frame, as nothing else is there to be seen meanwhile.
  const draw = ({ whole = false } = {}) => {
    const zoom = map.getZoom();
    const level = levels.at(zoom);
    if (!level) {
      awaitGroups(zoom);
      return;
    }
    const items = visible(level, zoom);
    const keys = new Set(items.map((item) => item.key));
    for (const [key, mark] of drawn) {
      if (keys.has(key)) continue;
      mark.remove();
      drawn.delete(key);
    }
    replace();
    const sight = map.getBounds();
    const inSight = ({ lat, lon }) => sight.contains([lat, lon]);
    const lacking = items.filter((item) => !drawn.has(item.key));
    unmade = [...lacking.filter((item) => !inSight(item)), ...lacking.filter(inSight)];
    make(whole);
  };

  const awaitGroups = async (zoom) => {
    if (asked === zoom) return;
    asked = zoom;
    const level = await levels.ask(zoom);
    if (asked === zoom) asked = null;
    if (level && map.getZoom() === zoom) draw();
  };

  const make = (whole, since = 0) => {
    cancelAnimationFrame(frame);
    clearTimeout(resting);
    const [one, beside] = [scale(), chosenPlace()];
    for (const item of unmade.splice(whole ? 0 : -share).reverse()) {
      const mark = new Maillage.marks.Mark(item, one);
      drawn.set(item.key, mark);
      place(mark, beside);
    }
    if (unmade.length) {
      frame = requestAnimationFrame((now) => {
        if (since && now - since > LONG) share = Math.max(FEW, Math.round(share * 0.7));
        if (since && now - since < SHORT) share = Math.min(MANY, Math.round(share * 1.4));
        make(false, now);
      });
      return;
    }
    map.fire("signs");
    resting = setTimeout(() => levels.getReady(map.getZoom(), map.getMinZoom(), map.getMaxZoom()), REST);
  };

  const chosenPlace = () => {
    const item = chosen && itemOf(chosen);
    return item ? map.latLngToLayerPoint([item.lat, item.lon]) : null;
  };

  // All signs there are, where they belong now.
  const replace = () => {
    const beside = chosenPlace();
    for (const mark of drawn.values()) place(mark, beside);
  };

  // A ring under the chosen sign moves to its lower right: both stay readable and both can be clicked.
  const place = (mark, beside) => {
    const { item } = mark;
    const at = map.latLngToLayerPoint([item.lat, item.lon]);
    const aside = Boolean(beside) && !item.chosen && beside.distanceTo(at) < 30 * scale();
    mark.place(aside ? beside.add([30 * scale(), 18 * scale()]).round() : at, aside);
  };

  const choose = (id) => {
    if (id === chosen) return;
    chosen = id;
    draw({ whole: true });
  };

  // --- groups ---

  const inGroup = async (item) => Array.from(await levels.members(item), single);

  const extent = (members) => L.latLngBounds(members.map((member) => [member.lat, member.lon]));

  // Records that no zoom can part, because they stand on about the same spot (most often: a town hall).
  const isPile = (members) => {
    const box = extent(members);
    const corner = map.project(box.getSouthWest(), map.getMaxZoom());
    return corner.distanceTo(map.project(box.getNorthEast(), map.getMaxZoom())) < RADIUS * scale();
  };

  const part = (members) => {
    const box = extent(members);
    const fitting = map.getBoundsZoom(box, false, L.point(120, 120));
    const zoom = Math.min(map.getMaxZoom(), Math.max(fitting, map.getZoom() + 1));
    map.setView(box.getCenter(), zoom, { animate: false });
  };

  // --- what others ask ---

  // Where signs stand in the window, for the names that keep clear of them. A long number makes a ring an oval.
  const boxes = () => {
    const pane = map.layerPointToContainerPoint([0, 0]);
    const one = scale();
    return [...drawn.values()].map(({ item, at, half, aside }) => {
      const digits = item.group ? Maillage.signs.number(item.count).length : 0;
      const { x, y } = at.add(pane);
      return { x, y, radius: half, half: half + Math.max(0, digits - 3) * 4 * one, many: digits > 0, aside };
    });
  };

  const markers = () => [...drawn.values()];

  const spotOf = (id) => drawn.get(`chosen-${id}`)?.spot;

  return {
    attach, scale, load, regroup, choose, itemOf, isPile, part, inGroup, boxes, markers, spotOf,
    everything: points.extent,
    kinds: points.kinds,
    vagueness: points.vagueness,
    get chosen() {
      return chosen;
    },
  };
})();
