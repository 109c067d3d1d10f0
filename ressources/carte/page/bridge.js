// The only two ways between the page and the program.
//
// Out: a POST to /evenement/<name>/<argument>, where the argument is an opaque id or four numbers. The program
// knows a fixed list of names (ui/map/bridge.py) and refuses the rest; nothing here can make it write or run anything.
// In:  receive({name: value}), called by the program. Values are JSON; a record's text is shown by textContent only.

"use strict";

window.Maillage = (() => {
  const handlers = new Map();

  const tell = (event, argument = "") =>
    fetch(`/evenement/${event}/${argument}`, { method: "POST" }).catch(() => undefined);

  // Answers null where the program has nothing (a record that left meanwhile).
  const ask = async (path) => {
    try {
      const answer = await fetch(path);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  };

  const on = (name, handler) => handlers.set(name, handler);

  const receive = (commands) => {
    for (const [name, value] of Object.entries(commands)) handlers.get(name)?.(value);
  };

  // A map that says every movement would drown the program: one frame's movements make one event.
  const oncePerFrame = (work) => {
    let waiting = false;
    return () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        work();
      });
    };
  };

  // The two that the first signs wait for, asked before the rest of the page is read; the points are the longer wait.
  const first = { points: ask("/donnees/points/0"), state: ask("/etat") };

  return { tell, ask, on, receive, oncePerFrame, first };
})();
