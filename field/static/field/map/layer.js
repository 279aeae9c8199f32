/** One canvas in Leaflet's place for drawings: moved with the map, drawn anew when it rests. */

import { paint } from "./painter.js";

/**
 * Make the layer.
 * @param {Object} L Leaflet
 * @param {{english: boolean}} options
 * @returns {Object} a Leaflet layer with `show(scene)` and `choose(assetId)`
 */
export function sceneLayer(L, { english }) {
  const Layer = L.Renderer.extend({
    _initContainer() {
      this._container = document.createElement("canvas");
      this._context = this._container.getContext("2d");
    },

    _destroyContainer() {
      L.DomUtil.remove(this._container);
      delete this._context;
      delete this._container;
    },

    _updatePaths() {
      this._draw();
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = Math.round(size.x * ratio);
      this._container.height = Math.round(size.y * ratio);
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      this._context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.fire("update");
    },

    _draw() {
      if (!this._scene || !this._bounds) return;
      const size = this._bounds.getSize();
      const scale = 2 ** this._zoom;
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      this._context.clearRect(0, 0, size.x, size.y);
      paint(
        this._context,
        this._scene,
        {
          left: corner.x / scale,
          top: corner.y / scale,
          scale,
          zoom: this._zoom,
          width: size.x,
          height: size.y,
        },
        { chosen: this._chosen, english },
      );
    },

    show(scene) {
      this._scene = scene;
      if (this._map) this._update();
    },

    choose(assetId) {
      this._chosen = assetId;
      if (this._map) this._draw();
    },
  });
  return new Layer({ padding: 0.25 });
}
