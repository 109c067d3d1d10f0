// What opens on a sign: one record, or the list of those that share one spot. All texts come as JSON and are set by
// textContent. Échap closes and gives the focus back to where it was.

"use strict";

Maillage.popup = (() => {
  const PAGE = 20; // records of a pile shown at once
  const HINT_AFTER = 120; // ms: a pointer that only passes asks for nothing
  const { element, icon, sign, button } = Maillage.signs;
  let map = null;
  let texts = {};
  let popup = null;
  let silent = false;
  let returnTo = null;
  let turn = 0; // answers that come after another click are dropped
  let hinted = null;
  let hintTimer = 0;
  let covered = 0;

  const attach = (toMap, options) => {
    map = toMap;
    texts = options;
    map.on("movestart zoomstart", () => hint(null));
  };

  // In the sheet's little map a sign says who was chosen; the sheet itself shows the record.
  const silence = () => {
    silent = true;
  };

  const details = (id) => Maillage.ask(`/donnees/fiche/${id}`);

  // A click or Entrée on a sign: zoom into a group that can be parted, list one that cannot, else show the record.
  const open = (item, from) => {
    hint(null);
    if (silent) return item.id && Maillage.tell("choisie", item.id);
    if (!item.group) return openRecord(item, { from, tell: true });
    if (Maillage.records.isPile(item)) return openPile(item, from);
    return Maillage.records.partOf(item);
  };

  const openRecord = async (item, { from = null, tell = false, back = null } = {}) => {
    const mine = ++turn;
    const record = await details(item.id);
    if (mine !== turn || !record) return;
    Maillage.records.choose(item.id);
    if (tell) Maillage.tell("choisie", item.id);
    show([item.lat, item.lon], recordCard(item, record, back), {
      clearance: 20,
      wide: 250,
      from,
      focus: tell,
    });
  };

  const recordCard = (item, record, back) => {
    const card = dialog(record.title);
    if (back) card.append(button(texts.back, "quiet", back));
    const head = element("div", "head");
    head.append(element("h2", "", record.title), closeButton());
    card.append(head);
    const what = [record.line, record.commune].filter(Boolean).join(" · ");
    if (what) card.append(element("p", "what", what));
    if (record.opening) {
      const opening = element("p", "opening");
      opening.append(icon("clock"), element("span", "", record.opening));
      card.append(opening);
    }
    const actions = element("div", "actions");
    actions.append(
      button(texts.open, "primary", () => Maillage.tell("ouvrir", item.id)),
      button(texts.around, "", () => Maillage.tell("autour", item.id)),
    );
    card.append(actions);
    if (record.code) card.append(element("p", "code", record.code));
    return card;
  };

  const openPile = (item, from) => {
    ++turn;
    const title = texts.pile.replace("{n}", Maillage.signs.number(item.count));
    const card = dialog(title);
    const head = element("div", "head");
    head.append(element("h2", "", title), closeButton());
    const list = element("ul", "pile");
    card.append(head, list);
    show([item.lat, item.lon], card, { clearance: 17, wide: 300, from, focus: true });
    return fillPile(item, list, 0);
  };

  const fillPile = async (item, list, offset) => {
    const members = Maillage.records.inGroup(item, PAGE, offset);
    const found = await Promise.all(members.map((member) => details(member.id)));
    members.forEach((member, row) => {
      if (found[row]) list.append(pileRow(item, member, found[row]));
    });
    const left = item.count - offset - PAGE;
    if (left > 0) {
      const more = element("li");
      const text = texts.more.replace("{n}", Maillage.signs.number(left));
      more.append(
        button(text, "quiet", async () => {
          more.remove();
          await fillPile(item, list, offset + PAGE);
        }),
      );
      list.append(more);
    }
    if (!list.isConnected) return;
    settle();
    list.querySelectorAll(".row")[offset]?.focus({ preventScroll: offset === 0 });
  };

  const pileRow = (item, member, record) => {
    const row = element("li");
    const choice = button("", "row", () =>
      openRecord(member, { tell: true, from: returnTo, back: () => openPile(item, returnTo) }),
    );
    const words = element("span", "words");
    words.append(element("b", "", record.title), element("span", "what", record.line));
    choice.append(sign(member.kind), words);
    row.append(choice);
    return row;
  };

  const dialog = (name) => {
    const card = element("div", "card");
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", name);
    card.tabIndex = -1;
    return card;
  };

  const closeButton = () => {
    const made = button("", "close", () => close());
    made.setAttribute("aria-label", texts.close);
    made.append(icon("x"));
    return made;
  };

  const show = (at, card, { clearance, wide, from, focus }) => {
    const scale = Maillage.records.scale();
    const before = from ?? returnTo;
    popup?.remove();
    returnTo = before;
    popup = L.popup({
      closeButton: false,
      autoPan: false, // Leaflet's own is animated and does not know our controls
      closeOnEscapeKey: false,
      className: "bulle",
      minWidth: wide * scale,
      maxWidth: 340 * scale,
      offset: [0, -clearance * scale],
    })
      .setLatLng(at)
      .setContent(card)
      .openOn(map);
    popup.on("remove", forget);
    settle();
    if (focus) (card.querySelector(".primary, .row") ?? card).focus({ preventScroll: true });
  };

  const forget = (event) => {
    if (popup === event.target) popup = null;
  };

  // The program covers some of the map's top.
  const keepClear = (pixels) => {
    covered = pixels;
  };

  // Bring the whole card into view, clear of the controls on the right.
  const settle = () => {
    popup.update(); // takes its content out and puts it back: what had the focus loses it
    const card = popup.getElement().getBoundingClientRect();
    const frame = map.getContainer().getBoundingClientRect();
    const right = frame.right - 64;
    const x = Math.min(0, card.left - frame.left - 12) || Math.max(0, card.right - right);
    const y = Math.min(0, card.top - frame.top - 12 - covered) || Math.max(0, card.bottom - frame.bottom + 12);
    if (x || y) map.panBy([x, y], { animate: false });
  };

  const close = () => {
    if (!popup) return false;
    ++turn;
    popup.remove();
    popup = null;
    const sign = returnTo?.isConnected ? returnTo : Maillage.records.spotOf(Maillage.records.chosen);
    const target = sign ?? map.getContainer();
    returnTo = null;
    target.focus({ preventScroll: true });
    return true;
  };

  // The name beside a sign under the pointer or in focus. Not the title attribute: Qt shows that as rich text.
  const hint = (item, spot) => {
    clearTimeout(hintTimer);
    hinted?.remove();
    hinted = null;
    if (!item?.id || popup?.getLatLng().equals([item.lat, item.lon])) return;
    hintTimer = setTimeout(async () => {
      const mine = hintTimer;
      const record = await details(item.id);
      if (mine !== hintTimer || !record) return;
      spot.setAttribute("aria-label", `${Maillage.signs.label(item.kind)}, ${record.title}`);
      const place = L.latLng(item.lat, item.lon);
      const above = map.latLngToContainerPoint(place).y > 70;
      hinted = L.tooltip({
        className: "nom",
        direction: above ? "top" : "bottom",
        offset: [0, above ? -14 : 14],
        interactive: false,
      })
        .setLatLng(place)
        .setContent(element("span", "", record.title))
        .addTo(map);
    }, HINT_AFTER);
  };

  return { attach, silence, keepClear, open, openRecord, close, hint };
})();
