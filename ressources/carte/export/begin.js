// The exported map stands alone: no program behind it, no network. What the live page gets by asking stands in this very
// page, as a list of sheets and two blocks of JSON.

"use strict";

window.Maillage = {};

{
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    root.dataset.theme = dark.matches && !root.classList.contains("papier") ? "dark" : "light";
    Maillage.baseMap?.refresh();
  };
  root.classList.add("js"); // without scripts the whole list shows, and no empty map
  follow();
  dark.addEventListener?.("change", follow);
  // Paper is light, and wants neither buttons nor popups.
  Maillage.onPaper = (paper) => {
    root.classList.toggle("papier", paper);
    follow();
  };
}
