// Who has the floor: given, ended, given back, and corrected, from this desk.

import { serverNow } from "./clock.js";
import { Completer } from "./completing.js";
import { act, desk, line, words } from "./desk.js";
import { rowOf } from "./drawing.js";
import { floorNow } from "./floor.js";
import { newId } from "./ids.js";

const give = document.getElementById("give");
const giveForm = document.getElementById("give-form");

export function giveNext() {
  const { waiting } = floorNow();
  const [next] = waiting;
  if (!next) return openGive("statement");
  const fields = { id: next.id, inscription: next.inscription };
  return giveFloor(fields, { name: next.name, item: next.item, limit: next.limit, who: [next.speaker, next.for].filter(Boolean).join(" · ") });
}

/** Give the floor to a request or to anyone; what it `shows` is drawn until the server draws it. */
export function giveFloor(fields, shows) {
  const { speaking } = floorNow();
  if (fields.id === speaking) return undefined;
  const given = act("floor", `${desk.path}/log/floor`, { ...fields, believed: speaking }, { subject: fields.id, shows, dated: true });
  line.followFloor();
  return given;
}

export function endFloor() {
  const { speaking } = floorNow();
  if (speaking) act("ended", `${desk.path}/log/floor/${speaking}/ended`, {}, { subject: speaking, dated: true });
}

/** Give the floor back to whoever had it before: ended by mistake, or interrupted. */
export function resume() {
  const { speaking } = floorNow();
  const rows = [...document.querySelectorAll("#interventions > .intervention")];
  const before = rows.find((row) => row.id !== `intervention-${speaking}`);
  if (!before) return;
  endFloor();
  const id = before.id.replace("intervention-", "");
  const since = before.querySelector("time")?.dateTime || new Date(serverNow()).toISOString();
  act("resumed", `${desk.path}/log/floor/${id}/resumed`, {}, { subject: id, shows: { since }, dated: true });
  line.followFloor();
}

/** The form for anyone; `correcting` is the row whose speaker was somebody else. */
export function openGive(kind, correcting = null) {
  const button = giveForm.querySelector("button:not([type=button])");
  button.textContent = correcting ? giveForm.dataset.correct : giveForm.dataset.give;
  giveForm.querySelector(".giving").textContent = correcting ? `${giveForm.dataset.correct}: ${correcting.dataset.name}` : "";
  giveForm.dataset.correcting = correcting ? correcting.id.replace("intervention-", "") : "";
  const { elements } = giveForm;
  const given = correcting?.dataset ?? { code: "", speaker: "", kind, capacity: "national", onBehalfOf: "", item: floorNow().item };
  elements.delegation.value = given.code || given.name || "";
  elements.speaker.value = given.speaker ?? "";
  elements.kind.value = given.kind || "statement";
  elements.capacity.value = given.capacity || "national";
  elements.on_behalf_of.value = given.onBehalfOf ?? "";
  if (given.item) elements.item.value = given.item;
  give.open = true;
  elements.delegation.focus();
  elements.delegation.select();
}

export function submitGive(fields) {
  const known = words.delegation(fields.delegation);
  const name = known?.name ?? fields.delegation;
  const { correcting } = giveForm.dataset;
  if (correcting) {
    const { version } = rowOf(correcting).dataset;
    delete fields.believed;
    delete fields.id;
    act("speaker", `${desk.session}/interventions/${correcting}`, { ...fields, version }, { subject: correcting, shows: { name } });
  } else {
    giveFloor({ ...fields, id: newId() }, { name, code: known?.value, item: fields.item, who: fields.speaker });
  }
  giveForm.reset();
  give.open = false;
  line.focus();
}

give.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  give.open = false;
  line.focus();
});

const { delegation } = giveForm.elements;
delegation.removeAttribute("list"); // ours finds names in all six languages
new Completer(
  delegation,
  () => words.delegationsLike(delegation.value),
  (choice) => {
    delegation.value = choice.value;
  },
  delegation.labels[0].textContent,
);
