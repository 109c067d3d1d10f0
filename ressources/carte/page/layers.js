// Layers of open data: small signs under the records, on one canvas, thinned out where they would touch. They are never
// counted or grouped with the records; a click near one says what it is. All texts are set by textContent.

"use strict";

Maillage.layers = (() => {
  const { element, button } = Maillage.signs;
  const PER_DEGREE = 100000;
  const SIDE = 9; // pixels of a sign, before the size of texts
  const APART = 13; // signs of a layer nearer than this are one
  const REACH = 12; // how near a click must be
  const LISTED = 20; // points under a click that are listed
  let map = null;
  let texts = {};
  let layers = []; // each with x and y: places in the square of the world, from 0 to 1
  let canvas = null;
  let drawn = []; // what stands in the canvas: { layer, row, x, y }, in pixels of the world
  let awaited = null; // a point to show as soon as its layer is there

  const attach = (toMap, options) => {
    map = toMap;
    texts = options;
    map.createPane("couches"); // above tiles and circle, below the records' signs and popups
    canvas = L.DomUtil.create("canvas", "couches", map.getPane("couches"));
    canvas.setAttribute("aria-hidden", "true");
    map.on("moveend viewreset resize", draw);
    map.on("click", (event) => open(event.latlng));
    map.on("mousemove", (event) => point(event.latlng));
    Maillage.on("layers", load);
    Maillage.on("layerPoint", (wanted) => {
      awaited = wanted;
      showAwaited();
    });
  };

  const load = async () => {
    const told = (await Maillage.ask("/donnees/couches"))?.layers ?? [];
    layers = told.map((layer) => {
      const x = Float64Array.from(layer.lon, (lon) => (lon / PER_DEGREE + 180) / 360);
      const y = Float64Array.from(layer.lat, (lat) => {
        const sine = Math.sin((lat / PER_DEGREE) * (Math.PI / 180));
        return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      });
      return { ...layer, x, y };
    });
    draw();
    Maillage.controls.showLegend();
    showAwaited();
  };

  // --- drawing ---

  const close = () => map.getZoom() > 10;
  const size = () => SIDE * Maillage.records.scale() * (close() ? 1.25 : 0.9);

  const draw = () => {
    drawn = [];
    // From afar the names of communes come first; from near a sign takes the place of a commune's dot.
    map.getPane("couches").style.zIndex = close() ? 455 : 430;
    const margin = map.getSize().divideBy(4).floor();
    const corner = L.point(0, 0).subtract(margin);
    const extent = map.getSize().add(margin.multiplyBy(2));
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = layers.length ? extent.x * ratio : 0;
    canvas.height = layers.length ? extent.y * ratio : 0;
    if (!layers.length) return;
    canvas.style.width = `${extent.x}px`;
    canvas.style.height = `${extent.y}px`;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint(corner));
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const origin = map.getPixelOrigin().add(map.containerPointToLayerPoint(corner));
    for (const layer of layers) drawLayer(context, layer, origin, extent);
  };

  const drawLayer = (context, layer, origin, extent) => {
    const world = 256 * 2 ** map.getZoom();
    const side = size();
    const cell = APART * Maillage.records.scale();
    const taken = new Set();
    const style = getComputedStyle(document.documentElement);
    context.fillStyle = color(layer);
    context.strokeStyle = style.getPropertyValue("--halo");
    context.lineWidth = 2;
    context.lineJoin = "round";
    for (let row = 0; row < layer.x.length; ++row) {
      const x = layer.x[row] * world;
      const y = layer.y[row] * world;
      const left = x - origin.x;
      const top = y - origin.y;
      if (left < -side || top < -side || left > extent.x + side || top > extent.y + side) continue;
      const place = Math.floor(x / cell) * 4194304 + Math.floor(y / cell);
      if (taken.has(place)) continue;
      taken.add(place);
      drawn.push({ layer, row, x, y });
      context.beginPath();
      trace(context, layer.shape, left, top, side / 2);
      context.stroke();
      context.fill();
    }
  };

  const color = (layer) => (document.documentElement.dataset.theme === "dark" ? layer.dark : layer.light);

  const CORNERS = {
    square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
    diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
    triangle: [[0, -1.1], [1.1, 0.85], [-1.1, 0.85]],
    cross: [
      [-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4],
      [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4],
    ],
  };

  const trace = (context, shape, x, y, radius) => {
    const corners = CORNERS[shape];
    if (!corners) {
      context.arc(x, y, radius, 0, 2 * Math.PI);
      return;
    }
    corners.forEach(([dx, dy], at) => context[at ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
    context.closePath();
  };

  // --- what is under the pointer ---

  const near = (latlng) => {
    if (!drawn.length) return [];
    const { x, y } = map.project(latlng);
    const reach = REACH * Maillage.records.scale();
    const distance = (spot) => Math.hypot(spot.x - x, spot.y - y);
    return drawn.filter((spot) => distance(spot) < reach).sort((a, b) => distance(a) - distance(b));
  };

  const point = (latlng) => {
    map.getContainer().classList.toggle("sur-couche", near(latlng).length > 0);
  };

  // What the nearest sign stands for: its own point, and those it covers.
  const under = (spot) => {
    const world = 256 * 2 ** map.getZoom();
    const cell = APART * Maillage.records.scale();
    const place = (x, y) => `${Math.floor(x / cell)} ${Math.floor(y / cell)}`;
    const here = place(spot.x, spot.y);
    const rows = [];
    for (let row = 0; row < spot.layer.x.length; ++row) {
      if (place(spot.layer.x[row] * world, spot.layer.y[row] * world) === here) rows.push(row);
    }
    return rows;
  };

  const open = (latlng) => {
    const [spot] = near(latlng);
    if (!spot) return;
    const rows = under(spot);
    if (rows.length === 1) openPoint(spot.layer, spot.row);
    else openSeveral(spot.layer, rows);
  };

  const latlngOf = (layer, row) => [layer.lat[row] / PER_DEGREE, layer.lon[row] / PER_DEGREE];

  const details = (layer, row) => Maillage.ask(`/donnees/couche/${layer.id}/${row}`);

  const openPoint = async (layer, row, back = null) => {
    const found = await details(layer, row);
    if (!found) return;
    const parts = [];
    if (back) parts.push(button(texts.back, "quiet", back));
    parts.push(element("p", "what", found.layer));
    const facts = element("dl", "facts");
    for (const [name, words] of found.facts) facts.append(element("dt", "", name), element("dd", "", words));
    parts.push(facts);
    if (found.about) parts.push(element("p", "code", found.about));
    Maillage.popup.openCard(latlngOf(layer, row), found.title, parts, { clearance: 8 });
  };

  const openSeveral = async (layer, rows) => {
    const shown = rows.slice(0, LISTED);
    const found = await Promise.all(shown.map((row) => details(layer, row)));
    const list = element("ul", "pile");
    found.forEach((one, at) => {
      if (!one) return;
      const line = element("li");
      const again = () => openSeveral(layer, rows);
      const choice = button("", "row", () => openPoint(layer, shown[at], again));
      const words = element("span", "words");
      words.append(element("b", "", one.title), element("span", "what", one.facts[0]?.[1] ?? ""));
      choice.append(words);
      line.append(choice);
      list.append(line);
    });
    const title = texts.several.replace("{n}", Maillage.signs.number(rows.length)).replace("{name}", layer.name);
    const parts = rows.length > LISTED ? [element("p", "what", texts.closer)] : [];
    Maillage.popup.openCard(latlngOf(layer, rows[0]), title, [...parts, list], { clearance: 8, wide: 280 });
  };

  const showAwaited = () => {
    const layer = awaited && layers.find((one) => one.id === awaited.id);
    if (!layer || !(awaited.row < layer.x.length)) return;
    const { row } = awaited;
    awaited = null;
    map.setView(latlngOf(layer, row), Math.max(map.getZoom(), 12), { animate: false });
    openPoint(layer, row);
  };

  // --- the legend ---

  const legend = () => {
    if (!layers.length) return null;
    const list = element("ul", "couches");
    for (const layer of layers) {
      const row = element("li");
      row.append(sign(layer), element("span", "", layer.name));
      list.append(row);
    }
    return list;
  };

  const sign = (layer) => {
    const made = element("canvas", "petit");
    const ratio = 2;
    made.width = made.height = 18 * ratio;
    made.setAttribute("aria-hidden", "true");
    const context = made.getContext("2d");
    context.scale(ratio, ratio);
    context.fillStyle = color(layer);
    context.beginPath();
    trace(context, layer.shape, 9, 9, 5.5);
    context.fill();
    return made;
  };

  return { attach, load, draw, legend };
})();
