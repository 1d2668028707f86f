// The collector on an element that does what a test says, so that the order of its events is the test's.
import { attach } from "/collector/streamsense.js";

class ScriptedVideo extends EventTarget {
  paused = true;
  ended = false;
  seeking = false;
  autoplay = false;
  currentTime = 0;
  playbackRate = 1;
  readyState = 0;
  videoWidth = 640;
  error = null;
  buffered = { length: 1, start: () => 0, end: () => 12 };
  #frames = [];

  requestVideoFrameCallback(callback) { this.#frames.push(callback); }

  /** Sets what is given, then fires the events named. */
  tell(state, ...names) {
    Object.assign(this, state);
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
