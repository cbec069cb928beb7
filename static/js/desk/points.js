// Points and views: entered, corrected, joined, split, worded, taken out; and all of it undone.

import { act, desk, line } from "./desk.js";
import { pointOf } from "./drawing.js";
import { openGive } from "./giving.js";
import { wordsOf } from "./line.js";
import { fetchFragment } from "./server.js";

const undoing = []; // how the last things done here are undone, the latest last

export function enter() {
  if (line.isEmpty) return;
  const made = line.acts();
  if (made.some(({ kind, fields }) => kind === "point" && !fields.intervention)) return openGive("statement");
  for (const { kind, path, fields, ...more } of made) {
    remember(kind, more.subject, kind === "edit" ? wordsOf(more.subject) : "");
    act(kind, path, fields, more);
  }
  line.clear();
}

/** How what is done to a point is undone: by another act, on the version that it has by then. */
function remember(kind, id, before) {
  const path = `${desk.session}/points/${id}`;
  const version = () => pointOf(id)?.dataset.version ?? "1";
  const undo = {
    point: () => act("removed", `${path}/removed`, { version: version() }, { subject: id }),
    edit: () => act("edit", path, { text: before, version: version() }, { subject: id }),
    join: () => act("join", `${path}/view`, { view: before, version: version() }, { subject: id }),
    view: () => act("join", `${path}/view`, { view: before, version: version() }, { subject: id }),
    removed: () => act("restored", `${path}/restored`, {}, { subject: id }),
  }[kind];
  if (undo) undoing.push(undo);
}

const idOf = (row) => row.id.replace("point-", "");

export function ofSelected(kind, path, fields) {
  const point = document.activeElement?.closest?.(".point");
  if (!point) return;
  const id = idOf(point);
  remember(kind, id, point.dataset.view);
  act(kind, `${desk.session}/points/${id}${path}`, { ...fields, version: point.dataset.version }, { subject: id });
}

export async function joinSelected(number) {
  const point = document.activeElement?.closest?.(".point");
  const intervention = point?.closest(".intervention").id.replace("intervention-", "");
  if (!point) return;
  const asked = new URLSearchParams({ intervention, text: wordsOf(idOf(point)) });
  const html = await fetchFragment(`${desk.path}/log/nearest?${asked}`);
  const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("#nearest > li")[number - 1];
  if (!found) return;
  const { key, point: beside } = found.dataset;
  pointOf(idOf(point))?.focus();
  ofSelected("join", "/view", key ? { view: key } : { beside });
}

export function correctPoint(point) {
  const row = point.closest(".intervention");
  line.correct("point", idOf(point), row.dataset.name, wordsOf(idOf(point)), point.dataset.version);
}

export function correctLast() {
  const rows = document.querySelectorAll(`#intervention-${CSS.escape(document.getElementById("writing-for").value)} .point`);
  const last = [...rows].at(-1) ?? document.querySelector("#interventions .points .point:last-child");
  if (last) correctPoint(last);
}

export function wordView() {
  const key = document.activeElement?.closest?.(".point")?.dataset.view;
  const row = key && document.querySelector(`.views-panel li[data-key="${CSS.escape(key)}"]`);
  if (row) line.correct("view", row.dataset.id, `=${key}`, row.querySelector(".wording")?.dataset.wording ?? "", row.dataset.version);
}

let selected = "";

export function select(by) {
  const points = [...document.querySelectorAll("#interventions .point")];
  const now = points.findIndex((point) => point.id === selected);
  const next = points[Math.min(Math.max(now + by, 0), points.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", (event) => {
  selected = event.target.closest?.(".point")?.id ?? "";
});

/** The point on which the keys act, if it is still there. */
export function selectedPoint() {
  return selected ? document.getElementById(selected) : null;
}

/** Undo what was done last. */
export function undo() {
  undoing.pop()?.();
}
