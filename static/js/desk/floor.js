// The floor on a desk: what the server drew, with what was done here since laid over it.

import { serverNow } from "./clock.js";

const floor = () => document.getElementById("floor");

/** Who has the floor as far as this desk knows: {speaking, name, item, waiting, open}. */
export function floorNow() {
  const { speaking, name, item, waiting, open } = floor().dataset;
  return { speaking, name, item, waiting: JSON.parse(waiting), open: open === "yes" };
}

function show(given) {
  const section = floor();
  Object.assign(section.dataset, given, { laid: "yes" });
  const { speaking, name } = section.dataset;
  section.querySelector(".current").hidden = !speaking;
  section.querySelector(".nobody").hidden = Boolean(speaking);
  section.querySelector(".who-speaks").textContent = speaking ? name : "";
  const form = section.querySelector("form[data-act=ended]");
  form.action = form.action.replace(/floor\/[^/]*\/ended$/, `floor/${speaking || "none"}/ended`);
  for (const believed of document.querySelectorAll("#desk [name=believed]")) believed.value = speaking;
}

/** The last of these acts that what the server drew shows already; -1 when it shows none. */
export function shownBy(acts) {
  const { speaking, laid } = floor().dataset;
  if (laid) return -1;
  return acts.findLastIndex((act) => (act.kind === "floor" || act.kind === "resumed") && act.subject === speaking);
}

/** Lay an act over what the server drew. Laid twice it is laid once. */
export function layFloor(act) {
  if (act.kind === "floor") {
    const waiting = floorNow().waiting.filter((one) => one.inscription !== act.fields.inscription);
    const { name, item, who, limit } = act.shows;
    show({ speaking: act.fields.id, name, item, since: new Date(act.at).toISOString(), paused: "0", limit: String(limit ?? 0), waiting: JSON.stringify(waiting) });
    floor().querySelector(".who-for").textContent = who ?? "";
    drawFollowing(waiting);
  } else if (act.kind === "ended" && floor().dataset.speaking === act.subject) {
    show({ speaking: "", name: "", item: floor().dataset.item });
  } else if (act.kind === "resumed") {
    const row = document.getElementById(`intervention-${act.subject}`)?.dataset;
    if (!row || floor().dataset.speaking === act.subject) return;
    const since = act.shows.since;
    const paused = row.ended ? Math.max(0, Math.round((act.at - Date.parse(row.ended)) / 1000)) : 0;
    show({ speaking: act.subject, name: row.name, item: row.item, since, paused: String(paused) });
  }
}

function drawFollowing(waiting) {
  const list = floor().querySelector(".following");
  for (const row of list.querySelectorAll("li")) {
    if (!waiting.some((one) => one.inscription === row.dataset.inscription)) row.remove();
  }
  const shown = list.querySelectorAll("li").length;
  for (const one of waiting.slice(shown, 5)) {
    const row = document.createElement("li");
    row.dataset.inscription = one.inscription;
    row.textContent = one.name;
    list.append(row);
  }
  list.hidden = waiting.length === 0;
  floor().querySelector(".nobody-waits").hidden = waiting.length > 0;
}

/** The clock of the speaker: amber in the last half minute, red past the limit. */
export function tick() {
  const clock = floor()?.querySelector(".speech-clock");
  const { since, speaking, limit, paused } = floor()?.dataset ?? {};
  if (!clock || !speaking || !since) return;
  const seconds = Math.max(0, Math.floor((serverNow() - Date.parse(since)) / 1000) - Number(paused));
  const left = Number(limit) * 60 - seconds;
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  clock.classList.toggle("soon", Number(limit) > 0 && left <= 30 && left >= 0);
  clock.classList.toggle("over", Number(limit) > 0 && left < 0);
}
