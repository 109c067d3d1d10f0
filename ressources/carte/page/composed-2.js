/* Composed by appli/documents/map_page.py: change it there. */
var map_maillage = L.map(
"map_maillage",
{
center: [46.6, 2.5],
crs: L.CRS.EPSG3857,
...{
"zoom": 6,
"zoomControl": false,
"preferCanvas": false,
"attributionControl": false,
"keyboard": false,
"minZoom": 5,
"maxZoom": 18,
"fadeAnimation": false,
"zoomAnimation": false,
"markerZoomAnimation": false,
"inertia": false,
}
}
);
Maillage.signs.attach(map_maillage, {"kinds": [["person", "Personne"], ["organization", "Structure"], ["project", "Projet"], ["place", "Lieu"], ["equipment", "Mat\u00e9riel"], ["event", "\u00c9v\u00e9nement"], ["offer", "Offre"], ["need", "Besoin"], ["commons", "Commun"], ["page", "Page"], ["route", "Parcours"]], "texts": {"many": "{n} fiches", "one": "{n} fiche"}});
Maillage.records.attach(map_maillage, {});
Maillage.circle.attach(map_maillage, {"close": "tout pr\u00e8s de {name}", "distance": "\u00e0 {n}\u00a0km de {name}", "edge": "Agrandir ou r\u00e9duire le cercle", "km": "{n}\u00a0km", "middle": "D\u00e9placer le centre du cercle"});
Maillage.popup.attach(map_maillage, {"about": "Position \u00e0 la commune pr\u00e8s", "around": "Autour d\u2019ici", "back": "Retour \u00e0 la liste", "close": "Fermer", "doubtful": "Position \u00e0 v\u00e9rifier\u00a0: \u00ab\u00a0\u00c0 localiser\u00a0\u00bb dit pourquoi", "move": "D\u00e9placer\u2026", "open": "Ouvrir la fiche", "pile": "{n} fiches ici"});
Maillage.moving.attach(map_maillage, {"name": "Signe de {title}, \u00e0 d\u00e9placer"});
Maillage.keyboard.attach(map_maillage, {"name": "Carte des fiches"});
Maillage.layers.attach(map_maillage, {"back": "Retour \u00e0 la liste", "closer": "Agrandissez la carte pour les s\u00e9parer.", "several": "{name}\u00a0: {n} ici"});
Maillage.controls.attach(map_maillage, {"about": "\u00c0 la commune pr\u00e8s", "attribution": "Fond de carte\u00a0: IGN, INSEE, Natural Earth", "doubtful": "Position \u00e0 v\u00e9rifier", "everything": "Voir toutes les fiches", "home": "Voir tout le territoire", "legend": "L\u00e9gende", "zoomIn": "Agrandir", "zoomOut": "R\u00e9duire"});
Maillage.detail.attach(map_maillage, {"maxZoom": 14});
Maillage.baseMap.attach(map_maillage, {"labels": {"places": [{"dot": 3, "size": 15, "weight": 700, "zoom": 4}, {"dot": 2.4, "size": 14, "weight": 600, "zoom": 8}, {"dot": 2, "size": 13.4, "weight": 500, "zoom": 10}, {"dot": 1.6, "size": 13.4, "weight": 500, "zoom": 12}, {"dot": 1.6, "size": 13.4, "weight": 400, "zoom": 12}, {"dot": 1.4, "size": 13.4, "weight": 400, "zoom": 14}, {"dot": 1.8, "size": 13.4, "weight": 400, "zoom": 16}], "ranks": [{"dot": 3, "people": 200000, "size": 15, "weight": 700, "zoom": 4}, {"dot": 2.6, "people": 60000, "seat": 4, "size": 14, "weight": 600, "zoom": 6}, {"dot": 2.4, "people": 15000, "seat": 3, "size": 13.4, "weight": 600, "zoom": 7}, {"dot": 2.2, "people": 4000, "seat": 2, "size": 13.4, "weight": 500, "zoom": 8}, {"dot": 2, "people": 1000, "size": 13.4, "weight": 400, "zoom": 9}, {"dot": 1.8, "people": 300, "size": 13.4, "weight": 400, "zoom": 10}, {"dot": 1.8, "people": 0, "size": 13.4, "weight": 400, "zoom": 11}]}, "maxZoom": 18, "minZoom": 5, "relief": {"archive": "relief", "maxZoom": 8}, "vector": {"archive": "fr", "maxZoom": 9}});
Maillage.picture.attach(map_maillage, {"attribution": "Fond de carte\u00a0: IGN, INSEE, Natural Earth"});
Maillage.start(map_maillage, {});
