// Where this browser's viewer stopped each title, for the "Continue watching" row; what was all but finished is not continued.
const key = "progress";
const read = () => JSON.parse(localStorage.getItem(key) ?? "{}");

export function remember(title, position, duration) {
  const all = read();
  const share = duration > 0 ? position / duration : 0;
  if (share < 0.05 || share > 0.9) delete all[title]; else all[title] = { share, position, at: Date.now() };
  localStorage.setItem(key, JSON.stringify(all));
}

export const progressOf = (title) => read()[title]?.share ?? 0;

export const positionOf = (title) => read()[title]?.position ?? 0;

export const unfinished = () => Object.entries(read()).sort((a, b) => b[1].at - a[1].at).map(([title]) => title);

export const forget = () => localStorage.removeItem(key);
