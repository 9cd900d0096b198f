// Colour by kind or by theme; shapes tell the kinds apart either way.
const colourBoxes = [...document.querySelectorAll("input[name=colour]")];

function paintLegend() {
  document.documentElement.dataset.colour = state.colourBy;
  for (const swatch of filters.querySelectorAll(".swatch"))
    swatch.style.color = themeColour(Number(swatch.dataset.theme));
  for (const box of colourBoxes) box.checked = box.value === state.colourBy;
}

function colourBy(what) {
  state.colourBy = what;
  paintLegend();
  layMarks();
  layEdges();
  redraw();
}

for (const box of colourBoxes) {
  box.addEventListener("change", () => {
    colourBy(box.value);
    writeAddress();
  });
}
