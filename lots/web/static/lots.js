// What pages can do more of where there is script: a scan without a new page, tables that sort.
// Each form works without it.

// --- the stop list, for when the service does not answer: it stops or says that it does not know, never GO ---------

const KEPT = "lots-stops";
const FORM = "plasma-lots stop list 1";
const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

// A list whose signature is the key's; anything else is none.
const verified = async (note, key) => {
  const at = note.indexOf("\n\n\u2014 ");
  if (at < 0) return null;
  const text = note.slice(0, at + 1);
  const signature = bytes(note.slice(at + 2).trim().split(" ")[2]).slice(4);
  const raw = bytes(key.split("+").slice(2).join("+")).slice(1);
  const made = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  if (!(await crypto.subtle.verify("Ed25519", made, signature, new TextEncoder().encode(text)))) return null;
  const [form, , site, when, hours, ...lines] = text.trimEnd().split("\n");
  const value = (line, name) => (line.startsWith(`${name} `) ? decodeURIComponent(line.slice(name.length + 1)) : null);
  const from = Date.parse(value(when, "at"));
  const lasts = Number(value(hours, "hours"));
  if (form !== FORM || !value(site, "site") || !(from > 0) || !(lasts > 0)) return null;
  return { site: value(site, "site"), from, until: from + lasts * 3600000, lines: new Set(lines) };
};

// One pack, only where every element is plainly there once: its product with a right check digit, serial, day and lot.
const plainly = (raw) => {
  const text = raw.trim().replace(/^\](d2|C1|Q3|e0)/, "");
  const found = {};
  let rest = text;
  while (rest) {
    const element = /^(01)(\d{14})|^(11|15|17)(\d{6})|^(10|21)([!-"%-?A-Z_a-z]{1,20})(?:\x1d|$)/.exec(rest);
    if (!element) return null;
    const ai = element[1] ?? element[3] ?? element[5];
    if (ai in found) return null;
    found[ai] = element[2] ?? element[4] ?? element[6];
    rest = rest.slice(element[0].length).replace(/^\x1d/, "");
  }
  if (!("01" in found && "21" in found && "17" in found && "10" in found)) return null;
  const sum = [...found["01"]].reduce((all, digit, at) => all + Number(digit) * (at % 2 ? 1 : 3), 0);
  const [month, day] = [Number(found["17"].slice(2, 4)), Number(found["17"].slice(4))];
  if (sum % 10 || month < 1 || month > 12 || day > 31) return null;
  return { gtin: found["01"], serial: found["21"], lot: found["10"] };
};

// --- scans that wait for the service: in the browser's own database, encrypted by a key that no script reads out ------

const ofProduct = (raw) =>
  [...raw.matchAll(/(?=01(\d{14}))/g)].some(
    ([, gtin]) => [...gtin].reduce((all, digit, at) => all + Number(digit) * (at % 2 ? 1 : 3), 0) % 10 === 0,
  );

const within = async (name, mode, act) => {
  const base = await new Promise((done, failed) => {
    const asked = indexedDB.open("lots-scans", 1);
    asked.onupgradeneeded = () => ["key", "waiting"].forEach((one) => asked.result.createObjectStore(one));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  try {
    return await new Promise((done, failed) => {
      const whole = base.transaction(name, mode, { durability: "strict" });
      const asked = act(whole.objectStore(name));
      whole.oncomplete = () => done(asked.result);
      whole.onabort = () => failed(whole.error);
    });
  } finally {
    base.close();
  }
};
const keyOfPage = async () => {
  const ask = () => within("key", "readonly", (all) => all.get("key"));
  const found = await ask();
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Of two pages that make one at once the first one's is both's.
  await within("key", "readwrite", (all) => all.add(made, "key")).catch(() => {});
  return ask();
};
const keep = async (one) => {
  const [key, iv] = [await keyOfPage(), crypto.getRandomValues(new Uint8Array(12))];
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(one)));
  await within("waiting", "readwrite", (all) => all.put({ iv, data }, one.sent_as));
};
const keptScans = async () => {
  const [key, rows] = [await keyOfPage(), await within("waiting", "readonly", (all) => all.getAll())];
  const read = async ({ iv, data }) =>
    JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data)));
  const found = await Promise.all(rows.map(read));
  return found.sort((a, b) => a.scanned_at.localeCompare(b.scanned_at));
};
const forget = (number) => within("waiting", "readwrite", (all) => all.delete(number));

const scan = document.getElementById("scan");
if (scan) {
  const field = scan.elements.raw;
  const verdict = document.getElementById("verdict");
  let last = 0;
  let list = null;

  const show = (from) => {
    verdict.className = from.className;
    verdict.replaceChildren(...from.childNodes);
  };
  const said = (name, kind, when) => {
    const section = document.createElement("section");
    section.className = `verdict ${kind}`;
    section.append(document.getElementById(name).content.cloneNode(true));
    const place = section.querySelector(".when");
    if (place) place.textContent = `${new Date(when).toISOString().slice(11, 16)} UTC`;
    show(section);
  };

  // An older list never takes the place of a newer one, whoever sends it.
  const take = async (note, key) => {
    const told = await verified(note, key).catch(() => null);
    if (!told || told.site !== scan.dataset.site || (list && told.from < list.from)) return;
    list = told;
    localStorage.setItem(KEPT, JSON.stringify({ note, key }));
  };
  const renew = async () => {
    const answer = await fetch(scan.dataset.stops, { signal: AbortSignal.timeout(10000) });
    if (!answer.ok) throw new Error("no list");
    const { note, key } = (await answer.json()).answer;
    await take(note, key);
    await sendLater();
  };
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  // Asked for again soon where nobody answered: a page must not be without a list for long.
  const watch = () => renew().then(() => 120000, () => 10000).then((wait) => setTimeout(watch, wait));
  const ready = (kept ? take(kept.note, kept.key) : Promise.resolve()).then(watch);

  const away = (raw) => {
    const now = Date.now();
    // Of a clock that is before the list's nobody knows how old the list is.
    if (!list || now > list.until || now < list.from - 300000) return said("list-old", "v-no-verdict");
    const pack = plainly(raw);
    if (!pack) return said("list-unread", "v-no-verdict");
    const told = encodeURIComponent;
    const strict = (value) => told(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    const stopped = list.lines.has(`lot ${strict(pack.lot)}`) || list.lines.has(`pack ${strict(pack.gtin)} ${strict(pack.serial)}`);
    if (stopped) return said("list-stop", "v-stop", list.from);
    return said("list-none", "v-no-verdict", list.from);
  };

  // What was scanned meanwhile is sent when the service is back, once: each under a number of its own. Of another site
  // nothing is sent from here: whose scan it is the account says that sends it.
  const waiting = [];
  let [sent, stops, refused, elsewhere, sending] = [0, 0, 0, 0, false];
  const tell = () => {
    const texts = document.getElementById("later-text").content;
    const part = (name, count) => (count ? `${count} ${texts.querySelector(`.${name}`).textContent} ` : "");
    const open = waiting.filter((one) => !one.kept).length;
    const place = document.getElementById("later");
    place.textContent =
      part("wait", waiting.length) + part("open", open) + part("sent", sent) + part("stop", stops) +
      part("refused", refused) + part("elsewhere", elsewhere);
    place.classList.toggle("doubt", waiting.length + refused + elsewhere > 0);
  };
  const sendLater = async () => {
    if (sending) return;
    sending = true;
    try {
      while (waiting.length) {
        const { site, kept: _, ...scanned } = waiting[0];
        const body = JSON.stringify(scanned);
        const headers = { "content-type": "application/json" };
        const answer = await fetch(scan.dataset.later, { method: "POST", body, headers, signal: AbortSignal.timeout(10000) });
        // What another account, or the same one later, may send: it waits. What cannot be read never will be.
        if ([401, 403, 408, 429].includes(answer.status) || answer.status >= 500) break;
        if (answer.ok && (await answer.json()).answer.verdict === "STOP") stops += 1;
        if (answer.ok) sent += 1;
        else refused += 1;
        await forget(waiting.shift().sent_as).catch(() => {});
      }
    } catch {
      // Away again: what is left waits.
    } finally {
      sending = false;
      tell();
    }
  };
  const later = (body) => {
    const [raw, purpose, site] = [body.get("raw"), body.get("purpose"), scan.dataset.site];
    const one = { raw, purpose, sent_as: crypto.randomUUID(), scanned_at: new Date().toISOString(), site };
    waiting.push(one);
    tell();
    // A wristband or a badge is nobody's business afterwards: what holds no product's number stays in the page alone.
    if (!ofProduct(raw)) return;
    keep(one).then(() => { one.kept = true; tell(); }, () => {});
  };
  const again = async () => {
    for (const one of await keptScans()) {
      if (one.site !== scan.dataset.site) elsewhere += 1;
      else if (!waiting.some((other) => other.sent_as === one.sent_as)) waiting.push({ ...one, kept: true });
    }
    tell();
  };
  again().catch(() => {}).then(() => ready).then(sendLater);
  addEventListener("beforeunload", (event) => {
    if (waiting.length) event.preventDefault();
  });

  scan.addEventListener("submit", async (event) => {
    event.preventDefault();
    const mine = ++last;
    const body = new URLSearchParams(new FormData(scan));
    const raw = body.get("raw");
    field.value = "";
    field.focus();
    // What stood there was another pack's: it goes before the answer comes.
    verdict.className = "verdict v-waits";
    verdict.replaceChildren();
    try {
      const answer = await fetch(scan.action, { method: "POST", body, signal: AbortSignal.timeout(5000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const got = page.getElementById("verdict");
      if (answer.status === 401) return location.assign("/sign-in?then=/scan");
      // What it refuses it has looked at: sent again it would be refused again.
      if (answer.status >= 400 && answer.status < 500) return said("away", "v-no-verdict");
      if (!answer.ok || !got) throw new Error("no verdict");
      if (mine === last) show(got);
      sendLater();
    } catch {
      later(body);
      await ready;
      if (mine === last) away(raw);
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, input, label, summary")) field.focus();
  });
  scan.addEventListener("change", (event) => {
    if (event.target.type === "radio") field.focus();
  });
}

for (const head of document.querySelectorAll("table.sorted thead th")) {
  const button = document.createElement("button");
  button.className = "sort";
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const rising = head.getAttribute("aria-sort") !== "ascending";
    const table = head.closest("table");
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    const text = (row) => row.cells[head.cellIndex].textContent.trim();
    const order = (a, b) => text(a).replaceAll(",", "").localeCompare(text(b).replaceAll(",", ""), "en", { numeric: true });
    const rows = [...table.tBodies[0].rows].sort((a, b) => (rising ? order(a, b) : order(b, a)));
    table.tBodies[0].append(...rows);
  });
}
