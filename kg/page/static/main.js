// Going to a node and leaving it; the canvas; the first look.
const backButton = document.getElementById("panel-back");

// How many steps back there is still a node: it stands in the history, for going back must not count as going on.
const depth = () => history.state?.depth ?? 0;

// A place that is new has no state yet.
function noteDepth(steps) {
  if (history.state === null) history.replaceState({ depth: steps }, "");
  return depth();
}

let left = noteDepth(0); // the depth of the place that a step leaves

// What is still to be written of the place that is left must not overwrite the one gone to.
function visit(address) {
  clearTimeout(unwritten);
  location.hash = address;
}

function goTo(node) {
  if (state.selected === node) select(node);
  else visit(addressOf(node));
}

function leave() {
  if (!state.selected || location.hash.length <= 1) return select(null);
  state.selected = null; // at once: what a filter just hid must not be written into the address again
  visit("#");
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
    backButton.hidden = depth() < 1;
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
  const place = parsedAddress();
  const { node, filters: said } = place;
  tellUnknown(place);
  left = noteDepth(node && state.selected ? left + 1 : 0);
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
  visit(link.getAttribute("href"));
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
tellUnknown(start);
