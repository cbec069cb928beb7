// What the desk says of what it keeps: what waits, what was refused, what stands beside.

import { clockAt } from "./clock.js";
import { act, desk, line, outbox } from "./desk.js";
import { notice, pointOf, rowOf } from "./drawing.js";
import { floorNow } from "./floor.js";

const text = document.getElementById("text");
const kept = document.getElementById("kept");
const notices = document.getElementById("notices");

export function tellKept() {
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

export function tellRefused() {
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

export function tellBeside(done, other) {
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

/** Something has reached the server's disk, now. */
export function tellSaved() {
  kept.dataset.at = new Date().toLocaleTimeString("en-GB");
}

/** Ask about a line that was left behind. */
export function propose(record, forget) {
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
