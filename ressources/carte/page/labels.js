// The names of communes, on one canvas over the whole map. Names drawn tile by tile are cut at the edges and know
// nothing of the signs above them; here a name steps aside for a sign, and communes that hold records come first.

"use strict";

{
// From which zoom former communes are named, and between which zooms areas are.
const FORMER = 12;
const AREAS = { pays: { from: 5, to: 8, size: 12.5 }, departement: { from: 8, to: 9, size: 11.5 } };

Maillage.Labels = L.Layer.extend({
  initialize(view, options) {
    this.view = view;
    this.options = options;
    this.territory = null;
  },

  getEvents() {
    const { later } = this;
    return { zoomstart: this.blank, moveend: later, viewreset: later, signs: later, resize: later, fonds: later };
  },

  // Placing names takes longer than a frame, and their canvas goes along with the map: it waits for the map to rest.
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.redraw(), 70);
  },

  // At another zoom they would all stand elsewhere.
  blank() {
    this.turn = (this.turn ?? 0) + 1;
    this.canvas.width = 0;
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
    let tiles;
    let detail;
    try {
      [tiles, detail] = await Promise.all([this.view.getBbox(zoom, bounds), Maillage.detail.names(zoom, bounds)]);
    } catch {
      return; // a zoom came in between and cancelled the tiles: its own redraw follows
    }
    if (turn !== this.turn || !this._map) return;
    this._clear(corner, size);
    const signs = this._signs(corner);
    const shown = { left: margin.x, top: margin.y, right: size.x - margin.x, bottom: size.y - margin.y };
    const taken = signs.map(({ x, y, half, radius }) => around(x, y, half, radius));
    const known = this._towns(tiles, origin, size, zoom);
    const towns = this._chosen([...known, ...this._others(detail.places, known, origin)], signs, zoom);
    taken.push(...this._controls(corner));
    this._place(towns, taken, shown);
    this._areas(tiles, origin, zoom, taken, shown);
    this._streets(detail.streets, origin, taken, shown);
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

  _towns(tiles, origin, size, zoom) {
    const towns = new Map();
    for (const tile of tiles) {
      const former = (zoom >= FORMER && tile.data.get("anciennes")) || [];
      for (const { props, geom } of [...(tile.data.get("lieux") ?? []), ...former]) {
        const x = geom[0][0].x * tile.scale + tile.origin.x - origin.x;
        const y = geom[0][0].y * tile.scale + tile.origin.y - origin.y;
        if (x < 0 || y < 0 || x > size.x || y > size.y) continue;
        if (Maillage.detail.pictured(this._map.unproject([x + origin.x, y + origin.y]))) continue;
        const name = props.nom.replace(" - ", " – ").replaceAll("'", "’");
        towns.set(props.code + name, { name, people: props.pop ?? -1, x, y, ...this._standing(props) });
      }
    }
    return [...towns.values()];
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
  _areas(tiles, origin, zoom, taken, shown) {
    const areas = new Map();
    for (const tile of tiles) {
      for (const { props, geom } of tile.data.get("noms") ?? []) {
        const look = AREAS[props.genre];
        if (!look || zoom < look.from || zoom > look.to) continue;
        const x = geom[0][0].x * tile.scale + tile.origin.x - origin.x;
        const y = geom[0][0].y * tile.scale + tile.origin.y - origin.y;
        areas.set(props.genre + props.nom, { name: props.nom.toUpperCase(), x, y, size: look.size });
      }
    }
    const style = getComputedStyle(document.documentElement);
    const context = this.context;
    context.letterSpacing = "2px";
    for (const { name, x, y, size: plain } of areas.values()) {
      const size = plain * Maillage.records.scale();
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
    for (const sign of signs.filter((one) => !one.aside)) {
      // Squared: Math.hypot is ten times slower, and there are a hundred signs and thousands of communes.
      const distance = (town) => (sign.x - town.x) ** 2 + (sign.y - town.y) ** 2;
      const near = towns.filter((town) => distance(town) < 16 ** 2);
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

  _place(towns, taken, shown) {
    const style = getComputedStyle(document.documentElement);
    const scale = Maillage.records.scale();
    const colors = {
      major: style.getPropertyValue("--map-label"),
      minor: style.getPropertyValue("--map-label-minor"),
      halo: style.getPropertyValue("--map-label-halo"),
      dot: style.getPropertyValue("--map-dot"),
    };
    const family = style.getPropertyValue("--font");
    for (const town of towns) {
      const size = town.rank.size * scale;
      const weight = town.sign ? 600 : town.away ? 400 : town.rank.weight;
      this.context.font = `${weight} ${size}px ${family}`;
      const free = this._candidates(town, size, 3 * scale).filter(
        ({ box }) => !taken.some((other) => overlap(box, other)),
      );
      const spot = free.find(({ box }) => inside(box, shown)) ?? free[0];
      if (!spot) continue;
      taken.push(spot.box);
      if (!town.sign) {
        this._dot(town, colors, scale);
        taken.push(around(town.x, town.y, 3 * scale, 3 * scale));
      }
      const plain = !town.sign && (town.away || town.rank.weight < 500);
      this._write(spot, size, plain ? colors.minor : colors.major, colors.halo);
    }
  },

  // On one line, then on two, each in every spot around the commune.
  _candidates(town, size, gap) {
    return layouts(town.name).flatMap((lines) => {
      const width = Math.max(...lines.map((line) => this.context.measureText(line).width));
      const boxes = spots(town, width, lines.length * size * 1.15, gap);
      return boxes.map((box) => ({ box, lines }));
    });
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
