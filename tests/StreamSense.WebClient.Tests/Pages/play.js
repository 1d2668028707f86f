// Plays the sample's ladder with one of three players, measured by the collector and, apart from it, by the page itself.
import { attach } from "/collector/streamsense.js";
import { ElementTruth } from "./element-truth.js";
import { Truth } from "./truth.js";

const video = document.getElementById("video");
let folder = "/media/test-pattern";

const load = (src) => new Promise((resolve, reject) => {
  document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }));
});

const players = {
  async hls() {
    await load("/players/hls.js/dist/hls.min.js");
    return () => {
      const hls = new Hls({ maxBufferLength: 4, maxMaxBufferLength: 4, backBufferLength: 10, startLevel: 0, enableWorker: false });
      return { player: hls, start() { hls.attachMedia(video); hls.loadSource(`${folder}/master.m3u8`); video.play().catch(() => {}); } };
    };
  },
  async dash() {
    await load("/players/dashjs/dist/modern/umd/dash.all.min.js");
    return () => {
      const player = dashjs.MediaPlayer().create();
      player.initialize();
      player.updateSettings({ streaming: {
        capabilities: { useMediaCapabilitiesApi: false },
        buffer: { bufferTimeDefault: 4, bufferTimeAtTopQuality: 4, bufferTimeAtTopQualityLongForm: 4, initialBufferLevel: NaN },
        abr: { initialBitrate: { video: 127 } },
      } });
      return { player, start() { player.attachView(video); player.attachSource(`${folder}/manifest.mpd`); } };
    };
  },
  async shaka() {
    await load("/players/shaka-player/dist/shaka-player.compiled.js");
    shaka.polyfill.installAll();
    return () => {
      const player = new shaka.Player();
      player.configure({ streaming: { bufferingGoal: 4, bufferBehind: 10 }, abr: { defaultBandwidthEstimate: 200_000 } });
      return { player, async start() { await player.attach(video); await player.load(`${folder}/master.m3u8`); await video.play(); } };
    };
  },
};

/** Starts; what the viewer would have clicked. */
window.begin = async (name, options) => {
  folder = options.folder ?? folder;
  const create = await players[name]();
  const { player, start } = create();
  window.truth = new Truth(video);
  window.element = new ElementTruth(video);
  window.collector = attach(video, {
    endpoint: "/streamsense/events", title: "film", consent: ["measurement", "sharing"], requested: true, delayMs: 500, player, ...options,
  });
  await start();
};
window.video = video;
window.attach = attach;
document.documentElement.dataset.ready = "true";

/** What a tab in the background tells; a browser without windows has none. */
window.background = (hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
  Object.defineProperty(document, "visibilityState", { configurable: true, value: hidden ? "hidden" : "visible" });
  document.dispatchEvent(new Event("visibilitychange"));
};
