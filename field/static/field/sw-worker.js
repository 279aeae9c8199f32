/*
 * The service worker: keeps the page and its files of one version together, so that it starts
 * without a network. `self.edition` = {version, files, shell} comes from /field/sw.js. Nothing
 * of the register is ever kept here: answers under /api/ go past this worker.
 */

const CACHE = `atlas-field-${self.edition.version}`;
const FILES = new Set(self.edition.files);

async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    self.edition.files.map(async (address) => {
      const answer = await fetch(address, { cache: "no-cache", credentials: "omit" });
      // A gateway's page under our address would be kept for good: only what is ours counts.
      if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }),
  );
  const shell = await cache.match(self.edition.shell);
  if (!(await shell.text()).includes(self.edition.mark)) throw new Error("not our page");
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith("atlas-field-") && name !== CACHE)
      .map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}

async function keptOr(address, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) || fetch(request);
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    keepAll().then(() => (self.registration.active ? null : self.skipWaiting())),
  );
});

self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && /^\/field\/?$/.test(address.pathname)) {
    event.respondWith(keptOr(self.edition.shell, request));
  } else if (FILES.has(address.pathname)) {
    event.respondWith(keptOr(address.pathname, request));
  }
});
