/**
 * The sum of the funding shares while they are typed. Without this module the form works as well:
 * the service checks the sum to the thousandth.
 */

const THOUSANDTHS = 1000;

/** @param {string} text @returns {number} thousandths of a percent, exact; NaN if unreadable */
function thousandths(text) {
  if (text.trim() === "") return 0;
  return Math.round(Number(text) * THOUSANDTHS);
}

const shares = document.querySelector("[data-shares]");
const sum = document.querySelector("[data-share-sum]");

function show() {
  const parts = [...shares.querySelectorAll("input")].map((input) => thousandths(input.value));
  const total = parts.reduce((one, other) => one + other, 0);
  sum.querySelector("output").textContent = Number.isNaN(total) ? "—" : String(total / THOUSANDTHS);
  sum.classList.toggle("wrong", total !== 100 * THOUSANDTHS);
}

if (shares && sum) {
  sum.hidden = false;
  shares.addEventListener("input", show);
  show();
}
