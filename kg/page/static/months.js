// Months are counted from the first month of the archive; a year and a month make a number, and back.
const monthNumber = (iso) => 12 * Number(iso.slice(0, 4)) + Number(iso.slice(5, 7)) - 1;

const monthIso = (value) =>
  `${String(Math.floor(value / 12)).padStart(4, "0")}-${String((value % 12) + 1).padStart(2, "0")}`;

// `list` is flat, [month, articles, month, articles, …]; the articles from `first` to `last`, both included.
function articlesBetween(list, first, last) {
  let sum = 0;
  for (let i = 0; i < list.length; i += 2) if (list[i] >= first && list[i] <= last) sum += list[i + 1];
  return sum;
}

// Bars as one outline, each as wide as 1 and at most 1 high, growing upwards from y = 1.
function barsPath(heights, highest, from = 0, to = heights.length - 1) {
  let path = "";
  for (let i = from; i <= to; i += 1) {
    if (!heights[i]) continue;
    const height = Math.max(Math.round((1000 * heights[i]) / highest) / 1000, 0.04);
    path += `M${i}.08 1v-${height}h.84v${height}z`;
  }
  return path;
}
