/** The way out: exports and pages that hold exactly what the list holds. */
import { config } from "./config.js";
import { byId, el, fill } from "./dom.js";
import { filterQuery, getState, onState } from "./state.js";
import { effectiveFilter } from "./layers.js";
import { listQuery, listsAssets } from "./list.js";
import { assetQuery } from "./upkeep.js";

const NOTHING = "id=00000000-0000-0000-0000-000000000000";

function address(base, query) {
  return query ? `${base}?${query}` : base;
}

/** The ways out of the list of assets. */
function drawAssets(box) {
  const query = listQuery();
  const { urls } = config;
  const ways = urls.assetsGeojson ? el("details", { class: "mk-export" },
    el("summary", { class: "button" }, gettext("Export")),
    el("div", { class: "mk-export-menu" },
      el("p", {}, gettext("Exactly the assets of the list.")),
      el("a", { href: address(urls.assetsGeojson, query), download: "", "data-export": "assets-geojson" }, gettext("GeoJSON (WGS 84, for QGIS and web)")),
      el("a", { href: address(urls.assetsGpkg, query), download: "", "data-export": "assets-gpkg" }, gettext("GeoPackage (for surveyors)")),
      el("a", { href: address(urls.exports, `layer=assets${query ? `&${query}` : ""}`) }, gettext("Other formats, fields and coordinate systems")))) : null;
  fill(box, ways,
    urls.assetList ? el("a", { class: "button", href: address(urls.assetList, assetQuery(getState().filter)) }, gettext("Open as table")) : null,
    config.public ? el("a", { class: "button primary", href: urls.signIn }, gettext("Sign in for the office map")) : null);
}

function draw() {
  const box = byId("map-out");
  if (listsAssets()) {
    drawAssets(box);
    return;
  }
  const rows = listQuery();
  const query = rows === null ? NOTHING : rows;
  const filter = effectiveFilter();
  const { urls } = config;
  const open = box.querySelector("details") && box.querySelector("details").open;
  const menu = el("details", { class: "mk-export", open: Boolean(open) },
    el("summary", { class: "button", "data-hint": "export" }, gettext("Export")),
    el("div", { class: "mk-export-menu" },
      el("p", {}, gettext("Exactly the sites of the list.")),
      urls.geojson ? el("a", { href: address(urls.geojson, query), download: "", "data-export": "geojson" }, gettext("GeoJSON (WGS 84, for QGIS and web)")) : null,
      urls.gpkg ? el("a", { href: address(urls.gpkg, query), download: "", "data-export": "gpkg" }, gettext("GeoPackage (for surveyors)")) : null,
      urls.exports ? el("a", { href: address(urls.exports, query) }, gettext("Other formats, fields and coordinate systems")) : null));
  fill(box,
    urls.geojson ? menu : null,
    urls.list ? el("a", { class: "button", "data-list-link": "", href: address(urls.list, filter ? filterQuery(filter) : NOTHING) }, gettext("Open as table")) : null,
    config.public ? el("a", { class: "button primary", href: urls.signIn }, gettext("Sign in for the office map")) : null);
}

/** Start the links; they follow filter, layers and view. */
export function startOut() {
  onState((state, changed) => {
    if (changed.some((part) => ["filter", "layers", "everywhere", "view", "about"].includes(part))) draw();
  });
  draw();
}
