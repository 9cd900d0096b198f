// What is seen, to take away: as a picture of pixels or of lines, or as a table.
const saveMenu = document.getElementById("save");
const PIXELS_EACH = 2;

function fileName(suffix) {
  const stem = fold(document.title)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${stem || "graph"}.${suffix}`;
}

function offer(blob, name) {
  const link = element("a", "");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// The canvas again, with more pixels: the same functions draw on another context.
function largeCanvas() {
  const canvas = document.createElement("canvas");
  canvas.width = container.clientWidth * PIXELS_EACH;
  canvas.height = container.clientHeight * PIXELS_EACH;
  const context = canvas.getContext("2d");
  const at = projection();
  const factor = PIXELS_EACH * at.scale;
  context.setTransform(factor, 0, 0, factor, PIXELS_EACH * at.x(0), PIXELS_EACH * at.y(0));
  drawPicture(context);
  return canvas;
}

function tableOfView() {
  const head = ["name", "kind", "theme", "count", "links", "first", "last", "source", "address"].map((key) =>
    text(`column.${key}`),
  );
  const rows = byImportance
    .filter(isVisible)
    .map((node) => [
      node.name,
      kindText(node),
      themeTitle(node).join(" · "),
      isArticle(node) ? "" : articlesSeen(node),
      visibleDegree(node),
      node.date ?? (node.months ? isoOf(node.months[0]) : ""),
      lastSeen(node),
      node.url ?? "",
      page.base + node.iri,
    ]);
  return csvOf([head, ...rows]);
}

const SAVE = {
  png: () => largeCanvas().toBlob((blob) => offer(blob, fileName("png")), "image/png"),
  svg: () => offer(new Blob([svgOfView()], { type: "image/svg+xml" }), fileName("svg")),
  csv: () => offer(new Blob([tableOfView()], { type: "text/csv" }), fileName("csv")),
};

for (const pressed of saveMenu.querySelectorAll("button")) {
  pressed.addEventListener("click", () => {
    SAVE[pressed.value]();
    saveMenu.open = false;
    saveMenu.querySelector("summary").focus();
  });
}
saveMenu.addEventListener("focusout", (event) => {
  if (!saveMenu.contains(event.relatedTarget)) saveMenu.open = false;
});
saveMenu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !saveMenu.open) return;
  event.stopPropagation();
  saveMenu.open = false;
  saveMenu.querySelector("summary").focus();
});
