// What the widgets share. Words of an article reach the page through textContent and attributes only.
function make(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function evidence(item, open) {
  const quote = make("blockquote");
  let labelled = false;
  for (const [text, classes] of item.pieces) {
    if (!classes) {
      quote.append(text);
      continue;
    }
    const mark = make("mark", { class: classes });
    if (!labelled && /(^| )stca-(c|q|s|r|p\d[soa])2?( |$)/.test(classes)) {
      mark.append(make("sup", { class: "stca-n", text: item.label }));
      labelled = true;
    }
    mark.append(text);
    quote.append(mark);
  }
  const facts = make("dl");
  for (const [name, value] of item.facts) facts.append(make("dt", { text: name }), make("dd", { text: value }));
  return make(
    "figure",
    { class: "stca-row" },
    make("p", { class: "stca-meta", text: item.article }),
    quote,
    make("figcaption", {}, make("details", { open }, make("summary", {}, make("b", { text: item.label }), " ", item.summary), facts)),
  );
}

// Keys pressed inside a widget are the widget's own, not the notebook's.
function frame(el, label, className) {
  const root = make("div", {
    class: `stca-view ${className} mathjax_ignore tex2jax_ignore`,
    role: "region",
    "aria-label": label,
    "data-lm-suppress-shortcuts": "true",
  });
  el.replaceChildren(root);
  return root;
}
