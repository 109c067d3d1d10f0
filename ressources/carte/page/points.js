// The points: all that the directory has on a map, and which of them the search shows. They come in columns (page_points
// in appli/services/live_map.py): a few long texts and arrays are parsed in milliseconds, 50,000 small ones are not. A
// change of filter brings only the column of what is shown.

"use strict";

Maillage.points = (() => {
  const NONE = { kinds: [], lat: [], lon: [], id: "", kind: "", vague: "" };
  const PER_DEGREE = 100000;
  const ID = 32; // digits
  const FRANCE = L.latLngBounds([41.2, -5.6], [51.3, 9.9]);
  let edition = 0; // of the columns; the program counts them
  let columns = NONE;
  let lat = new Float64Array();
  let lon = new Float64Array();
  let rows = new Int32Array(); // of the points shown
  let shown = ""; // a figure for each point: 1 where it is shown
  let places = null; // id -> row; made when first asked

  const ask = () => Maillage.ask(`/donnees/points/${edition}`);

  // Whether other points than before are there; which are shown may have changed in any case.
  const load = async (asked) => {
    const answer = (await asked) ?? { edition: 0, columns: NONE, shown: "" };
    const others = answer.columns !== undefined;
    if (others) {
      ({ edition, columns } = answer);
      lat = degrees(columns.lat);
      lon = degrees(columns.lon);
      places = null;
    }
    shown = answer.shown ?? "1".repeat(lat.length);
    rows = rowsShown();
    return others;
  };

  const degrees = (wholes) => {
    const places = new Float64Array(wholes);
    for (let row = 0; row < places.length; ++row) places[row] /= PER_DEGREE;
    return places;
  };

  const rowsShown = () => {
    const found = new Int32Array(lat.length);
    let many = 0;
    for (let row = 0; row < lat.length; ++row) {
      if (shown[row] === "1") found[many++] = row;
    }
    return found.slice(0, many);
  };

  const idOf = (row) => columns.id.substr(row * ID, ID);

  const pointOf = (row) => ({
    id: idOf(row),
    kind: columns.kinds[parseInt(columns.kind[row], 36)],
    lat: lat[row],
    lon: lon[row],
    vague: Number(columns.vague[row]),
  });

  // Undefined for a point that is not shown.
  const rowOf = (id) => {
    places ??= new Map(Array.from(lat.keys(), (row) => [idOf(row), row]));
    const row = places.get(id);
    return shown[row] === "1" ? row : undefined;
  };

  // All points of metropolitan France, or all when none is there: one record overseas would show the ocean.
  const extent = () => {
    const all = Array.from(rows, (row) => [lat[row], lon[row]]);
    const near = all.filter((place) => FRANCE.contains(place));
    const framed = near.length ? near : all;
    return framed.length ? L.latLngBounds(framed) : null;
  };

  const kinds = () => {
    const codes = new Set(Array.from(rows, (row) => columns.kind[row]));
    return new Set([...codes].map((code) => Maillage.signs.known(columns.kinds[parseInt(code, 36)])));
  };

  // How vague the points are: 1 somewhere in the commune, 2 to be checked.
  const vagueness = () => new Set(Array.from(rows, (row) => columns.vague[row]));

  return {
    ask, load, pointOf, rowOf, extent, kinds, vagueness,
    get lat() {
      return lat;
    },
    get lon() {
      return lon;
    },
    get rows() {
      return rows;
    },
  };
})();
