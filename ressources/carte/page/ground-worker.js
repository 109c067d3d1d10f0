// The base map's drawing beside the page: tiles are read and painted here, so that no movement waits for them. It can ask
// our own scheme for tiles and nothing else; no record ever comes here.

"use strict";

self.Maillage = {};
importScripts("vendor/protomaps-leaflet/protomaps-leaflet.js", "beside.js", "ground.js", "archives.js");

Maillage.attend(Maillage.archives.deeds());
