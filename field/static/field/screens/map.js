/** The map of my assets, drawn from the packages on the phone; no network and no base map needed. */

import { fill, h } from "../dom.js";
import { boxOf } from "../map/geometry.js";
import { follower, isAllowed } from "../map/here.js";
import { thingsAt } from "../map/hits.js";
import { sceneLayer } from "../map/layer.js";
import { loadLeaflet } from "../map/leaflet.js";
import { legend } from "../map/legend.js";
import { assetList } from "../map/list.js";
import { makeScene } from "../map/scene.js";
import { showSheet } from "../map/sheet.js";
import { onRecords } from "../records.js";
import { onTrack, trackOf, trackedPatrol } from "../track.js";
import { language, said } from "../words.js";

const DOORS_PX = 64;
const LEAST_PX = 320;
const CLOSE_ZOOM = 16;
const kept = { view: null, shows: "map" };

function empty() {
  return h("section", { class: "card" },
    h("p", {}, gettext("There is nothing on this phone yet. Take a package along while you have a network.")),
    h("a", { class: "big-button", href: "#/packages" }, gettext("Choose packages")));
}

function toolButton(name, label, drawing, onclick) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", drawing);
  svg.appendChild(path);
  return h("button", { type: "button", class: `map-tool map-tool-${name}`, "aria-label": label, title: label, onclick }, svg);
}

function hereWords({ position, problem }) {
  if (problem === "denied") {
    return gettext("The browser may not use your position. Allow it in the browser's settings.");
  }
  if (problem) return gettext("No position yet. Step out into the open.");
  if (!position) return "";
  return said(gettext("Your position, to within %(metres)s m"), {
    metres: Math.ceil(position.accuracy_m),
  });
}

/** The parts of the screen and what they know of one another. */
class MapScreen {
  constructor(scene) {
    this.scene = scene;
    this.box = h("div", { class: "map-box", role: "region", "aria-label": gettext("Map of my assets; the list shows the same.") });
    this.sheet = h("section", { class: "map-sheet", "aria-label": gettext("What was tapped"), hidden: true });
    this.status = h("p", { class: "map-status", role: "status" });
    this.frame = h("div", { class: "map-frame" }, this.box, this.status, this.sheet);
    this.list = assetList({
      position: () => (this.here ? this.here.last() : null),
      showOnMap: (asset) => this.showAsset(asset),
    });
    this.ends = [];
  }

  /** The whole screen as one node. */
  node() {
    this.switches = ["map", "list"].map((name) =>
      h("button", { type: "button", class: "map-switch", "data-shows": name, onclick: () => this.show(name) },
        name === "map" ? gettext("Map") : gettext("List")));
    this.root = h("div", { class: "map-screen" },
      h("div", { class: "map-bar" },
        this.switches,
        h("a", { class: "map-switch", href: "#/scan" }, gettext("Scan")),
        h("a", { class: "map-switch", href: "#/packages" }, gettext("Packages"))),
      this.frame,
      this.list.node,
      legend());
    return this.root;
  }

  /** Show the map or the list. */
  show(name) {
    kept.shows = name;
    this.frame.hidden = name !== "map";
    this.list.node.hidden = name !== "list";
    this.switches.forEach((button) =>
      button.setAttribute("aria-pressed", String(button.getAttribute("data-shows") === name)));
    if (name === "list") this.list.draw(this.scene);
    else if (this.map) this.fit();
  }

  /** Give the map the height that is left. */
  fit() {
    const top = this.frame.getBoundingClientRect().top + window.pageYOffset;
    const height = Math.max(LEAST_PX, window.innerHeight - top - DOORS_PX);
    this.frame.style.height = `${height}px`;
    this.map.invalidateSize({ animate: false });
  }

  /** Begin to draw; the node stands in the page by now. */
  start(L, wanted) {
    this.L = L;
    this.map = L.map(this.box, {
      zoomControl: false,
      attributionControl: false,
      maxZoom: 19,
      minZoom: 7,
      zoomSnap: 0.5,
      bounceAtZoomLimits: false,
    });
    this.frame.style.height = `${LEAST_PX}px`;
    this.fit();
    this.lookAtFirst();
    this.layer = sceneLayer(L, { english: language() === "en" }).addTo(this.map);
    this.layer.show(this.scene);
    this.here = follower(L, this.map, (news) => this.heard(news));
    this.frame.appendChild(this.tools());
    this.map.on("click", (event) => this.tapped(event.latlng));
    this.map.on("moveend", () => {
      kept.view = { centre: this.map.getCenter(), zoom: this.map.getZoom() };
    });
    this.follow();
    if (wanted) this.showAsset(wanted);
    this.box.setAttribute("data-drawn", "");
  }

  /** Hear of everything that changes what is shown, until the screen is left. */
  follow() {
    const resized = () => this.fit();
    window.addEventListener("resize", resized);
    this.ends.push(
      () => window.removeEventListener("resize", resized),
      onRecords(() => this.renewed()),
      onTrack(() => this.drawTrack()),
    );
    this.drawTrack();
    isAllowed().then((allowed) => {
      if ((allowed || trackedPatrol()) && !this.left) this.here.start();
    });
  }

  /** The view at the beginning: the last one, or everything. */
  lookAtFirst() {
    if (kept.view) this.map.setView(kept.view.centre, kept.view.zoom, { animate: false });
    else this.lookAtAll();
  }

  /** Look at everything at once. */
  lookAtAll() {
    const [west, south, east, north] = this.scene.extent || [73, 18, 135, 54];
    this.map.fitBounds([[south, west], [north, east]], { animate: false, maxZoom: CLOSE_ZOOM, padding: [24, 24] });
  }

  /** The large buttons over the map, within reach of the thumb. */
  tools() {
    return h("div", { class: "map-tools" },
      toolButton("all", gettext("Show everything"), "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5", () => this.lookAtAll()),
      toolButton("here", gettext("Where I am"), "M12 3v4M12 17v4M3 12h4M17 12h4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", () => this.goHere()),
      toolButton("in", gettext("Closer"), "M12 5v14M5 12h14", () => this.map.zoomIn(1)),
      toolButton("out", gettext("Farther"), "M5 12h14", () => this.map.zoomOut(1)));
  }

  /** Go to my position, now or as soon as it is known. */
  goHere() {
    this.wantsHere = true;
    this.here.start();
    const position = this.here.last();
    if (position) this.heard({ position, problem: null });
    else fill(this.status, gettext("Looking for your position…"));
  }

  /** A new position, or the reason why there is none. */
  heard(news) {
    fill(this.status, hereWords(news));
    if (!news.position || !this.wantsHere) return;
    this.wantsHere = false;
    const { lon, lat } = news.position;
    this.map.setView([lat, lon], Math.max(CLOSE_ZOOM, this.map.getZoom()));
  }

  /** Tell what lies under the thumb. */
  tapped({ lng, lat }) {
    const things = thingsAt(this.scene, { lon: lng, lat, zoom: this.map.getZoom() });
    if (things.length) this.open(things, { lon: lng, lat });
    else this.close();
  }

  open(things, tapped) {
    showSheet(this.sheet, things, {
      assets: this.scene.assets,
      tapped,
      position: this.here.last(),
      close: () => this.close(),
      chosen: (asset) => this.layer.choose(asset ? asset.id : null),
    });
  }

  close() {
    this.sheet.hidden = true;
    this.layer.choose(null);
  }

  /** Show one asset in the middle of the map, with its sheet. */
  showAsset(asset) {
    this.show("map");
    const box = boxOf(asset.geometry);
    if (!box || !this.map) return;
    const below = Math.round(this.map.getSize().y * 0.45);
    this.map.fitBounds([[box[1], box[0]], [box[3], box[2]]], {
      animate: false,
      maxZoom: CLOSE_ZOOM,
      paddingTopLeft: [24, 24],
      paddingBottomRight: [24, below],
    });
    this.open([{ sort: "asset", record: asset }], null);
  }

  /** Draw the track that is being recorded. */
  async drawTrack() {
    const patrol = trackedPatrol();
    const track = patrol ? await trackOf(patrol) : null;
    if (this.left) return;
    if (this.trackLine) this.trackLine.remove();
    this.trackLine = null;
    if (!track || !track.line) return;
    const way = track.line.coordinates.map(([lon, lat]) => [lat, lon]);
    this.trackLine = this.L.polyline(way, {
      color: "#0b57d0",
      weight: 4,
      dashArray: "1 8",
      interactive: false,
    }).addTo(this.map);
  }

  /** The records changed: draw them anew. */
  async renewed() {
    this.scene = await makeScene();
    if (this.left) return;
    this.layer.show(this.scene);
    if (kept.shows === "list") this.list.draw(this.scene);
  }

  /** Leave the screen. */
  leave() {
    this.left = true;
    this.ends.forEach((end) => end());
    if (this.here) this.here.stop();
    if (this.map) this.map.remove();
  }
}

function failedToLoad(screen) {
  fill(screen.box, h("p", { role: "alert" },
    gettext("The map could not be loaded. The list shows the same; open the map once with a network.")));
  screen.show("list");
}

async function mapScreen(params) {
  const scene = await makeScene();
  const title = gettext("Map");
  if (!scene.assets.length) return { title, node: empty() };
  const screen = new MapScreen(scene);
  const node = screen.node();
  const wanted = scene.assets.find(({ id }) => String(id) === params.query.asset);
  screen.show(wanted ? "map" : kept.shows);
  loadLeaflet().then(
    (L) => {
      if (screen.left) return;
      if (node.isConnected) screen.start(L, wanted);
      else window.requestAnimationFrame(() => screen.left || screen.start(L, wanted));
    },
    () => failedToLoad(screen),
  );
  return { title, node, leave: () => screen.leave() };
}

/** Add the screen. */
export function register(route) {
  route("map", mapScreen);
}
