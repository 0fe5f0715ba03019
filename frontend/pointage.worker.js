/**
 * Opens `/pointage` without a network: it keeps the page and every file that its build is made of (FILES, written before this
 * line), each build apart from the one before. What is asked of the API always goes to the network.
 */
/* global self, caches, FILES, VERSION */
const NAME = `pointage ${self.registration.scope} `;
const PAGE = self.registration.scope;

async function keep() {
  const kept = await caches.open(NAME + VERSION);
  await kept.addAll([PAGE, ...FILES]);
}

async function settle() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(NAME) && name !== NAME + VERSION);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(settle()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate" || FILES.includes(pathname)) {
    const answer = async () => {
      const kept = await caches.open(NAME + VERSION);
      return (await kept.match(request.mode === "navigate" ? PAGE : pathname)) ?? fetch(request);
    };
    event.respondWith(answer());
  }
});
