// Wording side by side: Ctrl+Enter saves; the page comes back at the next view that is not worded.

const NEXT = "wording-next";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(event.target instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  sessionStorage.setItem(NEXT, "yes");
  event.target.form.requestSubmit();
});

if (sessionStorage.getItem(NEXT)) {
  sessionStorage.removeItem(NEXT);
  const forms = [...document.querySelectorAll("form[data-worded]")];
  const saved = forms.findIndex((form) => form.closest("section").id === location.hash.slice(1));
  const next = [...forms.slice(saved + 1), ...forms].find((form) => form.dataset.worded === "no");
  next?.querySelector("textarea").focus();
}
