// Posters are drawn, not photographed: a composition of plain shapes in two hues, always the same for the same title.
function random(seed) {
  let state = 2166136261;
  for (const character of seed) state = Math.imul(state ^ character.charCodeAt(0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9 | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  };
}

const motifs = {
  bars: () => [0, 1, 2, 3, 4, 5].map((i) => `<rect x="${i * 54}" width="55" height="180" fill="hsl(${i * 60} 45% ${34 + i * 2}%)"/>`).join("")
    + `<rect width="320" height="180" fill="#0a1020" opacity=".35"/><circle cx="160" cy="90" r="36" fill="#f5f1e6"/>`,
  sine: (h) => [0, 1, 2, 3, 4, 5].map((i) => `<path d="M-10 ${60 + i * 15} Q 45 ${-20 + i * 22} 100 ${60 + i * 15} T 210 ${60 + i * 15} T 330 ${60 + i * 15}"
    fill="none" stroke="hsl(${h + i * 9} 70% ${46 + i * 6}%)" stroke-width="${5 - i * 0.6}"/>`).join(""),
  keyframe: (h) => [0, 1, 2, 3, 4].map((i) => `<rect x="${92 + i * 18}" y="${34 + i * 8}" width="92" height="92" rx="6" transform="rotate(45 ${138 + i * 18} ${80 + i * 8})"
    fill="hsl(${h + i * 14} 60% ${26 + i * 9}%)" opacity=".8"/>`).join(""),
  checker: (h) => Array.from({ length: 60 }, (_, i) => (i + Math.floor(i / 10)) % 2 ? "" :
    `<rect x="${(i % 10) * 32}" y="${Math.floor(i / 10) * 30}" width="32" height="30" fill="hsl(${h} 35% ${20 + (i % 10) * 4}%)"/>`).join(""),
  timecode: (h) => `<circle cx="160" cy="90" r="62" fill="none" stroke="hsl(${h} 70% 62%)" stroke-width="3"/>` + Array.from({ length: 24 }, (_, i) =>
    `<rect x="158.5" y="34" width="3" height="${i % 6 ? 7 : 15}" fill="hsl(${h} 70% 70%)" transform="rotate(${i * 15} 160 90)"/>`).join("")
    + `<path d="M160 90V50M160 90l28 17" stroke="#f5f1e6" stroke-width="4" stroke-linecap="round"/>`,
  noise: (h, next) => Array.from({ length: 190 }, () => `<rect x="${next() * 320}" y="${180 - next() * next() * 180}" width="5" height="5" fill="hsl(${h + next() * 50} 60% ${40 + next() * 40}%)" opacity="${0.3 + next() * 0.7}"/>`).join(""),
  ladder: (h) => [0, 1, 2].map((i) => `<rect x="${40 + i * 84}" y="${112 - i * 38}" width="72" height="${90 + i * 38}" rx="5" fill="hsl(${h + i * 18} 45% ${32 + i * 11}%)"/>`).join(""),
  gradient: (h) => Array.from({ length: 9 }, (_, i) => `<path d="M0 ${52 + i * 17} C 90 ${22 + i * 22}, 190 ${96 + i * 9}, 320 ${40 + i * 19} V180 H0Z" fill="hsl(${h + i * 7} 50% ${52 - i * 4.6}%)" opacity=".75"/>`).join(""),
  interlace: (h) => Array.from({ length: 20 }, (_, i) => `<rect x="${i % 2 ? 70 : 90}" y="${i * 9}" width="150" height="5" fill="hsl(${h + (i % 2) * 40} 65% ${i % 2 ? 44 : 62}%)"/>`).join(""),
  buffer: (h) => Array.from({ length: 12 }, (_, i) => `<circle cx="${160 + 54 * Math.cos(i * 0.5236)}" cy="${90 + 54 * Math.sin(i * 0.5236)}" r="${4 + i * 0.8}" fill="hsl(${h + i * 4} 70% ${30 + i * 4}%)"/>`).join(""),
};

let serial = 0;

export function poster(title) {
  const id = `p${serial++}`;
  const motif = motifs[title.title] ?? motifs.noise;
  return `<svg viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><defs><linearGradient id="${id}" x2="1" y2="1">
    <stop stop-color="hsl(${title.hue} 42% 21%)"/><stop offset="1" stop-color="hsl(${title.hue + 40} 48% 9%)"/></linearGradient></defs>
    <rect width="320" height="180" fill="url(#${id})"/>${motif(title.hue, random(title.title))}</svg>`;
}
