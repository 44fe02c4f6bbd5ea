"use strict";
(() => {
  const form = document.getElementById("filter");
  const findings = [...document.querySelectorAll(".findings > li")];
  if (!form || !findings.length) return;
  const sections = [...document.querySelectorAll(".form")];
  const entries = new Map([...document.querySelectorAll("[data-form]")].map((one) => [one.dataset.form, one]));
  const marks = new Map();
  for (const link of document.querySelectorAll("td a.mark")) {
    const id = link.hash.slice(1);
    marks.set(id, [...(marks.get(id) || []), link]);
  }
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const title = new Map(sections.map((one) => [one, plain(one.querySelector("h2").textContent)]));
  const words = new Map();
  const said = (one) => {
    if (!words.has(one)) words.set(one, plain(one.textContent) + " " + title.get(one.closest(".form")));
    return words.get(one);
  };

  const apply = () => {
    const grades = new Set([...form.elements.grade].filter((box) => box.checked).map((box) => box.value));
    const rule = form.elements.rule.value;
    const wanted = plain(form.elements.words.value).split(/\s+/).filter(Boolean);
    const filtered = grades.size < 3 || rule !== "" || wanted.length > 0;
    let shown = 0;
    for (const one of findings) {
      const fits = grades.has(one.dataset.grade) && (rule === "" || one.dataset.rule === rule)
        && wanted.every((word) => said(one).includes(word));
      one.hidden = !fits;
      for (const link of marks.get(one.id) || []) link.hidden = !fits;
      shown += fits;
    }
    let forms = 0;
    for (const section of sections) {
      const empty = filtered && !section.querySelector(".findings > li:not([hidden])");
      section.hidden = empty;
      const entry = entries.get(section.id);
      if (entry) entry.hidden = empty;
      forms += !empty;
    }
    form.querySelector("output").textContent =
      filtered ? `显示 ${shown} 处（共 ${findings.length} 处），${forms} 张表` : `共 ${findings.length} 处`;
  };

  let timer = 0;
  form.hidden = false;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  // A link to something that is filtered away shows everything again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      form.reset();
      setTimeout(() => target.scrollIntoView());
    }
  });
  apply();

  // A form higher than the window shows, beside the card that is being read, the cell that it is about.
  const near = new Set();
  const follow = (section) => {
    const sheet = section.querySelector(".sheet");
    if (!sheet || sheet.scrollHeight <= sheet.clientHeight) return;
    const frame = sheet.getBoundingClientRect();
    const top = Math.max(frame.top, parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0);
    const card = [...section.querySelectorAll(".findings > li:not([hidden])")]
      .find((one) => one.getBoundingClientRect().bottom > top + 40);
    const link = card && card.querySelector(".where a");
    const cell = link && document.querySelector(link.hash);
    if (!cell) return;
    const place = cell.getBoundingClientRect();
    if (place.top >= top && place.bottom <= frame.bottom) return;
    sheet.scrollTop += place.top - top - Math.max(0, (frame.bottom - top - place.height) / 3);
  };
  let asked = false;
  let held = 0; // who has just asked for a cell sees that one
  const followed = () => {
    if (performance.now() > held) near.forEach(follow);
  };
  const watcher = new IntersectionObserver((changes) => {
    for (const one of changes) near[one.isIntersecting ? "add" : "delete"](one.target);
    followed();
  });
  for (const section of sections) watcher.observe(section);
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#c")) held = performance.now() + 400;
  });
  addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      followed();
    });
  }, { passive: true });
})();
