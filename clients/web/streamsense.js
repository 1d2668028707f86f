// Measures a media element and sends what happened as canonical StreamSense events (NDJSON). No dependencies, no build step, no cookies;
// nothing is sent or stored without consent. `attach` is the whole surface; streamsense.d.ts describes it.

const BODY_BYTES = 60_000; // Browsers allow 64 KiB of beacons and keepalive requests in flight.
const MOVED_S = 0.25;
const FROZEN_MS = 300;
const ASLEEP_MS = 5000;
const RECOVERY_MS = 3000;
const WARNINGS = 20;
const NOWHERE = { surface: undefined, row: undefined, position: undefined, request: undefined, live: undefined, autoplay: undefined };

const quietly = (action) => { try { return action(); } catch { return undefined; } };
const uuid = () => crypto.randomUUID?.()
  ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = (text) => new TextEncoder().encode(text).length;
const milliseconds = (seconds) => Math.round(seconds * 1000);

// Monotonic, so that a clock set back bends no duration; it jumps forward with the wall clock, because the monotonic one stands still
// while a machine sleeps.
let origin = Date.now() - performance.now();
function now() {
  const lag = Date.now() - origin - performance.now();
  if (lag > 1000) origin += lag;
  return origin + performance.now();
}

/** Where lines wait while they cannot be sent: bounded, the oldest go first; over page loads where the browser has storage. */
class Shelf {
  constructor(key, limit, onDropped) {
    Object.assign(this, { key, limit, onDropped, memory: "" });
  }

  get text() { return (quietly(() => localStorage.getItem(this.key)) ?? "") + this.memory; }

  take() {
    const { text } = this;
    this.clear();
    return text.split("\n").filter(Boolean);
  }

  put(lines) {
    if (!lines.length) return;
    const all = [...this.take(), ...lines];
    let size = all.reduce((sum, line) => sum + line.length + 1, 0);
    let first = 0;
    while (first < all.length && size > this.limit) size -= all[first++].length + 1;
    if (first) this.onDropped(first);
    const text = all.slice(first).map((line) => line + "\n").join("");
    if (quietly(() => { localStorage.setItem(this.key, text); return true; })) return;
    this.memory = text;
  }

  clear() {
    quietly(() => localStorage.removeItem(this.key));
    this.memory = "";
  }
}

/** Sends lines in batches. A line is an object without its closing brace: `sent` is written when it leaves. */
class Outbox {
  counts = { sent: 0, dropped: 0, refused: 0 };
  #waiting = [];
  #flying = [];
  #busy = null;
  #timer = 0;
  #failures = 0;
  #retryAt = 0;
  #isRefused = false;

  constructor(options) {
    const url = new URL(options.endpoint, location.href);
    const isForeign = url.origin !== location.origin;
    // text/plain needs no preflight. A foreign answer cannot be read without CORS headers: then delivered is all that is known.
    this.type = isForeign ? "text/plain;charset=UTF-8" : "application/x-ndjson";
    this.mode = isForeign && !options.cors ? "no-cors" : "cors";
    this.limit = BODY_BYTES;
    this.options = { batchEvents: 100, delayMs: 3000, retryMs: 1000, storedChars: 262_144, credentials: "omit", ...options, url: url.href };
    this.shelf = new Shelf(`streamsense:${url.href}`, this.options.storedChars, (lines) => { this.counts.dropped += lines; });
    if (this.shelf.text) this.#later(0);
  }

  get pending() { return this.#waiting.length + this.#flying.length + this.shelf.text.split("\n").length - 1; }

  add(line, isUrgent) {
    this.#waiting.push(line);
    if (isUrgent || this.#waiting.length >= this.options.batchEvents) this.#later(0);
    else this.#timer ||= setTimeout(() => this.flush(), this.options.delayMs);
  }

  /** Sends everything; resolves when nothing more can be sent now. */
  flush() {
    this.#busy ??= this.#drain().finally(() => {
      this.#busy = null;
      if (this.#waiting.length) this.#timer ||= setTimeout(() => this.flush(), this.options.delayMs);
    });
    return this.#busy;
  }

  /** The connection is back. */
  online() {
    this.#retryAt = 0;
    return this.flush();
  }

  /** The page may never run again: a beacon is delivered though nobody waits for it. What none takes is kept for the next visit. */
  leave(isLast) {
    const isBackingOff = performance.now() < this.#retryAt;
    const lines = this.#waiting.splice(0);
    let rest = lines;
    while (rest.length && navigator.onLine !== false && !(isBackingOff && this.#isRefused)) {
      const { body, count } = this.#cut(rest);
      const blob = new Blob([body], { type: this.type });
      if (!quietly(() => navigator.sendBeacon(this.options.url, blob))) break;
      this.counts.sent += count;
      rest = rest.slice(count);
    }
    // After a request without an answer nobody knows whether beacons arrive, either; the server knows duplicates by their ids.
    this.shelf.put([...(isLast ? this.#flying : []), ...(isBackingOff ? lines : rest)]);
  }

  clear() {
    this.#waiting = [];
    this.shelf.clear();
  }

  #later(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delay);
  }

  async #drain() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (navigator.onLine === false || performance.now() < this.#retryAt) {
      this.shelf.put(this.#waiting.splice(0));
      return;
    }
    this.#flying = [...this.shelf.take(), ...this.#waiting.splice(0)];
    while (this.#flying.length) {
      const { body, count } = this.#cut(this.#flying);
      const wait = await this.#post(body, count);
      if (wait === undefined) {
        this.#flying.splice(0, count);
      } else if (wait > 0) {
        this.shelf.put(this.#flying.splice(0));
        this.#retryAt = performance.now() + wait;
        this.#later(wait + 1);
      }
    }
  }

  /** As many lines as one request may carry; at least one. */
  #cut(lines) {
    const sent = `,"sent":${now().toFixed(1)}}\n`;
    let body = "";
    let size = 0;
    let count = 0;
    while (count < Math.min(lines.length, this.options.batchEvents)) {
      const line = lines[count] + sent;
      size += bytesOf(line);
      if (count && size > this.limit) break;
      body += line;
      count++;
    }
    return { body, count };
  }

  /** Posts a body. Nothing when it is settled, 0 to cut it smaller, else how long to wait before it is sent again. */
  async #post(body, count) {
    const { url, credentials, retryMs } = this.options;
    const answer = await fetch(url, {
      method: "POST", body, credentials, mode: this.mode, headers: { "Content-Type": this.type },
      keepalive: bytesOf(body) <= BODY_BYTES, signal: AbortSignal.timeout?.(30_000),
    }).catch(() => null);
    // An answer that is not read to its end still counts against what a browser lets a page have in flight.
    await answer?.text().catch(() => "");
    if (answer?.status === 413 && count > 1) {
      this.limit = Math.max(1000, this.limit / 2);
      return this.limit > 1000 ? 0 : undefined;
    }
    if (!answer || answer.status === 408 || answer.status === 429 || answer.status >= 500) {
      this.#isRefused = answer !== null;
      const backOff = Math.min(300_000, retryMs * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
      return Math.max(backOff, 1000 * (Number(answer?.headers.get("Retry-After")) || 0));
    }
    this.#failures = 0;
    // Any other refusal would be the same again: the lines are given up, and counted.
    this.counts[answer.ok || answer.type === "opaque" ? "sent" : "refused"] += count;
    return undefined;
  }
}

/** What a player tells by its own events, found by duck typing: `read` tells the bitrates in force. */
function hooksOf(player, tell) {
  if (typeof player.loadSource === "function") {
    const read = (index) => {
      const level = player.levels?.[index];
      if (level) tell.bitrate(level.bitrate / 1000, level);
    };
    return {
      read: () => read(player.currentLevel),
      latency: () => player.latency,
      events: {
        hlsLevelSwitched: (_, { level }) => read(level),
        hlsError: (_, { details, fatal, error }) => tell.failure(details, fatal, error?.message),
      },
    };
  }
  if (typeof player.attachSource === "function") {
    const told = (type, it) => it && tell.bitrate(it.bitrateInKbit ?? it.bandwidth / 1000, { ...it, mediaType: type });
    return {
      read: () => ["video", "audio"].forEach((type) => told(type, quietly(() => player.getCurrentRepresentationForType(type)))),
      latency: () => player.getCurrentLiveLatency(),
      events: {
        qualityChangeRendered: ({ mediaType, newRepresentation }) => told(mediaType, newRepresentation),
        // dash.js does not say which errors are fatal: those before the first frame are; later ones show as a stall, or on the element.
        error: ({ error }) => tell.failure(`dash-${error?.code ?? error}`, !tell.isStarted, error?.message),
      },
    };
  }
  if (typeof player.getVariantTracks === "function") {
    const read = () => {
      const track = player.getVariantTracks().find(({ active }) => active);
      if (track) tell.bitrate(track.bandwidth / 1000, track);
    };
    return {
      read,
      events: {
        adaptation: read,
        variantchanged: read,
        error: ({ detail }) => tell.failure(`shaka-${detail.code}`, detail.severity === 2, detail.message),
      },
    };
  }
  throw new TypeError("player: neither hls.js, dash.js nor Shaka Player.");
}

class Collector {
  #video;
  #options;
  #outbox;
  #view = null;
  #device;
  #listeners = new AbortController();
  #timer = 0;
  #hooks = null;

  constructor(video, options) {
    if (!options?.endpoint) throw new TypeError("options.endpoint is needed.");
    if (video && !options.title) throw new TypeError("options.title is needed.");
    this.#video = video;
    this.#options = { source: "web", heartbeatMs: 10_000, ...options };
    this.#outbox = new Outbox(this.#options);
    this.#listen(window, {
      pagehide: () => this.#leave(), pageshow: ({ persisted }) => persisted && this.#video && this.#join(),
      online: () => this.#outbox.online(),
    });
    this.#listen(document, { visibilitychange: () => this.#onVisibility() });
    if (!video) return;
    this.#listen(video, {
      loadstart: () => this.#onLoad(), play: () => this.#onPlay(), playing: () => this.#onPlaying(), pause: () => this.#onPause(),
      waiting: () => this.#onWaiting(), seeking: () => this.#onSeeking(), seeked: () => this.#onSeeked(), ratechange: () => this.#onRate(),
      timeupdate: () => this.#tick(), ended: () => this.#end("completed"), error: () => this.#onError(),
    });
    this.#timer = setInterval(() => this.#tick(), 250);
    this.#begin();
    if (this.#options.requested || video.autoplay) this.#ask();
    else if (!video.paused) this.#join();
    else if (video.readyState > 0) this.#onLoad();
    if (this.#options.player) this.#hook(this.#options.player);
  }

  get counts() { return { ...this.#outbox.counts, pending: this.#outbox.pending }; }
  get view() { return this.#view?.id; }

  // ---- what the host tells ----

  setTitle(title, place = {}) {
    if (!this.#own.isEnded) this.#end("superseded");
    Object.assign(this.#options, { ...NOWHERE, ...place, title });
    this.#begin();
    this.#ask();
  }

  bitrate(kbps, { width, height, mediaType } = {}) {
    const view = this.#view;
    const bitrateKbps = Math.round(kbps);
    if (!view?.isAsked || !(bitrateKbps > 0) || view.kbps[mediaType] === bitrateKbps) return;
    view.kbps[mediaType] = bitrateKbps;
    this.#tell("bitrate_change", { bitrateKbps, width: width || undefined, height: height || undefined, mediaType });
  }

  error({ code, severity = "fatal", category, message }) {
    this.#fail(String(code), severity === "fatal", message, category);
  }

  adBreakStart(id, placement) {
    this.#own.adBreak = id;
    this.#ask();
    this.#tell("ad_break_start", { break: id, placement });
  }

  adBreakEnd() {
    this.#tell("ad_break_end", { break: this.#own.adBreak });
    this.#awaitContent({ adBreak: undefined, ad: undefined });
  }

  adStart(ad, durationMs) {
    this.#own.ad = ad;
    this.#ask();
    this.#tellAd("ad_start", { durationMs });
  }

  adQuartile(percent) { this.#tellAd("ad_quartile", { percent }); }
  adClick() { this.#tellAd("ad_click"); }
  adComplete() { this.#closeAd("ad_complete"); }
  adSkip() { this.#closeAd("ad_skip"); }

  impression(fields) { this.event("impression", fields); }
  click(fields) { this.event("click", fields); }
  event(kind, fields) { this.#send(kind, fields); }

  flush() { return this.#outbox.flush(); }

  detach() {
    this.#end("quit");
    this.#listeners.abort();
    clearInterval(this.#timer);
    this.#hooks?.off();
    return this.#outbox.flush();
  }

  // ---- the view ----

  get #own() {
    if (!this.#view) throw new TypeError("The collector has no element.");
    return this.#view;
  }

  get #isRunning() { return !this.#video.paused && this.#video.playbackRate > 0; }

  #begin() {
    this.#view = { id: uuid(), seq: 0, last: 0, kbps: {}, head: this.#video.currentTime, headAt: now(), heldAt: now(), warnings: 0 };
  }

  /** The viewer wants to watch. */
  #ask() {
    const view = this.#view;
    if (!view || view.isAsked || view.isEnded) return;
    const { autoplay = this.#video.autoplay || undefined, live, surface, row, position, request } = this.#options;
    Object.assign(view, { isAsked: true, askedAt: now(), beatAt: now(), heldAt: now(), tickAt: now() });
    this.#tell("playback_request", { autoplay, live, surface, row, position, request, playheadMs: this.#head });
    this.#tellKnown();
  }

  /** The element plays already: nobody knows when it was asked to. */
  #join() {
    if (this.#view.isEnded) this.#begin();
    if (this.#video.paused || this.#view.isAsked) return;
    Object.assign(this.#view, { isAsked: true, beatAt: now(), tickAt: now() });
    this.#tellKnown();
    this.#onPlaying();
  }

  #tellKnown() {
    if (this.#isHidden) this.#tell("visibility", { background: true });
    this.#hooks?.read();
    this.#watchFrames();
  }

  #start(at) {
    const view = this.#view;
    Object.assign(view, { isStarted: true, head: this.#video.currentTime, headAt: now() });
    const startupMs = view.askedAt && Math.max(0, Math.round(at - view.askedAt));
    this.#tell("playback_start", { playheadMs: this.#head, startupMs }, false, at);
    if (this.#video.playbackRate !== 1) this.#onRate();
    this.#hooks?.read();
  }

  #end(reason) {
    const view = this.#view;
    if (!view?.isAsked || view.isEnded) return;
    if (view.failure) return this.#giveUp();
    this.#tell("playback_end", { reason, playheadMs: this.#head }, true);
    view.isEnded = true;
  }

  // ---- what the element tells ----

  #onLoad() {
    const view = this.#view;
    if (view.isAsked || view.isPreloaded || view.isEnded) return;
    if (this.#video.autoplay) return this.#ask();
    view.isPreloaded = true;
    this.#tell("playback_request", { preload: true, live: this.#options.live });
  }

  #onPlay() {
    if (this.#view.isEnded) this.#begin();
    if (!this.#view.isAsked) this.#ask();
    else if (this.#view.isPaused) this.#set("isPaused", false, "resume");
    this.#watchFrames();
  }

  #onPlaying() {
    if (this.#view.isEnded) return this.#join();
    const view = this.#view;
    if (view.failure) this.#recover();
    if (!this.#isRunning) return;
    if (view.isStarted) {
      this.#closeBuffering();
      if (!this.#video.seeking) this.#closeSeek();
    } else if (view.isAsked && !view.adBreak && !view.ad) {
      if (view.isPainted) return this.#start(now());
      view.playedFrom ??= { head: this.#video.currentTime, at: now() };
      this.#watchFrames();
    }
  }

  #onPause() {
    // Before `ended` the element says that it pauses.
    if (this.#video.ended || !this.#view.isAsked || this.#view.isPaused) return;
    if (!this.#video.seeking) this.#closeSeek();
    this.#set("isPaused", true, "pause");
  }

  #onWaiting() {
    const { seeking, paused } = this.#video;
    if (!seeking && !paused && !this.#view.isSeeking) this.#openBuffering("connection");
  }

  #onSeeking() {
    const view = this.#view;
    if (!view.isStarted || view.isSeeking || view.isEnded) return;
    const ahead = this.#video.currentTime - view.head;
    // Players leap over a hole to end a stall: the viewer sees the stall.
    if (view.isBuffering && ahead >= 0 && ahead <= 1) return;
    const from = view.head + (view.isPaused || view.isBuffering ? 0 : Math.min(1, (now() - view.headAt) / 1000) * this.#video.playbackRate);
    this.#closeBuffering();
    this.#set("isSeeking", true, "seek_start", { playheadMs: milliseconds(from) });
  }

  #onSeeked() {
    Object.assign(this.#view, { head: this.#video.currentTime, headAt: now() });
    // While it plays, a seek is over when it plays on: readyState says so, or `playing` will.
    if (this.#video.paused || this.#video.readyState > 2) this.#closeSeek();
  }

  #onRate() {
    const { playbackRate } = this.#video;
    const view = this.#view;
    if (!view.isStarted || view.isEnded) return;
    if (playbackRate > 0) {
      if (view.isBuffering && this.#video.readyState > 2) this.#closeBuffering();
      if (view.rate !== playbackRate) this.#set("rate", playbackRate, "rate_change", { rate: playbackRate });
    } else if (!this.#video.paused) {
      this.#onWaiting(); // Shaka Player stops the rate while it buffers.
    }
  }

  #onError() {
    const { code, message } = this.#video.error ?? {};
    if (code && code !== 1) this.#fail(`media-${code}`, true, message);
  }

  #onVisibility() {
    const view = this.#view;
    if (view?.isAsked && !view.isEnded) this.#tell("visibility", { background: this.#isHidden });
    if (document.visibilityState === "hidden") this.#outbox.leave(false);
  }

  #leave() {
    this.#end("quit");
    this.#outbox.leave(true);
  }

  // ---- what only looking again and again tells ----

  #tick() {
    const view = this.#view;
    if (!view.isAsked || view.isEnded) return;
    const at = now();
    if (view.failure && at - view.failure.at > RECOVERY_MS) return this.#giveUp();
    // The machine slept, or timers did: nobody saw whether the playhead stood.
    if (at - view.tickAt > ASLEEP_MS) view.headAt = at;
    view.tickAt = at;
    this.#followPause(at);
    if (!this.#video.seeking) this.#followPlayhead(at);
    const { heartbeatMs } = this.#options;
    if (this.#video.paused || at - view.beatAt < heartbeatMs) return;
    view.beatAt = at;
    const state = !view.isStarted ? "starting" : view.isSeeking ? "seeking" : view.isBuffering ? "rebuffering" : "playing";
    this.#tell("heartbeat", { state, intervalMs: heartbeatMs, playheadMs: this.#head, bufferMs: this.#ahead,
      droppedFrames: this.#video.getVideoPlaybackQuality?.().droppedVideoFrames, liveLatencyMs: this.#latency });
  }

  /** Autoplay that the browser refused, and a new source in a playing element, pause without an event. */
  #followPause(at) {
    const view = this.#view;
    if (!this.#video.paused || this.#video.ended || this.#video.readyState < 3) view.heldAt = at;
    else if (at - view.heldAt > 1000) this.#onPause();
  }

  #followPlayhead(at) {
    const view = this.#view;
    const { currentTime: head, playbackRate, paused, readyState } = this.#video;
    if (!view.isStarted) {
      const { playedFrom } = view;
      const isBlind = !this.#video.requestVideoFrameCallback || document.hidden || !this.#video.videoWidth;
      if (playedFrom && head - playedFrom.head >= MOVED_S && (isBlind || at - playedFrom.at > 2000)) this.#start(playedFrom.at);
      return;
    }
    if (head !== view.head) {
      if (view.isBuffering && head - view.head < MOVED_S && head > view.head) return;
      this.#closeBuffering(at - Math.max(0, head - view.head) * 1000 / (playbackRate || 1));
      if (readyState > 2) this.#closeSeek();
      Object.assign(view, { head, headAt: at });
    } else if (paused || view.isSeeking) {
      view.headAt = at;
    } else if (at - view.headAt >= FROZEN_MS) {
      this.#openBuffering("unknown");
    }
  }

  #watchFrames() {
    const view = this.#view;
    const video = this.#video;
    if (view.isStarted || view.isWatched || !video.requestVideoFrameCallback) return;
    view.isWatched = true;
    video.requestVideoFrameCallback((_, { presentationTime }) => {
      view.isWatched = false;
      if (view !== this.#view || view.isStarted || view.isEnded) return;
      if (view.isAsked && this.#isRunning && !view.adBreak && !view.ad) return this.#start(Math.min(now(), origin + presentationTime));
      view.isPainted = true;
      if (!video.paused) this.#watchFrames();
    });
  }

  // ---- flags ----

  #set(flag, value, kind, fields = { playheadMs: this.#head }) {
    this.#view[flag] = value;
    this.#tell(kind, fields);
  }

  #openBuffering(reason) {
    const view = this.#view;
    if (!view.isStarted || view.isBuffering || view.isEnded) return;
    const { currentTime, playbackRate } = this.#video;
    // The event comes after the playhead stopped: at the place where it is now, it was then.
    const stopped = view.headAt + Math.max(0, currentTime - view.head) * 1000 / (playbackRate || view.rate || 1);
    Object.assign(view, { isBuffering: true, head: currentTime, headAt: now() });
    this.#tell("buffer_start", { reason: view.ad || view.adBreak ? "ad" : reason }, false, Math.min(now(), stopped));
  }

  #closeBuffering(at = now()) {
    if (!this.#view.isBuffering) return;
    Object.assign(this.#view, { isBuffering: false, headAt: now() });
    this.#tell("buffer_end", {}, false, at);
  }

  #closeSeek() {
    if (this.#view.isSeeking) this.#set("isSeeking", false, "seek_end");
  }

  #tellAd(kind, fields) {
    const { ad, adBreak } = this.#own;
    if (ad !== undefined) this.#tell(kind, { ad, break: adBreak, ...fields });
  }

  #closeAd(kind) {
    this.#tellAd(kind);
    this.#awaitContent({ ad: undefined });
  }

  /** An ad in the same element shows frames, too: the first of the content comes after it. */
  #awaitContent(flags) {
    Object.assign(this.#view, flags, { playedFrom: null, isPainted: false, headAt: now() });
    if (this.#isRunning) this.#onPlaying();
  }

  // ---- errors ----

  #fail(code, isFatal, message, category = "technical") {
    const view = this.#view;
    if (!view || view.isEnded || view.failure) return;
    const fields = { code, category, message: message?.slice(0, 300) };
    if (!isFatal) {
      if (view.warnings++ < WARNINGS) this.#tell("error", { ...fields, severity: "warning" });
      return;
    }
    this.#ask();
    view.failure = { fields, at: now() };
    // A player may recover from what the element calls fatal; alone it cannot.
    if (!this.#hooks) this.#giveUp();
  }

  #recover() {
    const { fields, at } = this.#view.failure;
    this.#view.failure = null;
    this.#tell("error", { ...fields, severity: "warning" }, false, at);
  }

  #giveUp() {
    const { fields, at } = this.#view.failure;
    this.#tell("error", { ...fields, severity: "fatal" }, true, at);
    this.#view.isEnded = true;
  }

  #hook(player) {
    const told = this;
    const { events, read, latency } = hooksOf(player, {
      get isStarted() { return told.#view.isStarted; },
      bitrate: (kbps, details) => this.bitrate(kbps, details),
      failure: (code, isFatal, message) => this.#fail(String(code), isFatal, message),
    });
    const on = player.on ?? player.addEventListener;
    const off = player.off ?? player.removeEventListener;
    for (const [name, handler] of Object.entries(events)) on.call(player, name, handler);
    this.#hooks = {
      read: () => quietly(read),
      latency: () => quietly(latency),
      off: () => Object.entries(events).forEach(([name, handler]) => quietly(() => off.call(player, name, handler))),
    };
    this.#hooks.read();
  }

  // ---- sending ----

  get #isHidden() { return document.hidden && document.pictureInPictureElement !== this.#video; }
  get #head() { return milliseconds(this.#video.currentTime); }

  get #ahead() {
    const { buffered, currentTime } = this.#video;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + 0.1 && buffered.end(i) >= currentTime) return milliseconds(buffered.end(i) - currentTime);
    }
    return 0;
  }

  get #latency() {
    const seconds = this.#options.live ? this.#hooks?.latency?.() : undefined;
    return seconds >= 0 ? milliseconds(seconds) : undefined;
  }

  get #consent() {
    const { consent } = this.#options;
    const granted = (typeof consent === "function" ? consent() : consent) ?? [];
    return navigator.globalPrivacyControl ? granted.filter((purpose) => purpose !== "sharing") : granted;
  }

  #tell(kind, fields, isUrgent = false, at = now()) {
    const view = this.#view;
    if (!view || view.isEnded) return;
    view.last = Math.max(view.last, at);
    const own = { view: view.id, seq: view.seq, title: this.#options.title, ...fields };
    if (this.#send(kind, own, view.last, isUrgent)) view.seq++;
  }

  #send(kind, fields, at = now(), isUrgent = false) {
    const consent = this.#consent;
    if (!consent.includes("measurement")) {
      this.#forget();
      return false;
    }
    const { source, viewer, household, visit, app, deviceKind, country, cdn, variants } = this.#options;
    const line = JSON.stringify({
      kind, time: Math.round(at * 10) / 10, id: uuid(), ...fields,
      source, viewer, household, device: this.#deviceId, visit, app, deviceKind, country, cdn, variants, consent,
    });
    this.#outbox.add(line.slice(0, -1), isUrgent);
    return true;
  }

  get #deviceId() {
    const { device } = this.#options;
    return this.#device ??= device ?? quietly(() => {
      const id = sessionStorage.getItem("streamsense:device") ?? uuid();
      sessionStorage.setItem("streamsense:device", id);
      return id;
    }) ?? uuid();
  }

  #forget() {
    this.#outbox.clear();
    this.#device = undefined;
    quietly(() => sessionStorage.removeItem("streamsense:device"));
  }

  #listen(target, handlers) {
    for (const [name, handler] of Object.entries(handlers)) target.addEventListener(name, handler, { signal: this.#listeners.signal });
  }
}

/**
 * Measures a media element until `detach()` is called or the page goes away.
 * @param {HTMLMediaElement | null} video the element; null for a page that tells only impressions and clicks
 * @param {import("./streamsense").CollectorOptions} options `endpoint`, `consent` and, with an element, `title` are needed
 * @returns {import("./streamsense").Collector}
 */
export const attach = (video, options) => new Collector(video, options);
