// Which tab of the browser this is: tabs share the device's store, but not each other's lines.

import { newId } from "./ids.js";

const lockOf = (id) => `desk:${id}`;

/** Hold a desk for as long as this tab lives; false when another tab has it. */
function hold(id) {
  return new Promise((resolve) => {
    navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
  });
}

/** The name of this tab's desk: the same after a reload, another in a tab that was copied. */
export async function deskOfThisTab() {
  let id = sessionStorage.getItem("desk") ?? newId();
  if (navigator.locks && !(await hold(id))) {
    id = newId();
    await hold(id);
  }
  sessionStorage.setItem("desk", id);
  return id;
}

/** Tells whether a tab is gone, so that what it left behind may be taken up: {has(desk)}. */
export async function orphans() {
  if (!navigator.locks) return { has: () => false };
  const { held } = await navigator.locks.query();
  const alive = new Set(held.map((lock) => lock.name));
  return { has: (id) => !alive.has(lockOf(id)) };
}
