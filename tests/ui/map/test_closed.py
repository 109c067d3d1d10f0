"""Nothing typed by anybody runs in the map, and nothing in the map reaches anything."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEngineSettings

from tests.hostile import HOSTILE
from tests.ui.map.conftest import FLORAC, InventedSource, Shown, record_id
from ui.map import bridge, scheme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.webengine

Show = Callable[..., Shown]

# Beside the common list: what aims at a script's strings, templates and attributes.
AIMED = (
    "<img src=x onerror=window.hits=1>${window.hits=2}",
    "`;window.hits=3;`",
    '"onmouseover="window.hits=4" x="',
    "<svg/onload=window.hits=5>",
    "&lt;b&gt; &amp; \\u003c",
    "{{7*7}} {% raw %} %(title)s {title} {n}",
    "'); window.hits=6; ('",
    "javascript:window.hits=7",
    "$& $1 $$",
)
# Each of these in each of those: what a text could break out of, and what it could then run.
RUNS = ("window.hits=8", "parent.hits=9", "fetch('/evenement/pret/')", "alert(1)", "import('/x.js')")
CONTEXTS = (
    "<img src=x onerror={}>",
    "<svg/onload={}>",
    "<script>{}</script>",
    "</script><script>{}//",
    "</textarea><script>{}",
    "<iframe srcdoc='<script>{}</script>'>",
    "<body onload={}>",
    "<details open ontoggle={}>",
    "<a href=javascript:{}>x",
    "<math><mtext><img src=x onerror={}>",
    "<style>@import 'x';</style><b onfocus={} autofocus tabindex=0>",
    "--><img src=x onerror={}>",
    '"onmouseover="{}" x="',
    "'onfocus='{}' autofocus='",
    "${{{}}}",
    "`;{};`",
    "');{};('",
    '");{};("',
    "\\u003cimg src=x onerror={}\\u003e",
    "&lt;img src=x onerror={}&gt;",
    "&#60;img src=x onerror={}&#62;",
    "%3Cimg src=x onerror={}%3E",
    "<IMG SRC=x OnErRoR={}>",
    "<img/src=x/onerror={}>",
    "<img src=x onerror={}",
    "<<script>{}</script>",
    "<scr\x00ipt>{}</script>",
    "{{{{{}}}}}",
    "javascript:{}",
    "data:text/html,<script>{}</script>",
    "\u202e<img src=x onerror={}>",
    "<svg><script>{}</script></svg>",
    "<base href=//127.0.0.1/><script src=x>{}</script>",
    "<meta http-equiv=refresh content='0;javascript:{}'>",
    "<object data='javascript:{}'>",
    "<form><button formaction=javascript:{}>x",
    "<input onfocus={} autofocus>",
    "<video><source onerror={}></video>",
    "<template><img src=x onerror={}></template>",
    "]]><img src=x onerror={}>",
)
CROSSED = [context.format(run) for context in CONTEXTS for run in RUNS]
TEXTS = [text[:20_000] for text in (*HOSTILE, *AIMED) if text]


def all_the_same(text: str) -> dict[str, str]:
    return {"line": text, "commune": text, "opening": text, "code": text}


def test_hostile_texts_are_shown_as_they_are_in_popups(source: InventedSource, show: Show) -> None:
    records = [source.add(44.5, 3.5, "place", text, **all_the_same(text)) for text in TEXTS]
    shown = show(before=lambda view: view.centre(44.5, 3.5, 10))
    for identity, text in zip(records, TEXTS, strict=True):
        shown.view.select(identity)
        shown.wait_for(f"document.querySelector('.card')?.getAttribute('aria-label') === {json.dumps(text)}")
        texts = shown.run(
            "const c = document.querySelector('.card');"
            "return ['h2', '.what', '.fact', '.code'].map(s => c.querySelector(s).textContent);"
        )
        assert texts == [text, f"{text} · {text}", text, text]
    assert shown.run("return window.hits;") is None
    assert not shown.view.gate.refused


EVERY_CARD = """
const wrong = [];
const words = (part) => document.querySelector(`.card ${part}`)?.textContent;
for (const [id, text] of %s) {
  Maillage.receive({ select: id });
  for (let i = 0; i < 100 && words(".code") !== text; i++) await new Promise((r) => setTimeout(r, 5));
  const parts = ["h2", ".fact", ".code"].map(words);
  if (parts.some((part) => part !== text)) wrong.push([text, parts]);
}
return [wrong, window.hits ?? null, document.querySelectorAll("iframe, object, base, .card script").length];
"""


def test_two_hundred_ways_out_of_a_text_lead_nowhere(source: InventedSource, show: Show) -> None:
    assert len(CROSSED) >= 200
    texts = [*CROSSED, "<b>" + "a" * 20_000]
    cards = [(source.add(44.5, 3.5, "place", text, **all_the_same(text)), text) for text in texts]
    shown = show(before=lambda view: view.centre(44.5, 3.5, 10))
    for some in (cards[n : n + 15] for n in range(0, len(cards), 15)):
        assert shown.run(EVERY_CARD % json.dumps(some)) == [[], None, 0]
    assert not shown.view.gate.refused


def test_hostile_texts_are_shown_as_they_are_in_lists_and_hints(source: InventedSource, show: Show) -> None:
    texts = TEXTS[:20] + list(AIMED)
    records = [source.add(*FLORAC, "person", text, **all_the_same(text)) for text in texts]
    shown = show(before=lambda view: view.centre(*FLORAC, 10))
    shown.click(".ring")
    shown.wait_for("document.activeElement.className === 'pile'")
    for number, text in enumerate(texts, 1):
        row = f"document.querySelector('.pile [aria-posinset=\"{number}\"]')"
        shown.wait_for(f"{row}?.querySelector('b')")
        listed = shown.run(f"return ['b', '.what'].map(part => {row}.querySelector(part).textContent);")
        assert listed == [text, text]
        shown.press("ArrowDown")
    shown.run("Maillage.popup.close();")
    for identity, text in zip(records, texts, strict=True):
        shown.run(
            f"Maillage.records.choose('{identity}');"
            f"Maillage.popup.hint(Maillage.records.itemOf('{identity}'), Maillage.records.spotOf('{identity}'));"
        )
        shown.wait_for("document.querySelector('.nom')")
        assert shown.run("return document.querySelector('.nom').textContent;") == text
    assert shown.run("return window.hits;") is None
    assert not shown.view.gate.refused


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine that notes whoever calls, one way or the other."""
    calls: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    packets.bind(("127.0.0.1", port))
    packets.settimeout(0.05)
    over = threading.Event()

    def listen() -> None:
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            calls.append("a call")
            connection.close()

    def receive() -> None:
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                packets.recv(2048)
                calls.append("a packet")

    threads = [threading.Thread(target=work) for work in (listen, receive)]
    for thread in threads:
        thread.start()
    yield port, calls
    over.set()
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    for thread in threads:
        thread.join()
    packets.close()


BAD_PAGE = """<!doctype html><html><head><meta charset="utf-8">
<script>window.inline = 1</script>
<script src="http://127.0.0.1:{port}/a.js"></script>
<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css">
<style>body {{ color: rgb(1, 2, 3) }}</style>
{base}</head><body onload="window.handler = 1">
<img src="http://127.0.0.1:{port}/a.png"><img src="x" onerror="window.handler = 1">
<iframe src="http://127.0.0.1:{port}/"></iframe><iframe srcdoc="<script>parent.inline = 1</script>"></iframe>
<script src="/bad.js"></script></body></html>"""
BAD_SCRIPT = """(async () => {{
  if (typeof document === "undefined") {{
    const got = [];
    const tries = {{
      fetch: () => fetch("http://127.0.0.1:{port}/"),
      file: () => fetch("file:///etc/hostname"),
      script: async () => importScripts("http://127.0.0.1:{port}/a.js"),
      text: async () => eval("1 + 1"),
      worker: () => new Promise((yes, no) => {{
        const w = new Worker("data:text/javascript,postMessage(1)"); w.onmessage = yes; w.onerror = no;
      }}),
      socket: () => new Promise((yes, no) => {{
        const s = new WebSocket("ws://127.0.0.1:{port}/"); s.onopen = yes; s.onerror = no;
      }}),
      event: async () => {{ if (!(await fetch("/evenement/effacer/1", {{ method: "POST" }})).ok) throw new Error(); }},
    }};
    for (const [name, work] of Object.entries(tries)) try {{ await work(); got.push(name); }} catch {{}}
    return postMessage(got.join());
  }}
  const found = {{}};
  const attempt = async (name, work) => {{
    try {{ found[name] = String(await work()); }} catch (problem) {{ found[name] = problem.name; }}
  }};
  await attempt("eval", () => eval("1 + 1"));
  await attempt("function", () => new Function("return 1")());
  await attempt("fetch", () => fetch("http://127.0.0.1:{port}/"));
  await attempt("file", () => fetch("file:///etc/hostname"));
  await attempt("socket", () => new Promise((yes, no) => {{
    const s = new WebSocket("ws://127.0.0.1:{port}/"); s.onopen = yes; s.onerror = () => no(new Error());
  }}));
  await attempt("worker", () => new Promise((yes, no) => {{
    const w = new Worker("/bad.js"); w.onerror = () => yes("none ran");
    w.onmessage = ({{ data }}) => (data ? yes(data) : no(new Error()));
  }}));
  const text = "data:text/javascript,postMessage(1)";
  const blob = URL.createObjectURL(new Blob(["postMessage(1)"]));
  const begun = (address) => () => new Promise((yes, no) => {{
    const w = new Worker(address); w.onmessage = yes; w.onerror = () => no(new Error());
  }});
  for (const address of [text, blob]) await attempt(`worker of ${{address.slice(0, 4)}}`, begun(address));
  await attempt("xhr", () => new Promise((yes, no) => {{
    const x = new XMLHttpRequest(); x.onload = yes; x.onerror = () => no(new Error());
    x.open("GET", "http://127.0.0.1:{port}/"); x.send();
  }}));
  await attempt("events", () => new Promise((yes, no) => {{
    const s = new EventSource("http://127.0.0.1:{port}/"); s.onopen = yes;
    s.onerror = () => {{ s.close(); no(new Error()); }};
  }}));
  navigator.sendBeacon("http://127.0.0.1:{port}/", "a");
  const hidden = document.createElement("iframe");
  document.body.append(hidden);
  const peers = [window, hidden.contentWindow].map((w) => w?.RTCPeerConnection).filter(Boolean);
  for (const Peer of peers) await attempt("peer", () => new Promise((yes, no) => {{
    const urls = ["stun:127.0.0.1:{port}", "turn:127.0.0.1:{port}?transport=tcp"];
    const p = new Peer({{ iceServers: [{{ urls, username: "a", credential: "b" }}] }});
    p.createDataChannel("a");
    p.onicecandidate = (e) => {{ if (e.candidate && / srflx /.test(e.candidate.candidate)) yes("an address"); }};
    p.createOffer().then((o) => p.setLocalDescription(o));
    setTimeout(() => no(new Error()), 700);
  }}));
  await attempt("popup", () => window.open("http://127.0.0.1:{port}/"));
  await attempt("clipboard", () => navigator.clipboard.readText());
  await attempt("copying", () => navigator.clipboard.writeText("a"));
  await attempt("copy", async () => document.execCommand("copy") || Promise.reject(new Error()));
  await attempt("notes", async () => {{
    if (await Notification.requestPermission() === "denied") throw new Error();
    return "may notify";
  }});
  await attempt("service", () => navigator.serviceWorker.register("/bad.js"));
  await attempt("frame", () => new Promise((yes, no) => {{
    const f = document.createElement("iframe"); f.src = "file:///etc/hostname";
    f.onload = () => (f.contentDocument?.body?.textContent ? yes("a file") : no(new Error()));
    document.body.append(f); setTimeout(() => no(new Error()), 200);
  }}));
  await attempt("storage", () => localStorage.setItem("a", "b"));
  await attempt("location", () => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no)));
  await attempt("camera", () => navigator.mediaDevices.getUserMedia({{ video: true }}));
  await attempt("event", async () => (await fetch("/evenement/effacer/1", {{ method: "POST" }})).status);
  await attempt("geturl", async () => (await fetch("/evenement/pret/")).status);
  await attempt("disk", async () => (await fetch("/../../../pyproject.toml")).status);
  await attempt("tile", async () => (await fetch("/tuiles/../1/1/1")).status);
  setTimeout(() => {{ location.href = "http://127.0.0.1:{port}/left"; }}, 0);
  const form = document.createElement("form");
  form.action = "http://127.0.0.1:{port}/"; form.method = "post"; document.body.append(form);
  try {{ form.submit(); }} catch {{ found.form = "refused"; }}
  const link = document.createElement("a");
  link.href = "data:text/plain,abc"; link.download = "abc.txt"; document.body.append(link); link.click();
  await new Promise(r => setTimeout(r, 300));
  window.found = JSON.stringify(found);
  fetch("/evenement/pret/", {{ method: "POST" }});
}})();"""


def serve_bad_page(monkeypatch: pytest.MonkeyPatch, port: int, base: str = "") -> None:
    files = {"index.html": BAD_PAGE.format(port=port, base=base), "bad.js": BAD_SCRIPT.format(port=port)}
    monkeypatch.setattr(scheme, "page_file", lambda name: files[name].encode() if name in files else None)


def test_a_page_that_tries_everything_gets_nothing(
    show: Show, listener: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, calls = listener
    serve_bad_page(monkeypatch, port, base=f'<base href="http://127.0.0.1:{port}/">')
    shown = show()
    found = json.loads(shown.run("return window.found;"))
    # null is window.open()'s refusal; geolocation refuses with an object that is not an error.
    refusals = {
        "EvalError",
        "TypeError",
        "Error",
        "SecurityError",
        "NotAllowedError",
        "NotFoundError",
        "null",
        "undefined",
        "404",
    }
    assert {name: answer for name, answer in found.items() if answer not in refusals} == {}
    assert set(found) >= {"eval", "function", "fetch", "file", "socket", "event", "geturl", "disk", "tile"}
    assert shown.run("return [window.inline, window.handler];") == [None, None]
    assert shown.run("return getComputedStyle(document.body).color;") == "rgb(0, 0, 0)"
    assert shown.run("return location.href;") == "maillage://app/"
    assert calls == []


def test_the_gate_stops_what_no_policy_stopped(
    show: Show, listener: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, calls = listener
    monkeypatch.setattr(scheme, "HEADERS", {})
    serve_bad_page(monkeypatch, port)
    shown = show()
    # Without the policy the page runs its own code: so the test above can fail.
    assert shown.run("return window.inline;") == 1
    refused = {QUrl(url).path() for url in shown.view.gate.refused}
    assert refused >= {"/a.js", "/a.css", "/a.png"}
    assert shown.run("return location.href;") == "maillage://app/"
    assert calls == []


def test_an_ordinary_session_asks_for_nothing_outside(source: InventedSource, show: Show) -> None:
    identity = source.add(*FLORAC, "place", "Le Relais")
    shown = show(before=lambda view: view.centre(*FLORAC, 10))
    shown.view.select(identity)
    shown.wait_for("document.querySelector('.card')")
    for zoom in (5, 9, 14):
        shown.view.centre(*FLORAC, zoom)
    shown.wait_for("map_maillage.getZoom() === 14")
    asked = shown.run("return performance.getEntriesByType('resource').map(e => e.name);")
    assert {url for url in asked if not url.startswith("maillage://app/")} == set()
    assert not shown.view.gate.refused


APPROVED_ON = ["AutoLoadImages", "JavascriptEnabled", "ShowScrollBars", "ReadingFromCanvasEnabled"]


def test_settings_are_the_approved_ones(source: InventedSource, show: Show) -> None:
    shown = show()
    profile = shown.view._page.profile()
    for settings in (shown.view._page.settings(), profile.settings()):
        on = [a.name for a in QWebEngineSettings.WebAttribute if settings.testAttribute(a)]
        assert on == APPROVED_ON
        policy = QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes
        assert settings.unknownUrlSchemePolicy() == policy
    assert profile.isOffTheRecord()
    assert not profile.isSpellCheckEnabled()
    assert profile.persistentCookiesPolicy() == profile.PersistentCookiesPolicy.NoPersistentCookies


def test_the_bridge_is_these_events_and_no_object(source: InventedSource, show: Show) -> None:
    assert {name: form.pattern for name, form in bridge.EVENTS.items()} == {
        "pret": "",
        "peinte": "",
        "choisie": "[0-9a-f]{32}",
        "ouvrir": "[0-9a-f]{32}",
        "autour": "[0-9a-f]{32}",
        "vue": ",".join([r"-?\d{1,3}(?:\.\d{1,8})?"] * 7),
        "centre": ",".join([r"-?\d{1,3}(?:\.\d{1,8})?"] * 2),
        "rayon": r"\d{1,3}",
        "point": ",".join([r"-?\d{1,3}(?:\.\d{1,8})?"] * 2),
        "deplacer": "[0-9a-f]{32}",
        "bouge": ",".join([r"-?\d{1,3}(?:\.\d{1,8})?"] * 3),
        "pose": "",
        "laisse": "",
    }
    shown = show()
    assert shown.view._page.webChannel() is None
    assert shown.run("return typeof window.qt;") == "undefined"


@pytest.mark.parametrize(
    "path",
    [
        "/evenement/",
        "/evenement/effacer/" + record_id(1),
        "/evenement/ouvrir/",
        "/evenement/ouvrir/" + record_id(1).upper().replace("0", "A"),
        "/evenement/ouvrir/" + record_id(1) + "/x",
        "/evenement/ouvrir/" + record_id(1) + "\n",
        "/evenement/vue/1,2,3",
        "/evenement/vue/1,2,3,4,5,6,1e9",
        "/evenement/point/44.5",
        "/evenement/point/44.5,3.5,1",
        "/evenement/pret/x",
        "/autre/pret/",
    ],
)
def test_anything_else_is_no_event(path: str) -> None:
    assert bridge.parse(path) is None


def test_events_are_read() -> None:
    assert bridge.parse("/evenement/pret/") == bridge.Event("pret", "")
    assert bridge.parse(f"/evenement/ouvrir/{record_id(7)}") == bridge.Event("ouvrir", record_id(7))
    assert bridge.parse("/evenement/vue/1.5,-2,3,4,5,6,9") == bridge.Event("vue", "1.5,-2,3,4,5,6,9")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:24]))
def test_commands_carry_any_text_as_text(text: str) -> None:
    script = bridge.script({"select": text})
    match = re.fullmatch(r"Maillage\.receive\((.*)\)", script, re.DOTALL)
    assert match
    assert json.loads(match[1]) == {"select": text}
    assert "\u2028" not in script


def test_importing_the_package_loads_no_web_engine() -> None:
    code = "import sys, ui.map, ui.map.bridge; print([m for m in sys.modules if 'WebEngine' in m or 'PySide6' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_source_that_fails_leaves_the_page_waiting_for_nothing(
    source: InventedSource, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = source.add(*FLORAC, "place", "Le Relais")
    shown = show(before=lambda view: view.centre(*FLORAC, 10))

    def fail(_record_id: str) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(source, "details", fail)
    with qtbot.capture_exceptions() as exceptions:
        answer = shown.run(f"return Maillage.ask('/donnees/fiche/{identity}');")
    assert answer is None
    assert [str(value) for _type, value, _trace in exceptions] == ["the disk is gone"]
