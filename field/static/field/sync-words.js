/** Why nothing could be sent, in words that say what to do. */

import { said } from "./words.js";

function wordsOf(kind) {
  const words = {
    offline: gettext("No connection. What waits is kept on this phone and goes by itself later."),
    portal: gettext(
      "The network answered in place of the register, as a hotel's or café's does before sign-in. Nothing is lost; it goes later.",
    ),
    signed_out: gettext("Signed out. What waits is kept on this phone; sign in to send it."),
    other_user: gettext("Somebody else is signed in. What waits stays with its writer."),
    busy: gettext("The register is busy. It is tried again by itself."),
    full: gettext("The register has no room at the moment. Everything stays on this phone."),
    csrf: gettext("The sign-in has changed meanwhile. It is tried again by itself."),
    storage_full: gettext("There is no room left on this phone. Free some, then try again."),
    server: gettext("The register could not answer. It is tried again by itself."),
  };
  return words[kind] || "";
}

/** `{kind, message}` of what stopped the sending. */
export function syncProblem(kind, error) {
  const told = error && error.problem && (error.problem.detail || error.problem.title);
  const message =
    wordsOf(kind) ||
    (told
      ? said(gettext("The register said: %(words)s"), { words: told })
      : gettext("Sending stopped. It is tried again by itself."));
  return { kind, message };
}
