// The rapporteur's desk: what is typed and done here is kept on the device, sent when there is a
// network, and drawn over what the server draws. Its parts are in desk/.

import { recall, serverNow } from "./desk/clock.js";
import { act, desk, element, line, outbox, words } from "./desk/desk.js";
import { drawWaiting, pointOf, rowOf, settle } from "./desk/drawing.js";
import { floorNow, tick } from "./desk/floor.js";
import { endFloor, giveFloor, giveNext, openGive, resume, submitGive } from "./desk/giving.js";
import { listen } from "./desk/keys.js";
import { correctLast, correctPoint, enter, joinSelected, ofSelected, select, selectedPoint, undo, wordView } from "./desk/points.js";
import { fetchFragment } from "./desk/server.js";
import { askToSignIn } from "./desk/signing.js";
import { keepPage, keepSnapshot, restoreSnapshot } from "./desk/snapshot.js";
import { lines } from "./desk/store.js";
import { deskOfThisTab, orphans } from "./desk/tabs.js";
import { propose, tellBeside, tellKept, tellRefused, tellSaved } from "./desk/telling.js";

const AGAIN = 700; // milliseconds after which a narrowed log is asked for again
const REACH = 10_000; // milliseconds between two tries to follow the meeting
const REFRESH = 4_000; // in which an event has brought the floor
const STILL_TYPING = 60_000; // milliseconds after which a line on another device is an old one

const text = document.getElementById("text");

// Keys -------------------------------------------------------------------------------------------

listen({
  n: giveNext,
  g: () => openGive("statement"),
  e: endFloor,
  r: resume,
  c: () => openGive("", rowOf(floorNow().speaking) ?? document.querySelector("#interventions > .intervention")),
  y: () => openGive("right-of-reply"),
  o: () => openGive("point-of-order"),
  p: () => openGive("presentation"),
  h: () => openGive("chair"),
  j: () => select(1),
  k: () => select(-1),
  ArrowDown: () => select(1),
  ArrowUp: () => select(-1),
  Enter: () => selectedPoint() && correctPoint(selectedPoint()),
  1: () => joinSelected(1),
  2: () => joinSelected(2),
  3: () => joinSelected(3),
  v: () => ofSelected("view", "/views", { key: "" }),
  s: () => ofSelected("join", "/view", { view: "" }),
  w: wordView,
  x: () => ofSelected("removed", "/removed", {}),
  z: undo,
  "/": () => document.getElementById("words").focus(),
  i: () => line.focus(),
  "?": () => document.getElementById("keys").showModal(),
});

text.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const number = event.altKey && Number(event.code.replace("Digit", ""));
  if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
    enter();
    if (event.ctrlKey || event.metaKey) giveNext();
  } else if (number >= 1 && number <= 3) line.join(number);
  else if (event.key === "ArrowUp" && event.altKey) line.step(-1);
  else if (event.key === "ArrowDown" && event.altKey) line.step(1);
  else if (event.key === "ArrowUp" && line.isEmpty && line.mode === "new") correctLast();
  else if (event.key === "Escape" && !line.leave()) text.blur();
  else if (event.key !== "Escape") return;
  event.preventDefault();
});

// Forms and buttons --------------------------------------------------------------------------------

element.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  delete fields._csrf;
  if (form.matches("#give-form")) submitGive(fields); // not form.id: it has a field of that name
  else if (form.dataset.act === "point") enter();
  else if (form.dataset.act === "ended") endFloor();
  else if (form.dataset.act === "floor") {
    const called = floorNow().waiting.find((one) => one.inscription === fields.inscription);
    giveFloor({ id: fields.id, inscription: fields.inscription }, { name: called.name, item: called.item, limit: called.limit, who: called.speaker });
    line.focus();
  }
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-write-for]");
  const offered = event.target.closest("#nearest > li");
  const correct = event.target.closest("a.correct");
  if (button) {
    line.writeFor(button.dataset.writeFor, button.closest(".intervention").dataset.name);
    line.focus();
  } else if (offered) {
    line.join([...offered.parentElement.children].indexOf(offered) + 1);
    line.focus();
  } else if (correct && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    correctPoint(correct.closest(".point"));
  }
});

// The views of the item that is written about, when it is another one.
line.addEventListener("for", async ({ detail }) => {
  const item = rowOf(detail.intervention)?.dataset.item || floorNow().item;
  const panel = document.querySelector(".views-panel");
  if (!item || panel.dataset.item === item) return;
  const html = await fetchFragment(`${desk.path}/log/views?item=${item}`);
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".views-panel");
  if (fresh) panel.replaceWith(fresh);
});

// What is told about keeping ---------------------------------------------------------------------

outbox.addEventListener("changed", () => {
  drawWaiting(outbox);
  tellKept();
  tellRefused();
  askToSignIn();
});

outbox.addEventListener("receipt", ({ detail }) => {
  const { act: done, receipt } = detail;
  tellSaved();
  settle(done);
  const drawn = pointOf(done.subject) ?? rowOf(done.subject);
  if (drawn && receipt.version) drawn.dataset.version = receipt.version;
  if (receipt.beside) tellBeside(done, receipt.beside);
});

line.addEventListener("state", tellKept);
line.addEventListener("signed-out", () => outbox.signedOut());

// What the server draws ------------------------------------------------------------------------------

let lookingAgain;

document.addEventListener("htmx:after:swap", ({ detail }) => {
  keepSnapshot();
  // What came in may not be what is looked for: look again, soon.
  if (document.querySelector("#found[data-narrowed]") && detail.ctx?.sourceElement === element) {
    clearTimeout(lookingAgain);
    lookingAgain = setTimeout(() => document.querySelector(".log-filter").requestSubmit(), AGAIN);
  }
  document.querySelector(".when-empty")?.toggleAttribute("hidden", document.querySelector("#interventions > .intervention") !== null);
  drawWaiting(outbox);
  line.followFloor();
  tick();
  if (document.activeElement === document.body) selectedPoint()?.focus({ preventScroll: true });
});

// A page that was loaded without a network has no stream yet: it is opened once there is one.
let following = false;
element.addEventListener("htmx:sse:after:connection", () => {
  following = true;
});
element.addEventListener("htmx:sse:close", () => {
  following = false;
});

function reach() {
  if (!following && navigator.onLine && element.hasAttribute("hx-sse:connect")) element.dispatchEvent(new Event("reach"));
}

setInterval(reach, REACH);
outbox.addEventListener("receipt", reach);

/** What was laid over the floor gives way to the server's own drawing, if no event brings it. */
async function refreshFloor() {
  if (!document.getElementById("floor").dataset.laid || outbox.waiting.length > 0) return;
  const html = await fetchFragment(`${desk.path}/log`);
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("floor");
  if (!fresh || outbox.waiting.length > 0) return;
  document.getElementById("floor").replaceWith(fresh);
  line.followFloor();
  tick();
}

setInterval(refreshFloor, REFRESH);

// Beginning --------------------------------------------------------------------------------------------

async function offerLines() {
  const mine = await lines.all().catch(() => []);
  const here = mine.filter((one) => one.user === desk.user && one.meeting === desk.meeting);
  const own = here.find((one) => one.desk === desk.id);
  if (own) line.restore(own);
  const free = await orphans();
  for (const one of here) if (free.has(one.desk) && one.desk !== desk.id) offer(one, () => lines.remove(one.desk));
  const known = new Set(here.map((one) => one.desk));
  for (const row of document.getElementById("unfinished").content.children) {
    const { desk: id, intervention } = row.dataset;
    // Of another device, where somebody may be typing at this moment: offered, never taken.
    const typing = serverNow() - Date.parse(row.dataset.at) < STILL_TYPING;
    if (id !== desk.id && !known.has(id) && !typing) propose({ intervention, text: row.textContent }, () => forgetThere(id));
  }
}

function forgetThere(id) {
  return act("unfinished", `${desk.path}/log/unfinished`, { desk: id, text: "" }, { method: "PUT" });
}

/** Put a line back that a tab of this browser left behind; ask where another is being typed. */
function offer(record, forget) {
  if (!line.isEmpty) return propose(record, forget);
  line.restore(record);
  forget();
}

async function begin() {
  desk.id = await deskOfThisTab();
  outbox.who = { user: desk.user, meeting: desk.meeting, desk: desk.id };
  outbox.login = desk.login;
  await recall().catch(() => {});
  await restoreSnapshot();
  await outbox.recall(await orphans());
  line.followFloor();
  await offerLines();
  await words.load();
  line.drawChips();
  keepSnapshot();
  element.dataset.ready = "yes";
  await keepPage().catch(() => {});
}

document.documentElement.classList.add("scripts");
setInterval(tick, 1_000);
setInterval(tellKept, 1_000);
tick();
text.focus();
begin();
