// The names of streets, along them: written once on the straightest stretch that is long enough, and only where neither
// a sign nor another name stands.

"use strict";

Maillage.streetNames = (context, streets, { size, color, halo, family, taken, shown }) => {
  context.font = `500 ${size}px ${family}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = halo;
  context.fillStyle = color;
  const written = [];

  const stretches = (line, wanted) => {
    const found = [];
    for (let start = 0; start < line.length - 1; start++) {
      let length = 0;
      const first = Math.atan2(line[start + 1].y - line[start].y, line[start + 1].x - line[start].x);
      for (let end = start + 1; end < line.length; end++) {
        const [from, to] = [line[end - 1], line[end]];
        const turn = Math.atan2(to.y - from.y, to.x - from.x) - first;
        if (Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) > 0.25) break;
        length += Math.hypot(to.x - from.x, to.y - from.y);
        if (length >= wanted) {
          found.push([line[start], to]);
          break;
        }
      }
    }
    return found;
  };

  const write = (name, [from, to], width) => {
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    let angle = Math.atan2(to.y - from.y, to.x - from.x);
    if (Math.abs(angle) > Math.PI / 2) angle += Math.PI; // never upside down
    // The text's box, as a string of small squares: one large upright box would clear half the map.
    const steps = Math.max(1, Math.ceil(width / size));
    const squares = Array.from({ length: steps + 1 }, (_none, step) => {
      const along = (step / steps - 0.5) * width;
      const [cx, cy] = [x + along * Math.cos(angle), y + along * Math.sin(angle)];
      return { left: cx - size / 2, right: cx + size / 2, top: cy - size / 2, bottom: cy + size / 2 };
    });
    const free = squares.every(
      (box) =>
        box.left >= shown.left && box.right <= shown.right && box.top >= shown.top && box.bottom <= shown.bottom &&
        !taken.some((o) => box.left < o.right && o.left < box.right && box.top < o.bottom && o.top < box.bottom),
    );
    if (!free) return false;
    taken.push(...squares);
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.strokeText(name, 0, 0);
    context.fillText(name, 0, 0);
    context.restore();
    written.push({ name, x, y });
    return true;
  };

  // With a point every so often: on a long stretch the name is written where one looks.
  const often = (line) =>
    line.flatMap((to, at) => {
      const from = line[at - 1] ?? to;
      const pieces = Math.min(40, Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 60)));
      const part = (step) => ({
        x: from.x + ((to.x - from.x) * step) / pieces,
        y: from.y + ((to.y - from.y) * step) / pieces,
      });
      return Array.from({ length: pieces }, (_none, step) => part(step + 1));
    });

  for (const { name, lines } of streets) {
    const width = context.measureText(name).width;
    for (const line of lines.map(often)) {
      for (const stretch of stretches(line, width * 1.1)) {
        const again = written.some((w) => w.name === name && Math.hypot(w.x - stretch[0].x, w.y - stretch[0].y) < 400);
        if (!again && write(name, stretch, width)) break;
      }
    }
  }
};
