/** The page of exports: its table is asked for again while an export is at work. */

const WAIT_MS = 1500;
const box = document.getElementById("export-rows");

function isWorking() {
  const table = box.querySelector("[data-working]");
  return table !== null && table.dataset.working === "1";
}

async function refresh() {
  if (document.visibilityState === "visible") {
    const response = await fetch(box.dataset.address, { credentials: "same-origin" });
    if (!response.ok || response.redirected) return;
    box.innerHTML = await response.text();
  }
  if (isWorking()) window.setTimeout(refresh, WAIT_MS);
}

if (isWorking()) window.setTimeout(refresh, WAIT_MS);
