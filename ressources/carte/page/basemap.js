// The base map: land, relief, boundaries and water painted into one canvas a tile, from two archives that the program
// reads (fr: vector, relief: shaded relief). One canvas instead of three layers: the relief lies between the land and
// the lines, and both themes can be mixed here instead of by CSS filters, which are slow without a GPU.

"use strict";

Maillage.baseMap = (() => {
  const P = window.protomapsL;
  const reliefs = new Map();
  let map = null;
  let options = null;
  let view = null;
  let tiles = null;
  let names = null;
  let territory = null;
  let outline = { epcis: [], communes: [] }; // what the directory's network is at home in
  let look = null;

  const readLook = () => {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(`--map-${name}`).trim();
    const wide = (a, b, c) => (z) => (z < 7 ? a : z < 9 ? b : c);
    const fill = (dataLayer, color) => ({
      dataLayer,
      symbolizer: new P.PolygonSymbolizer({ fill: color }),
    });
    const home = { halo: style.getPropertyValue("--map-label-halo"), edge: style.getPropertyValue("--accent") };
    const line = (dataLayer, color, width, range = {}) => ({
      dataLayer,
      symbolizer: new P.LineSymbolizer({ color, width, lineJoin: "round", lineCap: "round" }),
      ...range,
    });
    const width = { halo: wide(3, 5, 6), edge: wide(1.5, 2.5, 3) };
    const around = (dataLayer, part, chosen) => ({
      ...line(dataLayer, home[part], width[part]),
      filter: (_zoom, feature) => chosen(feature),
    });
    return {
      sea: value("sea"),
      blend: value("relief-blend"),
      strength: Number(value("relief-strength")),
      land: [fill("voisins", value("neighbour")), fill("terre", value("land"))],
      veil: {
        ...fill("communes", value("veil")),
        filter: (_zoom, feature) => feature.props.dep !== territory,
      },
      lines: [
        line("communes", value("commune"), (z) => (z < 10 ? 0.5 : z < 12 ? 0.9 : 1.4)),
        // The archive's small rivers are right to a kilometre or so: beyond zoom 9 they would visibly lie.
        line("rivieres", value("water"), (z) => (z < 9 ? 0.7 : 1.1), { minzoom: 7, maxzoom: 9 }),
        line("fleuves", value("water"), wide(0.8, 1.3, 1.6), { maxzoom: 9 }),
        fill("lacs", value("lake")),
      ],
      boundaries: [
        line("departements", value("boundary"), wide(0.6, 1.1, 2)),
        line("regions", value("boundary"), wide(1, 1.6, 2)),
      ],
      outline: ["halo", "edge"].flatMap((part) => [
        around("epci", part, ({ props }) => outline.epcis.includes(props.siren)),
        around("communes", part, ({ props }) => outline.communes.includes(props.code)),
      ]),
    };
  };

  // The relief stops at a zoom: beyond it, the piece of the last tile is enlarged.
  const relief = async ({ z, x, y }) => {
    const up = Math.max(0, z - options.relief.maxZoom);
    const key = [z - up, x >> up, y >> up].join("/");
    if (!reliefs.has(key)) {
      if (reliefs.size > 96) reliefs.delete(reliefs.keys().next().value);
      reliefs.set(key, loadImage(`/tuiles/${options.relief.archive}/${key}`));
    }
    const image = await reliefs.get(key);
    const side = 256 / 2 ** up;
    return image && { image, side, left: (x % 2 ** up) * side, top: (y % 2 ** up) * side };
  };

  const loadImage = async (address) => {
    const image = new Image();
    image.src = address;
    try {
      await image.decode();
    } catch {
      return null;
    }
    return image.naturalWidth === 256 ? image : null; // the program answers a missing tile with one clear pixel
  };

  const paint = (canvas, coords, tile, shade) => {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = canvas.height = 256 * ratio;
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = look.sea;
    context.fillRect(0, 0, 256, 256);
    const origin = { x: 256 * coords.x, y: 256 * coords.y };
    const box = {
      minX: origin.x - 16,
      minY: origin.y - 16,
      maxX: origin.x + 272,
      maxY: origin.y + 272,
    };
    const layers = new Map([["", [tile]]]);
    const draw = (rules) => P.paint(context, coords.z, layers, null, rules, box, origin, false);
    draw(look.land);
    if (shade) {
      context.globalCompositeOperation = look.blend;
      // One kilometre a point: enlarged further it is only fog, so it fades.
      context.globalAlpha = look.strength * (coords.z > 11 ? 0.35 : coords.z > 10 ? 0.65 : 1);
      context.imageSmoothingQuality = "high";
      context.drawImage(shade.image, shade.left, shade.top, shade.side, shade.side, 0, 0, 256, 256);
      context.globalCompositeOperation = "source-over";
      context.globalAlpha = 1;
    }
    draw(look.lines);
    if (territory) draw([look.veil]);
    draw(look.boundaries);
    if (outline.epcis.length || outline.communes.length) draw(look.outline);
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

  const attach = (toMap, given) => {
    map = toMap;
    options = given;
    view = P.sourcesToViews({
      url: `${location.origin}/tuiles/${options.vector.archive}/{z}/{x}/{y}`,
      maxDataZoom: options.vector.maxZoom,
      levelDiff: 0, // outlines and names of communes begin at the archive's last zoom: show them there, not one later
    }).get("");
    tiles = new Tiles({
      minZoom: options.minZoom,
      maxZoom: options.maxZoom,
      updateWhenIdle: false,
      updateWhenZooming: false,
      keepBuffer: 1,
      noWrap: true,
    });
    names = new Maillage.Labels(view, options.labels);
    Maillage.on("territory", (code) => {
      territory = names.territory = code;
      refresh();
    });
    Maillage.on("outline", (codes) => {
      outline = codes;
      refresh();
    });
  };

  const show = async () => {
    look = readLook();
    tiles.addTo(map);
    await Promise.all(["400", "500", "600", "700"].map((w) => document.fonts.load(`${w} 14px ${font()}`)));
    names.addTo(map);
    await Maillage.detail.load();
  };

  const font = () => getComputedStyle(document.documentElement).getPropertyValue("--font");

  // After a change of theme or territory; before the first show there is nothing to redraw.
  const refresh = () => {
    if (!map.hasLayer(tiles)) return;
    look = readLook();
    tiles.redraw();
    Maillage.detail.refresh();
    names.redraw();
  };

  return { attach, show, refresh };
})();
