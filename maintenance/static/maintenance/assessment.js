// The score and its coefficient while points are entered; the server computes both again.

const form = document.querySelector(".assessment-form");
const line = form.querySelector(".score-line");
const fields = [...form.querySelectorAll("input[name^='points_']")];
const bands = [...form.querySelectorAll(".bands tr")].map((row) => ({
  from: Number(row.dataset.from),
  coefficient: row.dataset.coefficient,
}));

function show() {
  const lost = fields.reduce((sum, field) => sum + Math.round(Number(field.value || 0) * 100), 0);
  const score = Number(form.dataset.fullScore) - lost / 100;
  const reached = bands.filter((band) => band.from <= score).sort((a, b) => b.from - a.from);
  line.querySelector("[data-score]").textContent = String(score);
  line.querySelector("[data-coefficient]").textContent = reached[0]?.coefficient ?? "—";
  line.classList.toggle("over", score < 0);
  line.hidden = false;
}

form.addEventListener("input", show);
show();
