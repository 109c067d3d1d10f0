// Points gathered into groups, by supercluster: each zoom by itself, when it is asked for. Grouping all zooms at once, as
// supercluster does by default, takes ten times as long, and the one in sight would wait for all.

"use strict";

Maillage.groups = (() => {
  const KEPT = 6; // zooms

  const deeds = () => {
    let places = { lat: [], lon: [] };
    let rows = []; // of the points shown
    const levels = new Map(); // zoom and radius -> supercluster

    // Each point in turn, as supercluster reads them: it keeps the properties, here the row, and copies the place. One
    // object lent for all of them, as to make 50,000 takes as long as to group them.
    const features = {
      get length() {
        return rows.length;
      },
      *[Symbol.iterator]() {
        const coordinates = [0, 0];
        const lent = { properties: 0, geometry: { type: "Point", coordinates } };
        for (const row of rows) {
          coordinates[0] = places.lon[row];
          coordinates[1] = places.lat[row];
          lent.properties = row;
          yield lent;
        }
      },
    };

    const levelOf = (zoom, radius) => {
      const key = `${zoom} ${radius}`;
      if (!levels.has(key)) {
        if (levels.size >= KEPT) levels.delete(levels.keys().next().value);
        const groups = new Supercluster({ radius, extent: 256, minZoom: zoom, maxZoom: zoom });
        levels.set(key, groups.load(features));
      }
      return levels.get(key);
    };

    return {
      points: (given) => {
        places = given;
      },

      // The rows of the points to group.
      show: (chosen) => {
        rows = chosen;
        levels.clear();
      },

      // Groups and single points in columns: where, how many, and the group's name or the point's row.
      level: ({ zoom, radius }) => {
        const found = levelOf(zoom, radius).getClusters([-180, -90, 180, 90], zoom);
        const level = {
          lat: new Float64Array(found.length),
          lon: new Float64Array(found.length),
          count: new Int32Array(found.length),
          name: new Int32Array(found.length),
        };
        found.forEach(({ geometry, properties }, at) => {
          [level.lon[at], level.lat[at]] = geometry.coordinates;
          level.count[at] = properties.point_count ?? 1;
          level.name[at] = properties.cluster_id ?? properties;
        });
        return level;
      },

      // The rows of a group, in the order they came: that of the directory's list.
      members: ({ zoom, radius, group }) => {
        const leaves = levelOf(zoom, radius).getLeaves(group, Infinity);
        return { rows: Int32Array.from(leaves, (leaf) => leaf.properties).sort() };
      },
    };
  };

  return { deeds };
})();
