// Light, dark, or as the system has it: a button goes round, first to the one that differs from what is seen.
const modeButton = document.getElementById("mode-button");
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const MODE_KEY = "kg-mode";

function remembered() {
  try {
    const mode = localStorage.getItem(MODE_KEY);
    return mode === "light" || mode === "dark" ? mode : "auto";
  } catch {
    return "auto"; // a browser may keep its memory from pages on the disk
  }
}

function remember(mode) {
  try {
    localStorage.setItem(MODE_KEY, mode);
  } catch {
    // Then the choice lasts as long as the page is open.
  }
}

function nextMode() {
  const round = systemDark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  return round[(round.indexOf(document.documentElement.dataset.mode) + 1) % round.length];
}

function setMode(mode) {
  document.documentElement.dataset.mode = mode;
  modeButton.querySelector(".label").textContent = text(`mode.${mode}`);
  modeButton.setAttribute("aria-label", text("mode", { mode: text(`mode.${mode}`) }));
  modeButton.title = modeButton.getAttribute("aria-label");
}

function repaint() {
  readColours();
  paintLegend();
  layMarks();
  redraw();
}

modeButton.addEventListener("click", () => {
  const mode = nextMode();
  setMode(mode);
  remember(mode);
  repaint();
});
systemDark.addEventListener("change", repaint);
