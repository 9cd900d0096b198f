// Mouse and fingers on the picture.
const tip = document.getElementById("tip");
const REACH = { finger: 16, click: 9, hover: 6 };

network.on("click", ({ pointer, event }) => {
  const touched = event.pointerType === "touch" || event.srcEvent?.pointerType === "touch";
  const node = nodeAt(pointer.DOM, touched ? REACH.finger : REACH.click);
  if (node) goTo(node);
  else if (state.selected) leave();
});
for (const [event, moving] of [
  ["dragStart", true],
  ["dragEnd", false],
]) {
  network.on(event, () => {
    state.moving = moving;
    tip.hidden = true;
    redraw();
  });
}

container.addEventListener("mousemove", (event) => {
  if (state.moving) return;
  const node = nodeAt({ x: event.offsetX, y: event.offsetY }, REACH.hover);
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
