/** On the public map: houses renovated, as totals of villages; small numbers stay hidden. */
import { config, nameOf, number } from "./config.js";
import { byId, el } from "./dom.js";
import { getJson } from "./api.js";

function line(entry) {
  const count = entry.count === null ? gettext("fewer than 3") : number(entry.count);
  return el("tr", {}, el("th", { scope: "row" }, nameOf(entry)), el("td", {}, entry.township_name), el("td", {}, count));
}

function table(entries) {
  return el("details", { class: "mk-housing" },
    el("summary", {}, gettext("Housing renovation by village")),
    el("p", {}, gettext("Single houses are never shown. Numbers under 3 are not given.")),
    el("table", {},
      el("thead", {}, el("tr", {}, [gettext("Village"), gettext("Township"), gettext("Houses")].map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, entries.map(line))));
}

/** Read and show the totals where the page has them. */
export async function startHousing() {
  if (!config.urls.housing) return;
  const found = await getJson(config.urls.housing).catch(() => null);
  if (found && found.villages.length) byId("map-legend").insertAdjacentElement("afterend", table(found.villages));
}
