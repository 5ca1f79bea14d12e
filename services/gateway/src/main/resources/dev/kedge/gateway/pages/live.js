// Keeps the parts of an open page as the gateway has them now, and times in the reader's own zone.
const page = document.querySelector("[data-live]");
const connection = document.getElementById("connection");
const held = new Map();
const shown = new Map();
// What is over may begin again, when somebody retries a stage: it is looked at now and then.
const AGAIN_MILLIS = 20000;
const LONGEST_PAUSE_MILLIS = 300000;
const SETTLED_MILLIS = 3000;
let source = null;
let over = false;
let seen = "";
let again = null;
let pause = AGAIN_MILLIS;

function localise(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    time.title = time.dateTime;
    time.textContent = "short" in time.dataset
      ? at.toLocaleTimeString([], {hour12: false})
      : at.toLocaleString([], {dateStyle: "medium", timeStyle: "medium", hour12: false});
  }
}

// What somebody is writing or has written stays, and so does the button that they are about to press.
function isBusy(part) {
  const active = document.activeElement;
  const fields = [...part.querySelectorAll("input:not([type=checkbox]), textarea")];
  return fields.some(field => field.value !== field.defaultValue)
    || part.contains(active) && active.matches("input:not([type=checkbox]), textarea, select, button");
}

function put(id, html) {
  const part = document.getElementById(id);
  if (part === null) {
    return;
  }
  if (shown.get(id) === html) {
    held.delete(id);
    return;
  }
  if (isBusy(part)) {
    held.set(id, html);
    return;
  }
  held.delete(id);
  shown.set(id, html);
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const opened = [...part.querySelectorAll("details[open] > summary[id]")].map(summary => summary.id);
  const checked = [...part.querySelectorAll("input[type=checkbox]:checked")].map(box => box.id);
  part.innerHTML = html;
  for (const box of checked) {
    document.getElementById(box)?.setAttribute("checked", "");
  }
  for (const summary of opened) {
    document.getElementById(summary)?.parentElement.setAttribute("open", "");
  }
  if (focused !== "") {
    document.getElementById(focused)?.focus({preventScroll: true});
  }
  localise(part);
}

function close() {
  clearTimeout(again);
  source?.close();
  source = null;
}

function goLive() {
  over = false;
  connection.textContent = "live";
}

function open() {
  if (source !== null) {
    return;
  }
  // Of what was seen to be over nothing comes again, unless it has begun again.
  source = new EventSource(page.dataset.live + (seen === "" ? "" : "?seen=" + encodeURIComponent(seen)));
  source.onopen = () => {
    pause = AGAIN_MILLIS;
    if (over) {
      // It says at once whether it is over still.
      again = setTimeout(goLive, SETTLED_MILLIS);
    } else {
      goLive();
    }
  };
  source.onmessage = message => {
    const part = JSON.parse(message.data);
    put(part.id, part.html);
  };
  source.onerror = () => {
    if (source?.readyState !== EventSource.CLOSED) {
      connection.textContent = "looking for the gateway …";
      return;
    }
    // A browser that was refused does not ask again by itself.
    connection.textContent = "not live";
    close();
    again = setTimeout(open, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
  };
  // Now and then the gateway wants to be asked anew, and sees who asks.
  source.addEventListener("again", () => {
    close();
    open();
  });
  source.addEventListener("end", message => {
    over = true;
    seen = message.data;
    connection.textContent = "";
    close();
    again = setTimeout(open, AGAIN_MILLIS);
  });
}

// A finger's first tap on a point of the plane shows what a pointer sees over it; the next one follows.
let touched = null;
document.addEventListener("pointerdown", event => {
  const mark = event.target.closest("svg a.mark");
  touched = event.pointerType === "touch" && mark !== document.activeElement ? mark : null;
});
document.addEventListener("click", event => {
  if (touched?.contains(event.target)) {
    event.preventDefault();
    touched.focus({preventScroll: true});
  }
  touched = null;
});

localise(document);
if (page !== null) {
  // A browser has few connections to one address: pages that nobody sees need none.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  document.addEventListener("focusout", () => setTimeout(() => held.forEach((html, id) => put(id, html))));
  window.addEventListener("pagehide", close);
  if (!document.hidden) {
    open();
  }
}
