// The form of a question: adds rows in place and shows what a participant will see. Without this
// script the button sends the form and gets it back with more rows.
(() => {
  "use strict";
  const form = document.getElementById("soal");
  if (!form) return;
  const rows = form.querySelector("[data-rows]");
  const total = form.elements["baris-TOTAL_FORMS"];
  const MOST = 30;
  const PAUSE = 700;

  form.querySelector("[data-add-row]")?.addEventListener("click", (event) => {
    const last = rows.lastElementChild;
    const index = Number(total.value);
    if (!last || index >= MOST) return;
    event.preventDefault();
    const row = last.cloneNode(true);
    for (const part of row.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace(/baris-\d+-/g, `baris-${index}-`));
      }
    }
    row.querySelector("legend").textContent = row
      .querySelector("legend")
      .textContent.replace(/\d+/, String(index + 1));
    for (const field of row.querySelectorAll("input, textarea, select")) {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
      field.removeAttribute("aria-invalid");
    }
    for (const note of row.querySelectorAll(".field-error")) note.remove();
    rows.append(row);
    total.value = String(index + 1);
    row.querySelector("textarea, input[type=text]")?.focus();
  });

  const box = form.querySelector("[data-preview-box]");
  const body = form.querySelector("[data-preview-body]");
  let timer = 0;
  let newest = 0;
  const preview = async () => {
    const number = ++newest;
    const data = new FormData(form);
    data.delete("images");
    try {
      const response = await fetch(form.dataset.preview, { method: "POST", body: data });
      if (!response.ok || number !== newest) return;
      // Written by our own server, cleaned as the stored question is.
      body.innerHTML = await response.text();
      box.hidden = false;
    } catch {
      // Without a network there is no preview; the form itself still works.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(preview, PAUSE);
  });
  preview();
})();
