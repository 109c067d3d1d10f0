// The base map's drawing: land, relief, boundaries and water painted into one canvas a tile, and the names it holds. The
// same hand draws in a worker of the page, in the page when it has none, and in the exported page: here is nothing but
// tiles, colours and a context. One canvas instead of three layers: the relief lies between the land and the lines, and
// both themes can be mixed here instead of by CSS filters, which are slow without a GPU.

"use strict";

Maillage.ground = (() => {
  const SIDE = 256;
  const AROUND = 16; // pixels beyond a tile's edge that its lines may come from
  // From which zoom former communes are named, and between which zooms areas are.
  const FORMER = 12;
  const AREAS = { pays: { from: 5, to: 8, size: 12.5 }, departement: { from: 8, to: 9, size: 11.5 } };

  // What is drawn, from colours by name, a territory (the rest is veiled) and the outline of what the network is at home
  // in. Plain values in, so that they can be sent to a worker.
  const rulesOf = ({ colors, territory, outline }) => {
    const P = protomapsL;
    const wide = (a, b, c) => (z) => (z < 7 ? a : z < 9 ? b : c);
    const fill = (dataLayer, color) => ({ dataLayer, symbolizer: new P.PolygonSymbolizer({ fill: color }) });
    const line = (dataLayer, color, width, range = {}) => ({
      dataLayer,
      symbolizer: new P.LineSymbolizer({ color, width, lineJoin: "round", lineCap: "round" }),
      ...range,
    });
    const width = { halo: wide(3, 5, 6), edge: wide(1.5, 2.5, 3) };
    const around = (dataLayer, part, chosen) => ({
      ...line(dataLayer, colors[part], width[part]),
      filter: (_zoom, feature) => chosen(feature),
    });
    return {
      colors,
      land: [fill("voisins", colors.neighbour), fill("terre", colors.land)],
      lines: [
        line("communes", colors.commune, (z) => (z < 10 ? 0.5 : z < 12 ? 0.9 : 1.4)),
        // The archive's small rivers are right to a kilometre or so: beyond zoom 9 they would visibly lie.
        line("rivieres", colors.water, (z) => (z < 9 ? 0.7 : 1.1), { minzoom: 7, maxzoom: 9 }),
        line("fleuves", colors.water, wide(0.8, 1.3, 1.6), { maxzoom: 9 }),
        fill("lacs", colors.lake),
      ],
      veil: territory
        ? [{ ...fill("communes", colors.veil), filter: (_zoom, feature) => feature.props.dep !== territory }]
        : [],
      boundaries: [
        line("departements", colors.boundary, wide(0.6, 1.1, 2)),
        line("regions", colors.boundary, wide(1, 1.6, 2)),
      ],
      outline: ["halo", "edge"].flatMap((part) => [
        around("epci", part, ({ props }) => outline.epcis.includes(props.siren)),
        around("communes", part, ({ props }) => outline.communes.includes(props.code)),
      ]),
    };
  };

  const NOWHERE = { epcis: [], communes: [] };

  // The colours as the page's styles have them now.
  const look = (territory = null, outline = NOWHERE) => {
    const style = getComputedStyle(document.documentElement);
    const names = ["sea", "land", "neighbour", "veil", "commune", "boundary", "water", "lake"];
    const colors = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]));
    colors.blend = style.getPropertyValue("--map-relief-blend").trim();
    colors.strength = Number(style.getPropertyValue("--map-relief-strength"));
    colors.halo = style.getPropertyValue("--map-label-halo");
    colors.edge = style.getPropertyValue("--accent");
    return { colors, territory, outline };
  };

  // `shade` is the picture of the relief and the piece of it that lies here; null: none.
  const draw = (context, coords, tile, shade, rules) => {
    const { colors } = rules;
    context.fillStyle = colors.sea;
    context.fillRect(0, 0, SIDE, SIDE);
    const origin = { x: SIDE * coords.x, y: SIDE * coords.y };
    const box = {
      minX: origin.x - AROUND,
      minY: origin.y - AROUND,
      maxX: origin.x + SIDE + AROUND,
      maxY: origin.y + SIDE + AROUND,
    };
    const layers = new Map([["", [tile]]]);
    const paint = (some) => protomapsL.paint(context, coords.z, layers, null, some, box, origin, false);
    paint(rules.land);
    if (shade) {
      context.globalCompositeOperation = colors.blend;
      // One kilometre a point: enlarged further it is only fog, so it fades.
      context.globalAlpha = colors.strength * (coords.z > 11 ? 0.35 : coords.z > 10 ? 0.65 : 1);
      context.imageSmoothingQuality = "high";
      context.drawImage(shade.image, shade.left, shade.top, shade.side, shade.side, 0, 0, SIDE, SIDE);
      context.globalCompositeOperation = "source-over";
      context.globalAlpha = 1;
    }
    for (const part of ["lines", "veil", "boundaries", "outline"]) if (rules[part].length) paint(rules[part]);
  };

  // A turn for each tile, so that whatever else waits comes in between.
  const nextTask = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });

  const nextFrame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
      setTimeout(resolve, 100); // a page that nobody sees gets no frame
    });

  // Paints tiles one at a time, but for whoever is in a hurry. `view` reads vector tiles, `relief` finds the shade of a place.
  class Painter {
    constructor({ view, relief, hurry = () => false }) {
      Object.assign(this, { view, relief, hurry });
      this.last = Promise.resolve();
    }

    show(given) {
      this.rules = rulesOf(given);
    }

    // Fills the canvas that `make` gives, once its turn has come; null where `wanted` then says no.
    async paint(coords, ratio, make, wanted) {
      const [tile, shade] = await Promise.all([this.view.getDisplayTile(coords), this.relief(coords)]);
      if (!this.hurry()) {
        this.last = this.last.then(nextTask);
        await this.last;
      }
      if (!wanted()) return null;
      const canvas = make(SIDE * ratio);
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(context, coords, tile, shade, this.rules);
      return canvas;
    }

    // The communes and areas named in a rectangle of the world, in its pixels at this zoom.
    async names(zoom, box) {
      return namesOf(await this.view.getBbox(zoom, box), zoom, box);
    }
  }

  const namesOf = (tiles, zoom, box) => {
    const towns = new Map();
    const areas = new Map();
    for (const tile of tiles) {
      const former = (zoom >= FORMER && tile.data.get("anciennes")) || [];
      const spot = ({ geom }) => ({
        x: geom[0][0].x * tile.scale + tile.origin.x,
        y: geom[0][0].y * tile.scale + tile.origin.y,
      });
      for (const feature of [...(tile.data.get("lieux") ?? []), ...former]) {
        const { code, nom, pop, rang } = feature.props;
        const { x, y } = spot(feature);
        if (x < box.minX || y < box.minY || x > box.maxX || y > box.maxY) continue;
        const name = nom.replace(" - ", " – ").replaceAll("'", "’");
        towns.set(code + name, { code, name, pop, rang, x, y });
      }
      for (const feature of tile.data.get("noms") ?? []) {
        const { genre, nom } = feature.props;
        const area = AREAS[genre];
        if (!area || zoom < area.from || zoom > area.to) continue;
        areas.set(genre + nom, { name: nom.toUpperCase(), size: area.size, ...spot(feature) });
      }
    }
    return { towns: [...towns.values()], areas: [...areas.values()] };
  };

  return { look, nextTask, nextFrame, Painter };
})();
