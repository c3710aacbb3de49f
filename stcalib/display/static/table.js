// A table whose rows show their sentence in context.
function render({ model, el }) {
  const data = model.get("data");
  const root = frame(el, data.hint ?? `${data.title}: choose a row to read its evidence`, "stca-table");
  const panel = make("div", { class: "stca-panel", "aria-live": "polite", tabindex: "0", "aria-label": "evidence" });
  const body = make("tbody");
  const count = make("span", { class: "stca-meta", role: "status" });
  const filter = make("input", { type: "search", class: "stca-filter", placeholder: "Filter rows", "aria-label": "Filter rows", oninput: () => sift() });
  const rows = data.rows.map((cells, place) => {
    const tr = make("tr", { tabindex: place ? "-1" : "0", "aria-selected": "false", onclick: () => choose(place), onfocus: () => choose(place, false) });
    for (const cell of cells) tr.append(make("td", {}, make("div", { class: "stca-cell", text: cell, title: cell.length > 60 ? cell : null })));
    return tr;
  });
  const head = make("tr");
  data.columns.forEach((name, column) => {
    const button = make("button", { type: "button", class: "stca-sort", onclick: () => sort(column) }, name);
    head.append(make("th", { scope: "col", "aria-sort": "none" }, button));
  });
  body.append(...rows);
  let order = rows.map((_, place) => place);
  let chosen = -1;
  let sorted = { column: -1, up: true };

  function choose(place, focus = true) {
    if (chosen !== place) {
      if (chosen >= 0) {
        rows[chosen].setAttribute("aria-selected", "false");
        rows[chosen].tabIndex = -1;
      }
      rows[0].tabIndex = -1;
      chosen = place;
      rows[place].setAttribute("aria-selected", "true");
      rows[place].tabIndex = 0;
      panel.replaceChildren(evidence(data.items[place], true));
      panel.scrollTop = 0;
      model.set("selected", place);
      model.save_changes();
    }
    if (focus) rows[place].focus({ preventScroll: true });
  }
  function sort(column) {
    sorted = { column, up: sorted.column === column ? !sorted.up : true };
    const number = (text) => (text === "" ? NaN : Number(text.replaceAll(",", "")));
    // days that are not known to the day stand at the one that is named first
    const word = (text) => text.replace(/^(between|not before|not after) (?=\d)/, "");
    order.sort((a, b) => {
      const [x, y] = [data.rows[a][column], data.rows[b][column]];
      const [p, q] = [number(x), number(y)];
      const order = Number.isNaN(p) || Number.isNaN(q) ? word(x).localeCompare(word(y)) : p - q;
      return (sorted.up ? order : -order) || a - b;
    });
    body.append(...order.map((place) => rows[place]));
    [...head.children].forEach((th, i) => th.setAttribute("aria-sort", i !== column ? "none" : sorted.up ? "ascending" : "descending"));
  }
  function sift() {
    const words = filter.value.toLowerCase();
    let shown = 0;
    rows.forEach((tr, place) => {
      tr.hidden = words !== "" && !data.rows[place].some((cell) => cell.toLowerCase().includes(words));
      shown += tr.hidden ? 0 : 1;
    });
    count.textContent = `${shown} of ${data.total} rows`;
  }
  body.addEventListener("keydown", (event) => {
    const seen = order.filter((place) => !rows[place].hidden);
    const at = seen.indexOf(chosen);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: seen.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (to === undefined || !seen.length) return;
    event.preventDefault();
    const place = seen[Math.max(0, Math.min(to, seen.length - 1))];
    choose(place);
    rows[place].scrollIntoView({ block: "nearest" });
  });
  const grid = make("table", { role: "grid", "aria-label": data.title }, make("thead", {}, head), body);
  root.append(
    make("div", { class: "stca-bar" }, make("b", { text: data.title }), filter, count),
    make("div", { class: "stca-two stca-even" }, make("div", { class: "stca-scroll" }, grid), panel),
  );
  panel.append(make("p", { class: "stca-hint", text: rows.length ? data.hint ?? "Choose a row, by a click or with the arrow keys, to read its sentence." : "This table has no rows." }));
  sift();
  if (model.get("selected") >= 0 && rows.length) choose(model.get("selected"), false);
}
export default { render };
