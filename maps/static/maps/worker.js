/* The map engine's worker: fills in for old browsers first. Both files are ours, on this host. */
(function () {
  "use strict";
  var query = new URLSearchParams(self.location.search);
  ["fill", "engine"].forEach(function (part) {
    var address = new URL(query.get(part), self.location.href);
    if (address.origin === self.location.origin) {
      self.importScripts(address.href);
    }
  });
})();
