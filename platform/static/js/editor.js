// The editor of a section: saves a moment after typing, keeps a copy on the device until the
// server's receipt, shows a preview, and takes images that are pasted or dropped. Without this
// script the same form saves by its button.
"use strict";

(() => {
  const keyOf = (path) => `lintas:bagian:${path}`;
  const store = {
    read(path) {
      try {
        return JSON.parse(localStorage.getItem(keyOf(path)));
      } catch {
        return null;
      }
    },
    write(path, value) {
      try {
        localStorage.setItem(keyOf(path), JSON.stringify(value));
      } catch {
        // A full or forbidden store: the server's receipt is what counts.
      }
    },
    drop(path) {
      try {
        localStorage.removeItem(keyOf(path));
      } catch {
        // Nothing was kept.
      }
    },
  };
  for (const link of document.querySelectorAll("[data-drop-local]")) {
    link.addEventListener("click", () => store.drop(new URL(link.href).pathname));
  }

  const form = document.getElementById("penyunting");
  if (!form) return;
  const words = form.dataset;
  const path = location.pathname;
  const title = form.elements.title;
  const text = form.elements.markdown;
  const revision = form.elements.revision;
  const state = form.querySelector("[data-save-state]");
  const box = form.querySelector("[data-preview-box]");
  const PAUSE = 2000;
  const RETRY = 5000;
  let token = form.elements.csrfmiddlewaretoken.value;
  let saved = { title: title.value, markdown: text.value };
  let sending = false;
  let stopped = false;
  let saveTimer = 0;
  let previewTimer = 0;

  const now = () => ({ title: title.value, markdown: text.value });
  const same = (a, b) => a.title === b.title && a.markdown === b.markdown;
  const clock = (moment) =>
    [moment.getHours(), moment.getMinutes(), moment.getSeconds()]
      .map((part) => String(part).padStart(2, "0"))
      .join(".");

  const show = (kind, message, link) => {
    state.dataset.state = kind;
    state.textContent = message;
    if (link) {
      state.append(" ", link);
    }
  };

  // --- saving -------------------------------------------------------------------------------

  const freshToken = async () => {
    const answer = await fetch(path, { redirect: "manual" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const field = page.querySelector("#penyunting [name=csrfmiddlewaretoken]");
    if (!field) return false;
    token = field.value;
    form.elements.csrfmiddlewaretoken.value = token;
    return true;
  };

  const expired = () => {
    const link = document.createElement("a");
    link.href = words.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = words.expiredLink;
    show("error", words.expired, link);
  };

  // Returns true when nothing more is to be done for now.
  const send = async (sent) => {
    const answer = await fetch(path, {
      method: "POST",
      body: new URLSearchParams({ ...sent, revision: revision.value }),
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      redirect: "manual",
    });
    if (answer.ok) {
      const receipt = await answer.json();
      revision.value = receipt.revision;
      saved = sent;
      if (same(saved, now())) {
        store.drop(path);
        show("saved", `${words.saved} ${receipt.saved_at}`);
      }
      return true;
    }
    if (answer.type === "opaqueredirect") {
      expired();
      return false;
    }
    if (answer.status === 403) {
      if (!(await freshToken())) expired();
      return false;
    }
    if (answer.status === 409) {
      const other = await answer.json();
      stopped = true;
      const button = document.createElement("button");
      button.type = "submit";
      button.className = "btn btn-secondary btn-sm";
      button.textContent = words.conflictLink;
      show("error", `${other.message} (${other.by}, ${other.at})`, button);
      return true;
    }
    if (answer.status === 422 || answer.status === 410) {
      show("error", (await answer.json()).message);
      return true;
    }
    show("offline", words.offline);
    return false;
  };

  const save = async () => {
    clearTimeout(saveTimer);
    if (sending || stopped || same(saved, now())) return;
    sending = true;
    show("saving", words.saving);
    let done = false;
    const sent = now();
    try {
      done = await send(sent);
    } catch {
      show("offline", words.offline);
    } finally {
      sending = false;
    }
    if (!done) saveTimer = setTimeout(save, RETRY);
    else if (!same(sent, now())) saveTimer = setTimeout(save, PAUSE);
  };

  const changed = () => {
    store.write(path, { ...now(), revision: revision.value, at: clock(new Date()) });
    if (!stopped) {
      show("offline", words.unsaved);
      if (!sending) {
        clearTimeout(saveTimer);
        saveTimer = setTimeout(save, PAUSE);
      }
    }
    clearTimeout(previewTimer);
    previewTimer = setTimeout(preview, 600);
  };

  const preview = async () => {
    try {
      const answer = await fetch(words.preview, {
        method: "POST",
        body: new URLSearchParams({ markdown: text.value }),
        headers: { "X-CSRFToken": token },
        redirect: "manual",
      });
      if (answer.ok) box.innerHTML = await answer.text();
    } catch {
      // The next keystroke asks again.
    }
  };

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    // The page that answers shows what is kept; a conflict shows both texts.
    clearTimeout(saveTimer);
    stopped = true;
    saved = now();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!same(saved, now())) event.preventDefault();
  });
  window.addEventListener("online", save);

  // --- the copy on this device --------------------------------------------------------------

  const kept = store.read(path);
  const banner = document.querySelector("[data-local]");
  if (kept && !same(kept, saved)) {
    banner.hidden = false;
    banner.querySelector("[data-local-text]").textContent = `${words.localSince} ${kept.at}.`;
    banner.querySelector("[data-local-use]").addEventListener("click", () => {
      title.value = kept.title;
      text.value = kept.markdown;
      // By the revision that it was written on: the server says if somebody saved since.
      revision.value = kept.revision;
      banner.hidden = true;
      text.focus();
      changed();
    });
    banner.querySelector("[data-local-drop]").addEventListener("click", () => {
      store.drop(path);
      banner.hidden = true;
      text.focus();
    });
  } else {
    store.drop(path);
  }

  // --- the toolbar --------------------------------------------------------------------------

  const insert = (value, from = text.selectionStart, to = text.selectionEnd) => {
    text.focus();
    text.setSelectionRange(from, to);
    // Keeps the browser's undo, where it still can.
    if (!document.execCommand("insertText", false, value)) {
      text.setRangeText(value, from, to, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const around = (mark) => {
    const { selectionStart: from, selectionEnd: to } = text;
    const chosen = text.value.slice(from, to);
    insert(`${mark}${chosen}${mark}`);
    text.setSelectionRange(from + mark.length, from + mark.length + chosen.length);
  };

  const lines = (prefix) => {
    const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const end = text.value.indexOf("\n", text.selectionEnd);
    const to = end < 0 ? text.value.length : end;
    const marked = text.value
      .slice(from, to)
      .split("\n")
      .map((line, index) => prefix(index) + line);
    insert(marked.join("\n"), from, to);
  };

  const block = (value) => {
    const before = text.value.slice(0, text.selectionStart);
    const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    insert(`${gap}${value}\n\n`);
  };

  const marks = {
    bold: () => around("**"),
    italic: () => around("*"),
    heading: () => lines(() => "### "),
    list: () => lines(() => "- "),
    numbers: () => lines((index) => `${index + 1}. `),
    quote: () => lines(() => "> "),
    link: () => {
      const from = text.selectionStart;
      const chosen = text.value.slice(from, text.selectionEnd);
      insert(`[${chosen}](https://)`);
      const at = from + chosen.length + 3;
      text.setSelectionRange(at, at + 8);
    },
    table: () => block("| A | B |\n| --- | --- |\n|  |  |"),
    video: () => {
      block("!video(https://)");
      const at = text.value.lastIndexOf("https://)", text.selectionStart);
      text.setSelectionRange(at, at + 8);
    },
  };

  const tools = form.querySelector("[role=toolbar]");
  const buttons = [...tools.querySelectorAll("button")];
  tools.hidden = false;
  // One stop for the tabulator; arrows move inside, as screen readers expect of a toolbar.
  buttons.forEach((button, index) => {
    button.tabIndex = index ? -1 : 0;
  });
  tools.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const here = buttons.indexOf(document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    const next = buttons[(here + step + buttons.length) % buttons.length];
    buttons[here].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  tools.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-mark]")?.dataset.mark;
    if (mark) marks[mark]();
  });

  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const act = { b: marks.bold, i: marks.italic, k: marks.link, s: save }[event.key.toLowerCase()];
    if (!act || (act !== save && event.target !== text)) return;
    event.preventDefault();
    act();
  });

  // --- images and other files ---------------------------------------------------------------

  const dialog = document.querySelector("[data-alt-dialog]");
  const alt = dialog.querySelector("#alt");
  const fault = dialog.querySelector("[data-alt-error]");

  // Resolves to what the image shows, or to null when the person does not want it.
  const askAlt = () =>
    new Promise((resolve) => {
      alt.value = "";
      fault.hidden = true;
      const end = (value) => {
        dialog.removeEventListener("close", cancel);
        dialog.close();
        resolve(value);
      };
      const cancel = () => end(null);
      const accept = () => {
        if (alt.value.trim()) {
          end(alt.value.trim());
        } else {
          fault.hidden = false;
          alt.focus();
        }
      };
      dialog.querySelector("[data-alt-ok]").onclick = accept;
      dialog.querySelector("[data-alt-cancel]").onclick = cancel;
      alt.onkeydown = (event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          accept();
        }
      };
      dialog.addEventListener("close", cancel);
      dialog.showModal();
      alt.focus();
    });

  const upload = async (file) => {
    let described = "";
    if (file.type.startsWith("image/")) {
      described = await askAlt();
      if (described === null) return;
    }
    const data = new FormData();
    data.append("file", file, file.name || "gambar.png");
    data.append("alt", described);
    show("saving", words.uploading);
    try {
      const answer = await fetch(words.upload, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect") {
        expired();
        return;
      }
      if (answer.ok) block((await answer.json()).markdown);
      else if (answer.status === 422) show("error", (await answer.json()).message);
      else show("error", words.failed);
    } catch {
      show("error", words.failed);
    }
  };

  const take = async (files) => {
    for (const file of files) await upload(file);
  };

  const picker = form.querySelector("[data-picker]");
  form.querySelector("[data-file]").addEventListener("click", () => picker.click());
  picker.addEventListener("change", async () => {
    await take([...picker.files]);
    picker.value = "";
  });
  text.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  text.addEventListener("dragover", (event) => {
    if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
  });
  text.addEventListener("drop", (event) => {
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
})();
