/** From the plate at the roadside to its asset: by the camera where the browser reads codes. */

import { fill, h } from "../dom.js";
import { assetFacts } from "../forms/asset_line.js";
import { assetOfPlate, assetsTyped, plateIn } from "../map/plate.js";
import { recordsOf } from "../records.js";
import { go } from "../router.js";
import { row } from "../rows.js";
import { inWords, said } from "../words.js";

const EVERY_MS = 250;

/** A reader of QR codes, or null where the browser has none. */
async function detector() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return null;
  try {
    const formats = await window.BarcodeDetector.getSupportedFormats();
    return formats.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
  } catch {
    return null;
  }
}

function cameraWords(error) {
  return error && error.name === "NotAllowedError"
    ? gettext("The browser may not use the camera. Allow it in the browser's settings, or type the code below.")
    : gettext("The camera could not be started. Type the code below.");
}

async function watchCamera(reader, video, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  const timer = window.setInterval(async () => {
    if (video.readyState < 2) return;
    const codes = await reader.detect(video).catch(() => []);
    codes.forEach((code) => found(code.rawValue));
  }, EVERY_MS);
  return () => {
    window.clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
}

function results(assets) {
  return h("ul", { class: "rows" }, assets.map((asset) =>
    row({ href: `#/asset/${asset.id}`, title: inWords(asset), detail: `${asset.code} · ${assetFacts(asset)}` })));
}

function typedPart(assets) {
  const answer = h("div", { role: "status" });
  const input = h("input", {
    id: "plate-code",
    type: "text",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: "200",
  });
  const find = (event) => {
    event.preventDefault();
    const found = assetsTyped(assets, input.value);
    if (found.length === 1) go(`asset/${found[0].id}`);
    else if (found.length) fill(answer, h("p", {}, gettext("Several assets end like this. Which one?")), results(found));
    else fill(answer, h("p", { class: "reason" }, gettext("No asset on this phone has this code. Look at the characters again, or take its package along.")));
  };
  return h("form", { class: "card scan-typed", onsubmit: find, novalidate: true },
    h("label", { for: "plate-code" }, gettext("Code on the plate, or its last characters")),
    h("p", { class: "fine", id: "plate-help" }, gettext("The code stands below the QR code: ten letters and digits. Three are enough. The asset's own code is found too.")),
    input,
    h("button", { type: "submit", class: "big-button" }, gettext("Find the asset")),
    answer);
}

function cameraPart(reader, assets, ends) {
  const words = h("p", { role: "status" }, gettext("Hold the QR code of the plate in front of the camera."));
  const video = h("video", { class: "scan-video", muted: true, playsinline: true, "aria-label": gettext("Picture of the camera"), hidden: true });
  const found = (text) => {
    const plate = plateIn(text);
    const asset = plate ? assetOfPlate(assets, plate) : null;
    if (asset) go(`asset/${asset.id}`);
    else if (plate) fill(words, said(gettext("The asset of plate %(code)s is not on this phone. Take its package along."), { code: plate }));
    else fill(words, gettext("This code is not on a plate of the register."));
  };
  const start = h("button", { type: "button", class: "big-button" }, gettext("Start the camera"));
  start.addEventListener("click", async () => {
    start.hidden = true;
    video.hidden = false;
    video.muted = true;
    try {
      const stop = await watchCamera(reader, video, found);
      if (ends.over) stop();
      else ends.stop = stop;
    } catch (error) {
      video.hidden = true;
      start.hidden = false;
      fill(words, cameraWords(error));
    }
  });
  return h("section", { class: "card" }, words, video, start);
}

async function scanScreen() {
  const assets = await recordsOf("asset");
  const reader = await detector();
  const ends = { over: false, stop: null };
  const camera = reader
    ? cameraPart(reader, assets, ends)
    : h("p", { class: "card" }, gettext("This browser cannot read QR codes by itself. Type the code below the QR code."));
  return {
    title: gettext("Scan a plate"),
    node: h("div", { class: "scan" }, camera, typedPart(assets)),
    leave: () => {
      ends.over = true;
      if (ends.stop) ends.stop();
    },
  };
}

/** Add the screen. */
export function register(route) {
  route("scan", scanScreen);
}
