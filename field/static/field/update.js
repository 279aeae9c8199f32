/** The service worker's life: made at the first visit; a new version waits for a tap. */

import { h } from "./dom.js";
import { noticesPlace } from "./frame.js";

const EVERY_MS = 60 * 60 * 1000;
let offered = false;

function takeOver(worker) {
  navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload());
  worker.postMessage("take over");
}

function offer(worker) {
  if (offered) return;
  offered = true;
  noticesPlace().appendChild(
    h(
      "div",
      { class: "notice calm", role: "status", id: "new-version" },
      h("p", {}, gettext("A new version is ready. Entries and drafts stay on the phone.")),
      h(
        "button",
        { type: "button", class: "big-button", onclick: () => takeOver(worker) },
        gettext("Use the new version"),
      ),
    ),
  );
}

function watch(registration) {
  const isUpdate = () => registration.waiting && navigator.serviceWorker.controller;
  if (isUpdate()) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => {
      if (isUpdate()) offer(registration.waiting);
    });
  });
}

/** Register the worker and offer its successors; does nothing where there are no workers. */
export async function offerUpdates() {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register("/field/sw.js", {
      scope: "/field/",
      updateViaCache: "none",
    });
    watch(registration);
    window.setInterval(() => registration.update().catch(() => null), EVERY_MS);
  } catch (error) {
    console.warn(error);
  }
}

/** Whether this page can start without a network from now on. */
export async function startsOffline() {
  if (!("serviceWorker" in navigator)) return false;
  const registration = await navigator.serviceWorker.getRegistration("/field/");
  return Boolean(registration && registration.active);
}
