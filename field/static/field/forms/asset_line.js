/** The asset that an entry is about, in two lines. */

import { ASSET_KINDS, word } from "../choices.js";
import { h } from "../dom.js";
import { inWords, metres } from "../words.js";
import { chainageText, hasChainage } from "./values.js";

/** Kind, township, stretch and length of an asset, in words. */
export function assetFacts(asset) {
  const stretch = hasChainage(asset)
    ? `${chainageText(asset.start_m)}–${chainageText(asset.end_m)}`
    : "";
  const length = asset.length_m ? metres(asset.length_m) : "";
  return [word(ASSET_KINDS, asset.kind), asset.township_name, stretch, length]
    .filter(Boolean)
    .join(" · ");
}

/** A heading that names the asset and leads to it. */
export function assetLine(asset) {
  if (!asset) {
    return h("p", { class: "asset-line" }, gettext("This asset is not on the phone."));
  }
  return h(
    "a",
    { class: "asset-line", href: `#/asset/${asset.id}` },
    h("strong", {}, inWords(asset)),
    h("span", { class: "asset-code" }, asset.code),
    h("span", { class: "asset-facts" }, assetFacts(asset)),
  );
}
