// Draws what was done here and is not on the server yet, over what the server drew.

import { clockAt } from "./clock.js";
import { layFloor, shownBy } from "./floor.js";

const desk = document.getElementById("desk");
const SETTLES = 5_000; // milliseconds in which the server's own drawing of a sent act arrives

function copyOf(name) {
  return document.getElementById(name).content.firstElementChild.cloneNode(true);
}

export function rowOf(intervention) {
  return document.getElementById(`intervention-${intervention}`);
}

export function pointOf(id) {
  return document.getElementById(`point-${id}`);
}

function drawRow(act) {
  if (rowOf(act.fields.id)) return;
  const row = copyOf("row-waiting");
  row.id = `intervention-${act.fields.id}`;
  row.dataset.order = `${new Date(act.at).toISOString()} ${act.fields.id}`;
  Object.assign(row.dataset, { name: act.shows.name, item: act.shows.item, code: act.shows.code ?? "", ended: "" });
  row.querySelector("time").textContent = clockAt(act.at, desk.dataset.zone);
  row.querySelector(".whose").textContent = act.shows.name;
  document.getElementById("interventions").prepend(row);
  document.querySelector(".when-empty")?.setAttribute("hidden", "");
}

function drawPoint(act) {
  if (pointOf(act.fields.id)) return;
  const list = rowOf(act.fields.intervention)?.querySelector(".points:last-of-type");
  if (!list) return;
  const point = copyOf("point-waiting");
  point.id = `point-${act.fields.id}`;
  point.querySelector(".said").textContent = act.fields.text;
  list.append(point);
}

const DRAW = {
  floor(act) {
    layFloor(act);
    drawRow(act);
  },
  ended: layFloor,
  resumed: layFloor,
  point: drawPoint,
  edit(act) {
    const said = pointOf(act.subject)?.querySelector(".said");
    if (said) said.textContent = act.fields.text;
  },
  join(act) {
    const point = pointOf(act.subject);
    if (!point) return;
    let chip = point.querySelector(".chip.view");
    if (!chip) {
      chip = document.createElement("span");
      chip.className = "chip view";
      point.querySelector(".said").after(" ", chip);
    }
    chip.hidden = !act.fields.view && !act.fields.beside;
    chip.textContent = `=${act.fields.view || "…"}`;
  },
  removed(act) {
    pointOf(act.subject)?.remove();
  },
};
const FLOOR = new Set(["floor", "ended", "resumed"]);
const MISSING = { floor: drawRow, point: drawPoint }; // what a row drawn a moment too early may lack

const settling = new Map(); // acts that the server has had, until its drawing of them has come

/** Draw everything that waits, and what was sent a moment ago. Drawn twice it is drawn once. */
export function drawWaiting(outbox) {
  const shown = shownBy(outbox.queue);
  for (const [place, act] of outbox.queue.entries()) {
    if (place > shown || !FLOOR.has(act.kind)) DRAW[act.kind]?.(act);
    else MISSING[act.kind]?.(act);
    pointOf(act.kind === "point" ? act.fields.id : act.subject)?.classList.add("waiting");
  }
  for (const [act, until] of settling) {
    const drawn = act.kind === "point" ? pointOf(act.fields.id) : rowOf(act.fields.id);
    if (Date.now() > until || (drawn && !drawn.querySelector(".is-waiting"))) settling.delete(act);
    else MISSING[act.kind](act);
  }
}

/** An act was receipted: what it added stays drawn until the server's drawing takes its place. */
export function settle(act) {
  if (!MISSING[act.kind]) return;
  settling.set(act, Date.now() + SETTLES);
  const drawn = act.kind === "point" ? pointOf(act.fields.id) : rowOf(act.fields.id);
  drawn?.classList.remove("waiting");
  drawn?.querySelector(".is-waiting")?.setAttribute("hidden", "");
}

export function notice(template, fill, choices) {
  const element = copyOf(template);
  fill(element);
  for (const [name, act] of Object.entries(choices)) {
    element.querySelector(`[data-choice=${name}]`)?.addEventListener("click", () => {
      element.remove();
      act();
    });
  }
  return element;
}
