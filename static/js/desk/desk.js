// The desk itself, which its parts share: where it is, what it knows, what it sends, what is typed.

import { serverNow } from "./clock.js";
import { newId } from "./ids.js";
import { Line } from "./line.js";
import { Outbox } from "./outbox.js";
import { Vocabulary } from "./words.js";

export const element = document.getElementById("desk");
export const desk = { ...element.dataset, id: "" };
export const words = new Vocabulary(`${desk.path}/log/words`);
export const outbox = new Outbox({ user: desk.user, meeting: desk.meeting, desk: "" });
export const line = new Line(desk, words);

/** Do something: it is kept on the device, drawn, and sent. `more` is what only the desk needs. */
export function act(kind, path, fields, more = {}) {
  return outbox.add({ id: newId(), kind, path, fields, at: serverNow(), made: Date.now(), shows: {}, ...more });
}
