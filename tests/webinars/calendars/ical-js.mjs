// A feed on standard input, what ical.js understood of it on standard output.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(`${process.argv[2]}/ical.js/dist/ical.js`));

function told(component) {
  const event = new ICAL.Event(component);
  const moment = (time) => time.toJSDate().toISOString();
  const status = component.getFirstPropertyValue("status");
  return [event.uid, moment(event.startDate), moment(event.endDate), status, event.summary];
}

try {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
  console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map(told)));
} catch (error) {
  console.log(String(error));
  process.exit(3);
}
