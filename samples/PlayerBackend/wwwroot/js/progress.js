// Where this browser's viewer stopped each title, so that it can be resumed there; what was all but finished is not.
const key = "progress";
const read = () => JSON.parse(localStorage.getItem(key) ?? "{}");

export function remember(title, position, duration) {
  const all = read();
  const share = duration > 0 ? position / duration : 0;
  if (share < 0.05 || share > 0.9) delete all[title]; else all[title] = { share, position };
  localStorage.setItem(key, JSON.stringify(all));
}

export const progressOf = (title) => read()[title]?.share ?? 0;

export const positionOf = (title) => read()[title]?.position ?? 0;

export const forget = () => localStorage.removeItem(key);
