/* What script adds to pages that work without it: working copies that save themselves, no double sending, rows that grow. */
(() => {
  "use strict";

  const QUIET_MS = 2000;
  const RESEND_MS = 8000;
  const SECRET = new Set(["password", "file"]);

  const clock = (at) => at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

  /* ---- working copies: <form data-autosave="url" data-autosave-at="ISO time of the copy the server holds"> ---- */

  const PREFIX = `working-copy:${document.body.dataset.person || ""}:`;

  /* Storage may be full or forbidden: the page itself still holds the words. */
  const quietly = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  const keptUnder = (key) => quietly(() => JSON.parse(localStorage.getItem(key)));
  const forget = (key) => quietly(() => localStorage.removeItem(key));

  /* Words that were sent stay until the server says that it took their sheet: an answer may have been lost, or never come. */
  const settle = async (key) => {
    const kept = keptUnder(key);
    if (!kept || !kept.isSent) return;
    const asked = new URLSearchParams({ sheet: new URLSearchParams(kept.text).get("idempotency_key") || "" });
    const answer = await fetch(`${document.body.dataset.taken}?${asked}`, { credentials: "same-origin", redirect: "manual" });
    if (answer.ok && (await answer.json()) === true) forget(key);
  };

  const found = quietly(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) || [];
  const settled = Promise.allSettled(found.map(settle));

  class WorkingCopy {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.autosave;
      this.key = PREFIX + this.url;
      this.said = form.querySelector("[data-autosave-state]") || document.querySelector("[data-autosave-state]");
      this.timer = 0;
      this.isSent = false;
      this.saved = this.values().toString();
    }

    begin() {
      this.restore();
      for (const kind of ["input", "change", "rows"]) this.form.addEventListener(kind, () => this.later());
      this.form.addEventListener("submit", () => this.send());
      window.addEventListener("pagehide", () => this.leave());
      window.addEventListener("online", () => this.later());
      this.later();
    }

    /* A password never goes into a working copy, and a file cannot. */
    values() {
      const values = new URLSearchParams();
      for (const [name, value] of new FormData(this.form)) {
        const field = this.form.elements.namedItem(name);
        if (typeof value === "string" && !(field && SECRET.has(field.type))) values.append(name, value);
      }
      return values;
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), QUIET_MS);
    }

    /* What is on its way as a step is not saved beside it. */
    hasNews() {
      return !this.form.dataset.sent && this.values().toString() !== this.saved;
    }

    async save() {
      if (!this.hasNews()) return;
      const values = this.values();
      const text = values.toString();
      try {
        const answer = await fetch(this.url, { method: "POST", body: values, credentials: "same-origin", redirect: "manual" });
        if (!answer.ok) throw new Error(String(answer.status));
        this.saved = text;
        if (this.values().toString() === text) forget(this.key);
        this.say("saved", `已保存 ${clock(new Date())}`);
      } catch {
        this.keep();
        this.say("kept", "没有连上，先留在这台设备上");
      }
    }

    send() {
      clearTimeout(this.timer);
      this.isSent = true;
      this.saved = this.values().toString();
      this.keep();
    }

    leave() {
      clearTimeout(this.timer);
      if (!this.hasNews()) return;
      const values = this.values();
      this.keep();
      const goes = navigator.sendBeacon && navigator.sendBeacon(this.url, values);
      if (!goes) fetch(this.url, { method: "POST", body: values, credentials: "same-origin", keepalive: true }).catch(() => {});
    }

    keep() {
      const values = this.values();
      values.delete("csrf_token");
      const kept = { at: Date.now(), isSent: this.isSent, text: values.toString() };
      quietly(() => localStorage.setItem(this.key, JSON.stringify(kept)));
    }

    restore() {
      const kept = keptUnder(this.key);
      const held = Date.parse(this.form.dataset.autosaveAt || "") || 0;
      if (kept && kept.at <= held) forget(this.key);
      if (!kept || kept.at <= held) return;
      if (this.fill(new URLSearchParams(kept.text))) {
        this.say("kept", `找回了${clock(new Date(kept.at))}留在这台设备上的内容`);
      }
      // Also where a refused form shows the same words, the server does not hold them yet.
      this.saved = "";
    }

    fill(values) {
      this.fitRows([...values.keys()]);
      let isChanged = false;
      const taken = new Map();
      for (const field of this.form.elements) {
        if (!field.name || field.type === "hidden" || SECRET.has(field.type) || field.tagName === "BUTTON") continue;
        if (field.type === "checkbox" || field.type === "radio") {
          const on = values.getAll(field.name).includes(field.value);
          isChanged = isChanged || field.checked !== on;
          field.checked = on;
          continue;
        }
        const nth = taken.get(field.name) || 0;
        taken.set(field.name, nth + 1);
        const value = values.getAll(field.name)[nth];
        if (value === undefined || field.value === value) continue;
        field.value = value;
        isChanged = true;
      }
      return isChanged;
    }

    /* The rows that were written: `measures-2-owner` needs a third one. */
    fitRows(names) {
      for (const rows of this.form.querySelectorAll("[data-rows]")) {
        const template = rows.querySelector(":scope > template");
        if (!template) continue;
        const start = `${rows.dataset.rows}-`;
        const own = names.filter((name) => name.startsWith(start));
        for (const row of rows.querySelectorAll(":scope > [data-row]")) {
          if (!own.some((name) => row.querySelector(`[name="${name}"]`))) row.remove();
        }
        for (const number of own.map((name) => name.slice(start.length).split("-")[0])) {
          if (rows.querySelector(`[name^="${start}${number}-"]`)) continue;
          rows.dataset.next = number;
          addRow(rows, template);
        }
      }
    }

    say(kind, text) {
      if (!this.said) return;
      this.said.dataset.kind = kind;
      this.said.textContent = text;
    }
  }

  /* ---- one sending: the server refuses the second one anyway, this only spares the wait ---- */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.classList.add("busy");
    if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
    setTimeout(() => free(form), RESEND_MS);
  });

  const free = (form) => {
    delete form.dataset.sent;
    form.classList.remove("busy");
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  };

  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) free(form);
  });

  /* ---- rows: <div data-rows="name"> [data-row]… <template> with __i__ for the row's number </template> [data-row-add] ---- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-add], [data-row-remove]");
    const rows = button && button.closest("[data-rows]");
    if (!rows) return;
    const template = rows.querySelector(":scope > template");
    if (!template) return;
    event.preventDefault();
    if (button.hasAttribute("data-row-add")) {
      const first = addRow(rows, template).querySelector("input:not([type=hidden]), textarea, select");
      if (first) first.focus();
    } else removeRow(rows, button.closest("[data-row]"));
    rows.dispatchEvent(new Event("rows", { bubbles: true }));
  });

  const addRow = (rows, template) => {
    const number = Number(rows.dataset.next || rows.querySelectorAll(":scope > [data-row]").length);
    rows.dataset.next = String(number + 1);
    const copy = template.content.cloneNode(true);
    for (const part of copy.querySelectorAll("*")) {
      for (const held of part.attributes) {
        if (held.value.includes("__i__")) held.value = held.value.replaceAll("__i__", String(number));
      }
      if (part.childElementCount === 0 && part.textContent.includes("__n__")) {
        part.textContent = part.textContent.replaceAll("__n__", String(number + 1));
      }
    }
    const row = copy.firstElementChild;
    template.before(row);
    return row;
  };

  const removeRow = (rows, row) => {
    if (!row) return;
    const next = row.nextElementSibling;
    row.remove();
    const target = (next && next.querySelector("input, textarea, select")) || rows.querySelector("[data-row-add]");
    if (target) target.focus();
  };

  /* ---- the section in view is the current one among the tabs ---- */

  const watchTabs = (tabs) => {
    const links = new Map();
    for (const link of tabs.querySelectorAll("a[href^='#']")) {
      const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (part) links.set(part, link);
    }
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          for (const link of links.values()) link.removeAttribute("aria-current");
          links.get(entry.target).setAttribute("aria-current", "true");
        }
      },
      { rootMargin: "-20% 0px -70% 0px" },
    );
    for (const part of links.keys()) seen.observe(part);
  };

  /* A menu that hangs over the page closes by a click beside it and by Escape. */
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.me[open], .seals details[open]")) {
      if (!menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.activeElement && document.activeElement.closest("details[open]");
    closeMenus(null);
    if (open && open.matches(".me, .seals details")) open.querySelector("summary").focus();
  });

  /* On paper a due date explains itself; browsers that know no ::details-content are helped. */
  const explain = (is_open) => () => {
    for (const more of document.querySelectorAll(".due details")) more.open = is_open;
  };
  window.addEventListener("beforeprint", explain(true));
  window.addEventListener("afterprint", explain(false));

  /* The error summary is what one should hear first. */
  const trouble = document.querySelector(".trouble[tabindex]");
  if (trouble) trouble.focus();

  const copies = [...document.querySelectorAll("form[data-autosave]")].map((form) => new WorkingCopy(form));
  settled.then(() => {
    for (const copy of copies) copy.begin();
  });
  for (const tabs of document.querySelectorAll(".tabs")) watchTabs(tabs);
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
})();
