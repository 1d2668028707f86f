// One playback at a time. hls.js tells the server about the player (CMCD version 2, event mode); the page tells it why the
// viewer pressed play and when they left. Both name the same view.
import { send, flush, flushAsBeacon } from "./events.js";
import { Truth } from "./truth.js";
import { positionOf, remember } from "./progress.js";

const ladder = "/media/test-pattern/master.m3u8";
const video = document.getElementById("video");
const dialog = document.getElementById("player");
const facts = document.getElementById("facts");

let current = null;
let whenClosed = () => {};

export function onClosed(handler) { whenClosed = handler; }

/** Starts a title. `place` says where it was shown: surface, row, position and the ranking request. */
export function play(title, place) {
  stop();
  const view = crypto.randomUUID();
  const truth = new Truth(video, view, title.title);
  current = { view, title, truth, seq: 0, hls: null, tick: 0 };
  window.__truth = truth;

  // The request leaves before hls.js exists: whatever the player tells later, the start counts from here.
  send({ kind: "playback_request", view, title: title.title, seq: current.seq++, ...place }, true);
  show(title);
  const hls = new Hls({
    startPosition: positionOf(title.title) || -1,
    maxBufferLength: 6,
    maxMaxBufferLength: 6,
    backBufferLength: 10,
    cmcd: {
      version: 2,
      sessionId: view,
      contentId: title.title,
      includeKeys: [],
      eventTargets: [{ url: "/streamsense/cmcd", events: ["ps", "e", "t", "bc", "pr"], interval: 5 }],
      loader: ({ url, ...init }) => fetch(url, { ...init, keepalive: true }),
    },
  });
  current.hls = hls;
  hls.on(Hls.Events.ERROR, (_, data) => data.fatal && fail(data));
  video.autoplay = true;
  video.style.filter = `hue-rotate(${title.hue}deg) saturate(.72) brightness(.86)`;
  hls.attachMedia(video);
  hls.loadSource(ladder);
  current.tick = setInterval(refresh, 250);
  refresh();
}

/** Ends the playback: the viewer closed the player, or the page goes away (`leaving`). */
export function stop(leaving = false) {
  if (!current) return;
  const { view, title, truth, hls, tick } = current;
  remember(title.title, video.currentTime, video.duration);
  const playheadMs = Math.round(video.currentTime * 1000);
  send({ kind: "playback_end", view, seq: current.seq++, reason: "quit", playheadMs });
  truth.end();
  if (leaving) flushAsBeacon(); else flush();
  clearInterval(tick);
  current = null;
  hls.destroy();
}

function show(title) {
  document.getElementById("playing-name").textContent = title.name;
  document.getElementById("playing-tagline").textContent = title.tagline;
  if (!dialog.open) dialog.showModal();
}

function close() {
  stop();
  dialog.close();
  whenClosed();
}

function fail(data) {
  document.getElementById("playing-tagline").textContent = `The player gave up: ${data.details}.`;
  current?.truth.end();
}

function refresh() {
  const { truth, hls } = current;
  const level = hls.levels?.[hls.currentLevel];
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  const rows = [
    ["State", truth.state],
    ["Startup", truth.startupMs === null ? "…" : `${Math.round(truth.startupMs)} ms`],
    ["Watched, waits included", seconds(truth.watchMs)],
    ["Stalls", `${truth.stalls.length + (truth.stalledSince === null ? 0 : 1)} · ${seconds(truth.stallMs)}`],
    ["Bitrate", level ? `${Math.round(level.bitrate / 1000)} kbps · ${level.height}p` : "…"],
    ["Buffer", seconds((hls.mainForwardBufferInfo?.len ?? 0) * 1000)],
    ["Seeks, pauses", `${truth.seeks}, ${truth.pauses}`],
  ];
  facts.innerHTML = rows.map(([name, value]) => `<div><dt>${name}</dt><dd data-state="${value}">${value}</dd></div>`).join("");
  document.getElementById("spinner").hidden = !["starting", "stalled", "seeking"].includes(truth.state);
}

video.addEventListener("ended", () => setTimeout(() => current?.truth.state === "ended" && close(), 1200));
document.getElementById("close").addEventListener("click", close);
dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
addEventListener("pagehide", () => { stop(true); flushAsBeacon(); });
document.addEventListener("visibilitychange", () => {
  if (current && current.truth.endedAt === null) {
    send({ kind: "visibility", view: current.view, seq: current.seq++, background: document.hidden }, true);
  }
});
