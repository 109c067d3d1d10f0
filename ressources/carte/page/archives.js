// The two archives of the base map that the program reads (fr: vector, relief: shaded relief), as Maillage.ground takes
// them; in the page or in its worker.

"use strict";

Maillage.archives = ({ vector, relief }) => {
  const KEPT = 96; // pictures of relief
  const pictures = new Map();

  const view = protomapsL
    .sourcesToViews({
      url: `${location.origin}/tuiles/${vector.archive}/{z}/{x}/{y}`,
      maxDataZoom: vector.maxZoom,
      levelDiff: 0, // outlines and names of communes begin at the archive's last zoom: show them there, not one later
    })
    .get("");

  const picture = async (address) => {
    try {
      const image = await createImageBitmap(await (await fetch(address)).blob());
      return image.width === 256 ? image : null; // the program answers a missing tile with one clear pixel
    } catch {
      return null;
    }
  };

  // The relief stops at a zoom: beyond it, the piece of the last tile is enlarged.
  const shade = async ({ z, x, y }) => {
    const up = Math.max(0, z - relief.maxZoom);
    const key = [z - up, x >> up, y >> up].join("/");
    if (!pictures.has(key)) {
      if (pictures.size > KEPT) pictures.delete(pictures.keys().next().value);
      pictures.set(key, picture(`/tuiles/${relief.archive}/${key}`));
    }
    const image = await pictures.get(key);
    const side = 256 / 2 ** up;
    return image && { image, side, left: (x % 2 ** up) * side, top: (y % 2 ** up) * side };
  };

  return { view, relief: shade };
};

// What is asked of them, beside the page or in it.
Maillage.archives.deeds = () => {
  let painter = null;
  const onCanvas = (side) => new OffscreenCanvas(side, side);
  return {
    begin: (archives) => {
      painter = new Maillage.ground.Painter(Maillage.archives(archives));
    },
    look: (look) => painter.show(look),
    paint: async ({ coords, ratio }, wanted) => {
      const canvas = await painter.paint(coords, ratio, onCanvas, wanted);
      return canvas?.transferToImageBitmap();
    },
    names: ({ zoom, box }) => painter.names(zoom, box),
  };
};
