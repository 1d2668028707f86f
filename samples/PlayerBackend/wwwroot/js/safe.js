// Text that came from elsewhere, for use within HTML: whoever may send events chooses the ids of titles.
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const safe = (text) => String(text).replace(/[&<>"']/g, (character) => entities[character]);
