/* Two functions that the map engine expects and Chromium 86 and Safari 14 do not have yet. */
(function () {
  "use strict";
  if (!Object.hasOwn) {
    Object.hasOwn = function (object, name) {
      return Object.prototype.hasOwnProperty.call(object, name);
    };
  }
  if (!Array.prototype.at) {
    Object.defineProperty(Array.prototype, "at", {
      value: function (place) {
        var index = Math.trunc(place) || 0;
        return this[index < 0 ? this.length + index : index];
      },
    });
  }
})();
