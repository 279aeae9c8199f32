/**
 * What stands inside an element of a page. Text from data only ever becomes text nodes, so no name
 * can turn into markup.
 */

/** Append children; arrays are flattened, empty ones left out. */
export function append(node, children) {
  children.forEach((child) => {
    if (child === null || child === undefined || child === false) return;
    if (Array.isArray(child)) append(node, child);
    else node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  });
  return node;
}

/** Replace everything inside a node. */
export function fill(node, ...children) {
  node.textContent = "";
  return append(node, children);
}
