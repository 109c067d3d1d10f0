// How the layers of a vector map are drawn. Four ways of naming them are known; each says which features are wood,
// water, streets…, and one drawing serves all. Colours are in detail.css.

"use strict";

Maillage.styles = (() => {
  const P = window.protomapsL;
  const [POINT, LINE, AREA] = [1, 2, 3];

  const words = (text) => new Set(text.split(" "));
  const among = (property, text) => {
    const wanted = words(text);
    return ({ props }) => wanted.has(props[property] ?? props[`pmap:${property}`]);
  };
  const any = () => true;

  const WOOD = "forest wood";
  const GREEN =
    "park national_park nature_reserve protected_area garden cemetery grassland grass meadow farmland farm orchard " +
    "vineyard scrub heath village_green allotments golf_course recreation_ground wetland public_park playground pitch";
  const BUILT =
    "residential industrial commercial retail urban_area railway school university college hospital suburb quarter " +
    "neighbourhood garages";
  const VILLAGES = { city: 0, town: 1, village: 2, suburb: 3, quarter: 4, neighbourhood: 4, hamlet: 4, locality: 4 };
  VILLAGES.isolated_dwelling = 5;
  VILLAGES.farm = 5;

  const roads = (layer, property, classes) =>
    Object.fromEntries(Object.entries(classes).map(([kind, text]) => [kind, [[layer, among(property, text)]]]));

  const SCHEMES = {
    protomaps: {
      wood: [["landuse", among("kind", WOOD)], ["landcover", among("kind", "forest")], ["natural", among("kind", WOOD)]],
      green: [["landuse", among("kind", GREEN)], ["landcover", among("kind", GREEN)]],
      built: [["landuse", among("kind", BUILT)], ["landcover", among("kind", "urban_area")]],
      water: [["water", any]],
      river: [["water", any], ["physical_line", any]],
      building: [["buildings", among("kind", "building building_part")]],
      boundary: [["boundaries", any]],
      ...roads("roads", "kind", {
        motorway: "highway",
        primary: "major_road medium_road",
        minor: "minor_road other",
        path: "path",
        rail: "rail",
      }),
      streets: ["roads"],
      places: { layer: "places", kind: ({ kind_detail, kind, "pmap:kind": former }) => kind_detail ?? kind ?? former },
      pois: "pois",
    },
    openmaptiles: {
      wood: [["landcover", among("class", WOOD)]],
      green: [["landcover", among("class", GREEN)], ["landuse", among("class", GREEN)], ["park", any]],
      built: [["landuse", among("class", BUILT)]],
      water: [["water", any]],
      river: [["waterway", any]],
      building: [["building", any]],
      boundary: [["boundary", any]],
      ...roads("transportation", "class", {
        motorway: "motorway trunk",
        primary: "primary",
        secondary: "secondary tertiary",
        minor: "minor service street street_limited raceway busway",
        path: "path track pedestrian",
        rail: "rail transit",
      }),
      streets: ["transportation_name"],
      places: { layer: "place", kind: (props) => props.class },
      pois: "poi",
    },
    shortbread: {
      wood: [["land", among("kind", WOOD)]],
      green: [["land", among("kind", GREEN)], ["sites", among("kind", GREEN)]],
      built: [["land", among("kind", BUILT)]],
      water: [["water_polygons", any], ["ocean", any]],
      river: [["water_lines", any]],
      building: [["buildings", any]],
      boundary: [["boundaries", any]],
      ...roads("streets", "kind", {
        motorway: "motorway trunk",
        primary: "primary",
        secondary: "secondary tertiary",
        minor: "unclassified residential living_street service busway",
        path: "path track footway steps cycleway pedestrian bridleway",
        rail: "rail light_rail tram narrow_gauge",
      }),
      streets: ["street_labels", "streets"],
      places: { layer: "place_labels", kind: (props) => props.kind },
      pois: "pois",
    },
  };

  const ROADS = ["path", "minor", "secondary", "primary", "motorway"];
  // Pixels at zooms 10, 12, 14, 16, 18.
  const WIDTHS = {
    path: [0, 0, 0.9, 1.4, 2.4],
    minor: [0, 0.6, 2, 5.5, 13],
    secondary: [0.7, 1.3, 3.4, 8, 17],
    primary: [1, 1.8, 4.4, 10, 20],
    motorway: [1.5, 2.6, 5.4, 12, 23],
  };

  const width = (kind) => (zoom) => {
    const place = Math.min(4, Math.max(0, (zoom - 10) / 2));
    const [low, high] = [WIDTHS[kind][Math.floor(place)], WIDTHS[kind][Math.ceil(place)]];
    return low + (high - low) * (place % 1);
  };

  const ofShape = (shape, accepted) => (_zoom, feature) => feature.geomType === shape && accepted(feature);

  const colors = () => {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue(`--detail-${name}`).trim();
  };

  // The rules of one map; painted in this order.
  const rules = (scheme, layers) => {
    const known = SCHEMES[scheme];
    return known ? drawing(known, colors()) : unknown(layers, colors());
  };

  const drawing = (known, color) => {
    const fill = (kind) =>
      (known[kind] ?? []).map(([dataLayer, accepted]) => ({
        dataLayer,
        symbolizer: new P.PolygonSymbolizer({ fill: color(kind) }),
        filter: ofShape(AREA, accepted),
      }));
    const line = (kind, shade, wide, more = {}, range = {}) =>
      (known[kind] ?? []).map(([dataLayer, accepted]) => ({
        dataLayer,
        symbolizer: new P.LineSymbolizer({ color: shade, width: wide, lineJoin: "round", lineCap: "round", ...more }),
        filter: ofShape(LINE, accepted),
        ...range,
      }));
    const edge = (kind) => line(kind, color("casing"), (z) => width(kind)(z) + (z < 13 ? 1 : 1.6), {}, { minzoom: 12 });
    return [
      ...["wood", "green", "built", "water"].flatMap(fill),
      ...line("river", color("water"), (z) => (z < 12 ? 1 : z < 15 ? 1.8 : 3)),
      ...fill("building").map((rule) => ({ ...rule, minzoom: 13 })),
      ...ROADS.slice(1).flatMap(edge),
      ...line("path", color("path"), width("path"), {}, { minzoom: 14 }),
      ...ROADS.slice(1).flatMap((kind) => line(kind, color(kind), width(kind))),
      ...line("rail", color("rail"), (z) => (z < 13 ? 0.7 : 1.3), {}, { minzoom: 11 }),
      ...line("boundary", color("boundary"), 1),
    ];
  };

  // Layers nobody here knows: their shapes in grey, which says where roads and houses are and no more.
  const unknown = (layers, color) =>
    layers.flatMap((dataLayer) => [
      {
        dataLayer,
        symbolizer: new P.PolygonSymbolizer({ fill: color("any-area") }),
        filter: ofShape(AREA, any),
      },
      {
        dataLayer,
        symbolizer: new P.LineSymbolizer({ color: color("any-line"), width: (z) => (z < 13 ? 0.8 : 1.6) }),
        filter: ofShape(LINE, any),
      },
      {
        dataLayer,
        symbolizer: new P.CircleSymbolizer({ radius: 1.6, fill: color("any-line") }),
        filter: ofShape(POINT, any),
      },
    ]);

  const nameOf = (props) => {
    const name = props["name:fr"] ?? props.name ?? props["name:latin"] ?? props.name_fr;
    return typeof name === "string" ? name.slice(0, 80) : "";
  };

  // What one tile names: places as [name, rank, feature], 0 the greatest, and streets as [name, feature].
  const names = (scheme, data, zoom) => {
    const known = SCHEMES[scheme];
    if (!known) return { places: [], streets: [] };
    const named = (layer) => (data.get(layer) ?? []).filter(({ props }) => nameOf(props));
    const places = named(known.places.layer)
      .filter(({ geomType, props }) => geomType === POINT && known.places.kind(props) in VILLAGES)
      .map((feature) => [nameOf(feature.props), VILLAGES[known.places.kind(feature.props)], feature]);
    const pois = zoom < 16 ? [] : named(known.pois).filter(({ geomType }) => geomType === POINT);
    const ways = zoom < 14 ? [] : known.streets.flatMap(named).filter(({ geomType }) => geomType === LINE);
    return {
      places: [...places, ...pois.map((feature) => [nameOf(feature.props), 6, feature])],
      streets: ways.map((feature) => [nameOf(feature.props), feature]),
    };
  };

  return { rules, names, land: () => colors()("land") };
})();
