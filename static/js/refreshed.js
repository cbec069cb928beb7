// A page that draws itself anew after whatever happened in the meeting, and after its own buttons.

const SOON = 50; // milliseconds: several events at once are one
let waiting;

function refresh() {
  clearTimeout(waiting);
  waiting = setTimeout(() => document.querySelector("[data-refreshed]").dispatchEvent(new Event("refresh")), SOON);
}

document.getElementById("live").addEventListener("htmx:sse:after:message", refresh);
document.addEventListener("htmx:after:request", ({ detail }) => {
  if (detail.ctx.request.method !== "GET") refresh();
});
