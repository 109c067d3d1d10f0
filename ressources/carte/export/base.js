// The base map of the exported page: the same tiles as in the program, those around the points, held in the page itself.
// Where a tile was not taken along, the piece of a farther view stands in, enlarged.

"use strict";

Maillage.baseMap = (() => {
  const P = window.protomapsL;
  const NEAREST = 9;
  const NEAREST_RELIEF = 8;
  const FARTHEST = 4;
  const views = new Map(); // zoom of the data -> how to read it
  const pictures = new Map(); // place -> the promise of a picture
  const decoded = new Map(); // place -> the picture
  let map = null;
  let held = { fr: {}, relief: {} };
  let tiles = null;
  let names = null;
  let look = null;

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const archive = {
    getZxy: async (z, x, y) => {
      const tile = held.fr[`${z}/${x}/${y}`];
      return tile === undefined ? undefined : { data: bytes(tile) };
    },
  };

  // The nearest zoom of which a tile is there that covers this place.
  const zoomOf = (store, nearest, { z, x, y }) => {
    for (let zoom = Math.min(z, nearest); zoom > FARTHEST; --zoom) {
      const up = z - zoom;
      if (`${zoom}/${x >> up}/${y >> up}` in store) return zoom;
    }
    return FARTHEST;
  };

  const view = {
    getDisplayTile: (coords) => {
      const zoom = zoomOf(held.fr, NEAREST, coords);
      if (!views.has(zoom)) {
        const source = { url: archive, maxDataZoom: zoom, levelDiff: 0 };
        views.set(zoom, P.sourcesToViews(source).get(""));
      }
      return views.get(zoom).getDisplayTile(coords);
    },
    getBbox: (zoom, box) => {
      const found = [];
      for (let x = Math.floor(box.minX / 256); x <= Math.floor(box.maxX / 256); ++x) {
        for (let y = Math.floor(box.minY / 256); y <= Math.floor(box.maxY / 256); ++y) {
          found.push(view.getDisplayTile({ z: zoom, x, y }));
        }
      }
      return Promise.all(found);
    },
  };

  const readLook = () => {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(`--map-${name}`).trim();
    const wide = (a, b, c) => (z) => (z < 7 ? a : z < 9 ? b : c);
    const fill = (dataLayer, color) => ({ dataLayer, symbolizer: new P.PolygonSymbolizer({ fill: color }) });
    const line = (dataLayer, color, width, range = {}) => ({
      dataLayer,
      symbolizer: new P.LineSymbolizer({ color, width, lineJoin: "round", lineCap: "round" }),
      ...range,
    });
    return {
      sea: value("sea"),
      blend: value("relief-blend"),
      strength: Number(value("relief-strength")),
      land: [fill("voisins", value("neighbour")), fill("terre", value("land"))],
      lines: [
        line("communes", value("commune"), (z) => (z < 10 ? 0.5 : z < 12 ? 0.9 : 1.4)),
        line("fleuves", value("water"), wide(0.8, 1.3, 1.6), { maxzoom: 9 }),
        fill("lacs", value("lake")),
        line("departements", value("boundary"), wide(0.6, 1.1, 2)),
        line("regions", value("boundary"), wide(1, 1.6, 2)),
      ],
    };
  };

  const relief = async (coords) => {
    const zoom = zoomOf(held.relief, NEAREST_RELIEF, coords);
    const up = coords.z - zoom;
    const key = `${zoom}/${coords.x >> up}/${coords.y >> up}`;
    if (!(key in held.relief)) return null;
    if (!pictures.has(key)) pictures.set(key, picture(key));
    // Paper does not wait: what is not decoded when the page is printed stays out.
    const onPaper = document.documentElement.classList.contains("papier");
    const image = decoded.get(key) ?? (onPaper ? null : await pictures.get(key));
    const side = 256 / 2 ** up;
    return image && { image, side, left: (coords.x % 2 ** up) * side, top: (coords.y % 2 ** up) * side };
  };

  const picture = async (key) => {
    const image = new Image();
    image.src = `data:image/webp;base64,${held.relief[key]}`;
    try {
      await image.decode();
    } catch {
      return null; // a browser that does not know WebP does without the relief
    }
    decoded.set(key, image);
    return image;
  };

  const paint = (canvas, coords, tile, shade) => {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = canvas.height = 256 * ratio;
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = look.sea;
    context.fillRect(0, 0, 256, 256);
    const origin = { x: 256 * coords.x, y: 256 * coords.y };
    const box = { minX: origin.x - 16, minY: origin.y - 16, maxX: origin.x + 272, maxY: origin.y + 272 };
    const layers = new Map([["", [tile]]]);
    const draw = (rules) => P.paint(context, coords.z, layers, null, rules, box, origin, false);
    draw(look.land);
    if (shade) {
      context.globalCompositeOperation = look.blend;
      // One kilometre a point: enlarged further it is only fog, so it fades.
      context.globalAlpha = look.strength * (coords.z > 11 ? 0.35 : coords.z > 10 ? 0.65 : 1);
      context.drawImage(shade.image, shade.left, shade.top, shade.side, shade.side, 0, 0, 256, 256);
      context.globalCompositeOperation = "source-over";
      context.globalAlpha = 1;
    }
    draw(look.lines);
  };

  const Tiles = L.GridLayer.extend({
    createTile(coords, done) {
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      Promise.all([view.getDisplayTile(coords), relief(coords)])
        .then(([tile, shade]) => {
          if (this._map) paint(canvas, coords, tile, shade);
          done(null, canvas);
        })
        .catch((problem) => done(problem, canvas)); // a tile left behind by a zoom is cancelled: nothing to say
      return canvas;
    },
  });

  const attach = (toMap, options) => {
    map = toMap;
    held = JSON.parse(document.getElementById("fond").textContent);
    tiles = new Tiles({ minZoom: options.minZoom, maxZoom: options.maxZoom, updateWhenIdle: false, noWrap: true });
    names = new Maillage.Labels(view, options.labels);
    // The signs first: they are what one came for.
    requestAnimationFrame(() => setTimeout(show));
  };

  const show = async () => {
    look = readLook();
    tiles.addTo(map);
    const family = getComputedStyle(document.documentElement).getPropertyValue("--font");
    await Promise.all(["400", "500", "600", "700"].map((weight) => document.fonts.load(`${weight} 14px ${family}`)));
    names.addTo(map);
    document.documentElement.dataset.fond = "1";
  };

  const refresh = () => {
    if (!map || !map.hasLayer(tiles)) return;
    look = readLook();
    tiles.redraw();
    names.redraw();
  };

  return { attach, refresh };
})();
