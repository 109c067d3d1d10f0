// What opens on a sign: one record, or the list of those that share one spot. All texts come as JSON and are set by
// textContent. Échap closes and gives the focus back to where it was.

"use strict";

Maillage.popup = (() => {
  const HINT_AFTER = 120; // ms: a pointer that only passes asks for nothing
  const { element, icon, button } = Maillage.signs;
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
    return item.group ? openGroup(item, from) : openRecord(item, { from, tell: true });
  };

  const openGroup = async (item, from) => {
    const mine = ++turn;
    const members = await Maillage.records.inGroup(item);
    if (mine !== turn || !members.length) return;
    if (Maillage.records.isPile(members)) openPile(item, members, from);
    else Maillage.records.part(members);
  };

  const openRecord = async (item, { from = null, tell = false, back = null } = {}) => {
    const mine = ++turn;
    const record = await details(item.id);
    if (mine !== turn || !record) return;
    Maillage.records.choose(item.id);
    if (tell) Maillage.tell("choisie", item.id);
    show([item.lat, item.lon], recordCard(item, record, back), {
      clearance: 20,
      wide: 336, // three buttons side by side
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
    const body = element("div", "body");
    const words = element("div");
    if (what) words.append(element("p", "what", what));
    if (record.opening) words.append(fact("clock", record.opening));
    const far = Maillage.circle.distanceWords(item);
    if (far) words.append(fact("crosshair", far));
    if (item.vague) words.append(fact("map-pin", item.vague > 1 ? texts.doubtful : texts.about));
    body.append(words);
    if (record.photo) body.append(photo(record));
    card.append(body);
    const actions = element("div", "actions");
    actions.append(
      button(texts.open, "primary", () => Maillage.tell("ouvrir", item.id)),
      button(texts.around, "", () => Maillage.tell("autour", item.id)),
      button(texts.move, "", () => Maillage.tell("deplacer", item.id)),
    );
    card.append(actions);
    if (record.code) card.append(element("p", "code", record.code));
    return card;
  };

  // A card about something that is no record: its title and parts already made.
  const openCard = (at, title, parts, { clearance, wide = 250 }) => {
    ++turn;
    hint(null);
    const card = dialog(title);
    const head = element("div", "head");
    head.append(element("h2", "", title), closeButton());
    card.append(head, ...parts);
    show(at, card, { clearance, wide, from: null, focus: true });
  };

  const fact = (symbol, text) => {
    const line = element("p", "fact");
    line.append(icon(symbol), element("span", "", text));
    return line;
  };

  const photo = (record) => {
    const made = element("img", "photo");
    made.src = record.photo;
    made.alt = record.photoWords ?? "";
    made.addEventListener("error", () => made.remove());
    return made;
  };

  // `at`: the row to come back to.
  const openPile = (item, members, from, at = 0) => {
    ++turn;
    const title = texts.pile.replace("{n}", Maillage.signs.number(item.count));
    const card = dialog(title);
    const head = element("div", "head");
    head.append(element("h2", "", title), closeButton());
    const pile = Maillage.pile.make(title, members, details, (member) =>
      openRecord(member, { tell: true, from: returnTo, back: () => openPile(item, members, returnTo, pile.place()) }),
    );
    card.append(head, pile.list);
    show([item.lat, item.lon], card, { clearance: 17, wide: 300, from });
    pile.goTo(at);
    pile.list.focus({ preventScroll: true });
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
    if (focus) (card.querySelector(".primary") ?? card).focus({ preventScroll: true });
  };

  const forget = (event) => {
    if (popup === event.target) popup = null;
  };

  // The program covers some of the map's top.
  const keepClear = (pixels) => {
    covered = pixels;
  };

  // Bring the whole card into view, clear of the controls at the right and of the scale below them.
  const settle = () => {
    popup.update(); // takes its content out and puts it back: what had the focus loses it
    const card = popup.getElement().getBoundingClientRect();
    const frame = map.getContainer().getBoundingClientRect();
    const right = frame.right - 64;
    const below = Maillage.controls.roomy() ? 76 * Maillage.records.scale() : 12;
    const x = Math.min(0, card.left - frame.left - 12) || Math.max(0, card.right - right);
    const y = Math.min(0, card.top - frame.top - 12 - covered) || Math.max(0, card.bottom - frame.bottom + below);
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

  return { attach, silence, keepClear, open, openRecord, openCard, close, hint };
})();
