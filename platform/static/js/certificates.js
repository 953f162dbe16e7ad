// Shows the number that a pattern gives while it is typed; the server checks it again.
"use strict";

(() => {
  const box = document.querySelector("[data-number-example]");
  if (!box) return;
  const field = document.getElementById(box.dataset.field);
  const output = box.querySelector("output");
  const parts = {
    tahun: "2026",
    bulan_romawi: "XI",
    kode_unit: box.dataset.unit,
    kode_topik: "CPNS",
  };
  const show = () => {
    let wrong = false;
    const text = field.value.replace(/\{([a-z_]+)(?::([1-9]))?\}/g, (all, name, digits) => {
      if (name === "nomor") return "123".padStart(Number(digits || 1), "0");
      if (digits || !(name in parts)) wrong = true;
      return parts[name] || all;
    });
    output.textContent = wrong || /[{}]/.test(text) || !text ? "–" : text;
  };
  field.addEventListener("input", show);
})();
