// Lets a PDF be dropped on the box and sends the form at once; without this the button does it.
"use strict";
for (const form of document.querySelectorAll("form[data-dropzone]")) {
  const box = form.querySelector(".dropzone");
  const input = form.querySelector("input[type=file]");
  const over = (on) => box.toggleAttribute("data-over", on);
  input.addEventListener("change", () => input.files.length && form.requestSubmit());
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  box.addEventListener("dragleave", () => over(false));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}
