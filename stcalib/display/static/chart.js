// A Vega-Lite chart whose marks lead to their rows. `vegaEmbed` comes from the bundle that this is put into.
const nothing = {
  load: () => Promise.reject(new Error("Charts load nothing")),
  sanitize: () => Promise.reject(new Error("Charts link to nothing")),
  http: () => Promise.reject(new Error("Charts load nothing")),
  file: () => Promise.reject(new Error("Charts load nothing")),
};

function day(value) {
  const date = value instanceof Date ? value : new Date(value);
  if (Number.isNaN(date.getTime())) return "";
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function told(value, isDay) {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  if (isDay && (typeof value === "number" || value instanceof Date)) return day(value);
  return isDay ? String(value).slice(0, 10) : String(value);
}

async function render({ model, el }) {
  const data = model.get("data");
  const root = frame(el, "Chart: choose a mark to read the rows behind it", "stca-chart");
  const holder = make("div", { class: "stca-drawing" });
  const tip = make("div", { class: "stca-tip", hidden: true, role: "tooltip" });
  const panel = make("div", { class: "stca-panel", "aria-live": "polite", tabindex: "0", "aria-label": "evidence" });
  const hint = "Click a mark, or choose it from the list, to read the rows behind it.";
  const chooser = make("select", { "aria-label": "Rows behind a mark", onchange: () => chooser.value && show(chooser.value) });
  chooser.append(make("option", { value: "", text: "Choose a mark …" }));
  data.groups.forEach((group, place) => chooser.append(make("option", { value: String(place), text: `${group.name} (${group.rows.length})` })));
  const places = new Map(data.groups.map((group, place) => [JSON.stringify(group.key), String(place)]));
  panel.append(make("p", { class: "stca-hint", text: hint }));
  root.append(make("div", { class: "stca-bar" }, chooser), holder, panel, tip);

  function show(place) {
    const group = data.groups[Number(place)];
    chooser.value = place;
    const drawn = group.rows.slice(0, data.most).map((row) => evidence(data.items[row], group.rows.length === 1));
    const noun = group.rows.length === 1 ? "row" : "rows";
    panel.replaceChildren(make("p", { class: "stca-title", role: "heading", "aria-level": "4", text: `${group.name}: ${group.rows.length} ${noun}` }), ...drawn);
    if (group.rows.length > data.most) panel.append(make("p", { class: "stca-hint", text: `${group.rows.length - data.most} more rows are not drawn.` }));
    panel.scrollTop = 0;
    model.set("selected", group.rows);
    model.save_changes();
  }
  function tooltip(_, event, __, value) {
    tip.hidden = value === null || value === undefined || value === "";
    if (tip.hidden) return;
    tip.replaceChildren();
    if (typeof value === "object") {
      const facts = make("dl");
      for (const [name, fact] of Object.entries(value)) facts.append(make("dt", { text: name }), make("dd", { text: typeof fact === "object" ? JSON.stringify(fact) : String(fact) }));
      tip.append(facts);
    } else tip.textContent = String(value);
    const box = root.getBoundingClientRect();
    tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 12, box.width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${event.clientY - box.top + 12}px`;
  }
  try {
    const spec = structuredClone(model.get("spec"));
    const { view, finalize } = await vegaEmbed(holder, spec, { actions: false, ast: true, renderer: "svg", loader: nothing, tooltip });
    view.addEventListener("click", (_, item) => {
      const datum = item?.datum;
      if (!datum || !data.by.every(([name]) => name in datum)) return;
      const place = places.get(JSON.stringify(data.by.map(([name, isDay]) => told(datum[name], isDay))));
      if (place !== undefined) show(place);
      else panel.replaceChildren(make("p", { class: "stca-hint", text: "No rows of the table belong to this mark." }));
    });
    return finalize;
  } catch (error) {
    holder.replaceChildren(make("p", { class: "stca-problem", role: "alert", text: `The chart could not be drawn: ${error.message}` }));
  }
}
export default { render };
