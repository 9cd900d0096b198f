// The legend is the filter: a kind without its tick is not drawn, not found by the mouse, not named.
const filters = document.getElementById("filters");
const filterButton = document.getElementById("filter-button");

function setKind(kind, shown) {
  if (shown) state.hiddenKinds.delete(kind);
  else state.hiddenKinds.add(kind);
  visNodes.update(nodes.filter((node) => node.group === kind).map((node) => ({ id: node.id, hidden: !shown })));
  if (state.selected && !isVisible(state.selected)) leave();
  layEdges();
  countThemes();
  redraw();
}

// A theme of which nothing is visible loses its title.
function countThemes() {
  for (const theme of page.themes) theme.shown = false;
  for (const node of nodes) if (node.theme !== undefined && isVisible(node)) page.themes[node.theme].shown = true;
}

for (const box of filters.querySelectorAll("input[type=checkbox]")) {
  box.checked = true; // browsers keep ticks over a reload
  box.addEventListener("change", () => setKind(box.value, box.checked));
}

filterButton.addEventListener("click", () => {
  const open = filters.classList.toggle("open");
  filterButton.setAttribute("aria-expanded", String(open));
});
