// The rapporteur's desk: what is typed and done here is kept on the device, sent when there is a
// network, and drawn over what the server draws. Its parts are in desk/.

import { clockAt, recall, serverNow } from "./desk/clock.js";
import { Completer } from "./desk/completing.js";
import { drawWaiting, notice, pointOf, rowOf, settle } from "./desk/drawing.js";
import { floorNow, tick } from "./desk/floor.js";
import { newId } from "./desk/ids.js";
import { listen } from "./desk/keys.js";
import { Line, wordsOf } from "./desk/line.js";
import { Outbox } from "./desk/outbox.js";
import { fetchFragment, signIn } from "./desk/server.js";
import { keepPage, keepSnapshot, restoreSnapshot } from "./desk/snapshot.js";
import { lines } from "./desk/store.js";
import { deskOfThisTab, orphans } from "./desk/tabs.js";
import { Vocabulary } from "./desk/words.js";

const AGAIN = 700; // milliseconds after which a narrowed log is asked for again
const REACH = 10_000; // milliseconds between two tries to follow the meeting
const REFRESH = 4_000; // in which an event has brought the floor
const STILL_TYPING = 60_000; // milliseconds after which a line on another device is an old one

const element = document.getElementById("desk");
const desk = { ...element.dataset, id: "" };
const text = document.getElementById("text");
const give = document.getElementById("give");
const giveForm = document.getElementById("give-form");
const notices = document.getElementById("notices");
const kept = document.getElementById("kept");

const words = new Vocabulary(`${desk.path}/log/words`);
const outbox = new Outbox(desk);
const line = new Line(desk, words);
const undoing = []; // how the last things done here are undone, the latest last

function act(kind, path, fields, more = {}) {
  const at = serverNow();
  return outbox.add({ id: newId(), kind, path, fields, at, made: Date.now(), shows: {}, ...more });
}

// The floor ------------------------------------------------------------------------------------

function giveNext() {
  const { waiting } = floorNow();
  const [next] = waiting;
  if (!next) return openGive("statement");
  const fields = { id: next.id, inscription: next.inscription };
  return giveFloor(fields, { name: next.name, item: next.item, limit: next.limit, who: [next.speaker, next.for].filter(Boolean).join(" · ") });
}

function giveFloor(fields, shows) {
  const { speaking } = floorNow();
  if (fields.id === speaking) return undefined;
  const given = act("floor", `${desk.path}/log/floor`, { ...fields, believed: speaking }, { subject: fields.id, shows, dated: true });
  line.followFloor();
  return given;
}

function endFloor() {
  const { speaking } = floorNow();
  if (speaking) act("ended", `${desk.path}/log/floor/${speaking}/ended`, {}, { subject: speaking, dated: true });
}

/** Give the floor back to whoever had it before: ended by mistake, or interrupted. */
function resume() {
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
function openGive(kind, correcting = null) {
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

function submitGive(fields) {
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

// Points and views -------------------------------------------------------------------------------

function enter() {
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

function ofSelected(kind, path, fields) {
  const point = document.activeElement?.closest?.(".point");
  if (!point) return;
  const id = idOf(point);
  remember(kind, id, point.dataset.view);
  act(kind, `${desk.session}/points/${id}${path}`, { ...fields, version: point.dataset.version }, { subject: id });
}

async function joinSelected(number) {
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

function correctPoint(point) {
  const row = point.closest(".intervention");
  line.correct("point", idOf(point), row.dataset.name, wordsOf(idOf(point)), point.dataset.version);
}

function correctLast() {
  const rows = document.querySelectorAll(`#intervention-${CSS.escape(document.getElementById("writing-for").value)} .point`);
  const last = [...rows].at(-1) ?? document.querySelector("#interventions .points .point:last-child");
  if (last) correctPoint(last);
}

function wordView() {
  const key = document.activeElement?.closest?.(".point")?.dataset.view;
  const row = key && document.querySelector(`.views-panel li[data-key="${CSS.escape(key)}"]`);
  if (row) line.correct("view", row.dataset.id, `=${key}`, row.querySelector(".wording")?.dataset.wording ?? "", row.dataset.version);
}

let selected = "";

function select(by) {
  const points = [...document.querySelectorAll("#interventions .point")];
  const now = points.findIndex((point) => point.id === selected);
  const next = points[Math.min(Math.max(now + by, 0), points.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", (event) => {
  selected = event.target.closest?.(".point")?.id ?? "";
});

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
  Enter: () => pointOf(selected.replace("point-", "")) && correctPoint(document.getElementById(selected)),
  1: () => joinSelected(1),
  2: () => joinSelected(2),
  3: () => joinSelected(3),
  v: () => ofSelected("view", "/views", { key: "" }),
  s: () => ofSelected("join", "/view", { view: "" }),
  w: wordView,
  x: () => ofSelected("removed", "/removed", {}),
  z: () => undoing.pop()?.(),
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

give.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  give.open = false;
  line.focus();
});

const delegation = giveForm.elements.delegation;
delegation.removeAttribute("list"); // ours finds names in all six languages
new Completer(
  delegation,
  () => words.delegationsLike(delegation.value),
  (choice) => {
    delegation.value = choice.value;
  },
  delegation.labels[0].textContent,
);

// Forms and buttons --------------------------------------------------------------------------------

element.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  delete fields._csrf;
  if (form === giveForm) submitGive(fields);
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

function tellKept() {
  const { waiting } = outbox;
  const unsent = waiting.filter((one) => one.tried || Date.now() - one.made > 2_000);
  let told = kept.dataset[line.state] ?? "";
  if (outbox.nowhere || line.state === "nowhere") told = kept.dataset.nowhere;
  else if (unsent.length > 0) {
    told = kept.dataset.waiting.replace("{time}", clockAt(unsent[0].at, desk.zone)).replace("{count}", String(waiting.length));
  } else if (waiting.length > 0 && !line.state) told = kept.dataset.here;
  else if (!line.state && kept.dataset.at) told = `${kept.dataset.server} ${kept.dataset.at}`;
  const alarming = unsent.length > 0 || outbox.nowhere || line.state === "nowhere";
  kept.setAttribute("aria-live", alarming ? "polite" : "off"); // not at every pause
  if (kept.textContent !== told) kept.textContent = told;
  kept.classList.toggle("waiting", alarming);
}

const refusedList = document.getElementById("refused");

function tellRefused() {
  const shown = new Map([...refusedList.children].map((row) => [row.dataset.act, row]));
  for (const one of outbox.refused) {
    if (shown.delete(one.id)) continue;
    const row = notice(
      "refused-act",
      (copy) => {
        const { errors, theirs, status } = one.refused;
        copy.dataset.act = one.id;
        copy.querySelector(".why").textContent = Object.values(errors ?? {}).join(" ") || (theirs ? document.getElementById("toast").dataset.superseded : String(status));
        copy.querySelector(".what").textContent = one.fields.text ?? one.shows.name ?? one.kind;
        if (theirs) {
          const told = copy.querySelector(".theirs");
          told.hidden = false;
          told.querySelector("span").textContent = Object.values(theirs).join(" ");
        }
        copy.querySelector("[data-choice=change]").hidden = one.fields.text === undefined;
      },
      {
        again: () => outbox.again(one, currentVersion(one)),
        change: () => change(one),
        drop: () => outbox.drop(one),
      },
    );
    refusedList.append(row);
  }
  for (const row of shown.values()) row.remove();
}

/** What it was refused for may have changed: the version on the page is the one that was seen. */
function currentVersion(one) {
  const version = (pointOf(one.subject) ?? rowOf(one.subject))?.dataset.version;
  return one.fields.version && version ? { version } : one.kind === "floor" ? { believed: floorNow().speaking } : {};
}

async function change(one) {
  await outbox.drop(one);
  if (one.kind === "edit") line.correct("point", one.subject, "", one.fields.text, pointOf(one.subject)?.dataset.version ?? one.fields.version);
  else {
    text.value = [text.value.trim(), one.fields.text].filter(Boolean).join("\n");
    if (one.fields.intervention) line.writeFor(one.fields.intervention, rowOf(one.fields.intervention)?.dataset.name ?? "");
    line.typed();
    line.focus();
  }
}

outbox.addEventListener("changed", () => {
  drawWaiting(outbox);
  tellKept();
  tellRefused();
  if (outbox.needsSignIn && !signInAgain.open && !signInAgain.dataset.later) signInAgain.showModal();
});

outbox.addEventListener("receipt", ({ detail }) => {
  const { act: done, receipt } = detail;
  kept.dataset.at = new Date().toLocaleTimeString("en-GB");
  settle(done);
  const drawn = pointOf(done.subject) ?? rowOf(done.subject);
  if (drawn && receipt.version) drawn.dataset.version = receipt.version;
  if (receipt.beside) tellBeside(done, receipt.beside);
});

function tellBeside(done, other) {
  notices.append(
    notice(
      "notice-beside",
      (copy) => {
        copy.querySelector(".ours").textContent = done.shows.name;
        copy.querySelector(".theirs").textContent = other.name;
      },
      {
        same: () => act("merged", `${desk.session}/interventions/${done.subject}/merged`, { into: other.id, version: rowOf(done.subject)?.dataset.version ?? "1" }, { subject: done.subject }),
        both: () => {},
      },
    ),
  );
}

line.addEventListener("state", tellKept);
line.addEventListener("signed-out", () => outbox.signedOut());

// Signing in again, from where one is --------------------------------------------------------------

const signInAgain = document.getElementById("sign-in-again");
const signInForm = signInAgain.querySelector("form");

signInForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fault = signInForm.querySelector("[role=alert]");
  const answer = await signIn(signInForm.elements.login.value, signInForm.elements.password.value).catch(() => document.getElementById("toast").dataset.offline);
  fault.hidden = answer === true;
  fault.textContent = answer === true ? "" : answer;
  signInForm.elements.password.value = "";
  if (answer !== true) return;
  signInAgain.close();
  outbox.signedIn();
  line.focus();
});
signInForm.querySelector("[data-later]").addEventListener("click", () => {
  signInAgain.dataset.later = "yes";
  signInAgain.close();
  setTimeout(() => delete signInAgain.dataset.later, 60_000);
});

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
  if (selected && document.activeElement === document.body) document.getElementById(selected)?.focus({ preventScroll: true });
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

function propose(record, forget) {
  const fill = (copy) => {
    copy.querySelector(".line").textContent = record.text;
  };
  const take = () => {
    if (line.isEmpty) line.restore(record);
    else {
      text.value = `${record.text}\n${text.value}`;
      line.typed();
    }
    forget();
  };
  notices.append(notice("notice-line", fill, { take, drop: forget }));
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
