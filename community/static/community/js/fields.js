/* What is typed and ticked in a form, by the names of its fields. */
const BOX = "input[type=checkbox]:not([data-apart], [name=drop])";
const LINE = "input[type=text]:not([data-apart]), input[type=datetime-local], input[type=date], [data-kept]";
const ticked = (isTicked) => (isTicked ? "on" : "");
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches(`textarea, select, ${LINE}, ${BOX}`));

export function typedIn(form) {
  return valuesIn(form, (field) => (field.matches(BOX) ? ticked(field.checked) : field.value));
}

/* As the page was sent, whatever was typed since. */
export function givenIn(form) {
  const asSent = (field) => (field.matches("select") ? field.querySelector("[selected]")?.value : field.defaultValue);
  return valuesIn(form, (field) => (field.matches(BOX) ? ticked(field.defaultChecked) : asSent(field) ?? field.value));
}

export function fillIn(form, texts) {
  for (const field of fieldsOf(form).filter((each) => nameOf(each) in texts)) {
    const text = texts[nameOf(field)];
    if (field.matches(BOX)) field.checked = text !== "";
    else field.value = text;
    if (text && !field.matches("select")) field.closest("details")?.setAttribute("open", "");
  }
}

export function isEmptyIn(form) {
  return fieldsOf(form).every((field) => field.matches(`select, ${BOX}`) || field.value.trim() === "");
}

function valuesIn(form, valueOf) {
  return Object.fromEntries(fieldsOf(form).map((field) => [nameOf(field), valueOf(field)]));
}

/* One of several boxes of a name goes by its value too. */
function nameOf(field) {
  const isOneOfMany = field.matches(BOX) && field.form.elements[field.name] !== field;
  return isOneOfMany ? `${field.name}=${field.value}` : field.name;
}
