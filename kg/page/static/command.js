// Names in a command for the shell: in single quotes nothing of a name is anything but itself.
function shellWord(word) {
  if (/^[\p{L}\p{N}][\p{L}\p{N} .,_-]*$/u.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

// A name that others bear too, or that is not told as it is, would not lead to the node: its address does.
const clearName = (node) => (node.unclear ? page.base + node.iri : node.name);

// An equals sign keeps a name that begins with a hyphen from being an option.
const aroundCommand = (name) => `kg view --around=${shellWord(name)} --depth 2`;
const whyCommand = (name) => `kg why ${name.startsWith("-") ? "-- " : ""}${shellWord(name)}`;
