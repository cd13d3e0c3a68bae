// What has to be said at once, before the server has answered.
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  govsim: {
    // A panel is fresh only while it shows what is chosen.
    freshness: (chosen, shown) => {
      const isFresh = chosen && shown && shown.query === chosen;
      return isFresh ? "panel" : "panel stale";
    },
  },
});
