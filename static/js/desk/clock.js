// The server's time as far as this device knows it: a device's own clock may be wrong.

import { kept } from "./store.js";

const NOTICED = 5_000; // milliseconds; what an answer takes on its way is no wrong clock

let ahead = 0; // milliseconds that the server's clock is before this device's
let last = 0;

/** Never twice the same, and never back: what was done later is later. */
export function serverNow() {
  last = Math.max(last + 1, Date.now() + ahead);
  return last;
}

export const iso = (milliseconds) => new Date(milliseconds).toISOString();

/** Learn from an answer of the server when this device's clock is wrong. */
export function learnFrom(response) {
  const told = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(told)) return;
  const difference = told - Date.now();
  if (Math.abs(difference - ahead) < NOTICED) return;
  ahead = difference;
  last = 0;
  kept.put("ahead", ahead).catch(() => {});
}

/** What was learnt when there was a network. */
export async function recall() {
  ahead = (await kept.get("ahead")) ?? 0;
}

/** The time of day at a place, in 24 hours. */
export function clockAt(milliseconds, zone) {
  return new Date(milliseconds).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
}
