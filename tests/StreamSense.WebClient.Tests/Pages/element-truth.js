// What the element itself tells, by the page's own listeners: at each of its events the page asks in which state it is. Seeks and
// pauses are those that the script made. All times are milliseconds of the monotonic clock.
const EVENTS = ["playing", "waiting", "pause", "play", "seeking", "seeked", "ratechange", "timeupdate", "canplay", "loadeddata", "ended"];
const STALL_MS = 250;

export class ElementTruth {
  constructor(video) {
    Object.assign(this, { video, state: "starting", requestedAt: performance.now(), firstFrameAt: null, isSeeking: false, isOver: false });
    Object.assign(this, { since: this.requestedAt, runs: [], seeks: 0 });
    for (const name of EVENTS) video.addEventListener(name, ({ timeStamp }) => this.look(timeStamp));
    const frame = (_, { presentationTime }) => {
      if (video.paused || video.playbackRate === 0) return video.requestVideoFrameCallback(frame);
      this.firstFrameAt = presentationTime;
      this.look(presentationTime);
    };
    video.requestVideoFrameCallback(frame);
    addEventListener("pagehide", () => {
      this.look(performance.now());
      this.enter("over", performance.now());
      localStorage.setItem("element", JSON.stringify(this));
    });
  }

  /** How long it has been in a state; 0 where it is in another. */
  inMs(state) { return this.state === state ? performance.now() - this.since : 0; }

  seek(seconds) {
    this.seeks++;
    this.isSeeking = true;
    this.look(performance.now());
    this.video.currentTime = seconds;
  }

  pause() { this.video.pause(); }
  resume() { this.video.play(); }

  look(at) {
    const { paused, seeking, readyState, playbackRate } = this.video;
    const runs = !seeking && readyState > 2 && playbackRate > 0;
    if (this.isSeeking && runs && this.state === "seeking" && this.video.currentTime > 0) this.isSeeking = false;
    this.enter(
      this.firstFrameAt === null ? "starting" : paused ? "paused" : this.isSeeking ? "seeking" : runs ? "playing" : "stalled", at);
  }

  enter(state, at) {
    if (state === this.state || this.state === "over") return;
    this.runs.push([this.state, Math.max(0, at - this.since)]);
    Object.assign(this, { state, since: at });
  }

  sum(...states) { return this.runs.filter(([state]) => states.includes(state)).reduce((sum, [, lasted]) => sum + lasted, 0); }

  toJSON() {
    return {
      startupMs: this.firstFrameAt - this.requestedAt, watchMs: this.sum("starting", "playing", "stalled", "seeking"),
      stalls: this.runs.filter(([state, lasted]) => state === "stalled" && lasted >= STALL_MS).map(([, lasted]) => lasted),
      seeks: this.seeks, seekMs: this.sum("seeking"), pausedMs: this.sum("paused"), runs: this.runs,
    };
  }
}
