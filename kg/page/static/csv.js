// Comma-separated values (RFC 4180): all quoted, and nothing that a spreadsheet would take for a formula.
function csvCell(value) {
  const said = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(said) ? `'${said}` : said;
  return `"${safe.replaceAll('"', '""')}"`;
}

// With a byte order mark, by which spreadsheets know UTF-8.
const csvOf = (rows) => `\ufeff${rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
