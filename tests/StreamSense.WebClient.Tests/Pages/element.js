// The collector on an element that does what a test says, so that the order of its events is the test's.
import { attach } from "/collector/streamsense.js";

class ScriptedVideo extends EventTarget {
  paused = true;
  ended = false;
  seeking = false;
  autoplay = false;
  stuck = false;
  playbackRate = 1;
  readyState = 0;
  videoWidth = 640;
  error = null;
  buffered = { length: 1, start: () => 0, end: () => 12 };
  #frames = [];
  #head = 0;
  #since = performance.now();

  /** Runs with the clock, as an element's does; what stands still is a stall. */
  get currentTime() {
    const runs = !this.paused && !this.ended && !this.seeking && !this.stuck && this.readyState > 2;
    return this.#head + (runs ? (performance.now() - this.#since) / 1000 * this.playbackRate : 0);
  }

  set currentTime(seconds) {
    this.#head = seconds;
    this.#since = performance.now();
  }

  requestVideoFrameCallback(callback) { this.#frames.push(callback); }

  /** Sets what is given, then fires the events named. */
  tell(state, ...names) {
    const { currentTime } = this;
    Object.assign(this, { ...state, currentTime: state.currentTime ?? currentTime });
    for (const name of names) this.dispatchEvent(new Event(name));
    return this;
  }

  frame() {
    for (const callback of this.#frames.splice(0)) callback(performance.now(), { presentationTime: performance.now() });
    return this;
  }

  started() { return this.tell({ paused: false, readyState: 4 }, "play", "playing").frame(); }
}

window.video = new ScriptedVideo();
window.open = (options = {}) => {
  window.collector = attach(options.video === null ? null : video, {
    endpoint: "/streamsense/events", title: "film", consent: ["measurement"], delayMs: 20, retryMs: 50, ...options,
  });
  return window.collector;
};
document.documentElement.dataset.ready = "true";
