// The search box: what to look for, the passages of a page, and below them the article of the one that is opened, under review.
const LABELS = { words: "words", actor: "actor", party: "party", proposition: "proposition", outlet: "outlet", period: "period", table: "review" };
const HINTS = {
  words: 'Words, a "phrase", or begin*',
  actor: "any actor",
  outlet: "any outlet",
  period: "2018-01..2018-06",
};
let boxes = 0;

function render({ model, el }) {
  const [above, below] = [make("div"), make("div")];
  el.replaceChildren(above, below);
  const root = frame(above, "Search", "stca-search");
  const own = `stca-search-${(boxes += 1)}`;
  const controls = {};
  let asked = 0;
  let waiting = null;
  let reviewed = false;

  const form = make("div", { class: "stca-fields", role: "search" });
  for (const name of Object.keys(LABELS)) form.append(field(name));
  const status = make("p", { class: "stca-message", role: "status", "aria-live": "polite" });
  const list = make("ol", { class: "stca-passages", "aria-label": "passages" });
  const pages = make("div", { class: "stca-tools stca-pages", role: "group", "aria-label": "pages" });
  const look = make("button", { type: "button", class: "stca-yes", onclick: search }, "Search ", make("kbd", { text: "Enter", "aria-hidden": "true" }));
  root.append(form, make("div", { class: "stca-tools" }, look, make("button", { type: "button", onclick: clear }, "Clear filters")), status, list, pages);

  // A filter: a choice where all its values are named, else a text with values that are offered.
  function field(name) {
    const offers = model.get("offers")[name] ?? [];
    const chosen = ["party", "proposition", "table"].includes(name);
    const control = chosen
      ? make("select", { "aria-label": LABELS[name] })
      : make("input", { type: name === "words" ? "search" : "text", "aria-label": LABELS[name], placeholder: HINTS[name], autocomplete: "off", list: offers.length ? `${own}-${name}` : null });
    if (chosen) {
      if (name !== "table") control.append(make("option", { value: "", text: "any" }));
      for (const [value, title] of offers) control.append(make("option", { value, text: title ? `${value}: ${title}` : value }));
    }
    control.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        search();
      }
    });
    controls[name] = control;
    const label = make("label", { class: name === "words" ? "stca-words" : null }, LABELS[name], control);
    if (offers.length && !chosen) label.append(make("datalist", { id: `${own}-${name}` }, ...offers.map(([value]) => make("option", { value }))));
    return label;
  }
  function send(message) {
    asked += 1;
    model.send({ asked, ...message });
    clearTimeout(waiting);
    waiting = setTimeout(() => say("The kernel does not answer. Restart it and run this cell again.", true), 8000);
  }
  function say(words, bad = false) {
    status.textContent = words;
    status.classList.toggle("stca-problem", bad);
  }
  function search() {
    say("Looking …");
    send({ action: "search", words: Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value])) });
  }
  function clear() {
    for (const [name, control] of Object.entries(controls)) if (name !== "words" && name !== "table") control.value = "";
    controls.words.focus();
  }
  function open(place) {
    if (document.getSelection().isCollapsed) send({ action: "passage", place, table: controls.table.value });
  }

  function drawFound() {
    const found = model.get("found");
    list.replaceChildren();
    list.setAttribute("start", found.first + 1);
    found.rows.forEach(([article, outlet, days, characters, before, words, after], place) => {
      const where = [article, outlet, days, `characters ${characters}`].filter(Boolean).join(" · ");
      const button = make("button", { type: "button", "aria-label": `open ${article}`, "aria-expanded": String(place === found.open), onclick: () => open(place) }, "Open");
      list.append(
        make(
          "li",
          { class: place === found.open ? "stca-opened" : null },
          make("div", { class: "stca-passage" }, make("p", {}, before, make("mark", { class: "stca-found", text: words }), after), button),
          make("p", { class: "stca-meta", text: where }),
        ),
      );
    });
    pages.replaceChildren();
    if (found.pages > 1) {
      const turn = (label, page, allowed) => make("button", { type: "button", disabled: !allowed, onclick: () => send({ action: "turn", page }) }, label);
      const at = found.page;
      pages.append(turn("First", 1, at > 1), turn("Before", at - 1, at > 1), make("span", { text: `page ${at.toLocaleString("en")} of ${found.pages.toLocaleString("en")}` }), turn("Next", at + 1, at < found.pages), turn("Last", found.pages, at < found.pages));
    }
  }
  function drawAsked() {
    for (const [name, value] of Object.entries(model.get("found").asked)) if (controls[name]) controls[name].value = value;
  }
  function answered() {
    clearTimeout(waiting);
    say(model.get("found").told, model.get("found").problem);
    if (reviewed || !model.get("page").key) return;
    reviewed = true;
    renderReview({ model, el: below });
  }
  root.addEventListener("keydown", (event) => event.stopPropagation());
  model.on("change:found", drawFound);
  model.on("change:state", answered);
  drawAsked();
  drawFound();
  answered();
}
export default { render };
