// What pages can do more of where there is script: a scan without a new page, tables that sort.
// Each form works without it.

const scan = document.getElementById("scan");
if (scan) {
  const field = scan.elements.raw;
  const verdict = document.getElementById("verdict");
  let last = 0;

  const show = (from) => {
    verdict.className = from.className;
    verdict.replaceChildren(...from.childNodes);
  };
  const away = () => {
    const said = document.createElement("section");
    said.className = "verdict v-no-verdict";
    said.append(document.getElementById("away").content.cloneNode(true));
    show(said);
  };
  scan.addEventListener("submit", async (event) => {
    event.preventDefault();
    const mine = ++last;
    const body = new URLSearchParams(new FormData(scan));
    field.value = "";
    field.focus();
    // What stood there was another pack's: it goes before the answer comes.
    verdict.className = "verdict v-waits";
    verdict.replaceChildren();
    try {
      const answer = await fetch(scan.action, { method: "POST", body, signal: AbortSignal.timeout(5000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== last) return;
      const got = page.getElementById("verdict");
      if (answer.ok && got) show(got);
      else if (answer.status === 401) location.assign("/sign-in?then=/scan");
      else away();
    } catch {
      if (mine === last) away();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, input")) field.focus();
  });
  scan.addEventListener("change", () => field.focus());
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
