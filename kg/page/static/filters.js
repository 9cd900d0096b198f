// The lists of kinds, relations and themes: what has lost its tick is not drawn, not found by the mouse, not named.
const filters = document.getElementById("filters");
const filterButton = document.getElementById("filter-button");
const resetButton = document.getElementById("reset");
const seen = document.getElementById("seen");
const nothing = document.getElementById("nothing");
const boxes = [...filters.querySelectorAll("input[data-filter]")];

// Everything that depends on the filters follows here, in one go.
function applyFilters() {
  decide();
  if (state.selected && !isVisible(state.selected)) leave();
  if (state.selected) renewPanel();
  layMarks();
  layEdges();
  countThemes();
  showFilters();
  fillList();
  writeAddress();
  redraw();
}

// A theme's title stands above or below what is visible of it; a theme of which nothing is visible loses its title.
function countThemes() {
  for (const theme of page.themes) [theme.shown, theme.top, theme.bottom] = [false, Infinity, -Infinity];
  for (const node of nodes) {
    if (node.theme === undefined || !isVisible(node)) continue;
    const theme = page.themes[node.theme];
    theme.shown = true;
    theme.top = Math.min(theme.top, node.y - node.size);
    theme.bottom = Math.max(theme.bottom, node.y + node.size);
  }
}

function showFilters() {
  for (const box of boxes) box.checked = !state.hidden[box.dataset.filter].has(box.value);
  const shown = visibleNodes.reduce((sum, one) => sum + one, 0);
  const lines = edges.reduce((sum, edge) => sum + (edge.visible ? 1 : 0), 0);
  seen.textContent = counted("seen", lines, { shown: number(shown), nodes: number(nodes.length) });
  resetButton.hidden = !isFiltered();
  nothing.hidden = shown > 0 || nodes.length === 0;
  showRange();
}

function only(filter, value) {
  const hidden = state.hidden[filter];
  const others = boxes.filter((box) => box.dataset.filter === filter && box.value !== value).map((box) => box.value);
  const already = !hidden.has(value) && others.every((other) => hidden.has(other));
  hidden.clear();
  if (!already) for (const other of others) hidden.add(other);
  applyFilters();
}

function resetFilters() {
  forgetFilters();
  applyFilters();
}

function openFilters(open) {
  filters.classList.toggle("open", open);
  filterButton.setAttribute("aria-expanded", String(open));
}

for (const box of boxes) {
  box.addEventListener("change", () => {
    const hidden = state.hidden[box.dataset.filter];
    if (box.checked) hidden.delete(box.value);
    else hidden.add(box.value);
    applyFilters();
  });
}
for (const pressed of filters.querySelectorAll(".only")) {
  pressed.addEventListener("click", () => only(pressed.dataset.filter, pressed.value));
}
resetButton.addEventListener("click", () => {
  resetFilters();
  filters.querySelector("input").focus();
});
document.getElementById("nothing-reset").addEventListener("click", () => {
  resetFilters();
  container.focus();
});
filterButton.addEventListener("click", () => openFilters(!filters.classList.contains("open")));
