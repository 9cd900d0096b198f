// Dates in words, in the language of the page.
const FIRST_MONTH = page.months ? monthNumber(page.months.first) : 0;
const LAST_INDEX = page.months ? page.months.counts.length - 1 : 0;

const dayFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeZone: "UTC" });
const monthFormat = new Intl.DateTimeFormat(LOCALE, { month: "long", year: "numeric", timeZone: "UTC" });
const shortMonthFormat = new Intl.DateTimeFormat(LOCALE, { month: "2-digit", year: "numeric", timeZone: "UTC" });

const monthIndex = (iso) => monthNumber(iso) - FIRST_MONTH;
const isoOf = (index) => monthIso(index + FIRST_MONTH);
const dateOfMonth = (index) => new Date(`${isoOf(index)}-01T00:00:00Z`);
const monthText = (index) => monthFormat.format(dateOfMonth(index));
const shortMonthText = (index) => shortMonthFormat.format(dateOfMonth(index));
const dayText = (node) => (node.date ? dayFormat.format(new Date(`${node.date}T00:00:00Z`)) : "");

// When a node was last in the paper: its own day, else its last month; "" where nothing is dated.
function lastSeen(node) {
  if (node.date) return node.date;
  return node.months ? isoOf(node.months[node.months.length - 2]) : "";
}
