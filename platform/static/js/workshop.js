// The workshop's pages: an address suggested from the title, sections put in order by dragging.
// Without this script the server suggests the address and buttons move the sections.
"use strict";

(() => {
  const form = document.querySelector("form[data-slug-from]");
  const slug = form?.elements.slug;
  const title = form?.elements[form.dataset.slugFrom];
  if (slug && title) {
    let own = slug.value !== "";
    slug.addEventListener("input", () => {
      own = slug.value !== "";
    });
    title.addEventListener("input", () => {
      if (own) return;
      slug.value = title.value
        .normalize("NFKD")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 70);
    });
  }

  const list = document.querySelector("[data-order]");
  if (!list) return;
  const state = document.querySelector("[data-order-state]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  let dragged = null;

  for (const item of list.children) item.draggable = true;

  const save = async () => {
    const data = new URLSearchParams();
    for (const item of list.children) data.append("key", item.dataset.key);
    try {
      const answer = await fetch(list.dataset.order, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        redirect: "manual",
      });
      if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
      state.textContent = (await answer.json()).message;
      if (answer.status === 409) return;
      [...list.children].forEach((item, index) => {
        const [up, down] = item.querySelectorAll("button[name=arah]");
        up.disabled = index === 0;
        down.disabled = index === list.children.length - 1;
      });
    } catch {
      location.reload();
    }
  };

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
  });
  list.addEventListener("drop", (event) => {
    event.preventDefault();
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    save();
  });
})();
