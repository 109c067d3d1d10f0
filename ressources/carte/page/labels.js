// The names of communes, on one canvas over the whole map. Names drawn tile by tile are cut at the edges and know
// nothing of the signs above them; here a name steps aside for a sign, and communes that hold records come first.

"use strict";

{
Maillage.Labels = L.Layer.extend({
  initialize(view, options) {
    this.view = view;
    this.options = options;
  },

  getEvents() {
    return { moveend: this.redraw, viewreset: this.redraw, signs: this.redraw, resize: this.redraw };
  },

  onAdd(map) {
    map.createPane("labels").style.zIndex = 450; // above tiles and circles, below signs and popups
    this.canvas = L.DomUtil.create("canvas", "labels", map.getPane("labels"));
    this.canvas.setAttribute("aria-hidden", "true");
    this.redraw();
  },

  onRemove() {
    this.canvas.remove();
  },

  async redraw() {
    if (!this._map) return;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const zoom = this._map.getZoom();
    const margin = this._map.getSize().divideBy(4).floor(); // what a drag may uncover
    const corner = L.point(0, 0).subtract(margin);
    const size = this._map.getSize().add(margin.multiplyBy(2));
    const origin = this._map.getPixelOrigin().add(this._map.containerPointToLayerPoint(corner));
    const bounds = {
      minX: origin.x,
      minY: origin.y,
      maxX: origin.x + size.x,
      maxY: origin.y + size.y,
    };
    let tiles;
    try {
      tiles = await this.view.getBbox(zoom, bounds);
    } catch {
      return; // a zoom came in between and cancelled the tiles: its own redraw follows
    }
    if (turn !== this.turn || !this._map) return;
    this._clear(corner, size);
    const signs = this._signs(corner);
    this._place(this._towns(tiles, origin, size, zoom, signs), signs);
  },

  _clear(corner, size) {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = size.x * ratio;
    this.canvas.height = size.y * ratio;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint(corner));
    this.context = this.canvas.getContext("2d");
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  },

  // Where signs stand, in this canvas: names keep clear of them.
  _signs(corner) {
    return Maillage.records.boxes().map((box) => ({
      x: box.x - corner.x,
      y: box.y - corner.y,
      radius: box.radius,
    }));
  },

  _towns(tiles, origin, size, zoom, signs) {
    const towns = new Map();
    for (const tile of tiles) {
      for (const feature of tile.data.get("lieux") ?? []) {
        const point = feature.geom[0][0];
        const x = point.x * tile.scale + tile.origin.x - origin.x;
        const y = point.y * tile.scale + tile.origin.y - origin.y;
        if (x < 0 || y < 0 || x > size.x || y > size.y) continue;
        const props = feature.props;
        const sign = signs.find((s) => Math.hypot(s.x - x, s.y - y) < 16);
        const rank = this._rank(props);
        if (!sign && zoom < rank.zoom) continue;
        towns.set(props.code, { name: props.nom, people: props.pop, x, y, sign, rank });
      }
    }
    return [...towns.values()].sort(
      (a, b) => Boolean(b.sign) - Boolean(a.sign) || b.people - a.people,
    );
  },

  // From which zoom a commune is named, and how large: by population, and by what it is the seat of.
  _rank({ pop, rang }) {
    return this.options.ranks.find((r) => pop >= r.people || (r.seat && rang >= r.seat));
  },

  _place(towns, signs) {
    const style = getComputedStyle(document.documentElement);
    const scale = Number(style.getPropertyValue("--scale")) || 1;
    const colors = {
      major: style.getPropertyValue("--map-label"),
      minor: style.getPropertyValue("--map-label-minor"),
      halo: style.getPropertyValue("--map-label-halo"),
      dot: style.getPropertyValue("--map-dot"),
    };
    const family = style.getPropertyValue("--font");
    const taken = signs.map((s) => around(s.x, s.y, s.radius));
    for (const town of towns) {
      const size = town.rank.size * scale;
      const weight = town.sign ? 600 : town.rank.weight;
      this.context.font = `${weight} ${size}px ${family}`;
      const lines = wrapped(town.name);
      const width = Math.max(...lines.map((line) => this.context.measureText(line).width));
      const height = lines.length * size * 1.15;
      const spot = spots(town, width, height, 3 * scale).find(
        (box) => !taken.some((other) => overlap(box, other)),
      );
      if (!spot) continue;
      taken.push(spot);
      if (!town.sign) {
        this._dot(town, colors, scale);
        taken.push(around(town.x, town.y, 3 * scale));
      }
      const color = town.sign || town.rank.weight > 400 ? colors.major : colors.minor;
      this._write(lines, spot, size, color, colors.halo);
    }
  },

  _dot(town, colors, scale) {
    this.context.beginPath();
    this.context.arc(town.x, town.y, town.rank.dot * scale, 0, 2 * Math.PI);
    this.context.fillStyle = colors.dot;
    this.context.strokeStyle = colors.halo;
    this.context.lineWidth = 2;
    this.context.stroke();
    this.context.fill();
  },

  _write(lines, box, size, color, halo) {
    const context = this.context;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.2;
    context.strokeStyle = halo;
    context.fillStyle = color;
    lines.forEach((line, row) => {
      const y = box.top + size * 1.15 * (row + 0.5);
      context.strokeText(line, (box.left + box.right) / 2, y);
      context.fillText(line, (box.left + box.right) / 2, y);
    });
  },
});

function around(x, y, radius) {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// Below the commune, else right, left, above: where a reader expects a name.
function spots(town, width, height, gap) {
  const x = town.sign?.x ?? town.x;
  const y = town.sign?.y ?? town.y;
  const away = (town.sign?.radius ?? 2) + gap;
  const box = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  return [
    box(x - width / 2, y + away),
    box(x + away, y - height / 2),
    box(x - away - width, y - height / 2),
    box(x - width / 2, y - away - height),
  ];
}

// A long name takes two lines, cut where both are about as long.
function wrapped(name) {
  if (name.length <= 22) return [name];
  let best = null;
  for (const match of name.matchAll(/ – | |-(?!\d)/g)) {
    const cut = match.index + match[0].trimEnd().length;
    const lines = [name.slice(0, cut).trim(), name.slice(cut).trim()];
    const worst = Math.max(lines[0].length, lines[1].length);
    if (lines.every((line) => line.length > 2) && (!best || worst < best.worst)) best = { worst, lines };
  }
  return best ? best.lines : [name];
}
}
