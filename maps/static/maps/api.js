/** Requests to our own service, with its errors in words. */

/** A request that the service refused or that did not arrive. */
export class RequestFailed extends Error {
  /**
   * @param {string} message sentence for people
   * @param {number} status HTTP status, 0 when there was no answer
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The sentence of a problem document, with what is wrong in each parameter. */
function problemSentence(problem, status) {
  const parts = (problem.errors || []).map((error) => error.message).filter(Boolean);
  const title = problem.detail || problem.title || "";
  if (parts.length) return parts.join(" ");
  if (title) return title;
  return interpolate(gettext("The server answered with code %(status)s."), { status }, true);
}

/**
 * Read JSON.
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<Object>}
 */
export async function getJson(url, signal) {
  let response;
  try {
    response = await fetch(url, {
      signal,
      credentials: "same-origin",
      headers: { Accept: "application/json, application/geo+json, application/problem+json" },
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new RequestFailed(gettext("The server cannot be reached. Check the connection."), 0);
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  if (response.status === 401) {
    throw new RequestFailed(gettext("You have been signed out. Sign in again."), 401);
  }
  throw new RequestFailed(problemSentence(body, response.status), response.status);
}

/**
 * A reader that drops the answer of an earlier request once a newer one is made.
 * @returns {function(string): Promise<Object|null>} null when overtaken
 */
export function latestOnly() {
  let controller = null;
  return async (url) => {
    if (controller) controller.abort();
    controller = new AbortController();
    try {
      return await getJson(url, controller.signal);
    } catch (error) {
      if (error.name === "AbortError") return null;
      throw error;
    }
  };
}
