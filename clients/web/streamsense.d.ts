/** What a person allowed; without `measurement` nothing is sent or stored. */
export type ConsentPurpose = "measurement" | "personalisation" | "sharing" | "social";

/** Where a title was shown, and what is known of its playback. */
export interface Place {
  /** The part of the app, for example `home`. */
  surface?: string;
  row?: number;
  position?: number;
  /** The id of the ranking request that put it there. */
  request?: string;
  /** Whether it is a live title. */
  live?: boolean;
  /** Whether it plays without the viewer's asking; what the element says if absent. */
  autoplay?: boolean;
}

/** A title or an offer, and where it was shown; further fields of the schema may stand beside. */
export type Shown = Pick<Place, "surface" | "row" | "position" | "request">
  & ({ title: string } | { offer: string }) & Record<string, unknown>;

export interface CollectorOptions extends Place {
  /** Where events are posted, for example `/streamsense/events`. */
  endpoint: string;
  /** The catalogue id; needed with an element. */
  title?: string;
  /** The purposes granted, or a function that is asked for each event. Absent grants none. */
  consent?: ConsentPurpose[] | (() => ConsentPurpose[]);
  /** An hls.js, dash.js or Shaka Player instance that plays the element: its bitrates and errors are told, too. */
  player?: object;
  /** The viewer has asked to watch already: the request is now. Default: when the element plays, or at once if it has `autoplay`. */
  requested?: boolean;
  /** Default `web`. */
  source?: string;
  viewer?: string;
  household?: string;
  /** Default: random, for this tab. */
  device?: string;
  visit?: string;
  app?: string;
  deviceKind?: string;
  country?: string;
  cdn?: string;
  variants?: Record<string, string>;
  /** Time between heartbeats; default 10000. */
  heartbeatMs?: number;
  /** How long an event waits for others at most; default 3000. */
  delayMs?: number;
  /** Events in a request at most; default 100. A request never has more than 60 kB. */
  batchEvents?: number;
  /** The first wait after a failed request; it doubles up to five minutes. Default 1000. */
  retryMs?: number;
  /** Characters kept while nothing can be sent; the oldest events go first. Default 262144. */
  storedChars?: number;
  /** The endpoint is of another origin and answers with CORS headers, so that its answers can be read. Default false. */
  cors?: boolean;
  /** Of requests; default `omit`. A beacon carries the cookies that the endpoint's origin has, always. */
  credentials?: RequestCredentials;
}

export interface Counts {
  /** Events that the endpoint took, or that a beacon carries. */
  sent: number;
  /** Events that made room for newer ones. */
  dropped: number;
  /** Events in requests that the endpoint refused for good. */
  refused: number;
  /** Events that wait. */
  pending: number;
}

export interface Collector {
  /** The id of the view; undefined without an element. Ads and `setTitle` throw a TypeError then. */
  readonly view: string | undefined;
  readonly counts: Counts;
  /** The viewer asked for another title in the same element: this view ends, another begins. */
  setTitle(title: string, place?: Place): void;
  /** The bitrate in force; only needed where no `player` is given. `mediaType` absent: of video and audio together. */
  bitrate(kbps: number, details?: { width?: number; height?: number; mediaType?: "video" | "audio" | "av" }): void;
  /** An error that the element does not tell. A fatal one ends the view. */
  error(error: { code: string | number; severity?: "fatal" | "warning"; category?: "technical" | "business"; message?: string }): void;
  adBreakStart(id: string, placement?: "pre" | "mid" | "post"): void;
  adBreakEnd(): void;
  adStart(ad: string, durationMs?: number): void;
  adQuartile(percent: number): void;
  adComplete(): void;
  adSkip(): void;
  adClick(): void;
  /** What a person saw: at least half of it, for as long as `visibleMs`. */
  impression(fields: Shown & { surface: string; visibleMs?: number }): void;
  click(fields: Shown): void;
  /** Any other kind of the schema, for example `search` or `rating`. */
  event(kind: string, fields: { [field: string]: unknown }): void;
  /** Sends what waits; resolves when nothing more can be sent now. */
  flush(): Promise<void>;
  /** Ends the view, if it is open, and stops listening. */
  detach(): Promise<void>;
}

/** Measures a media element until `detach()` is called or the page goes away; null for a page that only shows and clicks. */
export function attach(video: HTMLMediaElement | null, options: CollectorOptions): Collector;
