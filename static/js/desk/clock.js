// The server's time as far as this device knows it: a device's own clock may be wrong.

import { kept } from "./store.js";

let ahead = 0; // milliseconds that the server's clock is before this device's

export const serverNow = () => Date.now() + ahead;
export const iso = (milliseconds) => new Date(milliseconds).toISOString();

/** Learn from an answer of the server; a difference of a second is the way there. */
export function learnFrom(response) {
  const told = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(told)) return;
  const difference = told - Date.now();
  ahead = Math.abs(difference) < 1500 ? 0 : difference;
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
