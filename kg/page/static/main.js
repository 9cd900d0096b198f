// Going to a node and leaving it; the canvas; the first look.
const backButton = document.getElementById("panel-back");
let steps = 0;

function goTo(node) {
  if (state.selected === node) select(node);
  else location.hash = addressOf(node);
}

function leave() {
  if (state.selected && location.hash.length > 1) location.hash = "#";
  else select(null);
}

function select(node) {
  state.selected = node;
  tip.hidden = true;
  openFilters(false);
  if (node) {
    if (!isVisible(node)) {
      reveal(node);
      applyFilters();
    }
    backButton.hidden = steps < 1;
    const title = fillPanel(node);
    lookAt([node, ...neighbours(node)], { edge: innerWidth < 720 ? 28 : 56 });
    title.focus({ preventScroll: true });
  } else {
    if (panel.contains(document.activeElement)) container.focus();
    panel.hidden = true;
  }
  writeAddress();
  redraw();
}

addEventListener("hashchange", () => {
  const { node, filters: said } = parsedAddress();
  steps = node && state.selected ? steps + 1 : 0;
  if (said) {
    readFilters(said);
    state.selected = null; // the node that is left may be hidden now
    applyFilters();
  }
  select(node);
});
backButton.addEventListener("click", () => history.back());

// In a notebook's frame a link to "#…" would open the notebook there.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  location.hash = link.getAttribute("href");
});

network.on("afterDrawing", drawPicture);

setMode(remembered());
readColours();
paintLegend();
const start = parsedAddress();
if (start.filters) readFilters(start.filters);
applyFilters();
showAll(false);
select(start.node);
