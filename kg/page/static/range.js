// The time range: a histogram of the archive's articles by month, and a handle at each end of the range.
const track = document.getElementById("range");
const handles = [document.getElementById("range-from"), document.getElementById("range-to")];
const rangeText = document.getElementById("range-text");
const undatedBox = document.getElementById("undated");
const A_YEAR = 12;

const rangeNow = () => state.range ?? [0, LAST_INDEX];

// Moving one end stops at the other; the whole is no range at all.
function setRange(first, last) {
  const whole = first === 0 && last === LAST_INDEX;
  state.range = whole ? null : [first, last];
  applyFilters();
}

function moveEnd(end, month) {
  const [first, last] = rangeNow();
  if (end === 0) setRange(Math.min(Math.max(month, 0), last), last);
  else setRange(first, Math.max(Math.min(month, LAST_INDEX), first));
}

function showRange() {
  if (!track) return;
  const [first, last] = rangeNow();
  const months = LAST_INDEX + 1;
  handles.forEach((handle, end) => {
    const month = end === 0 ? first : last;
    handle.style.left = `${(100 * (month + end)) / months}%`;
    handle.setAttribute("aria-valuemin", String(end === 0 ? 0 : first));
    handle.setAttribute("aria-valuemax", String(end === 0 ? last : LAST_INDEX));
    handle.setAttribute("aria-valuenow", String(month));
    handle.setAttribute("aria-valuetext", monthText(month));
  });
  const { counts } = page.months;
  document.getElementById("range-chosen").setAttribute("d", barsPath(counts, Math.max(...counts, 1), first, last));
  const articles = counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
  const between =
    first === last ? monthText(first) : text("from_to", { from: shortMonthText(first), to: shortMonthText(last) });
  rangeText.textContent = `${between} · ${text("articles", { n: number(articles) })}`;
  undatedBox.checked = state.undated;
  undatedBox.closest("label").hidden = state.range === null || !someUndated;
}

const someUndated = nodes.some((node) => (node.months ? articlesUndated(node) > 0 : node.month === undefined));

function monthUnder(event) {
  const box = track.getBoundingClientRect();
  return Math.floor(((event.clientX - box.left) / box.width) * (LAST_INDEX + 1));
}

function startDrag(event) {
  const month = monthUnder(event);
  const [first, last] = rangeNow();
  const grabbed = handles.indexOf(event.target);
  const end = grabbed >= 0 ? grabbed : month - first <= last - month ? 0 : 1;
  event.preventDefault();
  track.setPointerCapture(event.pointerId);
  handles[end].focus();
  if (grabbed < 0) moveEnd(end, month);
  const drag = (moved) => moveEnd(end, monthUnder(moved));
  track.addEventListener("pointermove", drag);
  track.addEventListener("lostpointercapture", () => track.removeEventListener("pointermove", drag), { once: true });
}

const STEPS = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: A_YEAR,
  PageDown: -A_YEAR,
  Home: -Infinity,
  End: Infinity,
};

if (track) {
  const { counts } = page.months;
  track.querySelector("svg").setAttribute("viewBox", `0 0 ${counts.length} 1`);
  document.getElementById("range-all").setAttribute("d", barsPath(counts, Math.max(...counts, 1)));
  track.addEventListener("pointerdown", startDrag);
  handles.forEach((handle, end) => {
    handle.addEventListener("keydown", (event) => {
      if (!(event.key in STEPS)) return;
      event.preventDefault();
      moveEnd(end, rangeNow()[end] + STEPS[event.key]);
    });
  });
  undatedBox.addEventListener("change", () => {
    state.undated = undatedBox.checked;
    applyFilters();
  });
}
