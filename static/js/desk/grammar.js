// The grammar of a typed point, as src/meetings/interventions/grammar.py has it: here it is read
// while somebody types, also without a network. tests/interventions/grammar_cases.json holds both.

const MARK = /(?<!\S)([#@!=])([^\s#@!=]\S*)/g;
const ARTICLE = /^[0-9]+(\.[0-9]+)?([a-z])?$/;

/** Small letters without accents. */
export function folded(words) {
  return words.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").trim();
}

/** A name as a mark can say it: hyphens for all that is no letter or figure. */
export function inOneWord(name) {
  return folded(name).replace(/[^\p{L}\p{N}_]+/gu, "-").replace(/^-+|-+$/g, "");
}

/** What a mark stands for: what is called exactly so, else the only thing that begins so; or null. */
function known(sign, name, words) {
  if (sign === "@") return ARTICLE.test(name) ? name : null;
  const called = { "#": words.topics, "=": words.views, "!": words.kinds }[sign];
  const word = inOneWord(name);
  if (called.has(word)) return called.get(word);
  const beginning = new Set();
  if (word) for (const [other, what] of called) if (other.startsWith(word)) beginning.add(what);
  return beginning.size === 1 ? [...beginning][0] : null;
}

/** The longest reporting verb that a text begins with; "" when it begins with none. */
export function leadingVerb(text, verbs) {
  const lowered = text.toLowerCase().replaceAll("'", "’");
  let longest = "";
  for (const form of verbs.keys()) {
    const next = lowered.slice(form.length, form.length + 1);
    if (form.length > longest.length && lowered.startsWith(form) && !/[\p{L}\p{N}]/u.test(next)) longest = form;
  }
  return longest;
}

/**
 * Read a line: {text, verb, topic, articles, kind, view, faults}; "" and [] where it has none.
 * `words` are maps {topics, views, kinds, verbs} from what a thing is called to what it is.
 */
export function parse(line, words) {
  const marks = { "#": "", "!": "", "=": "" };
  const articles = [];
  const faults = [];
  const rest = line.replace(MARK, (whole, sign, name) => {
    const bare = name.replace(/[,;.]+$/, "");
    const what = known(sign, bare, words);
    if (what === null) {
      faults.push(sign + bare);
      return whole;
    }
    if (sign !== "@") marks[sign] = what;
    else if (!articles.includes(what)) articles.push(what);
    return name.slice(bare.length);
  });
  const text = rest.split(/\s+/).filter(Boolean).join(" ").replace(/\s+([,;.])/g, "$1");
  const form = leadingVerb(text, words.verbs);
  return { text, verb: form && words.verbs.get(form), topic: marks["#"], articles, kind: marks["!"], view: marks["="], faults };
}

/** The mark that is being typed where the caret stands: {sign, name, from, to}; or null. */
export function markAt(text, caret) {
  const before = text.slice(0, caret).match(/(?<!\S)([#!=])(\S*)$/);
  if (!before) return null;
  return { sign: before[1], name: before[2], from: caret - before[0].length, to: caret };
}
