// What the page sees of playback without the element's events: it looks at the playhead every few milliseconds, and knows what it did
// itself. All times are milliseconds of the monotonic clock.
const MOVED_S = 0.001;
const STALL_MS = 250;

export class Truth {
  constructor(video) {
    Object.assign(this, { video, requestedAt: performance.now(), firstFrameAt: null, endedAt: null, stalls: [], pausedMs: 0, seeks: 0 });
    Object.assign(this, { pausedSince: null, head: 0, movedAt: performance.now(), lookedAt: performance.now(), blindMs: 0 });
    const frame = (_, { presentationTime }) => {
      if (video.paused || video.playbackRate === 0) return video.requestVideoFrameCallback(frame);
      this.firstFrameAt ??= presentationTime;
      this.movedAt = performance.now();
    };
    video.requestVideoFrameCallback(frame);
    this.timer = setInterval(() => this.look(performance.now()), 10);
    addEventListener("pagehide", () => { this.end(); localStorage.setItem("truth", JSON.stringify(this)); });
  }

  pause() {
    this.pausedSince = performance.now();
    this.video.pause();
  }

  resume() {
    const at = performance.now();
    this.pausedMs += at - this.pausedSince;
    this.pausedSince = null;
    this.movedAt = at;
    this.video.play();
  }

  seek(seconds) {
    this.seeks++;
    this.seekTo = seconds;
    this.video.currentTime = seconds;
  }

  get stalledMs() {
    const isOpen = this.firstFrameAt !== null && this.pausedSince === null && this.seekTo === undefined && this.endedAt === null;
    return isOpen ? performance.now() - this.movedAt : 0;
  }

  look(at) {
    const head = this.video.currentTime;
    this.blindMs = Math.max(this.blindMs, at - this.lookedAt);
    this.lookedAt = at;
    if (this.endedAt !== null || this.pausedSince !== null) return;
    if (this.seekTo !== undefined) {
      if (head <= this.seekTo + MOVED_S || this.video.seeking) return;
      this.seekTo = undefined;
    } else if (this.firstFrameAt !== null && head - this.head > MOVED_S) {
      // What it moved while nobody looked is no part of the time that it stood.
      const stoodMs = at - this.movedAt - (head - this.head) * 1000;
      if (stoodMs >= STALL_MS) this.stalls.push(stoodMs);
    } else if (head - this.head <= MOVED_S) {
      return;
    }
    this.head = head;
    this.movedAt = at;
  }

  end(at = performance.now()) {
    if (this.endedAt !== null) return;
    clearInterval(this.timer);
    this.look(at);
    if (this.pausedSince !== null) this.pausedMs += at - this.pausedSince;
    this.endedAt = at;
  }

  toJSON() {
    const { stalls, seeks, blindMs, pausedMs, requestedAt, endedAt, firstFrameAt } = this;
    return {
      stalls, seeks, blindMs, pausedMs, startupMs: firstFrameAt === null ? null : firstFrameAt - requestedAt,
      watchMs: (endedAt ?? performance.now()) - requestedAt - pausedMs, head: this.video.currentTime,
    };
  }
}
