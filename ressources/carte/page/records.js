// The records: 50,000 points as [latitude, longitude, id, kind], grouped by supercluster, drawn as signs and rings.
// Only what is in sight is in the page (a hundred elements at most), and a movement changes only what came or left.

"use strict";

Maillage.records = (() => {
  const SIGN = 26;
  const CHOSEN = 40;
  const RING = 34;
  const RADIUS = 52; // pixels within which signs are gathered in a ring
  const FRANCE = L.latLngBounds([41.2, -5.6], [51.3, 9.9]);
  let map = null;
  let maxZoom = 0;
  let points = []; // [lat, lon, id, kind]
  let rows = new Map(); // id -> its place in `points`
  let features = []; // the same, as supercluster takes them
  let chosen = null;
  const levels = new Map(); // zoom -> its groups
  const drawn = new Map(); // key -> Leaflet marker carrying `item`

  const scale = () => Number(document.documentElement.style.getPropertyValue("--scale")) || 1;

  const attach = (toMap, options) => {
    map = toMap;
    maxZoom = options.maxZoom;
    map.on("moveend", draw);
  };

  const load = async (asked = Maillage.ask("/donnees/points")) => {
    points = (await asked)?.points ?? [];
    rows = new Map(points.map((point, row) => [point[2], row]));
    features = points.map(([lat, lon], row) => ({
      properties: { row },
      geometry: { type: "Point", coordinates: [lon, lat] },
    }));
    regroup();
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
  const level = () => {
    const zoom = map.getZoom();
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
    if (!points.length) return [];
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
    if (chosen && rows.has(chosen) && !items.some((item) => item.id === chosen)) {
      items.push(single(rows.get(chosen)));
    }
    return items;
  };

  const single = (row) => {
    const [lat, lon, id, kind] = points[row];
    return { key: id === chosen ? `chosen-${id}` : id, id, kind, lat, lon, chosen: id === chosen };
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
        : Maillage.signs.sign(item.kind, item.chosen ? "chosen" : ""),
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

  const itemOf = (id) => (rows.has(id) ? single(rows.get(id)) : null);

  const inGroup = (item, limit, offset) =>
    levels
      .get(item.zoom)
      .getLeaves(item.group, limit, offset)
      .map((leaf) => single(leaf.properties.row));

  const extent = (item) =>
    L.latLngBounds(inGroup(item, Infinity, 0).map((member) => [member.lat, member.lon]));

  // Records that no zoom can part, because they stand on about the same spot (most often: a town hall).
  const isPile = (item) => {
    const box = extent(item);
    const corner = map.project(box.getSouthWest(), maxZoom);
    return corner.distanceTo(map.project(box.getNorthEast(), maxZoom)) < RADIUS * scale();
  };

  const partOf = (item) => {
    const box = extent(item);
    const fitting = map.getBoundsZoom(box, false, L.point(120, 120));
    const zoom = Math.min(maxZoom, Math.max(fitting, map.getZoom() + 1));
    map.setView(box.getCenter(), zoom, { animate: false });
  };

  // All points of metropolitan France, or all when none is there: one record overseas would show the ocean.
  const everything = () => {
    const near = points.filter(([lat, lon]) => FRANCE.contains([lat, lon]));
    const shown = near.length ? near : points;
    return shown.length ? L.latLngBounds(shown.map((p) => [p[0], p[1]])) : null;
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

  const kinds = () => new Set(points.map((point) => Maillage.signs.known(point[3])));

  return {
    attach, scale, load, regroup, choose, itemOf, isPile, partOf, inGroup, everything, boxes, markers, spotOf, kinds,
    get chosen() {
      return chosen;
    },
  };
})();
