// The base map on the screen: its tiles, painted beside the page, and the names of communes over them. While those of
// another zoom are painted, the tiles there were stay, enlarged or reduced: no movement leaves an empty sea.

"use strict";

Maillage.baseMap = (() => {
  let map = null;
  let archives = null;
  let worker = null; // begun after the signs are painted: they are what one came for
  let tiles = null;
  let names = null;
  let territory = null;
  let outline; // what the directory's network is at home in

  const Tiles = L.GridLayer.extend({
    createTile(coords, done) {
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.width = canvas.height = 256 * ratio;
      const { turn, answer } = worker.ask("paint", { coords, ratio });
      canvas.turn = turn;
      answer.then((image) => {
        if (!image) return; // left behind by a movement
        canvas.getContext("2d").drawImage(image, 0, 0);
        image.close();
        done(null, canvas);
      });
      return canvas;
    },

    // Leaflet would throw all tiles away at each zoom that is not animated.
    getEvents() {
      const { viewprereset, ...others } = L.GridLayer.prototype.getEvents.call(this);
      return others;
    },
  });

  const attach = (toMap, options) => {
    map = toMap;
    archives = { vector: options.vector, relief: options.relief };
    tiles = new Tiles({
      minZoom: options.minZoom,
      maxZoom: options.maxZoom,
      updateWhenIdle: false,
      updateWhenZooming: false,
      keepBuffer: 1,
      noWrap: true,
    });
    tiles.on("tileunload", ({ tile }) => worker.forget(tile.turn));
    names = new Maillage.Labels({ names: (zoom, box) => worker.ask("names", { zoom, box }).answer }, options.labels);
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
    worker = Maillage.beside("ground-worker.js", Maillage.archives.deeds);
    worker.tell("begin", archives);
    worker.tell("look", Maillage.ground.look(territory, outline));
    tiles.addTo(map);
    await Promise.all(["400", "500", "600", "700"].map((w) => document.fonts.load(`${w} 14px ${font()}`)));
    names.addTo(map);
    await Maillage.detail.load();
  };

  const font = () => getComputedStyle(document.documentElement).getPropertyValue("--font");

  // After a change of theme or territory; before the first show there is nothing to redraw.
  const refresh = () => {
    if (!map.hasLayer(tiles)) return;
    worker.tell("look", Maillage.ground.look(territory, outline));
    tiles.redraw();
    Maillage.detail.refresh();
    names.redraw();
  };

  return { attach, show, refresh };
})();
