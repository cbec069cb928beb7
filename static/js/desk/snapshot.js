// The page as it was last seen: a reload without a network shows it, not the page of the morning.

import { serverNow } from "./clock.js";
import { kept } from "./store.js";

const PAUSE = 1_500; // milliseconds after a change; what changes in them is kept with it
const desk = document.getElementById("desk");
const name = `page:${desk.dataset.user}:${document.documentElement.lang}:${location.pathname}`;
let timer;

/** Keep what is on the page, soon. */
export function keepSnapshot() {
  timer ??= setTimeout(() => {
    timer = undefined;
    const regions = [...document.querySelectorAll("#floor, #found, .views-panel")];
    if (document.querySelector("#found[data-narrowed]")) return;
    const html = regions.map((region) => [region.id, region.outerHTML]);
    kept.put(name, { at: serverNow(), html }).catch(() => {});
  }, PAUSE);
}

/** Show what was last seen, where the page that came is older: it came from the device's cache. */
export async function restoreSnapshot() {
  const snapshot = await kept.get(name).catch(() => null);
  if (!snapshot || snapshot.at < Date.parse(desk.dataset.drawn)) return;
  for (const [id, html] of snapshot.html) {
    const region = id.startsWith("views") ? document.querySelector(".views-panel") : document.getElementById(id);
    const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (region && fresh) region.replaceWith(fresh);
  }
}

/** Let the worker keep this page and all that it is made of. */
export async function keepPage() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register("/log-worker.js", { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = parts.filter((part) => new URL(part).pathname.startsWith("/static/"));
  active.postMessage({ page: location.pathname, parts: own });
}
