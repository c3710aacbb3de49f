// The review of a table, row by row. All that is decided is decided and written in Python; this shows it.
const KEYS = [
  ["j / ↓", "next row"],
  ["k / ↑", "row before"],
  ["g", "next undecided row"],
  ["a", "accept the row"],
  ["r", "reject the row"],
  ["e", "edit its fields (Enter saves a field, Esc leaves it as it was)"],
  ["s", "select words for a new row"],
  ["x", "select other words for this row"],
  ["n", "write a note (Enter saves it; with a or r it goes along)"],
  ["u", "undo your last decision"],
  ["?", "show or hide these keys"],
];
let widgets = 0;
const SELECTING = "Arrow keys move the end of the selection, with Shift its beginning; Enter takes it, Esc gives up. Or select with the mouse.";

function renderReview({ model, el }) {
  const root = frame(el, "Review", "stca-review");
  const own = `stca-review-${(widgets += 1)}`;
  root.tabIndex = 0;
  let mode = null; // "add" or "move" while words are being selected
  let asked = 0;
  let article = null;
  let waiting = null;
  let arrived; // which passage the text was last scrolled to

  const where = make("b");
  const tally = make("span", { class: "stca-meta" });
  const bar = make("progress", { max: "1", value: "0", "aria-label": "rows decided" });
  const text = make("div", { class: "stca-text", role: "article", tabindex: "0", "aria-label": "article" });
  const form = make("div", { class: "stca-form" });
  const note = make("input", { type: "text", class: "stca-note", "aria-label": "note", placeholder: "Note (optional)", maxlength: "2000" });
  const message = make("p", { class: "stca-message", role: "status", "aria-live": "polite" });
  const list = make("dl", { class: "stca-keys", hidden: true });
  for (const [key, meaning] of KEYS) list.append(make("dt", {}, make("kbd", { text: key })), make("dd", { text: meaning }));
  const button = (label, key, action, extra) =>
    make("button", { type: "button", title: `key ${key}`, ...extra, onclick: () => (action(), root.focus({ preventScroll: true })) }, label, " ", make("kbd", { text: key, "aria-hidden": "true" }));
  const tools = make(
    "div",
    { class: "stca-tools", role: "toolbar", "aria-label": "decisions" },
    button("Accept", "a", () => decide("accept"), { class: "stca-yes" }),
    button("Reject", "r", () => decide("reject"), { class: "stca-no" }),
    button("Back", "k", () => send("step", { by: -1 })),
    button("Next", "j", () => send("step", { by: 1 })),
    button("Undecided", "g", () => send("open")),
    button("Add row", "s", () => select("add")),
    button("Move row", "x", () => select("move")),
    button("Undo", "u", () => send("undo")),
    button("Keys", "?", () => (list.hidden = !list.hidden)),
  );
  root.append(make("div", { class: "stca-bar" }, where, bar, tally), tools, list, message, make("div", { class: "stca-two" }, text, form));

  function send(action, more = {}) {
    asked += 1;
    model.send({ action, asked, ...more });
    clearTimeout(waiting);
    waiting = setTimeout(() => say("The kernel does not answer: nothing is saved until it does. Restart it and run this cell again; saved decisions are kept.", true), 4000);
  }
  function decide(action) {
    send(action, { note: note.value });
    note.value = "";
  }
  function say(words, bad = false) {
    message.textContent = words;
    message.classList.toggle("stca-problem", bad);
  }

  // The article
  function drawText() {
    const page = model.get("page");
    const seen = page.article === article ? text.scrollTop : 0;
    article = page.article;
    text.replaceChildren();
    text.setAttribute("aria-label", `text of ${page.article}`);
    for (const block of page.blocks) {
      if (block.zone === "blank") continue;
      const p = make("p", { class: block.off ? "stca-off" : `stca-${block.zone}`, title: block.off ? `${block.zone || "markup"}: not read` : null });
      for (const [start, shown, acting, classes, rows, label] of block.pieces) {
        const piece = make(classes ? "mark" : "span", { class: classes || null, "data-a": start, "data-acting": acting ? "1" : null, "data-label": label || null, "data-rows": rows.length ? rows.join(" ") : null });
        piece.textContent = shown;
        p.append(piece);
      }
      text.append(p);
    }
    text.scrollTop = seen;
  }
  text.addEventListener("click", (event) => {
    const rows = event.target.closest("[data-rows]")?.dataset.rows.split(" ").map(Number);
    if (rows && !mode && document.getSelection().isCollapsed) {
      const { at: place, here } = model.get("state");
      const at = rows.indexOf(here ?? place);
      send("go", { place: rows[(at + 1) % rows.length] });
    }
  });
  function showHere() {
    const { at: place, here: shown, opened } = model.get("state");
    const at = String(shown ?? place);
    let first = null;
    for (const piece of text.querySelectorAll("[data-rows]")) {
      const here = piece.dataset.rows.split(" ").includes(at);
      piece.classList.toggle("stca-here", here);
      if (here) piece.setAttribute("aria-current", "true");
      else piece.removeAttribute("aria-current");
      first ??= here ? piece : null;
    }
    if (opened !== arrived) first = text.querySelector(".stca-found") ?? first;
    arrived = opened;
    if (!first || mode) return;
    const top = first.offsetTop - text.scrollTop;
    if (top < 20 || top > text.clientHeight - 60) text.scrollTop = Math.max(0, first.offsetTop - text.clientHeight / 3);
  }

  // Selecting words: offsets count characters as Python does, so the halves of a surrogate pair count once.
  function offset(node, place, end) {
    if (node.nodeType === Node.TEXT_NODE) {
      const piece = node.parentElement.closest("[data-a]");
      if (piece) return Number(piece.dataset.a) + (piece.dataset.acting ? Number(place > 0) : [...node.data.slice(0, place)].length);
    }
    const point = document.createRange();
    point.setStart(node, place);
    point.collapse(true);
    let last = null;
    for (const piece of text.querySelectorAll("[data-a]")) {
      const after = point.comparePoint(piece, 0) > 0;
      if (after && !end) return Number(piece.dataset.a);
      if (after) break;
      last = piece;
    }
    return last ? Number(last.dataset.a) + (last.dataset.acting ? 1 : [...last.textContent].length) : 0;
  }
  function selected() {
    const selection = document.getSelection();
    if (selection.isCollapsed || !selection.rangeCount || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return null;
    const range = selection.getRangeAt(0);
    return { start: offset(range.startContainer, range.startOffset, false), end: offset(range.endContainer, range.endOffset, true) };
  }
  function point(at) {
    let found = null;
    for (const piece of text.querySelectorAll("[data-a]")) {
      if (Number(piece.dataset.a) > at) break;
      found = piece;
    }
    const inside = found.dataset.acting ? 0 : [...found.textContent].slice(0, at - Number(found.dataset.a)).join("").length;
    return [found.firstChild, Math.min(inside, found.firstChild.length)];
  }
  function select(what) {
    const { row } = model.get("state");
    if (what === "move" && !row) return;
    const span = selected();
    if (span) return take(what, span);
    mode = what;
    const [start, end] = what === "move" ? row.span : (row?.sentence ?? [0, 1]);
    document.getSelection().setBaseAndExtent(...point(start), ...point(end));
    say(SELECTING);
    root.classList.add("stca-selecting");
  }
  function take(what, span) {
    leave();
    send(what === "add" ? "draft" : "move", { ...span, article: model.get("page").key });
    document.getSelection().removeAllRanges();
  }
  function leave() {
    mode = null;
    root.classList.remove("stca-selecting");
  }
  function stretch(key, shift) {
    const selection = document.getSelection();
    const direction = key === "ArrowRight" || key === "ArrowDown" ? "forward" : "backward";
    const unit = key === "ArrowLeft" || key === "ArrowRight" ? "word" : "line";
    const turned = () => selection.setBaseAndExtent(selection.focusNode, selection.focusOffset, selection.anchorNode, selection.anchorOffset);
    if (shift) turned();
    selection.modify("extend", direction, unit);
    if (shift) turned();
  }

  // The form
  function input(field, save) {
    const props = { name: field.name, "aria-label": field.name, title: field.meaning, "aria-required": field.needed ? "true" : null };
    let control;
    if (field.kind === "choice") {
      control = make("select", props);
      if (!field.needed || !field.value) control.append(make("option", { value: "", text: field.needed ? "choose …" : "" }));
      for (const choice of field.choices) control.append(make("option", { value: choice, text: choice }));
    } else {
      const id = `${own}-${field.name}`;
      control = make("input", { ...props, type: "text", inputmode: field.kind === "number" ? "decimal" : null, placeholder: field.kind === "day" ? "YYYY-MM-DD" : null, list: field.offers.length ? id : null, autocomplete: "off" });
      if (field.offers.length) control.offers = make("datalist", { id }, ...field.offers.map((offer) => make("option", { value: offer })));
    }
    control.value = field.value;
    control.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        control.value = field.value;
        root.focus({ preventScroll: true });
      } else if (event.key === "Enter") {
        event.preventDefault();
        save(control);
      }
    });
    return control;
  }
  function drawForm() {
    const { row, draft, noun } = model.get("state");
    const held = form.contains(document.activeElement) ? document.activeElement.name : null;
    form.replaceChildren();
    const fields = (draft ?? row)?.fields ?? [];
    if (!draft && !row) {
      form.append(make("p", { class: "stca-hint", text: "There are no rows here. Select words in the text and press s to add one." }));
      return;
    }
    if (draft) form.append(make("p", { class: "stca-title", text: `New ${noun}` }), make("p", { class: "stca-quoted", text: draft.text }));
    else {
      const head = make("p", { class: "stca-title" }, `${row.label} `, make("span", { class: `stca-verdict stca-v-${row.verdict || "open"}`, text: row.verdict || "undecided" }));
      form.append(head, make("p", { class: "stca-quoted", text: row.text }));
      if (row.doubt) form.append(make("p", { class: "stca-hint stca-doubt", text: row.doubt }));
    }
    const grid = make("div", { class: "stca-fields" });
    const controls = fields.map((field) => {
      const save = draft ? () => keep() : (control) => commit(control, field);
      const control = input(field, save);
      if (!draft) control.addEventListener("focusout", () => commit(control, field));
      const label = make("label", { title: field.meaning, class: field.given ? "stca-given" : null }, `${field.name}${field.needed ? " *" : ""}`, control);
      if (control.offers) label.append(control.offers);
      grid.append(label);
      return control;
    });
    const keep = () => {
      send("add", { article: model.get("page").key, start: draft.start, end: draft.end, values: Object.fromEntries(controls.map((control) => [control.name, control.value])), note: note.value });
      note.value = "";
    };
    form.append(make("label", { class: "stca-noted" }, "note", note), grid);
    if (draft)
      form.append(
        make("div", { class: "stca-tools" }, make("button", { type: "button", class: "stca-yes stca-save", onclick: keep }, "Save row ", make("kbd", { text: "Enter" })), make("button", { type: "button", onclick: () => send("cancel") }, "Give up ", make("kbd", { text: "Esc" }))),
      );
    if (draft) (controls.find((control) => control.getAttribute("aria-required") && !control.value) ?? controls[0])?.focus({ preventScroll: true });
    else if (held) form.querySelector(`[name="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }
  function commit(control, field) {
    if (control.value.trim() === field.value || control.done) return;
    control.done = true;
    send("edit", { field: field.name, value: control.value, row: model.get("state").row.id, note: note.value });
    note.value = "";
  }
  note.addEventListener("keydown", (event) => {
    if (event.key === "Escape") root.focus({ preventScroll: true });
    if (event.key !== "Enter" || model.get("state").draft) return;
    event.preventDefault();
    send("note", { note: note.value });
    note.value = "";
    root.focus({ preventScroll: true });
  });

  function drawState() {
    const state = model.get("state");
    clearTimeout(waiting);
    where.textContent = state.total ? `${state.table}: row ${state.at + 1} of ${state.total}` : `${state.table}: no rows`;
    const told = Object.entries(state.tally).filter(([, count]) => count).map(([name, count]) => `${count} ${name}`);
    tally.textContent = [`${state.decided} decided`, ...told, `${state.coder} → ${state.ledger}`].join(" · ");
    bar.value = state.total ? state.decided / state.total : 0;
    root.setAttribute("aria-label", `Review of ${state.table}`);
    if (state.message) say(state.message, state.problem);
    else say("");
    if (state.problem && form.querySelector("[name]")) objected(state.field);
    else drawForm();
    showHere();
    showDraft(state.draft);
  }
  // What was typed stays when it cannot be taken, to be mended.
  function objected(name) {
    for (const control of form.querySelectorAll(".stca-fields [name]")) {
      control.done = false;
      const wrong = name ? control.name === name : control.getAttribute("aria-required") && !control.value;
      if (wrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
  function showDraft(draft) {
    if (!CSS.highlights) return;
    CSS.highlights.delete("stca-draft");
    if (!draft) return;
    const range = document.createRange();
    range.setStart(...point(draft.start));
    range.setEnd(...point(draft.end));
    CSS.highlights.set("stca-draft", new Highlight(range));
  }

  const actions = {
    j: () => send("step", { by: 1 }), ArrowDown: () => send("step", { by: 1 }),
    k: () => send("step", { by: -1 }), ArrowUp: () => send("step", { by: -1 }),
    g: () => send("open"), a: () => decide("accept"), r: () => decide("reject"), u: () => send("undo"),
    s: () => select("add"), x: () => select("move"),
    e: () => form.querySelector("[name]")?.focus(), n: () => note.focus(),
    "?": () => (list.hidden = !list.hidden),
  };
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (mode && !typing) {
      if (event.key === "Escape") {
        leave();
        document.getSelection().removeAllRanges();
        say("Nothing was selected.");
      } else if (event.key === "Enter") {
        const span = selected();
        if (span) take(mode, span);
      } else if (event.key.startsWith("Arrow")) stretch(event.key, event.shiftKey);
      else return;
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && model.get("state").draft) {
      event.preventDefault();
      send("cancel");
      root.focus({ preventScroll: true });
      return;
    }
    if (typing || (event.target.closest("button") && (event.key === "Enter" || event.key === " "))) return;
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  text.addEventListener("mouseup", () => {
    if (selected() && !model.get("state").draft) say(mode ? SELECTING : "Press s to add a row on the selected words, x to move this row to them.");
  });

  model.on("change:page", drawText);
  model.on("change:state", drawState);
  drawText();
  drawState();
}
