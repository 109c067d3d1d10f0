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

  const onPaper = () => document.documentElement.classList.contains("papier");

  const relief = async (coords) => {
    const zoom = zoomOf(held.relief, NEAREST_RELIEF, coords);
    const up = coords.z - zoom;
    const key = `${zoom}/${coords.x >> up}/${coords.y >> up}`;
    if (!(key in held.relief)) return null;
    if (!pictures.has(key)) pictures.set(key, picture(key));
    // Paper does not wait: what is not decoded when the page is printed stays out.
    const image = decoded.get(key) ?? (onPaper() ? null : await pictures.get(key));
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

  const painter = new Maillage.ground.Painter({ view, relief, hurry: onPaper });

  const Tiles = L.GridLayer.extend({
    createTile(coords, done) {
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      const onScreen = (side) => {
        canvas.width = canvas.height = side;
        return canvas;
      };
      painter
        .paint(coords, Math.min(2, window.devicePixelRatio || 1), onScreen, () => Boolean(this._map))
        .then(() => done(null, canvas))
        .catch((problem) => done(problem, canvas)); // a tile left behind by a zoom is cancelled: nothing to say
      return canvas;
    },
  });

  const attach = (toMap, options) => {
    map = toMap;
    held = JSON.parse(document.getElementById("fond").textContent);
    tiles = new Tiles({ minZoom: options.minZoom, maxZoom: options.maxZoom, updateWhenIdle: false, noWrap: true });
    names = new Maillage.Labels(painter, options.labels);
    // The signs first: they are what one came for.
    requestAnimationFrame(() => setTimeout(show));
  };

  const show = async () => {
    painter.show(Maillage.ground.look());
    tiles.addTo(map);
    const family = getComputedStyle(document.documentElement).getPropertyValue("--font");
    await Promise.all(["400", "500", "600", "700"].map((weight) => document.fonts.load(`${weight} 14px ${family}`)));
    names.addTo(map);
    document.documentElement.dataset.fond = "1";
  };

  const refresh = () => {
    if (!map || !map.hasLayer(tiles)) return;
    painter.show(Maillage.ground.look());
    tiles.redraw();
    names.redraw();
  };

  return { attach, refresh };
})();
