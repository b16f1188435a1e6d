/** A control of an answer, as far as it matters here whether the reader has touched it. */
export type Control = Pick<HTMLInputElement, "type" | "value" | "defaultValue" | "checked" | "defaultChecked">;

/** The event that tells of what a reader did to a served control before its script was there; null if nothing was done. */
export function missedEvent(control: Control): "input" | "change" | null {
  if (control.type === "checkbox") return control.checked === control.defaultChecked ? null : "change";
  // Of the radios of a group, the one that is on now speaks for all.
  if (control.type === "radio") return control.checked && !control.defaultChecked ? "change" : null;
  return control.value === control.defaultValue ? null : "input";
}

/** Tells the controls of a form, now that they listen, what they missed: what was typed or chosen early is kept. */
export function catchUpOn(form: HTMLFormElement): void {
  for (const control of form.querySelectorAll("input")) {
    const missed = missedEvent(control);
    if (missed) control.dispatchEvent(new Event(missed, { bubbles: true }));
  }
}
