// Maps over the base map: those the person brought, pictures or drawings, and the one asked online if they agreed. Each
// is drawn from the zoom where it says more than the base map, within its bounds, and tells the names it holds; where
// it has no tile the base map shows through.

"use strict";

Maillage.detail = (() => {
  const P = window.protomapsL;
  let baseZoom = 0; // the farthest one goes where only the base map is
  let map = null;
  let shown = []; // {info, bounds, layer, view}, the one above the others first
  let thanks = null;
  let trouble = null; // what is said while the online map gives nothing

  const attach = (toMap, options) => {
    map = toMap;
    baseZoom = options.maxZoom;
    map.createPane("detail").style.zIndex = 250; // above the base map, below circles and names
    map.on("moveend fonds", sayCredits);
    Maillage.on("maps", load);
    Maillage.on("trouble", sayTrouble);
  };

  const load = async () => {
    const { maps } = (await Maillage.ask("/donnees/fonds")) ?? { maps: [] };
    for (const { layer } of shown) layer.remove();
    sayTrouble("");
    shown = maps.map((info, place) => make(info, maps.length - place));
    map.setMaxZoom(Math.max(baseZoom, ...maps.map((info) => info.to)));
    for (const { layer } of shown) layer.addTo(map);
    map.fire("fonds");
  };

  const make = (info, above) => {
    const [south, west, north, east] = info.bounds;
    const bounds = L.latLngBounds([south, west], [north, east]);
    const view = info.type === "vector" ? viewOf(info) : null;
    const layer = new Tiles({
      pane: "detail",
      zIndex: above,
      minZoom: info.from,
      maxZoom: info.to,
      bounds,
      noWrap: true,
      updateWhenIdle: false,
      updateWhenZooming: false,
      keepBuffer: 1,
      paint: view ? drawing(info, view, bounds) : picture(info),
    });
    return { info, bounds, layer, view };
  };

  const viewOf = (info) =>
    P.sourcesToViews({
      url: `${location.origin}/tuiles/${info.id}/{z}/{x}/{y}`,
      maxDataZoom: info.maxZoom,
      levelDiff: 1, // such tiles are made to be twice as wide as a picture's
    }).get("");

  const Tiles = L.GridLayer.extend({
    createTile(coords, done) {
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      this.options
        .paint(coords)
        .then((paint) => {
          if (this._map && paint) paint(prepare(canvas));
          done(null, canvas);
        })
        .catch((problem) => done(problem, canvas)); // left behind by a zoom, or unreadable: the base map shows
      return canvas;
    },
  });

  const prepare = (canvas) => {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = canvas.height = 256 * ratio;
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  };

  // --- pictures: beyond the last zoom, a piece of the last tile is enlarged ---

  const picture = (info) => async ({ z, x, y }) => {
    const up = Math.max(0, z - info.maxZoom);
    const image = await loadImage(`/tuiles/${info.id}/${z - up}/${x >> up}/${y >> up}`);
    if (!image) return null;
    const side = image.width / 2 ** up;
    const shade = getComputedStyle(document.documentElement).getPropertyValue("--detail-picture").trim();
    return (context) => {
      context.imageSmoothingQuality = "high";
      context.drawImage(image, (x % 2 ** up) * side, (y % 2 ** up) * side, side, side, 0, 0, 256, 256);
      if (!shade) return;
      context.globalCompositeOperation = "multiply"; // a picture made for the day, in the dark theme
      context.fillStyle = shade;
      context.fillRect(0, 0, 256, 256);
    };
  };

  // Bytes that are no picture, whoever sent them, end here.
  const loadImage = async (address) => {
    try {
      const image = await createImageBitmap(await (await fetch(address)).blob());
      return image.width > 1 ? image : null; // the program answers a missing tile with one clear pixel
    } catch {
      return null;
    }
  };

  // --- drawings ---

  const drawing = (info, view, bounds) => async (coords) => {
    const tile = await view.getDisplayTile(coords);
    if (!tile.data.size) return null;
    return (context) => {
      const origin = { x: 256 * coords.x, y: 256 * coords.y };
      const [corner, far] = [map.project(bounds.getNorthWest(), coords.z), map.project(bounds.getSouthEast(), coords.z)];
      context.beginPath();
      context.rect(corner.x - origin.x, corner.y - origin.y, far.x - corner.x, far.y - corner.y);
      context.clip();
      context.fillStyle = Maillage.styles.land();
      context.fillRect(0, 0, 256, 256);
      const box = { minX: origin.x - 16, minY: origin.y - 16, maxX: origin.x + 272, maxY: origin.y + 272 };
      const rules = Maillage.styles.rules(info.scheme, info.layers);
      P.paint(context, coords.z, new Map([["", [tile]]]), null, rules, box, origin, false);
    };
  };

  // --- what they say ---

  const drawnNow = () => {
    const zoom = map.getZoom();
    return shown.filter(({ info }) => info.from <= zoom && zoom <= info.to);
  };

  // The places and streets named in a rectangle of pixels: {name, rank, x, y} and {name, lines}.
  const names = async (zoom, bounds) => {
    const found = { places: [], streets: [] };
    for (const { info, view } of drawnNow()) {
      if (!view) continue;
      for (const tile of await view.getBbox(zoom, bounds)) {
        const told = Maillage.styles.names(info.scheme, tile.data, zoom);
        const pixel = ({ x, y }) => ({ x: x * tile.scale + tile.origin.x, y: y * tile.scale + tile.origin.y });
        for (const [name, rank, { geom }] of told.places) found.places.push({ name, rank, ...pixel(geom[0][0]) });
        for (const [name, { geom }] of told.streets) {
          found.streets.push({ name, lines: geom.map((part) => part.map(pixel)) });
        }
      }
    }
    return found;
  };

  // Whether a picture, which carries its own names, lies over the place that is told when asked.
  const pictured = (place) => drawnNow().some(({ bounds, view }) => !view && bounds.contains(place()));

  // Whom to thank for what is in sight: a stranger's words, so never but as text.
  const sayCredits = () => {
    const words = credits().join(" · ");
    if (!thanks && words) {
      const Control = L.Control.extend({ onAdd: () => Maillage.signs.element("div", "attribution credits") });
      thanks = new Control({ position: "bottomright" }).addTo(map);
    }
    if (!thanks) return;
    thanks.getContainer().textContent = words;
    thanks.getContainer().hidden = !words;
  };

  const sayTrouble = (words) => {
    if (!trouble && !words) return;
    if (!trouble) {
      const Control = L.Control.extend({ onAdd: () => Maillage.signs.element("div", "attribution trouble") });
      trouble = new Control({ position: "bottomright" }).addTo(map);
      trouble.getContainer().setAttribute("role", "status");
    }
    trouble.getContainer().textContent = words;
    trouble.getContainer().hidden = !words;
  };

  const credits = () => {
    const sight = map.getBounds();
    const seen = drawnNow().filter(({ bounds, info }) => info.attribution && bounds.intersects(sight));
    return [...new Set(seen.map(({ info }) => info.attribution))];
  };

  const refresh = () => {
    for (const { layer } of shown) layer.redraw();
  };

  return { attach, load, names, pictured, refresh };
})();
