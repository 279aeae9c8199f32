/** What somebody sees whom this phone does not know: the way in, and what waits for whom. */

import { h } from "../dom.js";
import { waitingWords } from "../notices.js";
import { refreshSession, waitingOfOthers } from "../session.js";

function waiting(user) {
  return h("p", { class: "notice calm" }, waitingWords(user));
}

/** The screen. */
export async function screen() {
  const others = await waitingOfOthers();
  return {
    title: gettext("Field log"),
    node: h(
      "section",
      { class: "card" },
      h("h2", {}, gettext("Sign in once while there is a network")),
      h(
        "p",
        {},
        gettext(
          "Afterwards this page works without a network: your orders, patrols, forms and photos are kept on the phone and sent when there is one.",
        ),
      ),
      h(
        "a",
        { class: "big-button", href: "/accounts/sign-in/?next=/field/" },
        gettext("Sign in"),
      ),
      h(
        "button",
        { type: "button", class: "big-button plain", onclick: () => refreshSession() },
        gettext("Try again"),
      ),
      others.map(waiting),
    ),
  };
}
