// Work done beside the page, in a worker: `deeds` is what it can do, by name. The page asks by `Maillage.beside`, the worker
// answers by `Maillage.serve`. A worker that cannot start, or fails, is replaced by the same deeds done in the page: slower,
// and otherwise the same. Nothing tells of one that ends without a word, but none does: no script of ours closes it, and
// a worker out of memory takes the whole page with it (measured), which the program notices (ui/map/watch.py).

"use strict";

Maillage.serve = (deeds, answer = postMessage) => {
  const wanted = new Set();

  const work = async ({ turn, deed, value }) => {
    wanted.add(turn);
    let made = null;
    try {
      made = await deeds[deed](value, () => wanted.has(turn));
    } catch {
      // Left behind by a movement, or beyond what can be read: the page does without.
    }
    if (wanted.delete(turn) && turn) answer({ turn, made: made ?? null }, buffersOf(made));
  };

  // What need not be copied on its way.
  const buffersOf = (made) => {
    if (made instanceof ImageBitmap) return [made];
    return Object.values(made ?? {}).filter(ArrayBuffer.isView).map((view) => view.buffer);
  };

  return { work, forget: (turn) => wanted.delete(turn) };
};

// The whole of a worker's script, once its deeds are there. Of a question that cannot be read nobody knows which it was:
// whoever asked is told by an error.
Maillage.attend = (deeds) => {
  const { work, forget } = Maillage.serve(deeds);
  self.onmessage = ({ data }) => (data.forget ? forget(data.forget) : work(data));
  self.onmessageerror = () => {
    throw new Error("a question that cannot be read");
  };
};

Maillage.beside = (file, makeDeeds) => {
  const waiting = new Map(); // turn -> { asked, resolve }
  const told = new Map(); // what was told, by deed: a stand-in must know it too
  let last = 0;
  let worker = null;
  let here = null;

  const answered = ({ turn, made }) => {
    waiting.get(turn)?.resolve(made);
    waiting.delete(turn);
  };

  const standIn = () => {
    if (here) return; // it may fail more than once before it is gone
    worker.terminate();
    here = Maillage.serve(makeDeeds(), answered);
    for (const [deed, value] of told) here.work({ turn: 0, deed, value });
    for (const { asked } of waiting.values()) here.work(asked);
  };

  const send = (asked) => (here ? here.work(asked) : worker.postMessage(asked));

  const tell = (deed, value) => {
    told.delete(deed);
    told.set(deed, value);
    send({ turn: 0, deed, value });
  };

  // The answer, null if there is none; `turn` is what to forget it by.
  const ask = (deed, value) => {
    const turn = ++last;
    const asked = { turn, deed, value };
    const answer = new Promise((resolve) => waiting.set(turn, { asked, resolve }));
    send(asked);
    return { turn, answer };
  };

  const forget = (turn) => {
    if (!waiting.has(turn)) return;
    answered({ turn, made: null });
    if (here) here.forget(turn);
    else worker.postMessage({ forget: turn });
  };

  worker = new Worker(file);
  worker.onmessage = ({ data }) => answered(data);
  worker.onerror = standIn;
  worker.addEventListener("messageerror", standIn); // Chromium has no property for it
  return { tell, ask, forget };
};
