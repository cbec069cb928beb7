// A list of what can be meant, under a field, while somebody types: for marks and for delegations.

import { folded } from "./grammar.js";

const SHOWN = 8;
const SCATTERED = 4; // letters that only stand in this order: shown where nothing fits better
let numbered = 0;

/** How well a name fits what was typed: 0 is exactly, more is worse, null is not at all. */
function fit(typed, called) {
  if (called === typed) return 0;
  if (called.startsWith(typed)) return 1;
  const at = called.indexOf(typed);
  if (at > 0) return /[\s-]/.test(called[at - 1]) ? 2 : 3;
  let from = 0;
  for (const letter of typed) {
    from = called.indexOf(letter, from) + 1;
    if (from === 0) return null;
  }
  return typed.length > 2 ? SCATTERED + called.length / 1000 : null;
}

/** The choices {value, name, called: [folded names]} that fit best. */
export function fitting(typed, choices) {
  const wanted = folded(typed);
  const found = [];
  for (const choice of choices) {
    const fits = choice.called.map((called) => fit(wanted, called)).filter((how) => how !== null);
    if (fits.length > 0 || wanted === "") found.push([Math.min(...fits, 9), choice]);
  }
  found.sort(([one], [other]) => one - other);
  const scattered = found.findIndex(([how]) => how >= SCATTERED);
  return found.slice(0, Math.min(SHOWN, scattered > 0 ? scattered : SHOWN)).map(([, choice]) => choice);
}

export class Completer {
  /**
   * `field` is an input or a textarea; `choices()` gives what fits now, or null to show nothing;
   * `take(choice)` puts a choice into the field. `name` is what a screen reader calls the list.
   */
  constructor(field, choices, take, name) {
    Object.assign(this, { field, choices, take, at: -1, shown: [] });
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "completions", hidden: true, id: `completions-${numbered++}` });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", name);
    field.after(this.list);
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.show());
    field.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
    field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      event.preventDefault();
      if (option) this.choose(Number(option.dataset.at));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  show() {
    this.shown = this.choices() ?? [];
    this.at = -1;
    this.list.replaceChildren(
      ...this.shown.map((choice, at) => {
        const option = document.createElement("li");
        option.setAttribute("role", "option");
        option.id = `${this.list.id}-${at}`;
        option.dataset.at = at;
        const value = document.createElement("b");
        value.textContent = choice.value;
        option.append(value, ` ${choice.name}`);
        return option;
      }),
    );
    this.list.hidden = this.shown.length === 0;
    this.mark();
  }

  mark() {
    for (const [at, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(at === this.at));
    if (this.at >= 0) this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  hide() {
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  choose(at) {
    const choice = this.shown[at];
    this.hide();
    if (choice) this.take(choice);
  }

  key(event) {
    if (!this.open || event.isComposing || event.altKey || event.ctrlKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.shown.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.shown.length;
      this.mark();
    } else if (event.key === "Tab" && !event.shiftKey) this.choose(Math.max(this.at, 0));
    else if (event.key === "Enter" && this.at >= 0) this.choose(this.at);
    else if (event.key === "Escape") this.hide();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
