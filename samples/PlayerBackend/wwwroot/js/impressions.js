// An impression is what a person saw: at least half of a card inside the window for a second. One for each showing of a card.
import { send } from "./events.js";

const seenSince = new Map();

const observer = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) seenSince.set(entry.target, performance.now());
    else report(entry.target);
  }
}, { threshold: 0.5 });

setInterval(() => {
  for (const [card, since] of seenSince) if (performance.now() - since >= 1000) report(card);
}, 500);

function report(card) {
  const since = seenSince.get(card);
  if (since === undefined) return;
  const visibleMs = Math.round(performance.now() - since);
  if (visibleMs < 1000) return void (document.contains(card) || seenSince.delete(card));
  seenSince.delete(card);
  observer.unobserve(card);
  send({ kind: "impression", title: card.dataset.title, visibleMs, ...card.place });
}

export function watchImpressions(cards) {
  observer.disconnect();
  seenSince.clear();
  for (const card of cards) observer.observe(card);
}
