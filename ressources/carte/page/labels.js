// The names of communes, on one canvas over the whole map. Names drawn tile by tile are cut at the edges and know
// nothing of the signs above them; here a name steps aside for a sign, and communes that hold records come first.

"use strict";

{
const REST = 150; // ms
const NEAR = 16; // pixels from a sign to the commune that is named beside it
const WORK = 6; // ms of placing before something else has its turn
const WRITTEN = 40; // names of a frame: painting them takes the engine longer than asking for it
const MEASURED = 20000; // texts
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map(); // font and text -> its width

Maillage.Labels = L.Layer.extend({
  // `ground` tells the names of a rectangle (names of Maillage.ground.Painter).
  initialize(ground, options) {
    this.ground = ground;
    this.options = options;
    this.territory = null;
  },

  getEvents() {
    const { later } = this;
    return { zoomstart: this.blank, signs: later, resize: later, fonds: later };
  },

  // Placing names takes longer than a frame, and their canvas goes along with the map: it waits for the map to rest.
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.redraw(), REST);
  },

  // At another zoom they would all stand elsewhere.
  blank() {
    this.turn = (this.turn ?? 0) + 1;
    this.canvas.hidden = true;
    delete this.canvas.dataset.written;
  },

  onAdd(map) {
    map.createPane("labels").style.zIndex = 450; // above tiles and circles, below signs and popups
    this.canvas = L.DomUtil.create("canvas", "labels", map.getPane("labels"));
    this.canvas.setAttribute("aria-hidden", "true");
    this.redraw();
  },

  onRemove() {
    clearTimeout(this.timer);
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
    let known;
    let detail;
    try {
      [known, detail] = await Promise.all([this.ground.names(zoom, bounds), Maillage.detail.names(zoom, bounds)]);
    } catch {
      known = null;
    }
    if (!known || turn !== this.turn || !this._map) return; // a zoom came in between: its own redraw follows
    const signs = this._signs(corner);
    const shown = { left: margin.x, top: margin.y, right: size.x - margin.x, bottom: size.y - margin.y };
    const taken = signs.map(({ x, y, half, radius }) => around(x, y, half, radius));
    const towns = this._towns(known.towns, origin);
    const named = this._chosen([...towns, ...this._others(detail.places, towns, origin)], signs, zoom);
    taken.push(...this._controls(corner));
    const still = () => turn === this.turn && this._map;
    const placed = await this._place(named, taken, shown, still);
    if (!placed) return;
    this._clear(corner, size);
    while (placed.length) {
      for (const write of placed.splice(0, WRITTEN)) write();
      if (placed.length) await Maillage.ground.nextFrame();
      if (!still()) return;
    }
    this._areas(known.areas, origin, taken, shown);
    this._streets(detail.streets, origin, taken, shown);
    this.canvas.dataset.written = zoom;
  },

  _clear(corner, size) {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [Math.floor(size.x * ratio), Math.floor(size.y * ratio)];
    this.context = this.canvas.getContext("2d");
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, size.x, size.y);
    this.canvas.hidden = false;
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint(corner));
  },

  // Where signs stand, in this canvas: names keep clear of them, and of the controls.
  _signs(corner) {
    return Maillage.records.boxes().map((box) => ({
      ...box,
      x: box.x - corner.x,
      y: box.y - corner.y,
    }));
  },

  _controls(corner) {
    const frame = this._map.getContainer().getBoundingClientRect();
    return [...this._map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
      const box = control.getBoundingClientRect();
      const left = box.left - frame.left - corner.x;
      const top = box.top - frame.top - corner.y;
      return { left, top, right: left + box.width, bottom: top + box.height };
    });
  },

  _towns(known, origin) {
    return known
      .filter(({ x, y }) => !Maillage.detail.pictured(() => this._map.unproject([x, y])))
      .map((town) => ({
        name: town.name,
        people: town.pop ?? -1,
        x: town.x - origin.x,
        y: town.y - origin.y,
        ...this._standing(town),
      }));
  },

  // What a detailed map names besides: hamlets, quarters, shops, and towns where the base map knows none.
  _others(places, known, origin) {
    const same = (a, b) => fold(a.name) === fold(b.name) && Math.hypot(a.x - b.x, a.y - b.y) < 300;
    const others = places.map(({ name, rank, x, y }) => ({
      name,
      people: -rank,
      x: x - origin.x,
      y: y - origin.y,
      rank: this.options.places[rank],
      away: false,
    }));
    return others.filter(
      (place, at) => ![...known, ...others.slice(0, at)].some((other) => same(place, other)),
    );
  },

  // Neighbouring countries and departments, in spaced capitals, where nothing else is written.
  _areas(areas, origin, taken, shown) {
    const style = getComputedStyle(document.documentElement);
    const context = this.context;
    context.letterSpacing = "2px";
    for (const area of areas) {
      const { name } = area;
      const x = area.x - origin.x;
      const y = area.y - origin.y;
      const size = area.size * Maillage.records.scale();
      context.font = `500 ${size}px ${style.getPropertyValue("--font")}`;
      const width = context.measureText(name).width;
      const boxes = [0, -1, 1, -2, 2].map((step) => {
        const top = y + 1.5 * step * size - size * 0.575;
        return { left: x - width / 2, top, right: x + width / 2, bottom: top + size * 1.15 };
      });
      const box = boxes.find((one) => inside(one, shown) && !taken.some((other) => overlap(one, other)));
      if (!box) continue;
      taken.push(box);
      const ink = [style.getPropertyValue("--map-label-minor"), style.getPropertyValue("--map-label-halo")];
      context.globalAlpha = 0.75;
      this._write({ lines: [name], box }, size, ...ink);
      context.globalAlpha = 1;
    }
    context.letterSpacing = "0px";
  },

  _streets(streets, origin, taken, shown) {
    if (!streets.length) return;
    const style = getComputedStyle(document.documentElement);
    const local = streets.map(({ name, lines }) => ({
      name,
      lines: lines.map((line) => line.map(({ x, y }) => ({ x: x - origin.x, y: y - origin.y }))),
    }));
    Maillage.streetNames(this.context, local, {
      size: 12 * Maillage.records.scale(),
      color: style.getPropertyValue("--detail-street"),
      halo: style.getPropertyValue("--map-label-halo"),
      family: style.getPropertyValue("--font"),
      taken,
      shown,
    });
  },

  // Which names are worth showing: those with a sign first, then the largest; one name for each sign, the nearest
  // commune's, or for a ring the largest commune's it covers.
  _chosen(towns, signs, zoom) {
    const cells = new Map(); // as wide as a name may lie from its sign, so that nine of them hold all that matter
    const cellOf = ({ x, y }, right = 0, down = 0) => `${Math.floor(x / NEAR) + right} ${Math.floor(y / NEAR) + down}`;
    for (const town of towns) {
      const cell = cellOf(town);
      if (cells.has(cell)) cells.get(cell).push(town);
      else cells.set(cell, [town]);
    }
    for (const sign of signs.filter((one) => !one.aside)) {
      const distance = (town) => (sign.x - town.x) ** 2 + (sign.y - town.y) ** 2;
      const inRow = (down) => [-1, 0, 1].flatMap((right) => cells.get(cellOf(sign, right, down)) ?? []);
      const near = [-1, 0, 1].flatMap(inRow).filter((town) => distance(town) < NEAR ** 2);
      near.sort((a, b) => (sign.many ? b.people - a.people : distance(a) - distance(b)));
      if (near.length) near[0].sign = sign;
    }
    return towns
      .filter((town) => town.sign || zoom >= town.rank.zoom + (town.away ? 1 : 0))
      .sort((a, b) => Boolean(b.sign) - Boolean(a.sign) || b.people - a.people);
  },

  // How large a commune is written, and whether it lies outside the directory's territory.
  _standing(props) {
    const home = this.territory;
    return { rank: this._rank(props), away: Boolean(home) && !props.code.startsWith(home) };
  },

  // From which zoom a commune is named, and how large: by population, and by what it is the seat of.
  _rank({ pop = 0, rang = 0 }) {
    return this.options.ranks.find((r) => pop >= r.people || (r.seat && rang >= r.seat));
  },

  // What there is to write, each as a deed; null if the map moved meanwhile (`still` says no). A thousand names take
  // longer than a frame to place.
  async _place(towns, taken, shown, still) {
    const style = getComputedStyle(document.documentElement);
    const scale = Maillage.records.scale();
    const colors = {
      major: style.getPropertyValue("--map-label"),
      minor: style.getPropertyValue("--map-label-minor"),
      halo: style.getPropertyValue("--map-label-halo"),
      dot: style.getPropertyValue("--map-dot"),
    };
    const family = style.getPropertyValue("--font");
    const writes = [];
    let until = performance.now() + WORK;
    for (const town of towns) {
      if (performance.now() > until) {
        await Maillage.ground.nextTask();
        if (!still()) return null;
        until = performance.now() + WORK;
      }
      const size = town.rank.size * scale;
      const weight = town.sign ? 600 : town.away ? 400 : town.rank.weight;
      const font = `${weight} ${size}px ${family}`;
      const spot = this._spot(town, font, size, 3 * scale, taken, shown);
      if (!spot) continue;
      taken.push(spot.box);
      if (!town.sign) {
        writes.push(() => this._dot(town, colors, scale));
        taken.push(around(town.x, town.y, 3 * scale, 3 * scale));
      }
      const plain = !town.sign && (town.away || town.rank.weight < 500);
      writes.push(() => {
        this.context.font = font;
        this._write(spot, size, plain ? colors.minor : colors.major, colors.halo);
      });
    }
    return writes;
  },

  // The first free spot around the commune that is wholly in sight, or the first free one: on one line, then on two.
  _spot(town, font, size, gap, taken, shown) {
    let first = null;
    for (const lines of layouts(town.name)) {
      const width = Math.max(...lines.map((line) => widthOf(line, font)));
      for (const box of spots(town, width, lines.length * size * 1.15, gap)) {
        if (taken.some((other) => overlap(box, other))) continue;
        if (inside(box, shown)) return { box, lines };
        first ??= { box, lines };
      }
    }
    return first;
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

  _write({ lines, box }, size, color, halo) {
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

// Measuring is half the work, and the same names come again at each movement.
function widthOf(text, font) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    if (widths.size > MEASURED) widths.clear();
    ruler.font = font;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

function fold(name) {
  return name.normalize("NFD").replace(/[^a-z]/gi, "").toLowerCase() || name;
}

function around(x, y, half, radius) {
  return { left: x - half, right: x + half, top: y - radius, bottom: y + radius };
}

function inside(box, frame) {
  const within = box.left >= frame.left && box.right <= frame.right;
  return within && box.top >= frame.top && box.bottom <= frame.bottom;
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// Below the commune, else right, left, aslant, above: where a reader expects a name.
function spots(town, width, height, gap) {
  const x = town.sign?.x ?? town.x;
  const y = town.sign?.y ?? town.y;
  const away = (town.sign?.radius ?? 2) + gap;
  const beside = (town.sign?.half ?? 2) + gap;
  const box = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  return [
    box(x - width / 2, y + away),
    box(x + beside, y - height / 2),
    box(x - beside - width, y - height / 2),
    box(x - width, y + away),
    box(x, y + away),
    box(x - width / 2, y - away - height),
  ];
}

// A long name takes two lines, cut where both are about as long; a middling one may, where there is no room for one.
function layouts(name) {
  let best = null;
  for (const match of name.matchAll(/ – | |-(?!\d)/g)) {
    const cut = match.index + match[0].trimEnd().length;
    const lines = [name.slice(0, cut).trim(), name.slice(cut).trim()];
    const worst = Math.max(lines[0].length, lines[1].length);
    if (lines.every((line) => line.length > 2) && (!best || worst < best.worst)) best = { worst, lines };
  }
  if (!best || name.length < 12) return [[name]];
  return name.length > 22 ? [best.lines] : [[name], best.lines];
}
}
