// What is selected and filtered stands in the address: back and forward work, and a place can be shared.
const HIDE = { kind: "hide", relation: "without", theme: "no-theme" };

const LONGEST_ADDRESS = 120;

const addressOf = (node) => `#${encodeURIComponent(node.iri)}`;

// The filters as they are, only what differs from the first look: ?hide=stub+tag&from=2022-03&to=2023-01
// Themes stand there by what they grew around: their numbers change when the archive grows.
const BETWEEN_VALUES = " ";

function filterAddress() {
  const said = new URLSearchParams();
  for (const [filter, name] of Object.entries(HIDE)) {
    if (state.hidden[filter].size) said.set(name, [...state.hidden[filter]].sort().join(BETWEEN_VALUES));
  }
  if (state.range) {
    said.set("from", isoOf(state.range[0]));
    said.set("to", isoOf(state.range[1]));
  }
  if (state.range && state.undated) said.set("undated", "1");
  if (state.colourBy !== "kind") said.set("colour", state.colourBy);
  if (state.view !== "map") said.set("view", state.view);
  return said.size ? `?${said}` : "";
}

function parsedAddress() {
  const [said, ...rest] = location.hash.slice(1).split("?");
  const iri = unescaped(said);
  return { iri, node: byIri.get(iri) ?? null, filters: rest.length ? new URLSearchParams(rest.join("?")) : null };
}

function unescaped(said) {
  try {
    return decodeURIComponent(said);
  } catch {
    return said; // a broken percent sign: an address that is nobody's
  }
}

// An address may be of another page, or one that was replaced since: say so, for it does not stay in the address bar.
const unknown = document.getElementById("unknown");

function tellUnknown({ iri, node }) {
  unknown.hidden = iri === "" || node !== null;
  if (unknown.hidden) return;
  const address = shorten(iri.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ""), LONGEST_ADDRESS);
  unknown.firstChild.textContent = text("unknown", { address });
  status.textContent = unknown.firstChild.textContent;
}

function closeUnknown() {
  const focused = unknown.contains(document.activeElement);
  unknown.hidden = true;
  if (focused) (state.view === "list" ? list : container).focus();
}

unknown.querySelector("button").addEventListener("click", closeUnknown);

// An address without filters leaves them as they are: links lead to a node, not to a selection.
function readFilters(said) {
  forgetFilters();
  for (const [filter, name] of Object.entries(HIDE)) {
    const known = new Set(boxes.filter((box) => box.dataset.filter === filter).map((box) => box.value));
    for (const value of (said.get(name) ?? "").split(BETWEEN_VALUES))
      if (known.has(value)) state.hidden[filter].add(value);
  }
  const ends = [said.get("from"), said.get("to")];
  if (page.months && ends.every((end) => /^\d{4}-\d{2}$/.test(end ?? ""))) {
    const [first, last] = ends.map((end) => Math.min(Math.max(monthIndex(end), 0), LAST_INDEX));
    if (first <= last && (first > 0 || last < LAST_INDEX)) state.range = [first, last];
  }
  state.undated = said.get("undated") === "1";
  colourBy(said.get("colour") === "theme" ? "theme" : "kind");
  setView(said.get("view") === "list" ? "list" : "map");
}

// Changed filters are no new place to come back to. Browsers refuse more than some hundred changes in half a minute:
// while a handle is dragged, only some of its places are written, and the last.
const BETWEEN_ADDRESSES = 250; // milliseconds
let written = -Infinity;
let unwritten = 0;

function writeAddress() {
  clearTimeout(unwritten);
  const wait = written + BETWEEN_ADDRESSES - performance.now();
  if (wait > 0) {
    unwritten = setTimeout(writeAddress, wait);
    return;
  }
  const place = state.selected ? addressOf(state.selected) : "#";
  const address = `${place}${filterAddress()}`;
  if (address === (location.hash || "#")) return;
  // Whole, for in a notebook's frame a mere "#…" is an address of the notebook.
  history.replaceState(history.state, "", location.href.split("#")[0] + address);
  written = performance.now();
}
