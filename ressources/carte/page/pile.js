// The list of records that share one spot: ten thousand of them scroll like ten, because only the rows in sight are in
// the page. One stop of the keyboard; arrows, pages, Début and Fin go through it, Entrée opens.

"use strict";

Maillage.pile = (() => {
  const { element, sign, label } = Maillage.signs;
  const AHEAD = 4; // rows kept beyond what is in sight
  const REST = 60; // ms: rows that only fly past ask for nothing
  const KEYS = { ArrowDown: 1, ArrowUp: -1, PageDown: 4, PageUp: -4, Home: -Infinity, End: Infinity };

  // `members` are the records in order; `details` promises the text of one; `choose` opens it.
  const make = (name, members, details, choose) => {
    const list = element("div", "pile");
    const inside = element("div", "inside");
    const known = new Map(); // place -> its text
    const shown = new Map(); // place -> its row
    let active = 0;
    let timer = 0;

    list.append(inside);
    list.tabIndex = 0;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", name);

    const rowHeight = () => 3 * parseFloat(getComputedStyle(document.documentElement).fontSize);

    const row = (place) => {
      const made = element("div", "row");
      made.id = `pile-${place}`;
      made.setAttribute("role", "option");
      made.setAttribute("aria-setsize", members.length);
      made.setAttribute("aria-posinset", place + 1);
      made.style.top = `${place * 3}rem`;
      made.append(sign(members[place].kind, "", members[place].vague), element("span", "words"));
      made.addEventListener("click", (event) => {
        event.stopPropagation(); // Leaflet would take it for a click on the map
        choose(members[place]);
      });
      return made;
    };

    const write = (place) => {
      const record = known.get(place);
      const made = shown.get(place);
      if (!record || !made) return;
      const lines = [element("b", "", record.title), element("span", "what", record.line)];
      made.querySelector(".words").replaceChildren(...lines);
      const words = [label(members[place].kind), record.title, record.line];
      made.setAttribute("aria-label", words.filter(Boolean).join(", "));
    };

    const read = () => {
      for (const place of shown.keys()) {
        if (known.has(place)) continue;
        known.set(place, null);
        details(members[place].id).then((record) => {
          known.set(place, record ?? { title: "", line: "" });
          write(place);
        });
      }
    };

    const draw = () => {
      const height = rowHeight();
      const first = Math.max(0, Math.floor(list.scrollTop / height) - AHEAD);
      const last = Math.min(members.length, Math.ceil((list.scrollTop + list.clientHeight) / height) + AHEAD);
      for (const [place, made] of shown) {
        if (place >= first && place < last) continue;
        made.remove();
        shown.delete(place);
      }
      for (let place = first; place < last; place++) {
        if (shown.has(place)) continue;
        shown.set(place, row(place));
        inside.append(shown.get(place));
        write(place);
      }
      mark();
      clearTimeout(timer);
      timer = setTimeout(read, REST);
    };

    const mark = () => {
      for (const [place, made] of shown) made.setAttribute("aria-selected", String(place === active));
      list.setAttribute("aria-activedescendant", `pile-${active}`);
    };

    const goTo = (place) => {
      active = Math.min(members.length - 1, Math.max(0, place));
      const height = rowHeight();
      const top = active * height;
      if (top < list.scrollTop) list.scrollTop = top;
      else if (top + height > list.scrollTop + list.clientHeight) list.scrollTop = top + height - list.clientHeight;
      draw();
    };

    list.addEventListener("scroll", draw);
    list.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key in KEYS) goTo(active + KEYS[event.key]);
      else if (event.key === "Enter" || event.key === " ") choose(members[active]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    inside.style.height = `${members.length * 3}rem`;
    return { list, draw, goTo, place: () => active };
  };

  return { make };
})();
