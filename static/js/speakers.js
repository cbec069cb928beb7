// The list of those who wait, put in another order by drag.
import { dragging } from "./dragging.js";

dragging("form.waiting tbody tr", (dragged, place, row) => {
  const form = row.closest("form");
  // The row may have been drawn anew while it was dragged: it is moved by its name, to a place.
  globalThis.htmx.ajax("POST", `${form.dataset.path}/inscriptions/${dragged.id.replace("request-", "")}/move`, {
    source: form,
    target: form.closest("section"),
    swap: "outerMorph",
    values: { to: place, reason: form.elements.reason.value },
  });
});
