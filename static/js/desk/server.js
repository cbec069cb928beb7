// How the desk speaks with the server: what it sends is safe to send again, and is receipted.

import { learnFrom } from "./clock.js";

const PATIENCE = 15_000; // milliseconds until a silent network counts as none

let csrf = JSON.parse(document.body.getAttribute("hx-headers:inherited"))["x-csrf-token"];

/** The network is away, or the server is: try again later. */
export class Away extends Error {}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE), redirect: "error" });
  } catch {
    throw new Away();
  }
  learnFrom(response);
  return response;
}

/** Send a form. Gives {status, body}; a server that cannot answer now is Away. */
export async function send(path, fields, method = "POST") {
  const response = await ask(path, {
    method,
    body: new URLSearchParams(fields),
    headers: { accept: "application/json", "x-csrf-token": csrf },
  });
  if (response.status >= 500 || response.status === 429) throw new Away();
  return { status: response.status, body: await response.json().catch(() => ({})) };
}

/** Fetch JSON; null when the answer is another than 200. */
export async function fetchJson(path) {
  const response = await ask(path, { headers: { accept: "application/json" } });
  return response.ok ? response.json() : null;
}

/** Fetch a fragment as text; "" when there is none. */
export async function fetchFragment(path, signal) {
  try {
    const response = await fetch(path, { headers: { "hx-request": "true" }, signal });
    return response.ok ? response.text() : "";
  } catch {
    return "";
  }
}

/** Take the proof that forms carry, if it is this person who is signed in; false otherwise. */
export async function learnProof(login) {
  const proof = await fetchJson("/sign-in/proof");
  if (proof?.login !== login) return false;
  useProof(proof.csrf);
  return true;
}

function useProof(token) {
  csrf = token;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "x-csrf-token": token }));
  for (const field of document.querySelectorAll("input[name=_csrf]")) field.value = token;
}

/** Sign in again from where one is; true when it worked, else the reason. */
export async function signIn(login, password) {
  if (await learnProof(login)) return true; // in another tab, meanwhile
  useProof((await fetchJson("/sign-in/proof")).csrf);
  const { status, body } = await send("/sign-in", { login, password, back: "/" });
  if (status === 200 && (await learnProof(login))) return true;
  return Object.values(body.errors ?? {})[0] ?? String(status);
}
