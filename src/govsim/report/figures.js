// Draws the figures of the page from the JSON beside them, and fits them to paper while it is printed.
(() => {
  "use strict";
  const PAPER_PIXELS = 680;
  const CONFIG = { displayModeBar: false, responsive: true, showTips: false };
  const plots = [];

  for (const source of document.querySelectorAll("script[data-for]")) {
    const place = document.getElementById(source.dataset.for);
    const figure = JSON.parse(source.textContent);
    Plotly.newPlot(place, figure.data, { ...figure.layout, autosize: true }, CONFIG);
    plots.push(place);
  }

  addEventListener("beforeprint", () => {
    for (const place of plots) Plotly.relayout(place, { autosize: false, width: PAPER_PIXELS });
  });
  addEventListener("afterprint", () => {
    for (const place of plots) Plotly.relayout(place, { autosize: true, width: null });
  });
})();
