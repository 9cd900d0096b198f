// What is selected stands in the address: back and forward work, and a place can be shared.
const tip = document.getElementById("tip");
const backButton = document.getElementById("panel-back");
const byIri = new Map(nodes.map((node) => [node.iri, node]));
let steps = 0;

function goTo(node) {
  if (addressOf(node) === location.hash) select(node);
  else location.hash = addressOf(node);
}

function leave() {
  if (location.hash) location.hash = "";
  else select(null);
}

function addressed() {
  try {
    return byIri.get(decodeURIComponent(location.hash.slice(1))) ?? null;
  } catch {
    return null; // a broken percent sign: an address that is nobody's
  }
}

function select(node) {
  state.selected = node;
  tip.hidden = true;
  filters.classList.remove("open");
  filterButton.setAttribute("aria-expanded", "false");
  if (node) {
    revealKind(node.group);
    backButton.hidden = steps < 1;
    const title = fillPanel(node);
    lookAt([node, ...neighbours(node)], { edge: 56 });
    title.focus({ preventScroll: true });
  } else {
    if (panel.contains(document.activeElement)) container.focus();
    panel.hidden = true;
  }
  redraw();
}

// Who asks for a node of a hidden kind wants to see it.
function revealKind(kind) {
  if (!state.hiddenKinds.has(kind)) return;
  filters.querySelector(`input[value="${kind}"]`).checked = true;
  setKind(kind, true);
}

window.addEventListener("hashchange", () => {
  const node = addressed();
  steps = node && state.selected ? steps + 1 : 0;
  select(node);
});

network.on("beforeDrawing", (context) => {
  drawPaper(context);
  drawEdges(context);
});
network.on("afterDrawing", (context) => {
  for (const node of nodes) if (node.author && isVisible(node)) ring(context, node);
  if (state.selected) drawFocus(context);
  else onScreen(context, () => drawLabels(context));
});
network.on("click", ({ pointer }) => {
  const node = nodeAt(pointer.DOM, 9);
  if (node) goTo(node);
  else if (state.selected) leave();
});
for (const [event, moving] of [["dragStart", true], ["dragEnd", false]]) {
  network.on(event, () => {
    state.moving = moving;
    tip.hidden = true;
    redraw();
  });
}

container.addEventListener("mousemove", (event) => {
  if (state.moving) return;
  const node = nodeAt({ x: event.offsetX, y: event.offsetY }, 6);
  container.style.cursor = node ? "pointer" : "";
  tip.hidden = !node;
  if (!node) return;
  tip.textContent = node.name;
  const left = Math.min(event.offsetX + 14, container.clientWidth - tip.offsetWidth - 8);
  const below = event.offsetY + 18;
  const top = below + tip.offsetHeight > container.clientHeight ? event.offsetY - tip.offsetHeight - 8 : below;
  tip.style.left = `${Math.max(left, 8)}px`;
  tip.style.top = `${top}px`;
});
container.addEventListener("mouseleave", () => (tip.hidden = true));

const KEYS = {
  "/": () => searchField.select(),
  "+": () => zoomBy(1.4),
  "-": () => zoomBy(1 / 1.4),
  0: () => showAll(),
  Escape: () => state.selected && leave(),
};
const ARROWS = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input:not([type=checkbox])");
  if (KEYS[event.key] && (!typing || event.key === "Escape")) {
    event.preventDefault();
    KEYS[event.key]();
  } else if (ARROWS[event.key] && document.activeElement === container) {
    event.preventDefault();
    panBy(...ARROWS[event.key]);
  }
});

document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.4));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
document.getElementById("zoom-all").addEventListener("click", () => showAll());
document.getElementById("panel-close").addEventListener("click", leave);
backButton.addEventListener("click", () => history.back());

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  readColours();
  visNodes.update(nodes.map((node) => ({ id: node.id, color: colours[node.group] })));
  redraw();
});

layEdges();
countThemes();
showAll(false);
if (addressed()) select(addressed());
