// Draws each chart of the report over its drawing, which stays for print and where this fails. `vegaEmbed` comes from the bundle
// that this is put into.
const nothing = {
  load: () => Promise.reject(new Error("Charts load nothing")),
  sanitize: () => Promise.reject(new Error("Charts link to nothing")),
  http: () => Promise.reject(new Error("Charts load nothing")),
  file: () => Promise.reject(new Error("Charts load nothing")),
};

for (const figure of document.querySelectorAll("figure")) {
  const data = figure.querySelector('script[type="application/json"]');
  const live = figure.querySelector(".live");
  try {
    live.hidden = false;
    await vegaEmbed(live, JSON.parse(data.textContent), { ast: true, actions: false, renderer: "svg", mode: "vega-lite", defaultStyle: false, loader: nothing });
    figure.classList.add("drawn");
  } catch (error) {
    live.hidden = true;
    live.replaceChildren();
  }
}
