// The services' panel: speed, faults, clock, the bot's life, and what was paid.

import { $, arrange, clockOf, dayOf, h, icon } from "./dom.js";
import { ask } from "./net.js";
import { state, worldNow } from "./state.js";

const SPEEDS = [
  ["still", "Still"],
  ["slow", "Slow"],
  ["normal", "Normal"],
  ["fast", "Fast"],
];
const FAULTS = [
  ["limit", "Lookup limit (469)", "Single lookups are refused for two hours"],
  ["down", "Checkers down", "Connections are refused"],
  ["lost", "Reply lost, once", "The next list is taken and charged, its answer never arrives"],
  ["expired", "Result link expired", "Storage refuses every download"],
  ["slow", "Slow download", "Results come a few KB a second"],
];
const LEAPS = [
  [600, "10 minutes later"],
  [7200, "Two hours later"],
  [86_400, "A day later"],
];
const CHECKS = {
  tg_active: "Telegram activity",
  wa_detail: "WhatsApp details",
  active_check: "Active number",
  band: "Band",
};
const OUTCOMES = { 200: "taken", 202: "taken", ReplyLost: "reply lost", "": "on its way" };
const BOT = {
  running: ["Running", "Restart stops it as an operator would. Kill ends it in mid-sentence (kill -9)."],
  starting: ["Starting…", "It takes a few seconds, as on a server."],
  down: ["Not running", "What it promised stands in its database. It is started again in a moment."],
};

let built = false;

export function drawPanel(act) {
  if (!state.panel) return;
  if (!built) build(act);
  const { bot, speed, faults } = state.panel;
  $("botstate").textContent = BOT[bot][0];
  $("botabout").textContent = BOT[bot][1];
  $("botdot").className = `dot ${bot}`;
  for (const id of ["restart", "kill"]) $(id).disabled = bot === "down";
  for (const [name] of SPEEDS) $(`speed-${name}`).checked = name === speed;
  for (const [name] of FAULTS) $(`fault-${name}`).checked = faults[name];
  drawServices();
  drawPosts();
  tick();
}

function section(title, ...children) {
  return h("section", {}, h("h3", {}, title), ...children);
}

function build(act) {
  built = true;
  const back = { type: "button", class: "round", "aria-label": "Back to the chat", onclick: act.toTalk };
  $("panel").replaceChildren(
    h("div", { class: "panelhead" }, h("button", back, icon("back")), h("h2", {}, "Behind the scenes")),
    section(
      "The bot",
      h("p", { class: "status" }, h("span", { id: "botdot", class: "dot" }), h("b", { id: "botstate", role: "status" })),
      h("p", { class: "hint", id: "botabout" }),
      h("div", { class: "row" }, button("restart", "Restart", () => ask("bot", { do: "restart" })), button("kill", "Kill", () => ask("bot", { do: "kill" }), "danger")),
    ),
    section(
      "Clock",
      h("p", { class: "status" }, h("b", { id: "clock" }), h("span", { id: "day" })),
      h("div", { class: "row" }, LEAPS.map(([seconds, label]) => button(`leap-${seconds}`, label, () => ask("clock", { seconds })))),
    ),
    section(
      "What the services received",
      h("ul", { class: "accounts", id: "accounts" }),
      h("p", { class: "verdict", id: "verdict" }),
      h("ol", { class: "posts", id: "posts" }),
    ),
    section("Speed of the checkers", h("div", { class: "segments", role: "radiogroup", "aria-label": "Speed of the checkers" }, SPEEDS.map(speedOf))),
    section("Faults", h("ul", { class: "faults" }, FAULTS.map(faultOf))),
  );
  setInterval(tick, 1000);
}

function button(id, label, onclick, kind = "soft") {
  return h("button", { type: "button", id, class: kind, onclick }, label);
}

function speedOf([name, label]) {
  const choose = () => ask("speed", { speed: name });
  const input = h("input", { type: "radio", name: "speed", id: `speed-${name}`, onchange: choose });
  return [input, h("label", { for: `speed-${name}` }, label)];
}

function faultOf([name, label, about]) {
  const input = h("input", { type: "checkbox", role: "switch", id: `fault-${name}`, "aria-describedby": `about-${name}` });
  input.addEventListener("change", () => ask("fault", { fault: name, on: input.checked }));
  const words = h("label", { for: `fault-${name}` }, label);
  return h("li", {}, input, words, h("p", { class: "hint", id: `about-${name}` }, about));
}

function tick() {
  if (!built || !state.panel) return;
  $("clock").textContent = clockOf(worldNow());
  $("day").textContent = dayOf(worldNow());
}

function drawServices() {
  const { services, lookups } = state.panel;
  const rows = services.map((service) =>
    account(service.name, `${service.charged} of ${service.posts} charged`, `${service.cost.toFixed(2)} USD`),
  );
  const paused = lookups.paused_until ? `paused until ${clockOf(lookups.paused_until)}` : "";
  rows.push(account("Single lookups", `${lookups.answered} of ${lookups.asked} answered`, paused));
  arrange($("accounts"), rows);
  const charged = services.reduce((sum, service) => sum + service.charged, 0);
  const twice = services.reduce((sum, service) => sum + service.twice, 0);
  const verdict = $("verdict");
  verdict.classList.toggle("bad", twice > 0);
  if (!charged) verdict.textContent = "No list was charged yet.";
  else if (twice) verdict.textContent = `${twice} charged again for the same list and check.`;
  else verdict.textContent = "No list was charged twice.";
}

function account(name, about, more) {
  return h("li", {}, h("b", {}, name), h("span", {}, about), h("span", { class: "amount" }, more));
}

function drawPosts() {
  const rows = [...state.panel.posts].reverse().map((post) =>
    h(
      "li",
      {},
      h("time", {}, clockOf(post.time)),
      h("span", { class: "posttext" }, h("b", {}, CHECKS[post.check] ?? (post.check || "A list")), ` ${post.numbers.toLocaleString("en")} numbers · ${OUTCOMES[post.outcome] ?? `refused (${post.outcome})`}`),
      h("span", { class: post.charged ? "tag charged" : "tag" }, post.charged ? "charged" : "free"),
    ),
  );
  arrange($("posts"), rows);
}
