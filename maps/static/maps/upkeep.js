/** Assets and their upkeep on the map: which layers there are, what is asked for, what is chosen. */
import { config } from "./config.js";

/** Source of the tiles of each entry of the layer tree. */
export const UPKEEP = (config.upkeep || []);
/** What an asset's upkeep can lack, in the order in which it is asked; the first is all well. */
export const GAPS = ["none", "no_agreement", "no_keeper", "no_money", "no_inspection"];
export const ASSET_STATES = ["in_service", "restricted", "out_of_service", "building", "decommissioned"];
/** Parameters of the page's address that concern assets alone, by the name that the API gives them. */
export const ASSET_ONLY = { gap: "gap", asset_state: "state" };
const SHARED = ["kind", "township", "area", "road_class", "q"];
/** What can be selected, and the parameter of the address that holds it. */
export const THINGS = ["site", "asset", "defect", "order"];
const THING_OF_LAYER = { assets: "asset", defects: "defect", work_orders: "order" };
const NOWHERE = "00000000-0000-0000-0000-000000000000";

function joined(pairs) {
  const query = new URLSearchParams();
  pairs.forEach(([name, value]) => value && query.set(name, value));
  return query.toString().replace(/%2C/g, ",");
}

/** The filter of assets as the API's parameters. */
export function assetQuery(filter, extra) {
  const pairs = SHARED.map((name) => [name, (filter[name] || []).join(",")]);
  if (!config.public) Object.keys(ASSET_ONLY).forEach((name) => pairs.push([ASSET_ONLY[name], (filter[name] || []).join(",")]));
  else pairs.push(["state", (filter.asset_state || []).join(",")]);
  return joined(pairs.concat(Object.entries(extra || {})));
}

function areaOf(filter) {
  return (filter.township || filter.area || []).join(",");
}

/** The query of the tiles of one layer. */
export function layerQuery(layer, filter) {
  if (layer === "assets") return assetQuery(filter);
  const late = (filter.late || [])[0] === "1" && ["defects", "work_orders"].includes(layer);
  return joined([["area", areaOf(filter)], ["overdue", late ? "1" : ""]]);
}

/** What a feature of the tiles stands for: the name of a thing and its identifier. */
export function thingOf(feature) {
  const { source, properties } = feature;
  if (source === "closures" || source === "structures") return { thing: "asset", id: properties.asset };
  return { thing: THING_OF_LAYER[source] || "site", id: properties.id };
}

/** A selection as parts of the state: one thing, and nothing of the others. */
export function selecting(thing, id) {
  return Object.assign(Object.fromEntries(THINGS.map((name) => [name, ""])), thing ? { [thing]: id } : {});
}

/** What the state has selected. */
export function selectedIn(state) {
  const thing = THINGS.find((name) => state[name]);
  return thing ? { thing, id: state[thing] } : { thing: "", id: "" };
}

/** A query that nothing meets. */
export const NOTHING = `id=${NOWHERE}`;
