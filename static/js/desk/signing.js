// Signing in again, from where one is: a sign-in may end while somebody types.

import { line, outbox } from "./desk.js";
import { signIn } from "./server.js";

const PAUSE = 1_500; // milliseconds without a key: whoever types on would type into the dialog
let lastKey = 0;
let asking;

addEventListener("keydown", () => (lastKey = Date.now()), { capture: true });

const signInAgain = document.getElementById("sign-in-again");
const signInForm = signInAgain.querySelector("form");

signInForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fault = signInForm.querySelector("[role=alert]");
  const answer = await signIn(signInForm.elements.login.value, signInForm.elements.password.value).catch(() => document.getElementById("toast").dataset.offline);
  fault.hidden = answer === true;
  fault.textContent = answer === true ? "" : answer;
  signInForm.elements.password.value = "";
  if (answer !== true) return;
  signInAgain.close();
  outbox.signedIn();
  line.keepThere();
  line.focus();
});
signInForm.querySelector("[data-later]").addEventListener("click", () => {
  signInAgain.dataset.later = "yes";
  signInAgain.close();
  setTimeout(() => delete signInAgain.dataset.later, 60_000);
});

/** Ask for the password, unless the person has said: later. Never under hands that are typing. */
export function askToSignIn() {
  if (!outbox.needsSignIn || signInAgain.open || signInAgain.dataset.later) return;
  clearTimeout(asking);
  const pause = lastKey + PAUSE - Date.now();
  if (pause > 0) asking = setTimeout(askToSignIn, pause);
  else signInAgain.showModal();
}
