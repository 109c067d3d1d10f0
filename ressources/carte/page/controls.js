// What lies on the map: zoom buttons, scale, attribution and the legend of the kinds that are there.

"use strict";

Maillage.controls = (() => {
  const { element, icon, sign, label, button } = Maillage.signs;
  let map = null;
  let texts = {};
  let legend = null;
  let homeButton = null;
  let home = null;

  const corner = (position, node) => {
    const Control = L.Control.extend({ onAdd: () => node });
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    new Control({ position }).addTo(map);
  };

  const iconButton = (name, text, work) => {
    const made = button("", "tool", work);
    made.append(icon(name));
    made.setAttribute("aria-label", text);
    made.title = text;
    return made;
  };

  const attach = (toMap, options) => {
    map = toMap;
    texts = options;
  };

  const show = () => {
    const tools = element("div", "tools");
    tools.append(
      iconButton("plus", texts.zoomIn, () => map.zoomIn(1, { animate: false })),
      iconButton("minus", texts.zoomOut, () => map.zoomOut(1, { animate: false })),
      iconButton("maximize", texts.everything, everything),
    );
    homeButton = iconButton("map", texts.home, () => fit(home));
    homeButton.hidden = !home;
    tools.append(homeButton);
    corner("topright", tools);
    legend = element("div", "legend");
    // A small window, or a large text, has no room for a legend beside the map: there it starts folded, and holds
    // what else would cover the signs.
    if (roomy()) {
      corner("bottomright", element("div", "attribution", texts.attribution));
      L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);
    } else {
      legend.classList.add("folded", "cramped");
      map.getContainer().classList.add("cramped");
    }
    corner("bottomleft", legend);
    showLegend();
  };

  const roomy = () => {
    const size = map.getSize();
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return size.x > 40 * unit && size.y > 28 * unit;
  };

  const everything = () => {
    const bounds = Maillage.records.everything();
    if (bounds) fit(bounds);
  };

  const fit = (bounds) => map.fitBounds(bounds, { padding: [40, 40], maxZoom: 11, animate: false });

  // The directory's territory, as [south, west, north, east].
  const setHome = (box) => {
    home = box && [[box[0], box[1]], [box[2], box[3]]];
    if (homeButton) homeButton.hidden = !home;
  };

  // The kinds that are there, and how vague places are drawn if some are.
  const kindsShown = () => {
    const present = Maillage.records.kinds();
    const kinds = Maillage.signs.order().filter((kind) => present.has(kind));
    const list = element("ul");
    for (const kind of kinds) {
      const row = element("li");
      row.append(sign(kind, "small"), element("span", "", label(kind)));
      list.append(row);
    }
    for (const [vague, words] of [[1, texts.about], [2, texts.doubtful]]) {
      if (!Maillage.records.vagueness().has(String(vague))) continue;
      const row = element("li", "wide");
      row.append(sign(kinds[0], "small", vague), element("span", "", words));
      list.append(row);
    }
    return list;
  };

  const showLegend = () => {
    if (!legend) return;
    const list = kindsShown();
    legend.hidden = !list.children.length && !legend.classList.contains("cramped");
    const folded = legend.classList.contains("folded");
    const head = button(texts.legend, "fold", () => {
      const nowFolded = legend.classList.toggle("folded");
      head.setAttribute("aria-expanded", String(!nowFolded));
    });
    head.setAttribute("aria-expanded", String(!folded));
    head.append(icon("chevron-down"));
    legend.replaceChildren(head, list);
    const layers = Maillage.layers.legend();
    if (layers) {
      legend.hidden = false;
      legend.append(layers);
    }
    if (legend.classList.contains("cramped")) legend.append(element("p", "sources", texts.attribution));
  };

  return { attach, show, showLegend, kindsShown, setHome, roomy };
})();
