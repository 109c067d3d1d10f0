// A record's sign that a person puts in its place: drawn with the mouse, clicked elsewhere, or moved with the arrows
// (finely with Maj). The program is told where it is and answers with words, shown beside it; Entrée says that it is right
// there, Échap that all stays as it was. Meanwhile nothing else of the map is chosen.

"use strict";

Maillage.moving = (() => {
  const SIGN = 40;
  const STEP = 12; // pixels
  const FINE = 1;
  const EDGE = 110; // the sign is brought farther from the window's edge, where buttons and the legend are
  const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const { element, sign } = Maillage.signs;
  let map = null;
  let texts = {};
  let held = null; // {id, kind, title, lat, lon} while one is moved
  let marker = null;

  const attach = (toMap, options) => {
    map = toMap;
    texts = options;
    const frame = map.getContainer();
    // Before the signs and the keyboard's own hear of it.
    frame.addEventListener("click", clicked, { capture: true });
    frame.addEventListener("keydown", pressed, { capture: true });
    map.on("zoomend resize", () => held && settle());
    Maillage.on("moving", show);
    Maillage.on("whereabouts", say);
  };

  const show = (given) => {
    if (held && !given) map.getContainer().focus({ preventScroll: true });
    marker?.remove();
    marker = null;
    held = given;
    document.documentElement.classList.toggle("moving", Boolean(held));
    if (!held) return;
    const at = held.lat === null ? map.getCenter() : L.latLng(held.lat, held.lon);
    if (!map.getBounds().pad(-0.2).contains(at)) map.setView(at, map.getZoom(), { animate: false });
    draw(at);
    settle();
    marker.spot.focus({ preventScroll: true });
  };

  const draw = (at) => {
    const spot = element("div", "spot held");
    spot.setAttribute("role", "button");
    spot.setAttribute("aria-label", texts.name.replace("{title}", held.title));
    spot.tabIndex = 0;
    spot.append(sign(held.kind, "chosen"));
    const size = SIGN * Maillage.records.scale();
    marker = L.marker(at, {
      icon: L.divIcon({ className: "", html: spot, iconSize: [size, size] }),
      draggable: true,
      autoPan: true,
      keyboard: false,
      zIndexOffset: 20000,
    }).addTo(map);
    marker.spot = spot;
    marker.on("drag", tell);
    marker.on("dragend", () => spot.focus({ preventScroll: true }));
  };

  // In another text size.
  const again = () => {
    if (!held) return;
    const at = marker.getLatLng();
    marker.remove();
    draw(at);
    tell();
  };

  const goTo = (at) => {
    marker.setLatLng(at);
    settle();
  };

  // In sight, and told.
  const settle = () => {
    const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
    const size = map.getSize();
    const beyond = (place, end) => {
      const edge = Math.min(EDGE, end / 3);
      return Math.min(0, place - edge) || Math.max(0, place - (end - edge));
    };
    const away = [beyond(x, size.x), beyond(y, size.y)];
    if (away[0] || away[1]) map.panBy(away, { animate: false });
    tell();
  };

  const tell = Maillage.oncePerFrame(() => {
    if (!held) return;
    const { lat, lng } = marker.getLatLng().wrap();
    Maillage.tell("bouge", [lat.toFixed(6), lng.toFixed(6), map.getZoom()].join(","));
  });

  const say = (words) => {
    if (!held) return;
    const line = element("span", "", words);
    line.setAttribute("role", "status");
    if (marker.getTooltip()) marker.setTooltipContent(line);
    else marker.bindTooltip(line, { className: "nom", permanent: true, direction: "auto", offset: [26, 0] });
  };

  const aside = (event) => !held || event.target.closest(".leaflet-control");

  const clicked = (event) => {
    if (aside(event)) return;
    event.stopImmediatePropagation();
    if (!marker.spot.contains(event.target) && !map.dragging.moved()) goTo(map.mouseEventToLatLng(event));
  };

  const pressed = (event) => {
    if (!held || event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (event.key === "Escape") Maillage.tell("laisse");
    else if (aside(event)) return;
    else if (event.key === "Enter") Maillage.tell("pose");
    else if (arrow) step(arrow, event.shiftKey ? FINE : STEP);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const step = ([right, down], pixels) => {
    const at = map.project(marker.getLatLng()); // not rounded to pixels: what is not moved stays
    goTo(map.unproject(at.add([right * pixels, down * pixels])));
  };

  return { attach, again };
})();
