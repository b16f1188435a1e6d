import { describe, expect, it } from "vitest";
import { type Control, missedEvent } from "../../../../src/components/exercises/early.ts";

function control(change: Partial<Control>): Control {
  return { type: "text", value: "", defaultValue: "", checked: false, defaultChecked: false, ...change };
}

describe("what a control missed before its script was there", () => {
  it("is the input of a text that was typed", () => {
    expect(missedEvent(control({ value: "6" }))).toBe("input");
    expect(missedEvent(control({ value: "6", defaultValue: "6" }))).toBeNull();
    expect(missedEvent(control({}))).toBeNull();
  });

  it("is a change of a box, on or off", () => {
    expect(missedEvent(control({ type: "checkbox", checked: true }))).toBe("change");
    expect(missedEvent(control({ type: "checkbox", defaultChecked: true }))).toBe("change");
    expect(missedEvent(control({ type: "checkbox" }))).toBeNull();
  });

  it("is told by the radio that is on, not by the one that it turned off", () => {
    expect(missedEvent(control({ type: "radio", checked: true }))).toBe("change");
    expect(missedEvent(control({ type: "radio", defaultChecked: true }))).toBeNull();
  });
});
