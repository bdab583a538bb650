// A feed on standard input, what node-ical understood of it on standard output.
const { readFileSync } = require("node:fs");

const ical = require(`${process.argv[2]}/node-ical`);
const told = Object.values(ical.sync.parseICS(readFileSync(0, "utf8")))
  .filter((each) => each.type === "VEVENT")
  .map((each) => [each.uid, each.start.toISOString(), each.end.toISOString(), each.status, each.summary]);
console.log(JSON.stringify(told));
