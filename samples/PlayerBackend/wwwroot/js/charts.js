// Small charts in the page's style on top of uPlot. Each function gives another that draws new data.
const style = getComputedStyle(document.documentElement);
const quiet = style.getPropertyValue("--quiet").trim();
const line = style.getPropertyValue("--line").trim();
const font = "12px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

function axes({ format, whole = false }) {
  const grid = { stroke: line, width: 1 };
  const label = format ?? ((value) => `${Math.round(value).toLocaleString("en")}`);
  return [
    { stroke: quiet, font, grid: { show: false }, ticks: { show: false }, size: 30, space: 70, values: [[3600, "{HH}:{mm}"], [60, "{HH}:{mm}"], [1, "{HH}:{mm}:{ss}"]] },
    { stroke: quiet, font, grid, ticks: { show: false }, size: 46, space: 34, incrs: whole ? [1, 2, 5, 10, 20, 50, 100, 1000] : undefined,
      values: (_, values) => values.map(label) },
  ];
}

function create(id, series, { height = 170, minimum = 1, ...options }) {
  const element = document.getElementById(id);
  const chart = new uPlot({
    width: element.clientWidth || 300,
    height,
    legend: { show: false },
    cursor: { points: { size: 7 }, y: false },
    scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(minimum, (most ?? 0) * 1.15)] } },
    axes: axes(options),
    series: [{}, ...series],
    padding: [8, 26, 0, 0],
  }, [[], ...series.map(() => [])], element);
  new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height })).observe(element);
  return chart;
}

const fade = (colour) => (chart) => {
  const gradient = chart.ctx.createLinearGradient(0, chart.bbox.top, 0, chart.bbox.top + chart.bbox.height);
  gradient.addColorStop(0, `${colour}66`);
  gradient.addColorStop(1, `${colour}05`);
  return gradient;
};

function drawRange(chart) {
  return (range, times, ...values) => {
    chart.setData([times, ...values], false);
    chart.batch(() => {
      chart.setScale("x", { min: range[0], max: range[1] });
      chart.setScale("y", { min: 0, max: Math.max(0, ...values.flat().filter((value) => value !== null)) });
    });
  };
}

export function areaChart(id, colour, options) {
  const paths = options.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined;
  return drawRange(create(id, [{ stroke: colour, width: 2, fill: fade(colour), paths, points: { show: false } }], options));
}

export function lineChart(id, lines, options) {
  const legend = document.createElement("div");
  legend.className = "legend";
  legend.innerHTML = lines.map(([name, colour]) => `<span><i style="background:${colour}"></i>${name}</span>`).join("");
  document.getElementById(id).previousElementSibling.append(legend);
  return drawRange(create(id, lines.map(([label, colour]) => ({ label, stroke: colour, width: 2, points: { show: false } })), options));
}

export function barChart(id, colour, options) {
  const chart = create(id, [{ stroke: colour, fill: `${colour}b0`, width: 0, paths: uPlot.paths.bars({ size: [0.68, 34], radius: 0.22 }), points: { show: false } }], options);
  return (now, times, values) => {
    const last = times.at(-1) ?? now;
    chart.setData([times, values], false);
    chart.batch(() => {
      chart.setScale("x", { min: Math.min(times[0] ?? last, last - 15 * 60) - 40, max: last + 40 });
      chart.setScale("y", { min: 0, max: Math.max(0, ...values) });
    });
  };
}
