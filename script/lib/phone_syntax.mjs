/**
 * The phone's page is sent as it is written, so its modules must be understood by the oldest
 * browsers that it promises: Chromium 86 and Safari 14. Their common language is ECMAScript 2021;
 * what came later, in words of the language or in the browser, is named here.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { parse } from "../../tests/vendor/acorn.mjs";
import { full } from "../../tests/vendor/walk.mjs";

const ROOT = "field/static/field";
/** What the phone's modules import from other folders. */
const SHARED = ["config/static/js/children.js"];
const VERSION = 2021;
/** Never to be called: neither browser's oldest version has it, or only one of them. */
const METHODS = new Set(
  ("at findLast findLastIndex toSorted toReversed toSpliced groupBy groupByToMap hasOwn "
    + "withResolvers fromAsync isWellFormed toWellFormed requestSubmit showPicker showModal "
    + "checkVisibility canParse union intersection difference symmetricDifference isSubsetOf "
    + "isSupersetOf isDisjointFrom getHTML setHTML scheduler").split(" "),
);
/** Only where the same module first looks whether it is there. */
const ASKED_FIRST = new Set(
  ("structuredClone randomUUID locks BroadcastChannel BarcodeDetector createImageBitmap "
    + "OffscreenCanvas requestIdleCallback wakeLock CompressionStream DecompressionStream WeakRef "
    + "FinalizationRegistry ListFormat Segmenter canShare storage permissions connection "
    + "requestVideoFrameCallback showSaveFilePicker showOpenFilePicker").split(" "),
);
const STATIC_ONLY = { AbortSignal: ["timeout", "any"], Response: ["json"], Promise: ["try"] };
const STYLES = [
  [/:has\(/, ":has()"],
  [/:(is|where)\(/, ":is() and :where()"],
  [/(^|[;{\s])inset\s*:/, "inset"],
  [/aspect-ratio\s*:/, "aspect-ratio"],
  [/color-mix\(|oklch\(|light-dark\(/, "newer colours"],
  [/@(container|layer|scope)\b/, "@container, @layer, @scope"],
  [/(^|[;{\s])(translate|rotate|scale)\s*:/, "translate, rotate and scale as properties"],
  [/overflow(-[xy])?\s*:\s*clip/, "overflow: clip"],
];

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

function nameOf(node) {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression") return null;
  return node.computed ? node.property.value : node.property.name;
}

/** The names for which a module looks before it uses them. */
function askedIn(tree) {
  const asked = new Set();
  const note = (node) => {
    if (!node) return;
    if (node.type === "LogicalExpression") [node.left, node.right].forEach(note);
    else if (node.type === "UnaryExpression") note(node.argument);
    else if (node.type === "BinaryExpression" && node.operator === "in") asked.add(node.left.value);
    else if (node.type === "BinaryExpression") [node.left, node.right].forEach(note);
    else asked.add(nameOf(node));
  };
  full(tree, (node) => {
    if (["IfStatement", "ConditionalExpression"].includes(node.type)) note(node.test);
    if (["LogicalExpression", "UnaryExpression"].includes(node.type)) note(node);
    if (node.type === "BinaryExpression" && node.operator === "in") note(node);
  });
  return asked;
}

function tooNew(node, asked) {
  if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
    const name = nameOf(node.callee);
    const owner = nameOf(node.callee.object);
    if (METHODS.has(name) || (STATIC_ONLY[owner] || []).includes(name)) return name;
  }
  if (["MemberExpression", "Identifier"].includes(node.type)) {
    const name = nameOf(node);
    if (ASKED_FIRST.has(name) && !asked.has(name)) return name;
  }
  return null;
}

function moduleProblems(path, text) {
  let tree;
  try {
    tree = parse(text, { ecmaVersion: VERSION, sourceType: "module", locations: true });
  } catch (error) {
    return [`${path}: ${error.message}`];
  }
  const problems = [];
  const asked = askedIn(tree);
  full(tree, (node) => {
    const name = tooNew(node, asked);
    if (name) problems.push(`${path}:${node.loc.start.line}: ${name} is not in every browser`);
    if (node.type === "Literal" && node.regex && /\(\?<[=!]/.test(node.regex.pattern)) {
      problems.push(`${path}:${node.loc.start.line}: Safari 14 cannot look behind in a pattern`);
    }
  });
  return problems;
}

function styleProblems(path, source) {
  const text = source.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
  const problems = STYLES.filter(([pattern]) => pattern.test(text)).map(
    ([, name]) => `${path}: ${name} is not in every browser`,
  );
  for (const [, , body] of text.matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
    if (/display\s*:\s*(inline-)?flex/.test(body) && /(^|[;\s])(row-|column-)?gap\s*:/.test(body)) {
      problems.push(`${path}: Safari 14.0 knows no gap in a flex box`);
    }
    if (/\d[dsl]vh/.test(body) && !/\dvh/.test(body)) {
      problems.push(`${path}: dvh needs a vh before it`);
    }
  }
  return problems;
}

const files = [...filesIn(ROOT), ...SHARED];
const problems = files.flatMap((path) => {
  const text = readFileSync(path, "utf8");
  if (path.endsWith(".js")) return moduleProblems(path, text);
  return path.endsWith(".css") ? styleProblems(path, text) : [];
});
problems.forEach((problem) => console.log(problem));
process.exit(problems.length ? 1 : 0);
