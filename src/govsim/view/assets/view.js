// What needs no server, and what has to be said at once, before the server has answered.
const freshness = (chosen, shown) => (chosen && shown && shown.query === chosen ? "panel" : "panel stale");

window.dash_clientside = Object.assign({}, window.dash_clientside, {
  govsim: {
    // A panel is fresh only while it shows what is chosen.
    freshness,
    shownFreshness: (shown, chosen) => freshness(chosen, shown),

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
