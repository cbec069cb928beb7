// The list of those who wait, put in another order by drag; keys and buttons do the same without it.

let dragged = null;

const rowAt = (target) => target instanceof Element && target.closest("form.waiting tbody tr");

function mark(row) {
  document.querySelectorAll("tr.drop-before, tr.drop-after").forEach((one) => one.classList.remove("drop-before", "drop-after"));
  if (!row || row === dragged) return;
  row.classList.add(rowIndex(row) < rowIndex(dragged) ? "drop-before" : "drop-after");
}

const rowIndex = (row) => [...row.parentElement.children].indexOf(row);

// Lists are long: a row is made to be dragged when somebody takes hold of it.
document.addEventListener("pointerdown", (event) => {
  const row = rowAt(event.target);
  if (row) row.draggable = true;
});

document.addEventListener("dragstart", (event) => {
  dragged = rowAt(event.target) || null;
  if (dragged) event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const row = rowAt(event.target);
  if (!dragged || !row) return;
  event.preventDefault();
  mark(row);
});

document.addEventListener("dragend", () => {
  mark(null);
  dragged = null;
});

document.addEventListener("drop", (event) => {
  const row = rowAt(event.target);
  if (!dragged || !row || row === dragged) return;
  event.preventDefault();
  const form = row.closest("form");
  // The row may have been drawn anew while it was dragged: it is moved by its name, to a place.
  globalThis.htmx.ajax("POST", `${form.dataset.path}/inscriptions/${dragged.id.replace("request-", "")}/move`, {
    source: form,
    target: form.closest("section"),
    swap: "outerMorph",
    values: { to: rowIndex(row) + 1, reason: form.elements.reason.value },
  });
});
