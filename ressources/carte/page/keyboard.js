// The map by keyboard. Keys are read as characters (`event.key`), because Leaflet's own handler reads key codes and
// takes the 6 of a French keyboard for a minus. With Ctrl or Alt a key belongs to the program.

"use strict";

Maillage.keyboard = (() => {
  const STEP = 90;
  const BAND = 48; // signs whose heights differ by less are read as one row
  let map = null;
  let current = null;

  const still = { animate: false };
  const moves = {
    ArrowUp: () => map.panBy([0, -STEP], still),
    ArrowDown: () => map.panBy([0, STEP], still),
    ArrowLeft: () => map.panBy([-STEP, 0], still),
    ArrowRight: () => map.panBy([STEP, 0], still),
    "+": () => map.zoomIn(1, still),
    "=": () => map.zoomIn(1, still),
    "-": () => map.zoomOut(1, still),
    n: () => walk(1),
    p: () => walk(-1),
  };

  const attach = (toMap, options) => {
    map = toMap;
    const frame = map.getContainer();
    frame.tabIndex = 0;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", options.name);
    frame.addEventListener("keydown", pressed);
  };

  const pressed = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") {
      if (Maillage.popup.close()) event.preventDefault();
      return;
    }
    const inControl = event.target.closest("button, .card");
    if (event.key === "Enter" || event.key === " ") {
      if (inControl) return;
      const spot = Maillage.records.markers().find((marker) => marker.spot === event.target);
      if (spot) {
        event.preventDefault();
        Maillage.popup.open(spot.item, spot.spot);
      }
      return;
    }
    if (event.target.closest(".card")) return;
    const move = moves[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  // Signs in the window in reading order: by rows from the top, each from the left.
  const inOrder = () => {
    const size = map.getSize();
    return Maillage.records
      .markers()
      .map((marker) => ({ marker, at: map.latLngToContainerPoint(marker.getLatLng()) }))
      .filter(({ at }) => at.x >= 0 && at.y >= 0 && at.x <= size.x && at.y <= size.y)
      .sort((a, b) => Math.floor(a.at.y / BAND) - Math.floor(b.at.y / BAND) || a.at.x - b.at.x)
      .map(({ marker }) => marker);
  };

  // A record that becomes the chosen one gets another sign, but is still where the walk stands.
  const nameOf = (item) => item.id ?? item.key;

  const walk = (step) => {
    const markers = inOrder();
    if (!markers.length) return;
    const here = markers.findIndex((marker) => nameOf(marker.item) === current);
    const next = here < 0 ? (step > 0 ? 0 : markers.length - 1) : here + step;
    const marker = markers[(next + markers.length) % markers.length];
    current = nameOf(marker.item);
    marker.spot.focus({ preventScroll: true });
    Maillage.popup.hint(marker.item, marker.spot);
  };

  return { attach };
})();
