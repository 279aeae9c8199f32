/** Starts the phone's page: the words first, then every module that speaks. */

import { loadWords } from "./words.js";

loadWords()
  .then(() => import("./app.js"))
  .then((app) => app.start())
  .catch((error) => {
    console.error(error);
    document.getElementById("starting").hidden = true;
    document.getElementById("not-started").hidden = false;
  });
