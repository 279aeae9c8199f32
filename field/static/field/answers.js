/**
 * Requests to the register, and what may be believed of an answer. A page that a café's gateway
 * sends in place of ours is no answer: only JSON (or an empty answer) of our own address counts.
 */

const JSON_TYPES = /^application\/(problem\+|geo\+)?json/;
const LONGEST_WAIT_S = 15 * 60;

/** Why there is no answer: `kind` is `offline`, `portal`, `csrf` or one of the register's. */
export class NoAnswer extends Error {
  constructor(kind, { status = 0, retryAfter = 0, problem = null } = {}) {
    super(kind);
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
    this.problem = problem;
  }
}

const ABOUT_ALL = [429, 502, 503, 504, 507];

/**
 * Whether an answer may be about what was sent: not about the link, the sign-in or the load, which
 * would be the same for everything. What comes after it is still worth sending.
 */
export function isAboutContent(error) {
  if (!(error instanceof NoAnswer) || error.status < 400) return false;
  return ["refused", "portal", "server"].includes(error.kind) && !ABOUT_ALL.includes(error.status);
}

function csrfToken() {
  const cookie = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : "";
}

/**
 * Seconds that the register asks to wait: a number or a date. Bounded, for a gateway may ask for
 * a day, and a date means years on a phone whose clock is wrong.
 */
function retryAfter(response) {
  const text = response.headers.get("Retry-After");
  if (!text) return 0;
  const given = Number(text);
  const seconds = Number.isFinite(given) ? given : (Date.parse(text) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? 0 : Math.min(LONGEST_WAIT_S, Math.max(0, seconds));
}

async function bodyOf(response) {
  if (response.status === 204 || response.status === 304) return null;
  const type = response.headers.get("Content-Type") || "";
  if (!JSON_TYPES.test(type)) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

async function fetched(address, options, timeout) {
  const stop = new AbortController();
  const timer = window.setTimeout(() => stop.abort(), timeout);
  try {
    const response = await fetch(address, { ...options, signal: stop.signal });
    if (response.type === "opaqueredirect") throw new NoAnswer("portal");
    const json = options.method === "HEAD" ? null : await bodyOf(response);
    return { response, json };
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer("offline");
  } finally {
    window.clearTimeout(timer);
  }
}

function kindOf(status, json) {
  if (status === 401) return "signed_out";
  if (status === 409 && json && json.code === "other_user") return "other_user";
  if (status === 403 && json && /csrf/.test(json.code || "")) return "csrf";
  if (status === 429 || status === 503) return "busy";
  if (status === 507) return "full";
  return status >= 500 ? "server" : "refused";
}

/**
 * Ask the register.
 * @param {string} method
 * @param {string} address
 * @param {{user: number|string|undefined, json: *, bytes: BufferSource|undefined,
 *   headers: Object<string, string>|undefined, timeout: number|undefined,
 *   accept: number[]|undefined}} [options] `accept` names statuses beside 2xx that the caller
 *   reads himself
 * @returns {Promise<{status: number, json: *, headers: Headers}>}
 * @throws {NoAnswer} for everything else; `problem` is the register's own explanation
 */
export async function ask(method, address, options = {}) {
  const headers = { Accept: "application/json", ...options.headers };
  if (options.user !== undefined) headers["X-Field-User"] = String(options.user);
  if (options.json !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && method !== "HEAD") headers["X-CSRFToken"] = csrfToken();
  const { response, json } = await fetched(
    address,
    {
      method,
      headers,
      body: options.json === undefined ? options.bytes : JSON.stringify(options.json),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
    },
    options.timeout || 60_000,
  );
  const accepted = (options.accept || []).includes(response.status);
  if (json === undefined && !accepted) {
    throw new NoAnswer(response.status >= 500 ? "server" : "portal", {
      status: response.status,
      retryAfter: retryAfter(response),
    });
  }
  if (response.ok || accepted) return { status: response.status, json, headers: response.headers };
  throw new NoAnswer(kindOf(response.status, json), {
    status: response.status,
    retryAfter: retryAfter(response),
    problem: json,
  });
}
