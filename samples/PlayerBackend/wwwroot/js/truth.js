// What the page itself sees on the video element, measured apart from what hls.js reports: shown beside the player, and what the
// browser test compares the server's numbers with. All times are milliseconds of the page's monotonic clock.
export class Truth {
  constructor(video, view, title) {
    this.video = video;
    this.view = view;
    this.title = title;
    this.requestedAt = performance.now();
    this.firstFrameAt = null;
    this.paintedAt = null;
    this.endedAt = null;
    this.stalls = [];
    this.seeks = 0;
    this.pauses = 0;
    this.pausedMs = 0;
    this.stalledSince = null;
    this.pausedSince = null;
    this.seeking = false;
    this.listeners = new AbortController();
    const on = (name, handler) => video.addEventListener(name, () => this.endedAt === null && handler(performance.now()),
      { signal: this.listeners.signal });
    on("playing", (now) => this.#playing(now));
    on("waiting", (now) => this.#waiting(now));
    on("seeking", (now) => this.#seeking(now));
    on("pause", (now) => this.#pause(now));
    on("play", (now) => this.#resume(now));
    on("ended", (now) => this.end(now));
    video.requestVideoFrameCallback?.((now) => { this.paintedAt ??= now; });
  }

  get startupMs() { return this.firstFrameAt === null ? null : this.firstFrameAt - this.requestedAt; }

  get stallMs() {
    const open = this.stalledSince === null ? 0 : (this.endedAt ?? performance.now()) - this.stalledSince;
    return this.stalls.reduce((sum, stall) => sum + stall.to - stall.from, 0) + open;
  }

  get watchMs() {
    const now = this.endedAt ?? performance.now();
    return now - this.requestedAt - this.pausedMs - (this.pausedSince === null ? 0 : now - this.pausedSince);
  }

  get state() {
    if (this.endedAt !== null) return "ended";
    if (this.pausedSince !== null) return "paused";
    if (this.firstFrameAt === null) return "starting";
    if (this.seeking) return "seeking";
    return this.stalledSince === null ? "playing" : "stalled";
  }

  end(now = performance.now()) {
    if (this.endedAt !== null) return;
    this.#closeStall(now);
    if (this.pausedSince !== null) this.pausedMs += now - this.pausedSince;
    this.pausedSince = null;
    this.endedAt = now;
    this.listeners.abort();
  }

  toJSON() {
    const { view, title, startupMs, stallMs, watchMs, stalls, seeks, pauses, pausedMs, state } = this;
    const paintMs = this.paintedAt === null ? null : this.paintedAt - this.requestedAt;
    return { view, title, startupMs, paintMs, stallMs, watchMs, stalls, seeks, pauses, pausedMs, state };
  }

  #playing(now) {
    this.firstFrameAt ??= now;
    this.seeking = false;
    this.#closeStall(now);
  }

  #waiting(now) {
    if (this.firstFrameAt !== null && !this.video.seeking && !this.seeking && this.pausedSince === null) this.stalledSince ??= now;
  }

  #seeking(now) {
    if (this.firstFrameAt === null) return;
    this.seeks++;
    this.seeking = true;
    this.#closeStall(now);
  }

  #pause(now) {
    if (this.video.ended || this.firstFrameAt === null) return;
    this.pauses++;
    this.#closeStall(now);
    this.pausedSince = now;
  }

  #resume(now) {
    if (this.pausedSince === null) return;
    this.pausedMs += now - this.pausedSince;
    this.pausedSince = null;
  }

  #closeStall(now) {
    if (this.stalledSince === null) return;
    this.stalls.push({ from: this.stalledSince, to: now });
    this.stalledSince = null;
  }
}
