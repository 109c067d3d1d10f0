// The signs of the map: one shape per kind, drawn once in index.html as an SVG sprite and used by reference, so that
// no markup is ever made from text here.

"use strict";

Maillage.signs = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const count = new Intl.NumberFormat("fr-FR");
  let labels = new Map(); // kind -> its French name, in the legend's order
  let texts = {};

  const attach = (_map, options) => {
    labels = new Map(options.kinds);
    texts = options.texts;
  };

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const use = (symbol, className) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", className);
    svg.setAttribute("viewBox", symbol.startsWith("kind-") ? "-1 -1 34 34" : "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const reference = document.createElementNS(SVG, "use");
    reference.setAttribute("href", `#${symbol}`);
    svg.append(reference);
    return svg;
  };

  const icon = (name) => use(`icon-${name}`, "icon");
  // A kind this page does not know (a newer program's) is drawn as a page, never left out.
  const known = (kind) => (labels.has(kind) ? kind : "page");
  // How far a place can be trusted: filled, hollow (somewhere in its commune), dashed (to be checked).
  const TRUST = ["", "about", "doubtful"];
  const sign = (kind, size = "", vague = 0) =>
    use(`kind-${known(kind)}`, ["sign", `kind-${known(kind)}`, size, TRUST[vague]].filter(Boolean).join(" "));
  const label = (kind) => labels.get(known(kind));

  const number = (value) => count.format(value);
  const records = (value) => (value < 2 ? texts.one : texts.many).replace("{n}", number(value));

  const ring = (value) => element("span", "ring", number(value));

  const button = (text, className, onClick) => {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", (event) => {
      // What is clicked may leave the page at once; Leaflet would then take the click for one on the map.
      event.stopPropagation();
      onClick();
    });
    return made;
  };

  const order = () => [...labels.keys()];

  return { attach, order, element, icon, sign, label, known, number, records, ring, button };
})();
