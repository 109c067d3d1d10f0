// The signs and rings as elements of the page. No Leaflet markers: a zoom makes some hundreds at once, and an element with a
// place of its own costs the page half of what a marker does. One listener on their pane hears for all of them.

"use strict";

Maillage.marks = (() => {
  const SIGN = 26;
  const CHOSEN = 40;
  const RING = 34;
  const { element, ring, sign, label, records } = Maillage.signs;
  const marks = new WeakMap(); // element -> its mark
  let map = null;
  let pane = null;

  const attach = (toMap) => {
    map = toMap;
    pane = map.getPane("markerPane");
    const heard = (type, hear) =>
      pane.addEventListener(type, (event) => {
        const mark = marks.get(event.target.closest(".mark"));
        if (mark) hear(mark, event);
      });
    heard("click", (mark, event) => {
      event.stopPropagation(); // it is not one on the map
      if (!map.dragging.moved()) Maillage.popup.open(mark.item, mark.spot);
    });
    heard("dblclick", (_mark, event) => event.stopPropagation());
    heard("mouseover", (mark, event) => {
      if (!mark.spot.contains(event.relatedTarget)) Maillage.popup.hint(mark.item, mark.spot);
    });
    heard("mouseout", (mark, event) => {
      if (!mark.spot.contains(event.relatedTarget)) Maillage.popup.hint(null);
    });
  };

  const sideOf = (item) => (item.group ? RING : item.chosen ? CHOSEN : SIGN);

  class Mark {
    constructor(item, scale) {
      this.item = item;
      this.half = (sideOf(item) / 2) * scale;
      this.aside = false;
      this.spot = element("div", "spot mark");
      this.spot.setAttribute("role", "button");
      this.spot.tabIndex = -1; // arrows, N and P walk the signs: dozens of tab stops would not
      this.spot.setAttribute("aria-label", item.group ? records(item.count) : label(item.kind));
      this.spot.append(item.group ? ring(item.count) : sign(item.kind, item.chosen ? "chosen" : "", item.vague));
      this.spot.style.width = this.spot.style.height = `${2 * this.half}px`;
      marks.set(this.spot, this);
    }

    getLatLng() {
      return map.layerPointToLatLng(this.at);
    }

    // In pixels of the map's pane; `aside`: not where its record is, but beside the chosen one.
    place(at, aside = false) {
      this.aside = aside;
      if (this.at?.equals(at)) return;
      const { style } = this.spot;
      style.left = `${at.x - this.half}px`;
      style.top = `${at.y - this.half}px`;
      if (this.at?.y !== at.y) style.zIndex = at.y + (this.item.chosen ? 10000 : this.item.group ? 1000 : 0);
      this.at = at;
      if (!this.spot.isConnected) pane.append(this.spot);
    }

    remove() {
      this.spot.remove();
    }
  }

  return { attach, Mark };
})();
