/**
 * The phone's own database. What is written here is on the disk when the promise is kept
 * (`durability: "strict"`; browsers before 2021 ignore the word and do so anyway), and a
 * transaction is written whole or not at all.
 */

const STORES = [
  { name: "entries", key: "id" },
  { name: "photos", key: "id", index: "entry" },
  { name: "blobs", key: "id" },
  { name: "packages", key: "key" },
  { name: "records", key: ["entity", "id"] },
  { name: "tracks", key: "id", index: "patrol" },
  { name: "meta", key: "key" },
];
const NUDGE_MS = 150;
/** What browsers say when they closed the database under the page. */
const LOST = ["InvalidStateError", "UnknownError", "AbortError"];

/** The phone has no room left; nothing of the transaction was written. */
export class StorageFull extends Error {
  constructor() {
    super("storage_full");
    this.code = "storage_full";
  }
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Open a database; Safari 14 may forget the request until it is asked for something else. */
async function opened(name, version, upgrade) {
  const request = window.indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade(request.result);
  const nudge = window.setInterval(() => {
    if (window.indexedDB.databases) window.indexedDB.databases().catch(() => null);
  }, NUDGE_MS);
  try {
    const database = await answered(request);
    database.onversionchange = () => database.close();
    return database;
  } finally {
    window.clearInterval(nudge);
  }
}

/**
 * Open a database. One that a newer page in another tab has changed meanwhile is used as it is:
 * stores are only ever added, and what is being written here must still be kept.
 */
export async function openDatabase(name, version, upgrade) {
  try {
    return await opened(name, version, upgrade);
  } catch (error) {
    if (error.name !== "VersionError") throw error;
    return opened(name, undefined, upgrade);
  }
}

function begin(database, names, mode) {
  return database.transaction(names, mode, { durability: "strict" });
}

function inside(transaction) {
  const of = (name) => transaction.objectStore(name);
  return {
    get: (name, key) => answered(of(name).get(key)),
    all: (name) => answered(of(name).getAll()),
    allOf: (name, index, value) => answered(of(name).index(index).getAll(value)),
    put: (name, value) => answered(of(name).put(value)),
    remove: (name, key) => answered(of(name).delete(key)),
    clear: (name) => answered(of(name).clear()),
  };
}

function failure(error) {
  return error && error.name === "QuotaExceededError" ? new StorageFull() : error;
}

function run(transaction, work) {
  return new Promise((resolve, reject) => {
    let result;
    let reason = null;
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(failure(transaction.error || reason || new Error("abort")));
    const stop = (error) => {
      reason = error;
      try {
        transaction.abort();
      } catch {
        reject(failure(error));
      }
    };
    try {
      Promise.resolve(work(inside(transaction))).then((value) => {
        result = value;
      }, stop);
    } catch (error) {
      stop(error);
    }
  });
}

/**
 * A store over a database that is opened anew when the browser has closed it.
 *
 * Inside `within`, only the given `tx` may be awaited: anything else ends the transaction. The
 * work is done once more where the connection was lost in the midst of it.
 * @param {function(): Promise<IDBDatabase>} open
 */
export async function storeOver(open) {
  let database = await open();
  const within = async (names, mode, work) => {
    const before = database;
    try {
      return await run(begin(before, names, mode), work);
    } catch (error) {
      if (!LOST.includes(error.name)) throw error;
      // Nothing of it was written: a transaction is kept whole or not at all.
      if (database === before) database = await open();
      return run(begin(database, names, mode), work);
    }
  };
  return {
    within,
    get: (name, key) => within([name], "readonly", (tx) => tx.get(name, key)),
    all: (name) => within([name], "readonly", (tx) => tx.all(name)),
    allOf: (name, index, value) =>
      within([name], "readonly", (tx) => tx.allOf(name, index, value)),
    put: (name, value) => within([name], "readwrite", (tx) => tx.put(name, value)),
    remove: (name, key) => within([name], "readwrite", (tx) => tx.remove(name, key)),
    close: () => database.close(),
  };
}

function make(database) {
  STORES.filter((wanted) => !database.objectStoreNames.contains(wanted.name)).forEach((wanted) => {
    const store = database.createObjectStore(wanted.name, { keyPath: wanted.key });
    if (wanted.index) store.createIndex(wanted.index, wanted.index);
  });
}

/**
 * One person's own store on this phone; two people never share one.
 * @param {number|string} userId
 */
export function openStore(userId) {
  return storeOver(() => openDatabase(`atlas-field-${userId}`, 1, make));
}
