/** Addresses behind the `#` and the screens that they show. */

const routes = [];
let shown = null;
let leaving = null;
let turn = 0;
let asked = false;

/**
 * Name the screen of an address.
 * @param {string} pattern for example `order/:id`; each `:name` becomes a parameter
 * @param {function(Object, Object): Promise<{title: string, node: Node,
 *   leave: (function(): *)|undefined}>} screen called with the parameters (those after `?` also
 *   under `query`) and the session; `leave` is awaited before the next screen is drawn
 */
export function route(pattern, screen) {
  routes.push({ parts: pattern.split("/").filter(Boolean), screen });
}

/** Go to an address such as `order/0191…`, with or without `#/`. */
export function go(address) {
  const hash = `#/${String(address).replace(/^#?\/?/, "")}`;
  if (window.location.hash === hash) redraw();
  else window.location.hash = hash;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parametersOf(parts, path) {
  if (parts.length !== path.length) return null;
  const found = {};
  const fits = parts.every((part, place) => {
    if (!part.startsWith(":")) return part === path[place];
    found[part.slice(1)] = decoded(path[place]);
    return true;
  });
  return fits ? found : null;
}

/** The screen and the parameters of an address, or null. */
export function found(hash) {
  const [path, query] = hash.replace(/^#?\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean);
  for (const entry of routes) {
    const parameters = parametersOf(entry.parts, parts);
    if (parameters) {
      parameters.query = {};
      new URLSearchParams(query || "").forEach((value, name) => {
        parameters.query[name] = value;
        if (!(name in parameters)) parameters[name] = value;
      });
      return { screen: entry.screen, parameters };
    }
  }
  return null;
}

async function targetOf(hash, home, more) {
  const known = found(hash);
  if (known || /^#?\/?$/.test(hash)) return known || found(home);
  if (!asked) {
    await more();
    asked = true;
  }
  return found(hash) || found(home);
}

/** Draw the screen of the address again, for example after the records changed. */
export function redraw() {
  return shown ? shown() : Promise.resolve();
}

/**
 * Follow the address from now on.
 * @param {{session: function(): Object, draw: function(Object): void, home: string,
 *   more: function(): Promise<void>, failed: function(Error): Object}} options what draws a
 *   screen, which one comes first, and what names further addresses when one is not known
 */
export function startRouter({ session, draw, home, more, failed }) {
  shown = async () => {
    turn += 1;
    const mine = turn;
    const leave = leaving;
    leaving = null;
    if (leave) await leave();
    let drawn;
    try {
      const target = await targetOf(window.location.hash, home, more);
      drawn = await target.screen(target.parameters, session());
    } catch (error) {
      drawn = failed(error);
    }
    if (mine !== turn) {
      if (drawn.leave) drawn.leave();
      return;
    }
    leaving = drawn.leave || null;
    draw(drawn);
  };
  window.addEventListener("hashchange", () => shown());
  return shown();
}
