// Keys, wherever the focus is; the arrows move the picture where it has the focus.
const KEYS = {
  "/": () => searchField.select(),
  "+": () => zoomBy(1.4),
  "-": () => zoomBy(1 / 1.4),
  0: () => showAll(),
  Escape: () => (unknown.hidden ? state.selected && leave() : closeUnknown()),
};
const ARROWS = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input:not([type=checkbox], [type=radio])");
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
