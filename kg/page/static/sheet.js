// On a phone the details come from below; a grip makes them higher or lower.
const grip = document.getElementById("panel-grip");
const SHEET = { low: 0.46, high: 0.88, least: 0.2 };
let draggedFrom = null;

function setSheet(share) {
  const height = Math.min(Math.max(share, SHEET.least), SHEET.high);
  panel.style.setProperty("--sheet", `${(100 * height).toFixed(1)}%`);
  grip.setAttribute("aria-expanded", String(height > (SHEET.low + SHEET.high) / 2));
}

const isHigh = () => grip.getAttribute("aria-expanded") === "true";

grip.addEventListener("pointerdown", (event) => {
  grip.setPointerCapture(event.pointerId);
  draggedFrom = { y: event.clientY, height: panel.clientHeight, moved: false };
});
grip.addEventListener("pointermove", (event) => {
  if (!draggedFrom) return;
  draggedFrom.moved ||= Math.abs(event.clientY - draggedFrom.y) > 4;
  if (draggedFrom.moved)
    setSheet((draggedFrom.height + draggedFrom.y - event.clientY) / panel.parentElement.clientHeight);
});
grip.addEventListener("click", () => {
  if (!draggedFrom?.moved) setSheet(isHigh() ? SHEET.low : SHEET.high);
  draggedFrom = null;
  redraw();
});
