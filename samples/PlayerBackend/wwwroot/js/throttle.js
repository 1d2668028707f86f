// The switch that makes the server pace its media responses, so that rebuffering can be seen and measured.
const speeds = [[0, "Full speed"], [300, "300"], [150, "150"], [40, "40 kbps"]];

export async function setThrottle(kbps) {
  await fetch(`/throttle?kbps=${kbps}`, { method: "POST" });
  show(kbps);
}

function show(kbps) {
  for (const button of document.querySelectorAll("[data-throttle] button")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.kbps) === kbps));
  }
}

for (const group of document.querySelectorAll("[data-throttle]")) {
  group.setAttribute("role", "group");
  for (const [kbps, label] of speeds) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.kbps = kbps;
    button.textContent = label;
    button.addEventListener("click", () => setThrottle(kbps));
    group.append(button);
  }
}

fetch("/throttle").then((answer) => answer.json()).then((state) => show(state.kbps)).catch(() => {});
