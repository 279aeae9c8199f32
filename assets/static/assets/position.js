/* Gives a form the position of the phone, when somebody asks for it. */

const words = {
  taking: () => gettext("Looking for the position …"),
  taken: (metres) =>
    interpolate(gettext("Position taken, exact to about %(metres)s m."), { metres }, true),
  failed: () => gettext("The phone gave no position. You can go on without it."),
};

function fill(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field) field.value = value;
}

function offer(part) {
  const form = part.closest("form");
  const told = part.querySelector("[data-position-words]");
  part.hidden = false;
  part.querySelector("[data-position-take]").addEventListener("click", () => {
    told.textContent = words.taking();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        fill(form, "longitude", coords.longitude.toFixed(7));
        fill(form, "latitude", coords.latitude.toFixed(7));
        fill(form, "accuracy_m", coords.accuracy.toFixed(1));
        told.textContent = words.taken(Math.ceil(coords.accuracy));
      },
      () => {
        told.textContent = words.failed();
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 },
    );
  });
}

if ("geolocation" in navigator) {
  document.querySelectorAll("[data-position]").forEach(offer);
}
