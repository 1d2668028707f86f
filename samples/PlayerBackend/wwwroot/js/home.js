// The home page: rows of titles in the order that the server ranks, asked again after each playback.
import { send, identity, becomeSomebodyNew } from "./events.js";
import { play, onClosed } from "./player.js";
import { poster } from "./poster.js";
import { watchImpressions } from "./impressions.js";
import { progressOf } from "./progress.js";
import { safe } from "./safe.js";
import "./throttle.js";

const rowsElement = document.getElementById("rows");
const heroElement = document.getElementById("hero");
const titles = new Map();
let previousOrder = new Map();

async function loadCatalogue() {
  const answer = await fetch("/catalogue.ndjson");
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  for (const line of (await answer.text()).split("\n").filter(Boolean)) {
    const title = JSON.parse(line);
    titles.set(title.title, title);
  }
}

async function rank(surface, viewer) {
  const body = JSON.stringify({ surface, count: titles.size, viewer, consent: ["measurement", "personalisation"] });
  const answer = await fetch("/streamsense/rank", { method: "POST", headers: { "Content-Type": "application/json" }, body }).catch(() => undefined);
  if (!answer?.ok) return { request: undefined, items: [], failed: true };
  return answer.json();
}

async function refresh() {
  const [forYou, begun, trending] = await Promise.all(["home", "continue", "trending"].map((surface) => rank(surface, identity.viewer)));
  const known = (answer) => answer.items.map((item) => titles.get(item.title)).filter(Boolean);
  const ranked = known(forYou);
  const rest = [...titles.values()].filter((title) => !ranked.includes(title));
  const rows = [
    { name: "Continue watching", surface: "continue", request: begun.request, titles: known(begun) },
    { name: "For you", surface: "home", request: forYou.request, titles: [...ranked, ...rest], note: forYou.failed ? "the server does not rank just now: in the catalogue's order" : "ranked again after each playback" },
    { name: "Trending now", surface: "trending", request: trending.request, titles: known(trending).slice(0, 6), numbered: true },
  ].filter((row) => row.titles.length);
  const main = rows.find((row) => row.surface === "home");
  renderHero(main.titles[0], main);
  renderRows(rows);
}

function renderHero(title, row) {
  heroElement.innerHTML = `${poster(title)}<div class="hero-text"><p class="kicker">${safe(title.genres[0])} · ${Math.round(title.durationMs / 1000)} seconds</p><h1>${safe(title.name)}</h1>
    <p>${safe(title.tagline)}</p><button class="primary"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 2l11 6-11 6z"/></svg>Play</button></div>`;
  heroElement.querySelector("button").addEventListener("click", () => open(title, { surface: "hero", position: 0, request: row.request }));
}

function renderRows(rows) {
  const order = new Map();
  rowsElement.replaceChildren(...rows.map((row, index) => {
    const section = document.createElement("section");
    section.className = "row";
    section.dataset.row = row.surface;
    section.innerHTML = `<h2>${row.name}${row.note ? ` <small>${row.note}</small>` : ""}</h2><div class="cards"></div>`;
    section.lastChild.append(...row.titles.map((title, position) => {
      const key = `${row.surface}/${title.title}`;
      order.set(key, position);
      return card(title, row, index, position, previousOrder.has(key) && previousOrder.get(key) > position);
    }));
    return section;
  }));
  previousOrder = order;
  watchImpressions(rowsElement.querySelectorAll(".card"));
}

function card(title, row, index, position, rose) {
  const button = document.createElement("button");
  button.className = "card";
  button.dataset.title = title.title;
  button.place = { surface: row.surface, row: index, position, request: row.request };
  const progress = progressOf(title.title);
  button.innerHTML = `<span class="art">${poster(title)}${row.numbered ? `<b class="number">${position + 1}</b>` : ""}${rose ? '<em class="rose">▲ up</em>' : ""}
    ${progress ? `<i class="progress"><i style="width:${Math.round(progress * 100)}%"></i></i>` : ""}</span>
    <span class="name">${safe(title.name)}</span><span class="meta">${safe(title.genres[0])} · ${Math.round(title.durationMs / 1000)} s</span>`;
  button.addEventListener("click", () => open(title, button.place));
  return button;
}

function open(title, place) {
  send({ kind: "click", title: title.title, ...place });
  play(title, place);
}

const viewerButton = document.getElementById("viewer");
viewerButton.innerHTML = `<span class="dot"></span>Viewer ${identity.viewer.slice(0, 4)}`;
viewerButton.addEventListener("click", becomeSomebodyNew);

// The server applies what it was told within moments; the row is asked again once it can have been.
onClosed(() => setTimeout(refresh, 400));
try {
  await loadCatalogue();
  await refresh();
} catch (error) {
  rowsElement.innerHTML = `<p class="notice">The titles could not be loaded (${safe(error.message)}). Reload the page when the server is back.</p>`;
}

document.documentElement.dataset.ready = "true";
