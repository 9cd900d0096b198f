// One spelling for all: ü, ue and u are the same, as are ş and s. Names are folded the same way, so it finds both ways.
const LETTERS = { ß: "ss", ł: "l", ø: "o", đ: "d", ı: "i", æ: "ae", œ: "oe" };

function fold(name) {
  return name
    .toLowerCase()
    .replace(/[ßłøđıæœ]/g, (letter) => LETTERS[letter])
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([aou])e/g, "$1");
}

// 3: a name begins so, 2: a word in it does, 1: it stands anywhere, 0: nowhere.
function matchOf(names, wanted) {
  let best = 0;
  for (const name of names) {
    const place = name.indexOf(wanted);
    if (place === 0) return 3;
    if (place > 0) best = Math.max(best, /[^\p{L}\p{N}]/u.test(name[place - 1]) ? 2 : 1);
  }
  return best;
}
