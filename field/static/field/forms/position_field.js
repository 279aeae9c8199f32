/** Where the entry is made: taken by itself, made better while the form is open, said honestly. */

import { fill, h } from "../dom.js";
import { metresTo } from "../map/geometry.js";
import { accuracyWords, distanceWords, watchPosition } from "../position.js";
import { rowOf } from "./fields.js";

const FAR_M = 500;
const INACCURATE_M = 100;

function away(asset, { lon, lat }) {
  return asset && asset.geometry ? metresTo(asset.geometry, lon, lat) : null;
}

/** "±12 m, 35 m from the asset". */
export function positionWords(asset, position) {
  if (!position) return gettext("No position: the entry is sent without one.");
  const parts = [accuracyWords(position.accuracy_m), distanceWords(away(asset, position))];
  return parts.filter(Boolean).join(" · ");
}

function warning(asset, position) {
  if (!position) return "";
  const metres = away(asset, position);
  if (metres !== null && metres > FAR_M) {
    return gettext("This is far from the asset. The entry is kept and marked for the office.");
  }
  if (position.accuracy_m > INACCURATE_M) {
    return gettext("The position is rough. Wait a moment under the open sky, or go on.");
  }
  return "";
}

/**
 * The field. It looks for a position by itself unless the form has one already or `alone` says
 * that none is to be taken without being asked. `known` is for a place that the register has: it
 * can be moved to where the phone is, and not be taken away.
 */
export function positionField(editor, { asset, alone = false, known = false, label }) {
  const words = h("span", { class: "value" });
  const caution = h("p", { class: "caution" });
  let stop = () => {};
  let timer = null;
  let moved = false;

  const show = () => {
    const { position } = editor.values;
    fill(words, known && !moved ? gettext("As the register has it") : positionWords(asset, position));
    fill(caution, warning(asset, position));
    drop.hidden = !position || known;
  };
  const end = () => {
    stop();
    clearTimeout(timer);
  };
  const take = () => {
    end();
    fill(words, gettext("Looking for the position …"));
    stop = watchPosition((position) => {
      moved = true;
      editor.set("position", position, { byHand: known });
      show();
    });
    timer = setTimeout(() => {
      if (!editor.values.position) fill(words, gettext("The phone gave no position yet."));
    }, 20000);
  };
  const again = button(known ? gettext("It is where I stand") : gettext("Take again"), () => {
    if (!known) editor.set("position", null, { byHand: false });
    take();
  });
  const drop = button(gettext("Without position"), () => {
    end();
    editor.set("position", null);
    show();
  });

  const heading = label || gettext("Position");
  const row = rowOf(
    editor,
    "position",
    { label: heading, group: true },
    h("div", { class: "line" }, words, again, drop),
    caution,
  );
  editor.onEnd(end);
  show();
  if (!editor.values.position && !alone) take();
  return row;
}

function button(words, onClick) {
  return h("button", { type: "button", class: "button small", onClick }, words);
}
