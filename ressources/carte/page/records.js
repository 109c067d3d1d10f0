// The records: 50,000 points, grouped by supercluster, drawn as signs and rings.
// They come in columns (page_points in appli/services/live_map.py): a few long arrays are parsed in milliseconds,
// 50,000 small ones are not. Only what is in sight is in the page (a hundred elements at most), and a movement changes
// only what came or left.

"use strict";

Maillage.records = (() => {
  const SIGN = 26;
  const CHOSEN = 40;
  const RING = 34;
  const RADIUS = 52; // pixels within which signs are gathered in a ring
  const FRANCE = L.latLngBounds([41.2, -5.6], [51.3, 9.9]);
  const NONE = { kinds: [], lat: [], lon: [], id: "", kind: "", vague: "" };
  const PER_DEGREE = 100000;
  const ID = 32; // digits
  const REST = 400; // ms
  let map = null;
  let points = NONE;
  let rows = null; // id -> its place; made when first asked
  let features = []; // the same, as supercluster takes them
  let chosen = null;
  let resting = 0; // the timer of getReady
  const levels = new Map(); // zoom -> its groups
  const drawn = new Map(); // key -> Leaflet marker carrying `item`

  const scale = () => Number(document.documentElement.style.getPropertyValue("--scale")) || 1;

  const attach = (toMap) => {
    map = toMap;
    map.on("moveend", draw);
  };

  const load = async (asked = Maillage.ask("/donnees/points")) => {
    points = (await asked) ?? NONE;
    rows = null;
    features = points.lat.map((_lat, row) => ({
      properties: { row },
      geometry: { type: "Point", coordinates: [lonOf(row), latOf(row)] },
    }));
    regroup();
  };

  const latOf = (row) => points.lat[row] / PER_DEGREE;
  const lonOf = (row) => points.lon[row] / PER_DEGREE;
  const idOf = (row) => points.id.substr(row * ID, ID);
  const kindOf = (row) => points.kinds[parseInt(points.kind[row], 36)];

  const rowOf = (id) => {
    rows ??= new Map(features.map((_feature, row) => [idOf(row), row]));
    return rows.get(id);
  };

  // After other points or another text size: signs reach farther in large text, so rings gather more.
  const regroup = () => {
    levels.clear();
    for (const shown of drawn.values()) shown.remove();
    drawn.clear();
    draw();
  };

  // Each zoom is grouped by itself when it is first seen, in 25 to 60 ms for 50,000 points. Grouping all zooms at once,
  // as supercluster does by default, takes 150 to 250 ms, and nothing is painted meanwhile.
  const level = (zoom = map.getZoom()) => {
    if (!levels.has(zoom)) {
      const groups = new Supercluster({
        radius: RADIUS * scale(),
        extent: 256,
        minZoom: zoom,
        maxZoom: zoom,
      });
      levels.set(zoom, groups.load(features));
    }
    return levels.get(zoom);
  };

  // What stands in the view and a little around it, so that a drag uncovers signs and not emptiness.
  const visible = () => {
    if (!features.length) return [];
    const box = map.getBounds().pad(0.25);
    const edges = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    const zoom = map.getZoom();
    const items = level()
      .getClusters(edges, zoom)
      .map((feature) => {
        const [lon, lat] = feature.geometry.coordinates;
        const { cluster_id: group, point_count: count, row } = feature.properties;
        return group ? { key: `group-${zoom}-${group}`, group, zoom, count, lat, lon } : single(row);
      });
    // The chosen record always has its own sign, even where a ring counts it.
    if (chosen && rowOf(chosen) !== undefined && !items.some((item) => item.id === chosen)) {
      items.push(single(rowOf(chosen)));
    }
    return items;
  };

  const single = (row) => {
    const id = idOf(row);
    return {
      key: id === chosen ? `chosen-${id}` : id,
      id,
      kind: kindOf(row),
      lat: latOf(row),
      lon: lonOf(row),
      vague: Number(points.vague[row]),
      chosen: id === chosen,
    };
  };

  const draw = () => {
    if (!map) return;
    const items = visible();
    const keys = new Set(items.map((item) => item.key));
    for (const [key, marker] of drawn) {
      if (keys.has(key)) continue;
      marker.remove();
      drawn.delete(key);
    }
    for (const item of items) if (!drawn.has(item.key)) drawn.set(item.key, marker(item));
    stepAside(items);
    map.fire("signs");
    clearTimeout(resting);
    resting = setTimeout(getReady, REST);
  };

  // While nobody moves the map, the zooms one step away are grouped.
  const getReady = () => {
    const zoom = map.getZoom();
    const near = [zoom + 1, zoom - 1].find(
      (z) => z >= map.getMinZoom() && z <= map.getMaxZoom() && !levels.has(z),
    );
    if (near === undefined || !features.length) return;
    level(near);
    resting = setTimeout(getReady, REST);
  };

  const side = (item) => (item.group ? RING : item.chosen ? CHOSEN : SIGN);

  const marker = (item) => {
    const size = side(item) * scale();
    const button = Maillage.signs.element("div", "spot");
    button.setAttribute("role", "button");
    button.tabIndex = -1;
    button.setAttribute(
      "aria-label",
      item.group ? Maillage.signs.records(item.count) : Maillage.signs.label(item.kind),
    );
    button.append(
      item.group
        ? Maillage.signs.ring(item.count)
        : Maillage.signs.sign(item.kind, item.chosen ? "chosen" : "", item.vague),
    );
    const made = L.marker([item.lat, item.lon], {
      icon: L.divIcon({ className: "", html: button, iconSize: [size, size] }),
      keyboard: false, // arrows, N and P walk the signs: dozens of tab stops would not
      zIndexOffset: item.chosen ? 10000 : item.group ? 1000 : 0,
    });
    made.item = item;
    made.spot = button;
    made.on("click", () => Maillage.popup.open(item, button));
    made.on("mouseover", () => Maillage.popup.hint(item, button));
    made.on("mouseout", () => Maillage.popup.hint(null));
    return made.addTo(map);
  };

  // A ring under the chosen sign moves to its lower right: both stay readable and both can be clicked.
  const stepAside = (items) => {
    const selected = items.find((item) => item.chosen);
    const place = selected && map.latLngToLayerPoint([selected.lat, selected.lon]);
    for (const item of items) {
      if (item.chosen) continue;
      const at = map.latLngToLayerPoint([item.lat, item.lon]);
      const shown = drawn.get(item.key);
      const near = place && place.distanceTo(at) < 30 * scale();
      const moved = near ? place.add([30 * scale(), 18 * scale()]) : at;
      shown.aside = near;
      shown.setLatLng(near ? map.layerPointToLatLng(moved) : [item.lat, item.lon]);
    }
  };

  const choose = (id) => {
    if (id === chosen) return;
    chosen = id;
    draw();
  };

  const itemOf = (id) => {
    const row = rowOf(id);
    return row === undefined ? null : single(row);
  };

  // The records of a ring, in the order they came: that of the directory's list.
  const inGroup = (item) =>
    levels
      .get(item.zoom)
      .getLeaves(item.group, Infinity)
      .map((leaf) => leaf.properties.row)
      .sort((a, b) => a - b)
      .map(single);

  const extent = (item) => L.latLngBounds(inGroup(item).map((member) => [member.lat, member.lon]));

  // Records that no zoom can part, because they stand on about the same spot (most often: a town hall).
  const isPile = (item) => {
    const box = extent(item);
    const corner = map.project(box.getSouthWest(), map.getMaxZoom());
    return corner.distanceTo(map.project(box.getNorthEast(), map.getMaxZoom())) < RADIUS * scale();
  };

  const partOf = (item) => {
    const box = extent(item);
    const fitting = map.getBoundsZoom(box, false, L.point(120, 120));
    const zoom = Math.min(map.getMaxZoom(), Math.max(fitting, map.getZoom() + 1));
    map.setView(box.getCenter(), zoom, { animate: false });
  };

  // All points of metropolitan France, or all when none is there: one record overseas would show the ocean.
  const everything = () => {
    const places = features.map((_feature, row) => [latOf(row), lonOf(row)]);
    const near = places.filter((place) => FRANCE.contains(place));
    const shown = near.length ? near : places;
    return shown.length ? L.latLngBounds(shown) : null;
  };

  // Where signs stand in the window, for the names that keep clear of them. A long number makes a ring an oval.
  const boxes = () =>
    [...drawn.values()].map((shown) => {
      const { item, aside } = shown;
      const { x, y } = map.latLngToContainerPoint(shown.getLatLng());
      const radius = (side(item) / 2) * scale();
      const digits = item.group ? Maillage.signs.number(item.count).length : 0;
      return { x, y, radius, half: radius + Math.max(0, digits - 3) * 4 * scale(), many: digits > 0, aside };
    });

  const markers = () => [...drawn.values()];

  const spotOf = (id) => drawn.get(`chosen-${id}`)?.spot;

  const kinds = () => new Set(points.kinds.map(Maillage.signs.known));

  // How vague the points are: 1 somewhere in the commune, 2 to be checked.
  const vagueness = () => new Set(points.vague);

  return {
    attach, scale, load, regroup, choose, itemOf, isPile, partOf, inGroup, everything, boxes, markers, spotOf,
    kinds, vagueness,
    get chosen() {
      return chosen;
    },
  };
})();
