// The live board: the server sends its samples of the last minutes once, then one each second with the full report.
import "./throttle.js";
import { areaChart, lineChart, barChart } from "./charts.js";
import { safe } from "./safe.js";

const keptSeconds = 300;
const shownTitles = 50;
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(`--${name}`).trim();
const names = new Map();
const samples = [];

const percent = (value) => `${(value * 100).toFixed(value > 0 && value < 0.0995 ? 1 : 0)}%`;
const charts = {
  concurrent: areaChart("concurrent", colour("accent"), { height: 190, minimum: 3, whole: true }),
  stall: areaChart("stall", colour("bad"), { minimum: 0.1, format: percent }),
  startup: lineChart("startup", [["median", colour("good")], ["95 % within", colour("violet")]], { minimum: 500 }),
  bitrate: areaChart("bitrate", colour("good"), { minimum: 400, stepped: true }),
  watched: barChart("watched", colour("accent"), { minimum: 60 }),
};

function accept(sample) {
  samples.push(sample);
  while (samples.length && samples[0].t < sample.t - keptSeconds) samples.shift();
}

function draw() {
  const times = samples.map((sample) => sample.t);
  const series = (name) => samples.map((sample) => sample[name] ?? null);
  const range = [times.at(-1) - keptSeconds, times.at(-1)];
  charts.concurrent(range, times, series("concurrent"));
  charts.stall(range, times, series("stallShare"));
  charts.startup(range, times, series("startupP50"), series("startupP95"));
  charts.bitrate(range, times, series("bitrateKbps"));
}

const orDash = (value, text) => (value === null || value === undefined ? "–" : text(value));
const whole = (value) => Math.round(value).toLocaleString("en");

function spell(seconds) {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  return seconds < 6000 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function tile(name, value, unit, detail, mood = "") {
  return `<div class="tile ${mood}"><h3>${name}</h3><div class="value">${value}${unit ? `<small>${unit}</small>` : ""}</div><p>${detail}</p></div>`;
}

function showTiles(sample, metrics) {
  const share = metrics.connectionRebufferingRatio;
  const mood = share > 0.05 ? "bad" : share > 0.01 ? "warn" : "";
  document.getElementById("tiles").innerHTML = [
    tile("Playing now", sample.concurrent, "", `at most ${metrics.peakConcurrentPlays} at once`),
    tile("Plays", whole(metrics.plays), `of ${whole(metrics.attempts)}`, `${metrics.exitsBeforeStart} left before start, ${metrics.startFailures} failed`),
    tile("Startup", orDash(metrics.startupMs.p50, whole), "ms", `95 % within ${orDash(metrics.startupMs.p95, whole)} ms`),
    tile("Stall share", orDash(share, percent), "", `${metrics.stalls} stalls, ${spell(metrics.stallSeconds)}`, mood),
    tile("Bitrate", orDash(metrics.averageBitrateKbps, whole), "kbps", `${metrics.bitrateSwitches} switches`),
    tile("Watched", ...spell(metrics.watchSeconds).split(" "), `${orDash(metrics.averageWatchSeconds, spell)} a play`),
  ].join("");
}

function showTitles(groups) {
  const most = Math.max(1, ...groups.map((group) => group.metrics.watchSeconds));
  const row = ({ key, metrics }) => `<tr><td title="${safe(key ?? "")}">${safe(names.get(key) ?? key ?? "unknown")}</td>
    <td class="bars"><div class="meter"><b>${spell(metrics.watchSeconds)}</b><span><i style="width:${(metrics.watchSeconds / most) * 100}%"></i></span></div></td>
    <td>${metrics.plays}</td><td>${orDash(metrics.startupMs.p50, (value) => `${whole(value)} ms`)}</td><td>${metrics.stalls}</td>
    <td class="${metrics.connectionRebufferingRatio > 0.05 ? "bad" : ""}">${orDash(metrics.connectionRebufferingRatio, percent)}</td>
    <td>${orDash(metrics.averageBitrateKbps, (value) => `${whole(value)} kbps`)}</td></tr>`;
  const shown = groups.filter((group) => group.metrics.attempts).sort((a, b) => b.metrics.watchSeconds - a.metrics.watchSeconds);
  document.getElementById("titles").innerHTML = shown.slice(0, shownTitles).map(row).join("");
  document.getElementById("by-title").hidden = !shown.length;
  document.getElementById("note").textContent = !shown.length ? "Nothing has been played yet. Open the home page and press play."
    : shown.length > shownTitles ? `${whole(shown.length - shownTitles)} more titles were watched less.` : "";
}

function showMinutes(windows, now) {
  const recent = windows.slice(-30);
  charts.watched(now, recent.map((window) => Date.parse(window.from) / 1000), recent.map((window) => window.metrics.watchSeconds));
}

function showTotals({ offered, accepted, duplicates, late, rejected }) {
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  document.getElementById("totals").textContent =
    `${whole(offered)} records offered = ${whole(accepted)} accepted + ${whole(duplicates)} duplicates + ${whole(late)} late + ${whole(refused)} rejected`;
}

// Without the catalogue the board shows the titles' ids.
fetch("/catalogue.ndjson").then(async (answer) => {
  for (const line of answer.ok ? (await answer.text()).split("\n").filter(Boolean) : []) {
    const title = JSON.parse(line);
    names.set(title.title, title.name);
  }
}).catch(() => {});

const live = new EventSource("/live");
live.addEventListener("history", (event) => { samples.length = 0; JSON.parse(event.data).forEach(accept); });
live.addEventListener("sample", (event) => {
  const { sample, report } = JSON.parse(event.data);
  accept(sample);
  draw();
  showTiles(sample, report.metrics);
  showTitles(report.by);
  showMinutes(report.windows ?? [], sample.t);
  showTotals(report.totals);
  document.getElementById("alive").classList.remove("off");
  document.getElementById("clock").textContent = new Date(sample.t * 1000).toLocaleTimeString("en-GB");
  document.documentElement.dataset.ready = "true";
});
live.onerror = () => {
  document.getElementById("alive").classList.add("off");
  document.getElementById("clock").textContent = "reconnecting";
};
