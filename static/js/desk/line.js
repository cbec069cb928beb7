// The line that is being typed: whose it is, what its marks say, and where it is kept.

import { Completer } from "./completing.js";
import { serverNow } from "./clock.js";
import { floorNow } from "./floor.js";
import { leadingVerb, markAt, parse } from "./grammar.js";
import { newId } from "./ids.js";
import { Away, fetchFragment, send } from "./server.js";
import { lines } from "./store.js";
import { pointOf, rowOf } from "./drawing.js";

const HERE = 150; // milliseconds of a pause until the line is on the device
const THERE = 1_000; // until it is on the server
const LOOK = 300; // until the nearest views are looked up
const ENOUGH = 8; // letters before it is worth looking

const text = document.getElementById("text");
const what = document.getElementById("writing-what");
const whose = document.getElementById("writing-name");
const writingFor = document.getElementById("writing-for");
const chips = document.getElementById("typed");

function chip(words, kind) {
  const element = document.createElement("span");
  element.className = `chip ${kind}`;
  element.textContent = words;
  return element;
}

export class Line extends EventTarget {
  constructor(desk, words) {
    super();
    Object.assign(this, { desk, words, mode: "new", subject: "", aside: "", beside: "", state: "", onServer: false });
    this.completer = new Completer(text, () => this.completions(), (choice) => this.complete(choice), chips.getAttribute("aria-label"));
    text.addEventListener("input", () => this.typed());
    addEventListener("visibilitychange", () => this.keepHere());
    addEventListener("pagehide", () => lines.last(this.record));
  }

  get isEmpty() {
    return text.value.trim() === "";
  }

  // Whose line it is --------------------------------------------------------------------------

  /** Write for an intervention from now on. */
  writeFor(intervention, name) {
    writingFor.value = intervention;
    whose.textContent = name || whose.dataset.nobody;
    this.dispatchEvent(new CustomEvent("for", { detail: { intervention } }));
    if (!this.isEmpty) this.typed();
  }

  /** Follow the floor, but never under somebody's hands: what is being typed keeps its speaker. */
  followFloor() {
    const { speaking, name } = floorNow();
    if (speaking && this.isEmpty && this.mode === "new" && writingFor.value !== speaking) this.writeFor(speaking, name);
  }

  /** The intervention above (1) or below (-1) in the log, newest first. */
  step(by) {
    const rows = [...document.querySelectorAll("#interventions > .intervention")];
    const now = rows.findIndex((row) => row.id === `intervention-${writingFor.value}`);
    const row = rows[now - by];
    if (row) this.writeFor(row.id.replace("intervention-", ""), row.dataset.name);
  }

  // Correcting --------------------------------------------------------------------------------

  /** Take a point or a view into the line to correct it; what was being typed waits aside. */
  correct(mode, subject, name, words, version) {
    if (this.mode === "new") this.aside = text.value;
    Object.assign(this, { mode, subject, version });
    what.textContent = mode === "view" ? what.dataset.view : what.dataset.correct;
    whose.textContent = name;
    text.value = words;
    text.focus();
    this.typed();
  }

  /** Leave the correction; gives back what was being typed. */
  leave() {
    if (this.mode === "new") return false;
    Object.assign(this, { mode: "new", subject: "" });
    what.textContent = what.dataset.new;
    text.value = this.aside;
    this.aside = "";
    whose.textContent = rowOf(writingFor.value)?.dataset.name ?? floorNow().name ?? whose.dataset.nobody;
    this.typed();
    return true;
  }

  // Keeping -----------------------------------------------------------------------------------

  typed() {
    this.state = this.isEmpty ? "" : "typed";
    this.dispatchEvent(new Event("state"));
    this.drawChips();
    clearTimeout(this.hereTimer);
    clearTimeout(this.thereTimer);
    clearTimeout(this.lookTimer);
    this.hereTimer = setTimeout(() => this.keepHere(), HERE);
    this.thereTimer = setTimeout(() => this.keepThere(), THERE);
    this.lookTimer = setTimeout(() => this.look(), LOOK);
  }

  get record() {
    const { user, meeting, id } = this.desk;
    const { mode, subject, version, aside } = this;
    return { desk: id, user, meeting, intervention: writingFor.value, text: text.value, mode, subject, version, aside, at: serverNow() };
  }

  async keepHere() {
    clearTimeout(this.hereTimer);
    try {
      if (this.isEmpty && !this.aside) await lines.remove(this.desk.id);
      else await lines.put(this.record);
      if (this.state === "typed") this.state = "here";
    } catch {
      this.state = "nowhere";
    }
    this.dispatchEvent(new Event("state"));
  }

  /** On the server's disk, too: a device can be lost. What was typed since is kept the next time. */
  async keepThere() {
    const sent = this.mode === "new" ? text.value : this.aside;
    if (!sent.trim() && !this.onServer) return;
    try {
      const { status } = await send(`${this.desk.path}/log/unfinished`, { desk: this.desk.id, intervention: writingFor.value, text: sent }, "PUT");
      if (status === 401 || status === 403) this.dispatchEvent(new Event("signed-out"));
      if (status !== 200) return;
      this.onServer = Boolean(sent.trim());
      if (sent === text.value && !this.isEmpty) this.state = "server";
    } catch (fault) {
      if (!(fault instanceof Away)) throw fault;
      this.thereTimer = setTimeout(() => this.keepThere(), 4 * THERE);
    }
    this.dispatchEvent(new Event("state"));
  }

  /** Put a line back that a reload or a crash left behind. */
  restore(record) {
    if (record.intervention) this.writeFor(record.intervention, rowOf(record.intervention)?.dataset.name ?? "");
    if (record.mode && record.mode !== "new" && record.text.trim()) {
      text.value = record.aside ?? "";
      this.correct(record.mode, record.subject, rowOf(record.intervention)?.dataset.name ?? "", record.text, record.version);
    } else {
      text.value = record.text.trim() ? record.text : (record.aside ?? "");
      this.typed();
    }
    this.onServer = true;
  }

  /** The line was entered: the next one follows the floor. */
  clear() {
    text.value = "";
    this.beside = "";
    this.completer.hide();
    document.getElementById("nearest").replaceChildren();
    if (!this.leave()) this.typed();
    this.keepHere();
    this.followFloor();
  }

  // Entering ----------------------------------------------------------------------------------

  /** The points of what was typed, one a line, as acts; what it corrects, as one act. */
  acts() {
    const path = this.desk.session;
    if (this.mode === "point") {
      return [{ kind: "edit", subject: this.subject, path: `${path}/points/${this.subject}`, fields: { text: text.value.trim(), version: this.version } }];
    }
    if (this.mode === "view") {
      return [{ kind: "reword", subject: this.subject, path: `${path}/views/${this.subject}/worded`, fields: { text: text.value.trim(), version: this.version } }];
    }
    const typed = text.value.split("\n").filter((line) => line.trim() !== "");
    return typed.map((line, number) => {
      const id = newId();
      const fields = { id, intervention: writingFor.value, text: line.trim() };
      if (this.beside && number === typed.length - 1) fields.beside = this.beside;
      return { kind: "point", subject: id, path: `${this.desk.path}/log/points`, fields, dated: true };
    });
  }

  // What its marks say --------------------------------------------------------------------------

  /** The line in which the caret stands. */
  get current() {
    const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const to = text.value.indexOf("\n", text.selectionStart);
    return text.value.slice(from, to < 0 ? undefined : to);
  }

  drawChips() {
    const said = parse(this.current, this.words.read);
    const { verbs } = this.words.read;
    const drawn = document.createElement("div");
    drawn.append(
      ...[
        said.verb && chip(leadingVerb(said.text, verbs), "verb"),
        said.topic && chip(`#${this.words.topicName(said.topic)}`, "topic"),
        ...said.articles.map((article) => chip(`@${article}`, "")),
        said.kind && chip(this.words.kindName(said.kind), "kind"),
        said.view && chip(`=${said.view}`, "view"),
        this.beside && chip("=…", "view"),
        ...said.faults.map((mark) => chip(`${mark} ${chips.dataset.unknown}`, "fault")),
      ].filter(Boolean),
    );
    // Told to a screen reader when it changes, not at every key.
    if (chips.innerHTML !== drawn.innerHTML) chips.replaceChildren(...drawn.childNodes);
  }

  completions() {
    const mark = markAt(text.value, text.selectionStart);
    return mark && this.words.complete(mark);
  }

  complete(choice) {
    const mark = markAt(text.value, text.selectionStart);
    if (!mark) return;
    text.setRangeText(`${mark.sign}${choice.value} `, mark.from, mark.to, "end");
    this.typed();
  }

  // What was said already ----------------------------------------------------------------------

  async look() {
    this.looking?.abort();
    const list = document.getElementById("nearest");
    const typed = this.current.trim();
    if (this.mode !== "new" || typed.length < ENOUGH || !writingFor.value || !rowOf(writingFor.value) || parse(typed, this.words.read).view) {
      if (!this.beside) list.replaceChildren();
      return;
    }
    this.looking = new AbortController();
    const asked = new URLSearchParams({ intervention: writingFor.value, text: typed });
    const html = await fetchFragment(`${this.desk.path}/log/nearest?${asked}`, this.looking.signal);
    if (typed !== this.current.trim()) return;
    const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("#nearest > li");
    list.replaceChildren(...found);
  }

  /** Join the line to the first, second or third of what was said already; the same key undoes it. */
  join(number) {
    const offered = document.querySelectorAll("#nearest > li")[number - 1];
    if (!offered) return false;
    const { key, point } = offered.dataset;
    if (key) {
      const mark = ` =${key}`;
      text.value = text.value.includes(mark) ? text.value.replace(mark, "") : `${text.value.trimEnd()}${mark} `;
      text.setSelectionRange(text.value.length, text.value.length);
    } else {
      this.beside = this.beside === point ? "" : point;
    }
    offered.classList.toggle("joined", Boolean(key ? text.value.includes(`=${key}`) : this.beside));
    this.typed();
    return true;
  }

  focus() {
    text.focus();
  }
}

/** What a point says, for correcting it. */
export function wordsOf(point) {
  return pointOf(point)?.querySelector(".said").textContent ?? "";
}
