// Keeps the desk and what it is made of on the device, so that it can be loaded without a network.
// Nothing else goes through here: what is written is the desk's own business (desk/outbox.js).

const CACHE = "meetings-desk";
const PATIENCE = 5_000; // milliseconds until a silent network counts as none
const DESK = /^\/sessions\/[^/]+\/meetings\/\d+\/log$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

let signOuts = 0; // what was being kept when somebody signed out is kept no longer

self.addEventListener("message", (event) => {
  const { page, parts, forget } = event.data;
  if (forget) signOuts++;
  event.waitUntil(forget ? caches.delete(CACHE) : keep(page, parts));
});

/** Pages are kept under their path alone; files under their whole address, for it says their version. */
async function keep(page, parts) {
  const before = signOuts;
  const response = await fetch(page, { redirect: "error" });
  if (!response.ok || before !== signOuts) return;
  const cache = await caches.open(CACHE);
  await cache.put(page, response);
  const wanted = new Set(parts);
  for (const request of await cache.keys()) {
    if (new URL(request.url).pathname.startsWith("/static/") && !wanted.has(request.url)) await cache.delete(request);
  }
  for (const part of wanted) if (!(await cache.match(part))) await cache.add(part);
  if (before !== signOuts) await caches.delete(CACHE);
}

self.addEventListener("fetch", (event) => {
  const { pathname, searchParams } = new URL(event.request.url);
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate" && DESK.test(pathname)) event.respondWith(fresh(event.request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(searchParams.has("v") ? known(event.request) : fresh(event.request, event.request.url));
});

async function fresh(request, name) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (fault) {
    const cached = await caches.match(name);
    if (cached) return cached;
    throw fault;
  }
}

async function known(request) {
  return (await caches.match(request)) ?? fetch(request);
}
