// Points gathered into groups, by supercluster: each zoom by itself, when it is asked for. Grouping all zooms at once, as
// supercluster does by default, takes ten times as long, and the one in sight would wait for all.

"use strict";

Maillage.groups = (() => {
  const KEPT = 6; // zooms

  const deeds = () => {
    let places = { lat: [], lon: [] };
    let features = []; // of the points shown
    const levels = new Map(); // zoom and radius -> supercluster

    const point = (row) => ({
      properties: { row },
      geometry: { type: "Point", coordinates: [places.lon[row], places.lat[row]] },
    });

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

      // `rows` of the points to group.
      show: (rows) => {
        features = Array.from(rows, point);
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
          level.name[at] = properties.cluster_id ?? properties.row;
        });
        return level;
      },

      // The rows of a group, in the order they came: that of the directory's list.
      members: ({ zoom, radius, group }) => {
        const leaves = levelOf(zoom, radius).getLeaves(group, Infinity);
        return { rows: Int32Array.from(leaves, (leaf) => leaf.properties.row).sort() };
      },
    };
  };

  return { deeds };
})();
