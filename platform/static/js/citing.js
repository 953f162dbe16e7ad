// Offers regulations while somebody types `[[` in an editor: arrows choose, Enter or a click puts
// the name in, Escape closes. Without this script the name is typed in full.
"use strict";

(() => {
  const text = document.querySelector("textarea[data-citing]");
  if (!text) return;
  const list = document.createElement("ul");
  list.id = "saran-rujukan";
  list.className = "citing-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", text.dataset.citingLabel);
  list.hidden = true;
  text.after(list);
  text.setAttribute("aria-controls", list.id);
  text.setAttribute("aria-autocomplete", "list");

  let asked = 0;
  let timer = 0;
  let chosen = -1;

  // What stands between `[[` and the cursor, on one line and not closed yet.
  const typed = () => {
    const before = text.value.slice(0, text.selectionStart);
    const start = before.lastIndexOf("[[");
    if (start < 0 || text.selectionStart !== text.selectionEnd) return null;
    const inner = before.slice(start + 2);
    return /[\]\n|]/.test(inner) || inner.length > 60 ? null : inner;
  };

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    text.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    const items = [...list.children];
    chosen = (index + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    text.setAttribute("aria-activedescendant", items[chosen].id);
  };

  const insert = (item) => {
    const inner = typed();
    if (inner === null) return close();
    const end = text.selectionStart;
    const closed = text.value.startsWith("]]", end);
    text.setRangeText(item.dataset.insert + (closed ? "" : "]]"), end - inner.length, end, "end");
    if (closed) text.selectionStart = text.selectionEnd += 2;
    close();
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const show = (found) => {
    list.replaceChildren(
      ...found.map((row, at) => {
        const item = document.createElement("li");
        item.id = `saran-rujukan-${at}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.insert = row.insert;
        const name = document.createElement("strong");
        name.textContent = row.insert;
        item.append(name, ` ${row.about} (${row.status})`);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          insert(item);
        });
        return item;
      }),
    );
    list.hidden = !found.length;
    chosen = -1;
  };

  const ask = async (inner) => {
    const turn = ++asked;
    try {
      const answer = await fetch(`${text.dataset.citing}?q=${encodeURIComponent(inner)}`);
      if (answer.ok && turn === asked && typed() === inner) show((await answer.json()).found);
    } catch {
      // The next keystroke asks again.
    }
  };

  text.addEventListener("input", () => {
    clearTimeout(timer);
    const inner = typed();
    if (!inner || !inner.trim()) return close();
    timer = setTimeout(ask, 200, inner);
  });
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) insert(list.children[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  text.addEventListener("blur", close);
})();
