// The grouping of the records beside the page: a zoom of 50,000 points takes longer than a frame. Only places come here.

"use strict";

self.Maillage = {};
importScripts("vendor/supercluster/supercluster.min.js", "beside.js", "groups.js");

Maillage.attend(Maillage.groups.deeds());
