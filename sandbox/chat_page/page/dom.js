// Elements are made one by one; no text of anybody's is ever read as markup.

const ICONS = {
  send: "M4.5 12 20 4.5 15.5 20l-3.7-6.300zM11.8 13.7 20 4.5",
  plus: "M12 5v14M5 12h14",
  slash: "M15 5 9 19",
  back: "M14.5 5.5 8 12l6.5 6.5",
  file: "M7 3.500h7l4 4v13H7zM14 3.500v4h4",
  person: "M12 12a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.400zM5 20c.8-3.7 3.5-5.5 7-5.500s6.2 1.8 7 5.5",
  people:
    "M9 11.500a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400zM3 19c.6-3.2 2.9-4.8 6-4.800s5.4 1.6 6 4.800M15.5 5.300a3.2 3.2 0 0 1 0 6M17 14.500c2.2.4 3.6 1.9 4 4.5",
  topics: "M4 9h16M4 15h16M10 4 8 20M16 4l-2 16",
  reply: "M10 6 4.5 11.5 10 17M4.5 11.500H14c3.5 0 5.5 2 5.5 6",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  out: "M9 5h10v10M19 5 6 18",
  save: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
  levers: "M5 7h8M17 7h2M5 12h2M11 12h8M5 17h6M15 17h4M15 5v4M9 10v4M13 15v4",
  block: "M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM6 6l12 12",
  rise: "M12 20V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
};

export function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  drawn.append(path);
  return drawn;
}

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

/** Put `children` into `parent` in this order, and move or take out only what has to be. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

const UNITS = ["bytes", "KB", "MB"];

export function sizeOf(bytes) {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit]}`;
}

const HOURS = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAYS = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

export const clockOf = (seconds) => HOURS.format(seconds * 1000);
export const dayOf = (seconds) => DAYS.format(seconds * 1000);
