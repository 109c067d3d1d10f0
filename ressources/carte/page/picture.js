// The map as a picture: a title above, the legend, the sources and the day below, nothing to press. The program makes a page
// of its own for it, twice as fine, and takes it once everything is drawn.

"use strict";

Maillage.picture = (() => {
  const STEP = 100; // ms
  const STILL = 4; // steps without a change: nothing more is coming
  const LONGEST = 100; // steps
  const { element } = Maillage.signs;
  let map = null;
  let texts = {};

  const attach = (toMap, options) => {
    map = toMap;
    texts = options;
  };

  const frame = (words) => {
    document.documentElement.classList.add("picture");
    const head = element("header", "sheet");
    head.append(element("h1", "", words.title));
    if (words.about) head.append(element("p", "", words.about));
    const foot = element("footer", "sheet");
    foot.append(element("p", "", [texts.attribution, words.note].join(" · ")));
    document.body.prepend(head);
    document.body.append(foot);
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);
    map.invalidateSize({ animate: false });
  };

  const legend = () => {
    document.querySelector("footer.sheet").prepend(Maillage.controls.kindsShown());
    map.invalidateSize({ animate: false });
  };

  const rest = () => new Promise((resolve) => setTimeout(resolve, STEP));

  const frameDrawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

  // Letters (not drawn at all while their font is on its way), tiles, then the names over them.
  const finished = async () => {
    let still = 0;
    for (let step = 0; step < LONGEST && still < STILL; step++) {
      await rest();
      const tiles = [...document.querySelectorAll(".leaflet-tile")];
      const drawn = tiles.length && tiles.every((tile) => tile.classList.contains("leaflet-tile-loaded"));
      const lettered = document.fonts.status === "loaded" && document.querySelector("canvas.labels[data-written]");
      still = drawn && lettered ? still + 1 : 0;
    }
    await Promise.race([frameDrawn(), rest()]); // a page that nobody sees may get no frame
    Maillage.tell("peinte");
  };

  return { attach, frame, legend, finished };
})();
