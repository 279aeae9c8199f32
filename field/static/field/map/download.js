/** Loading something large over a bad link: with progress, given up when nothing comes any more. */

import { NoAnswer } from "../answers.js";

const SILENT_MS = 30_000;
const REFUSALS = { 401: "signed_out", 404: "gone", 429: "busy", 503: "busy" };

async function refusal(response) {
  const problem = await response.json().catch(() => null);
  const isOther = response.status === 409 && problem && problem.code === "other_user";
  const kind = isOther ? "other_user" : REFUSALS[response.status];
  const fallback = response.status >= 500 ? "server" : "refused";
  return new NoAnswer(kind || fallback, { status: response.status, problem });
}

function isJson(response) {
  return /^application\/(problem\+|geo\+)?json/.test(response.headers.get("Content-Type") || "");
}

async function pieces(response, heard) {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const reader = response.body.getReader();
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.byteLength;
    heard(length);
  }
  const whole = new Uint8Array(length);
  parts.reduce((place, part) => {
    whole.set(part, place);
    return place + part.byteLength;
  }, 0);
  return whole;
}

async function read(response, heard) {
  if (response.type === "opaqueredirect") throw new NoAnswer("portal");
  if (response.status === 304) return { status: 304, content: null, etag: null, length: 0 };
  if (!isJson(response)) throw new NoAnswer(response.status >= 500 ? "server" : "portal");
  if (!response.ok) throw await refusal(response);
  const bytes = await pieces(response, heard);
  return {
    status: response.status,
    content: JSON.parse(new TextDecoder().decode(bytes)),
    etag: response.headers.get("ETag"),
    length: bytes.byteLength,
  };
}

/**
 * Load JSON.
 * @param {string} address
 * @param {{user: number, etag: (string|null), heard: function(number): void}} options `heard` is
 *   told how many bytes have come, unpacked
 * @returns {Promise<{status: number, content: *, etag: (string|null), length: number}>} status 304
 *   without content when `etag` still holds
 * @throws {NoAnswer} for anything that is not the whole answer; `kind` as in answers.js, or `gone`
 */
export async function download(address, { user, etag, heard }) {
  const stop = new AbortController();
  let timer = null;
  const wait = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => stop.abort(), SILENT_MS);
  };
  const headers = { Accept: "application/json", "X-Field-User": String(user) };
  if (etag) headers["If-None-Match"] = etag;
  wait();
  try {
    const options = { headers, credentials: "same-origin", cache: "no-store", redirect: "manual" };
    const response = await fetch(address, { ...options, signal: stop.signal });
    return await read(response, (length) => {
      wait();
      heard(length);
    });
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer("offline");
  } finally {
    window.clearTimeout(timer);
  }
}
