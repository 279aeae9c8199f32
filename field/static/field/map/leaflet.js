/** Leaflet, loaded when a map is shown for the first time; it stands in the precache. */

let loading = null;

function added(tag, attributes) {
  return new Promise((resolve, reject) => {
    const node = document.createElement(tag);
    node.onload = () => resolve();
    node.onerror = () => {
      node.remove();
      reject(new Error("leaflet"));
    };
    Object.assign(node, attributes);
    document.head.appendChild(node);
  });
}

/**
 * Leaflet itself.
 * @returns {Promise<Object>} `L`
 */
export function loadLeaflet() {
  if (!loading) {
    const { leaflet, leafletCss } = document.documentElement.dataset;
    loading = Promise.all([
      added("script", { src: leaflet }),
      added("link", { rel: "stylesheet", href: leafletCss }),
    ]).then(
      () => window.L,
      (error) => {
        loading = null;
        throw error;
      },
    );
  }
  return loading;
}
