// The order of things: state, records, first paint of signs, and only then the base map. Fifty thousand points are on
// screen in a third of a second this way; with the base map first they would wait two.

"use strict";

Maillage.start = (map) => {
  const root = document.documentElement;
  let mini = false;
  let covered = 0; // pixels of the top that lie under something of the window
  let shown = null; // the circle
  let awaited = null; // a record to select as soon as it is among the points

  const on = Maillage.on;

  on("theme", ({ name, tokens }) => {
    root.dataset.theme = name;
    for (const [token, color] of Object.entries(tokens)) {
      root.style.setProperty(`--${token.replaceAll("_", "-")}`, color);
    }
    Maillage.baseMap.refresh();
    Maillage.layers.draw();
    Maillage.controls.showLegend();
  });

  on("scale", (factor) => {
    root.style.setProperty("--scale", factor);
    Maillage.records.regroup();
    Maillage.circle.show(shown);
    Maillage.moving.again();
    Maillage.layers.draw();
  });

  on("view", (view) => {
    if (view.length === 4) {
      const [south, west, north, east] = view;
      const edge = mini || !Maillage.controls.roomy() ? 12 : 40;
      const around = {
        paddingTopLeft: [edge, edge + covered],
        paddingBottomRight: [edge, edge],
        maxZoom: 12,
        animate: false,
      };
      map.fitBounds([[south, west], [north, east]], around);
    } else {
      const [lat, lon, zoom] = view;
      map.setView([lat, lon], zoom ?? map.getZoom(), { animate: false });
    }
  });

  on("circle", (area) => {
    shown = area;
    Maillage.circle.show(area);
  });

  on("home", (box) => Maillage.controls.setHome(box));

  const select = (id) => {
    Maillage.records.choose(id);
    const item = id && Maillage.records.itemOf(id);
    awaited = id && !item ? id : null;
    if (!item) {
      Maillage.popup.close();
      return;
    }
    if (mini) {
      map.setView([item.lat, item.lon], map.getZoom(), { animate: false });
      return;
    }
    if (!map.getBounds().pad(-0.05).contains([item.lat, item.lon])) {
      map.setView([item.lat, item.lon], map.getZoom(), { animate: false });
    }
    Maillage.popup.openRecord(item);
  };

  on("select", select);

  // Drawn large where it is: nobody asked to go there.
  on("mark", (id) => id && Maillage.records.choose(id));

  on("reload", async () => {
    await Maillage.records.load();
    Maillage.controls.showLegend();
    if (awaited) select(awaited);
    else if (!Maillage.records.itemOf(Maillage.records.chosen)) Maillage.popup.close();
  });

  on("covered", (pixels) => {
    covered = pixels;
    Maillage.popup.keepClear(pixels);
  });

  // A click then says where it was, and nothing is chosen: caught before the signs hear of it. Without a mouse, the
  // arrows bring the place under the cross and Entrée says it.
  const point = ({ lat, lng }) => Maillage.tell("point", [lat, lng].map((number) => number.toFixed(6)).join(","));
  const frame = map.getContainer();

  on("pointing", (pointing) => root.classList.toggle("pointing", pointing));

  const whilePointing = (event, work) => {
    if (!root.classList.contains("pointing") || event.target.closest(".leaflet-control")) return;
    event.stopPropagation();
    work();
  };

  const clicked = (event) =>
    whilePointing(event, () => {
      if (!map.dragging.moved()) point(map.mouseEventToLatLng(event));
    });

  const pressed = (event) => {
    if (event.key === "Enter") whilePointing(event, () => point(map.getCenter()));
  };

  frame.addEventListener("click", clicked, { capture: true });
  frame.addEventListener("keydown", pressed, { capture: true });

  const sayBounds = Maillage.oncePerFrame(() => {
    const box = map.getBounds();
    const edges = [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()];
    const centre = map.getCenter();
    const numbers = [...edges, centre.lat, centre.lng].map((number) => number.toFixed(5));
    Maillage.tell("vue", [...numbers, map.getZoom()].join(","));
  });

  const small = () => {
    root.classList.add("mini");
    const gestures = ["dragging", "scrollWheelZoom", "doubleClickZoom", "boxZoom", "touchZoom"];
    for (const gesture of gestures) map[gesture]?.disable();
    Maillage.popup.silence();
  };

  const begin = async () => {
    const { points, state: asked } = Maillage.first;
    const state = await asked;
    mini = state.mini;
    if (mini) small();
    if (state.picture) Maillage.picture.frame(state.picture);
    const { theme, scale, view, territory, outline, circle, home, mark, select, covered, pointing, moving } = state;
    Maillage.receive({ theme, scale, covered, pointing });
    if (view) Maillage.receive({ view });
    await Maillage.records.load(points);
    if (state.picture) {
      Maillage.picture.legend();
    } else if (!mini) {
      Maillage.controls.show();
      Maillage.circle.allowDragging();
    }
    Maillage.receive({ territory, outline, circle, home, mark, ...(select && { select }), moving });
    map.on("moveend", sayBounds);
    // Two turns of the event loop after the frame that holds the signs: they are on the screen.
    requestAnimationFrame(() =>
      setTimeout(() => {
        Maillage.tell("pret");
        sayBounds();
        Maillage.baseMap.show();
        const layers = mini ? null : Maillage.layers.load();
        if (state.picture) Promise.resolve(layers).then(() => Maillage.picture.finished());
      }),
    );
  };

  begin();
};
