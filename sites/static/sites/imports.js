/**
 * The import pages: progress of the upload, and asking again while the worker is at it.
 * Without this module the form and the pages work as they are; reload to see progress.
 */

if (window.htmx) {
  window.htmx.config.includeIndicatorStyles = false;
  window.htmx.config.allowEval = false;
  window.htmx.config.historyEnabled = false;
}

/** Send the form with its progress shown; the answer's address or page takes over. */
function send(form, bar) {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) {
      bar.value = Math.round((100 * event.loaded) / event.total);
    }
  });
  request.addEventListener("load", () => {
    if (request.responseURL && request.responseURL !== form.action && request.status < 400) {
      window.location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    document.getElementById("main").replaceWith(page.getElementById("main"));
    start();
  });
  request.addEventListener("error", () => {
    bar.hidden = true;
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

function start() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    const bar = form.querySelector("[data-upload-progress]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      bar.hidden = false;
      for (const button of form.querySelectorAll("button")) button.disabled = true;
      send(form, bar);
    });
  }
}

start();
