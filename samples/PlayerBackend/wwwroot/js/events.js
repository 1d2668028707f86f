// The page's own events: one canonical NDJSON line each, sent in small batches, and by beacon when the page goes away.
import { forget } from "./progress.js";

const endpoint = "/streamsense/events";

function remembered(storage, name) {
  let value = storage.getItem(name);
  if (!value) {
    value = crypto.randomUUID();
    storage.setItem(name, value);
  }
  return value;
}

export const identity = {
  viewer: remembered(localStorage, "viewer"),
  device: remembered(localStorage, "device"),
  visit: remembered(sessionStorage, "visit"),
};

export function becomeSomebodyNew() {
  for (const name of ["viewer", "device"]) localStorage.removeItem(name);
  sessionStorage.removeItem("visit");
  forget();
  location.reload();
}

const envelope = () => ({
  source: "web",
  viewer: identity.viewer,
  device: identity.device,
  visit: identity.visit,
  deviceKind: "browser",
  app: "testbild/1",
  consent: ["measurement", "personalisation"],
});

let waiting = [];
let timer = 0;

/** Queues one event; it leaves within a second, or at once when `now` is set. Gives the request when it was sent. */
export function send(event, now = false) {
  waiting.push(JSON.stringify({ time: Date.now(), id: crypto.randomUUID(), ...event, ...envelope() }));
  if (now) return flush();
  timer ||= setTimeout(flush, 1000);
}

export function flush() {
  clearTimeout(timer);
  timer = 0;
  if (!waiting.length) return;
  const body = waiting.join("\n") + "\n";
  waiting = [];
  return fetch(endpoint, { method: "POST", headers: { "Content-Type": "application/x-ndjson" }, body, keepalive: true }).catch(() => {});
}

/** For the moment when the page goes away: a beacon is delivered even though nobody waits for it. */
export function flushAsBeacon() {
  if (!waiting.length) return;
  const body = waiting.join("\n") + "\n";
  waiting = [];
  navigator.sendBeacon(endpoint, new Blob([body], { type: "application/x-ndjson" }));
}
