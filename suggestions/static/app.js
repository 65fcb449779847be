/* What script adds to pages that work without it: working copies that save themselves, no double sending, rows that grow. */
(() => {
  "use strict";

  const QUIET_MS = 2000;
  const RESEND_MS = 8000;
  const SECRET = new Set(["password", "file"]);

  const clock = (at) => at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

  /* ---- working copies: <form data-autosave="url" data-autosave-at="ISO time of the copy the server holds"> ---- */

  class WorkingCopy {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.autosave;
      this.key = `working-copy:${document.body.dataset.person || ""}:${this.url}`;
      this.said = form.querySelector("[data-autosave-state]") || document.querySelector("[data-autosave-state]");
      this.timer = 0;
      this.isSent = false;
      this.saved = this.values().toString();
      this.restore();
      form.addEventListener("input", () => this.later());
      form.addEventListener("change", () => this.later());
      form.addEventListener("rows", () => this.later());
      form.addEventListener("submit", () => {
        this.isSent = true;
        clearTimeout(this.timer);
        this.forget();
      });
      window.addEventListener("pagehide", () => this.leave());
      window.addEventListener("pageshow", () => {
        this.isSent = false;
      });
      window.addEventListener("online", () => this.later());
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

    async save() {
      const values = this.values();
      const text = values.toString();
      if (this.isSent || text === this.saved) return;
      try {
        const answer = await fetch(this.url, { method: "POST", body: values, credentials: "same-origin", redirect: "manual" });
        if (!answer.ok) throw new Error(String(answer.status));
        this.saved = text;
        this.forget();
        this.say("saved", `已保存 ${clock(new Date())}`);
      } catch {
        this.keep(text);
        this.say("kept", "没有连上，先留在这台设备上");
      }
    }

    leave() {
      clearTimeout(this.timer);
      const values = this.values();
      const text = values.toString();
      if (this.isSent || text === this.saved) return;
      this.keep(text);
      const goes = navigator.sendBeacon && navigator.sendBeacon(this.url, values);
      if (!goes) fetch(this.url, { method: "POST", body: values, credentials: "same-origin", keepalive: true }).catch(() => {});
    }

    keep(text) {
      const values = new URLSearchParams(text);
      values.delete("csrf_token");
      try {
        localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), text: values.toString() }));
      } catch {
        /* storage is full or forbidden: the page itself still holds the words */
      }
    }

    forget() {
      try {
        localStorage.removeItem(this.key);
      } catch {
        /* nothing was kept */
      }
    }

    restore() {
      let kept = null;
      try {
        kept = JSON.parse(localStorage.getItem(this.key) || "null");
      } catch {
        return;
      }
      if (!kept) return;
      const held = Date.parse(this.form.dataset.autosaveAt || "") || 0;
      if (kept.at <= held) {
        this.forget();
        return;
      }
      if (this.fill(new URLSearchParams(kept.text))) {
        this.say("kept", `找回了${clock(new Date(kept.at))}留在这台设备上的内容`);
        this.later();
      } else {
        this.forget();
      }
    }

    fill(values) {
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
    if (button.hasAttribute("data-row-add")) addRow(rows, template);
    else removeRow(rows, button.closest("[data-row]"));
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
    const first = row.querySelector("input:not([type=hidden]), textarea, select");
    if (first) first.focus();
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

  for (const form of document.querySelectorAll("form[data-autosave]")) new WorkingCopy(form);
  for (const tabs of document.querySelectorAll(".tabs")) watchTabs(tabs);
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
})();
