// What needs no server, and what has to be said at once, before the server has answered.
const freshness = (chosen, shown) => (chosen && shown && shown.query === chosen ? "panel" : "panel stale");

// What is chosen stands beside the answer in a wide window, and folded up above it in a narrow one.
const wide = window.matchMedia("(min-width: 56.01rem)");
wide.addEventListener("change", () => {
  const choose = document.getElementById("choose");
  if (choose) choose.open = wide.matches;
});

window.dash_clientside = Object.assign({}, window.dash_clientside, {
  govsim: {
    // A panel is fresh only while it shows what is chosen.
    freshness,
    shownFreshness: (shown, chosen) => freshness(chosen, shown),

    unfolded: () => wide.matches,

    stop: (_clicks, chosen) => chosen,

    // A click on an office opens it, another closes it.
    openOffice: (clicks, open) => {
      const data = clicks.find((each) => each && each.points && each.points[0].customdata);
      if (!data) return window.dash_clientside.no_update;
      const found = data.points[0].customdata;
      const office = Array.isArray(found) ? found[0] : found;
      return office === open ? "" : office;
    },

    play: (value) => !(value && value.length),

    nextMonth: (_beats, month, options) => {
      const months = options.map((each) => each.value).filter((each) => each >= 0);
      const place = months.indexOf(month);
      return months[(place + 1) % months.length];
    },
  },
});

// A number that is typed beside a slider counts once it is left, so that Enter has to leave it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".dash-range-slider-input")) event.target.blur();
});
