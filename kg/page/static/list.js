// The same selection as a table, for those who would rather read, and for printing.
const list = document.getElementById("list");
const listButton = document.getElementById("list-button");
const listRows = document.getElementById("list-rows");
const listCaption = document.getElementById("list-caption");
const listMore = document.getElementById("list-more");
const columns = [...list.querySelectorAll("th button")];
const ROWS_AT_ONCE = 200;

const visibleDegree = (node) => node.links.reduce((sum, link) => sum + (isLinked(link) ? 1 : 0), 0);

const byText = (value) => (a, b) => value(a).localeCompare(value(b), LOCALE);
const byNumber = (value) => (a, b) => value(a) - value(b);
const ORDERS = {
  name: byText((node) => node.name),
  kind: byText(kindText),
  count: byNumber(articlesSeen),
  links: byNumber((node) => node.degree),
  last: byText(lastSeen),
};
const order = { column: "count", downwards: true };

let listed = [];
let rowsShown = ROWS_AT_ONCE;

function inOrder() {
  const compare = ORDERS[order.column];
  const direction = order.downwards ? -1 : 1;
  const shown = byImportance.filter(isVisible);
  for (const node of shown) node.degree = visibleDegree(node);
  return shown.sort((a, b) => direction * compare(a, b));
}

function tableRow(node) {
  const link = element("a", "", icon(node), element("span", "name", node.name));
  link.href = addressOf(node);
  const head = element("th", "", link);
  head.scope = "row";
  const last = node.date ? dayText(node) : node.months ? shortMonthText(node.months[node.months.length - 2]) : "";
  const count = isArticle(node) ? "" : number(articlesSeen(node));
  const cells = [kindText(node), count, number(node.degree), last].map((said, at) =>
    element("td", at ? "number" : "", said),
  );
  return element("tr", "", head, ...cells);
}

function fillList() {
  if (state.view !== "list") return;
  listed = inOrder();
  rowsShown = Math.min(rowsShown, Math.max(listed.length, ROWS_AT_ONCE));
  listRows.replaceChildren(...listed.slice(0, rowsShown).map(tableRow));
  for (const column of columns) {
    const sorted = column.value === order.column;
    const head = column.closest("th");
    if (sorted) head.setAttribute("aria-sort", order.downwards ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
  captionList();
}

function captionList() {
  const shown = Math.min(rowsShown, listed.length);
  listCaption.textContent = text("list_caption", { shown: number(shown), total: number(listed.length) });
  listMore.hidden = shown === listed.length;
}

function showMoreRows(until = rowsShown + ROWS_AT_ONCE) {
  const more = listed.slice(rowsShown, until).map(tableRow);
  listRows.append(...more);
  rowsShown = Math.min(until, listed.length);
  captionList();
  return more[0];
}

function setView(view) {
  state.view = view;
  document.documentElement.dataset.view = view;
  listButton.setAttribute("aria-pressed", String(view === "list"));
  list.hidden = view !== "list";
  fillList();
  redraw();
}

for (const column of columns) {
  column.addEventListener("click", () => {
    const again = column.value === order.column;
    // Numbers and dates are asked for from the top, names from the start.
    order.downwards = again ? !order.downwards : !["name", "kind"].includes(column.value);
    order.column = column.value;
    fillList();
  });
}
listMore.addEventListener("click", () => showMoreRows()?.querySelector("a").focus());
listButton.addEventListener("click", () => {
  setView(state.view === "list" ? "map" : "list");
  writeAddress();
});
// Paper has no button for more.
addEventListener("beforeprint", () => state.view === "list" && showMoreRows(listed.length));
