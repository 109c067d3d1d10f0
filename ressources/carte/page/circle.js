// « À moins de 25 km de Mende »: the circle, and two handles for the mouse: its top moves it, its right edge makes it
// larger or smaller. (Its middle is no handle: that is a town hall, where signs stand.) Without a mouse the fields beside
// the map do the same, so the handles are no stop of the keyboard.

"use strict";

Maillage.circle = (() => {
  const LEAST = 1; // km
  const MOST = 999;
  const CLOSE = 0.5; // km under which a figure would be false precision
  const DEGREE = 111.32; // km
  const { element, icon, number } = Maillage.signs;
  let map = null;
  let texts = {};
  let held = false; // whether it may be taken hold of
  let area = null; // {lat, lon, km, name}; without km there is a middle and no circle
  let shape = null;
  let top = null;
  let edge = null;
  let told = null;

  const attach = (toMap, options) => {
    map = toMap;
    texts = options;
  };

  const allowDragging = () => {
    held = true;
  };

  const show = (given) => {
    for (const layer of [shape, top, edge, told]) layer?.remove();
    shape = top = edge = told = null;
    area = given && { lat: given[0], lon: given[1], km: given[2], name: given[3] ?? "" };
    if (!area) return;
    if (area.km) {
      shape = L.circle([area.lat, area.lon], { radius: area.km * 1000, className: "circle", interactive: false });
      shape.addTo(map);
    }
    if (!held) return;
    top = handle(topPoint(), "top", texts.middle);
    top.on("drag", () => move(top.getLatLng()));
    top.on("dragend", () => tellPlace());
    if (!area.km) return;
    edge = handle(edgePoint(), "edge", texts.edge);
    edge.on("drag", () => reach(edge.getLatLng()));
    edge.on("dragend", () => {
      told?.remove();
      told = null;
      edge.setLatLng(edgePoint());
      Maillage.tell("rayon", String(area.km));
    });
  };

  const handle = (at, name, words) => {
    const grip = element("div", `grip ${name}`);
    grip.title = words;
    if (name === "top") grip.append(icon("crosshair"));
    const side = 24 * Maillage.records.scale();
    const made = L.marker(at, {
      icon: L.divIcon({ className: "", html: grip, iconSize: [side, side] }),
      draggable: true,
      autoPan: true,
      keyboard: false,
      zIndexOffset: 5000,
    });
    return made.addTo(map);
  };

  // Due east of the middle, where the radius can be pulled.
  const edgePoint = () => {
    const across = area.km / (DEGREE * Math.cos((area.lat * Math.PI) / 180));
    return [area.lat, area.lon + across];
  };

  const topPoint = () => [area.lat + (area.km ?? 0) / DEGREE, area.lon];

  const move = ({ lat, lng }) => {
    [area.lat, area.lon] = [lat - (area.km ?? 0) / DEGREE, lng];
    shape?.setLatLng([area.lat, area.lon]);
    edge?.setLatLng(edgePoint());
  };

  const reach = (place) => {
    const km = Math.round(map.distance([area.lat, area.lon], place) / 1000);
    area.km = Math.min(MOST, Math.max(LEAST, km));
    shape.setRadius(area.km * 1000);
    top.setLatLng(topPoint());
    const words = element("span", "", texts.km.replace("{n}", number(area.km)));
    told ??= L.tooltip({ className: "nom", direction: "right", offset: [14, 0] });
    told.setContent(words).setLatLng(place);
    if (!map.hasLayer(told)) told.addTo(map);
  };

  const tellPlace = () => Maillage.tell("centre", [area.lat, area.lon].map((angle) => angle.toFixed(5)).join(","));

  // « à 14 km de Mende » for a place; nothing where one looks around nowhere.
  const distanceWords = ({ lat, lon }) => {
    if (!area) return "";
    const km = map.distance([area.lat, area.lon], [lat, lon]) / 1000;
    const template = km < CLOSE ? texts.close : texts.distance;
    const rounded = km < 9.95 ? Math.round(km * 10) / 10 : Math.round(km);
    return template.replace("{n}", number(rounded)).replace("{name}", area.name);
  };

  return { attach, allowDragging, show, distanceWords };
})();
