// The sheets of the exported page. Their words stand once, in the list, written there as text; the map reads them from
// it by cloning, so that no markup is ever made from text here.

"use strict";

Maillage.sheets = (() => {
  const { element, icon, sign, label, button, ring, number, records } = Maillage.signs;
  const SIGN = 26;
  const CHOSEN = 40;
  const RING = 34;
  const RADIUS = 52; // pixels within which signs are gathered in a ring
  const CLOSE_UP = 12;
  const PILE = 200; // of the records at one spot, those listed
  const levels = new Map(); // zoom -> its groups
  const drawn = new Map(); // key -> Leaflet marker carrying `item`
  let map = null;
  let texts = {};
  let lines = []; // one per sheet: its element, its folded words, its kind
  let places = new Map(); // number of a sheet -> [lat, lon]
  let shown = []; // numbers of the sheets that pass the filters and have a place
  let chosen = null;
  let popup = null;

  const attach = (toMap, options) => {
    map = toMap;
    texts = options.texts;
    lines = [...document.querySelectorAll("#liste > li")].map((node) => ({ node, kind: node.dataset.kind, words: null }));
    const points = JSON.parse(document.getElementById("points").textContent);
    places = new Map(points.map(([n, lat, lon]) => [n, [lat, lon]]));
    map.on("moveend", draw);
    map.on("popupclose", (event) => event.popup === popup && unchoose());
    controls();
    listen();
    shown = [...places.keys()];
    everything();
    filter();
  };

  // --- what is found ---

  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("œ", "oe").replaceAll("’", "'");

  const filter = () => {
    const asked = fold(document.getElementById("chercher").value).split(/\s+/).filter(Boolean);
    const boxes = [...document.querySelectorAll("#genres input")];
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    shown = [];
    lines.forEach((line, n) => {
      if (asked.length) line.words ??= fold(line.node.textContent);
      const kept = kinds.has(line.kind) && asked.every((word) => line.words.includes(word));
      if (line.node.hidden === kept) line.node.hidden = !kept;
      if (!kept) return;
      ++count;
      if (places.has(n)) shown.push(n);
    });
    const words = count ? records(count) : texts.nothing;
    document.getElementById("compte").textContent = words;
    if (chosen !== null && lines[chosen].node.hidden) close();
    regroup();
  };

  // --- signs ---

  const regroup = () => {
    levels.clear();
    for (const marker of drawn.values()) marker.remove();
    drawn.clear();
    draw();
  };

  const level = () => {
    const zoom = map.getZoom();
    if (!levels.has(zoom)) {
      const groups = new Supercluster({ radius: RADIUS, extent: 256, minZoom: zoom, maxZoom: zoom });
      const features = shown.map((n) => ({
        properties: { n },
        geometry: { type: "Point", coordinates: [places.get(n)[1], places.get(n)[0]] },
      }));
      levels.set(zoom, groups.load(features));
    }
    return levels.get(zoom);
  };

  const single = (n) => ({ key: n === chosen ? `choisie-${n}` : `${n}`, n, at: places.get(n), chosen: n === chosen });

  const inSight = () => {
    const box = map.getBounds().pad(0.25);
    const zoom = map.getZoom();
    const edges = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    const items = level()
      .getClusters(edges, zoom)
      .map(({ geometry, properties: { cluster_id: group, point_count: count, n } }) => {
        const at = [geometry.coordinates[1], geometry.coordinates[0]];
        return group ? { key: `groupe-${zoom}-${group}`, group, zoom, count, at } : single(n);
      });
    if (chosen !== null && places.has(chosen) && !items.some((item) => item.n === chosen)) items.push(single(chosen));
    return items;
  };

  const draw = () => {
    const items = inSight();
    const keys = new Set(items.map((item) => item.key));
    for (const [key, marker] of drawn) {
      if (keys.has(key)) continue;
      marker.remove();
      drawn.delete(key);
    }
    for (const item of items) if (!drawn.has(item.key)) drawn.set(item.key, marked(item));
    map.fire("signs");
  };

  const side = (item) => (item.group ? RING : item.chosen ? CHOSEN : SIGN);

  const titleOf = (n) => lines[n].node.querySelector("h3").textContent;

  const marked = (item) => {
    const spot = element("div", "spot");
    spot.setAttribute("role", "button");
    const kind = item.group ? "" : lines[item.n].kind;
    const name = item.group ? records(item.count) : `${label(kind)}, ${titleOf(item.n)}`;
    spot.setAttribute("aria-label", name);
    spot.append(item.group ? ring(item.count) : sign(kind, item.chosen ? "chosen" : ""));
    const marker = L.marker(item.at, {
      icon: L.divIcon({ className: "", html: spot, iconSize: [side(item), side(item)] }),
      keyboard: false,
      zIndexOffset: item.chosen ? 10000 : item.group ? 1000 : 0,
    });
    marker.item = item;
    marker.on("click", () => (item.group ? openGroup(item) : choose(item.n)));
    if (!item.group) {
      marker.bindTooltip(element("span", "", titleOf(item.n)), { className: "nom", direction: "top", offset: [0, -14] });
    }
    return marker.addTo(map);
  };

  // Where signs stand in the window, for the names of communes that keep clear of them.
  const boxes = () =>
    [...drawn.values()].map(({ item, _latlng: at }) => {
      const { x, y } = map.latLngToContainerPoint(at);
      const radius = side(item) / 2;
      const digits = item.group ? number(item.count).length : 0;
      return { x, y, radius, half: radius + Math.max(0, digits - 3) * 4, many: digits > 0 };
    });

  // --- groups ---

  const members = (item, limit = Infinity) =>
    levels.get(item.zoom).getLeaves(item.group, limit, 0).map((leaf) => leaf.properties.n);

  const openGroup = (item) => {
    const box = L.latLngBounds(members(item).map((n) => places.get(n)));
    const nearest = map.getMaxZoom();
    const across = map.project(box.getSouthWest(), nearest).distanceTo(map.project(box.getNorthEast(), nearest));
    if (across < RADIUS) {
      openPile(item);
      return;
    }
    const fitting = map.getBoundsZoom(box, false, L.point(120, 120));
    map.setView(box.getCenter(), Math.min(nearest, Math.max(fitting, map.getZoom() + 1)), { animate: false });
  };

  const openPile = (item) => {
    const list = element("ul", "pile");
    for (const n of members(item, PILE)) {
      const row = element("li");
      const choice = button("", "row", () => choose(n));
      const words = element("span", "words");
      words.append(element("b", "", titleOf(n)));
      choice.append(sign(lines[n].kind), words);
      row.append(choice);
      list.append(row);
    }
    show(item.at, records(item.count), [list], 17);
  };

  // --- one sheet ---

  const choose = (n, { move = false } = {}) => {
    unchoose();
    chosen = n;
    const { node } = lines[n];
    node.classList.add("choisie");
    if (!places.has(n)) {
      popup?.remove();
      return;
    }
    const at = places.get(n);
    if (move) map.setView(at, Math.max(map.getZoom(), CLOSE_UP), { animate: false });
    node.scrollIntoView({ block: "nearest" });
    draw();
    const parts = [...node.querySelectorAll(".quoi, .reste")].map((part) => part.cloneNode(true));
    show(at, titleOf(n), parts, 20);
  };

  const unchoose = () => {
    if (chosen === null) return;
    lines[chosen].node.classList.remove("choisie");
    chosen = null;
    draw();
  };

  const close = () => {
    popup?.remove();
    unchoose();
  };

  const show = (at, title, parts, clearance) => {
    const kept = chosen;
    const card = element("div", "card");
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", title);
    const head = element("div", "head");
    const shut = button("", "close", close);
    shut.setAttribute("aria-label", texts.close);
    shut.append(icon("x"));
    head.append(element("h2", "", title), shut);
    card.append(head, ...parts);
    chosen = null; // the popup that goes says nothing of the sheet that comes
    popup?.remove();
    chosen = kept;
    popup = L.popup({
      closeButton: false,
      className: "bulle",
      minWidth: 240,
      maxWidth: Math.min(340, map.getSize().x - 40),
      offset: [0, -clearance],
      autoPanPadding: [12, 12],
    });
    card.style.maxHeight = `${Math.max(120, Math.min(320, map.getSize().y - 90))}px`;
    popup.setLatLng(at).setContent(card).openOn(map);
  };

  // --- around the map ---

  const controls = () => {
    const tools = element("div", "tools");
    const tool = (name, text, work) => {
      const made = button("", "tool", work);
      made.append(icon(name));
      made.setAttribute("aria-label", text);
      made.title = text;
      tools.append(made);
    };
    tool("plus", texts.zoomIn, () => map.zoomIn(1, { animate: false }));
    tool("minus", texts.zoomOut, () => map.zoomOut(1, { animate: false }));
    tool("maximize", texts.everything, everything);
    const Corner = L.Control.extend({ onAdd: () => tools });
    new Corner({ position: "topright" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);
  };

  const FRANCE = L.latLngBounds([41.2, -5.6], [51.3, 9.9]);

  // All points of metropolitan France, or all when none is there: one record overseas would show the ocean.
  const everything = () => {
    const all = (shown.length ? shown : [...places.keys()]).map((n) => places.get(n));
    const near = all.filter((at) => FRANCE.contains(at));
    if (all.length) {
      map.fitBounds(L.latLngBounds(near.length ? near : all), { padding: [40, 40], maxZoom: 11, animate: false });
    }
  };

  const listen = () => {
    const search = document.getElementById("chercher");
    search.form.addEventListener("submit", (event) => event.preventDefault());
    search.addEventListener("input", filter);
    document.getElementById("genres").addEventListener("change", filter);
    document.getElementById("liste").addEventListener("click", (event) => {
      const title = event.target.closest("h3 a");
      if (!title) return;
      event.preventDefault();
      choose(lines.findIndex(({ node }) => node.contains(title)), { move: true });
    });
    document.getElementById("imprimer").addEventListener("click", () => window.print());
    window.addEventListener("beforeprint", () => paper(true));
    window.addEventListener("afterprint", () => paper(false));
    window.addEventListener("resize", () => map.invalidateSize({ animate: false }));
  };

  const paper = (on) => {
    Maillage.onPaper(on);
    map.invalidateSize({ animate: false });
    if (on) everything();
  };

  // What the names of communes ask (page/labels.js); there is no detailed map here.
  Maillage.records = { boxes, scale: () => 1 };
  Maillage.detail = { names: async () => ({ places: [], streets: [] }), pictured: () => false };

  return { attach, choose, close };
})();
