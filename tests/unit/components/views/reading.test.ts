import { describe, expect, it } from "vitest";
import { attentionJson } from "../../../../src/components/views/attention/attentionJson.ts";
import { DEFAULT_CHOICE } from "../../../../src/components/views/attention/choice.ts";
import { makePicture } from "../../../../src/components/views/attention/picture.ts";
import { floorNote, headsName, readingOf } from "../../../../src/components/views/attention/reading.ts";
import { smallTextTrace, smallTrace } from "../../../helpers/traces.ts";

const trace = smallTrace();
const picture = makePicture(trace, DEFAULT_CHOICE);

describe("readingOf", () => {
  it("names layer, head, the token written and the token it looks at", () => {
    expect(readingOf(picture, 1, [1], { side: "row", index: 1 })).toBe(
      "Layer 2, head 2 of the cross-attention: while writing “chi” the model looks most at “The” (0.60).",
    );
  });

  it("says so when the rows are named by the token read", () => {
    const read = makePicture(trace, { ...DEFAULT_CHOICE, names: "read" });
    expect(readingOf(read, 0, [2], { side: "row", index: 1 })).toContain(
      "having read “Le”, the model looks most at “brown”",
    );
  });

  it("reads a column from the other end", () => {
    expect(readingOf(picture, 0, [0], { side: "column", index: 2 })).toContain(
      "“The” is looked at most while “en” is written (0.60)",
    );
  });

  it("names several heads one by one, and counts the rest", () => {
    const text = readingOf(picture, 0, [0, 1, 2], { side: "row", index: 0 });
    expect(text).toContain("all 3 heads");
    expect(text).toContain("head 2 at “:” (0.60)");
  });

  it("looks back in the decoder and from a token in the encoder", () => {
    const decoder = makePicture(trace, { ...DEFAULT_CHOICE, kind: "decoder" });
    expect(readingOf(decoder, 0, [1], { side: "row", index: 2 })).toContain(
      "having read “chi”, the model looks back most at “Le”",
    );
    const encoder = makePicture(trace, { ...DEFAULT_CHOICE, kind: "encoder" });
    expect(readingOf(encoder, 0, [1], { side: "row", index: 3 })).toContain("from “brown” it looks most at “dog”");
  });

  it("says which share is hidden", () => {
    const hiding = makePicture(trace, { ...DEFAULT_CHOICE, hideInstruction: true });
    expect(readingOf(hiding, 0, [0], null)).toMatch(/The hidden tokens hold \d+ % of the attention\.$/);
  });

  it("has words for nothing", () => {
    expect(readingOf(picture, 0, [], null)).toContain("No head is shown");
    const empty = makePicture(smallTrace({ target: { ...trace.target, written: [] } }), DEFAULT_CHOICE);
    expect(readingOf(empty, 0, [0], null)).toBe("All tokens are hidden.");
  });

  it("chooses a row between written words when none is in the spotlight", () => {
    expect(readingOf(picture, 0, [0], null)).toContain("while writing “en”");
  });
});

describe("floorNote", () => {
  it("says what is not drawn and how much it holds", () => {
    expect(floorNote(picture, 0, [0], 0.1)).toBe(
      "Lines under 0.10 are not drawn; together they hold 40 % of the attention.",
    );
    expect(floorNote(picture, 0, [0], 0)).toBeNull();
  });
});

describe("a model with one stack", () => {
  it("needs no name for its stack, and names decoder rows by the token read", () => {
    const decoder = makePicture(smallTextTrace("decoder"), { ...DEFAULT_CHOICE, kind: "decoder", names: "written" });
    expect(decoder).toMatchObject({ lone: true, names: "read" });
    expect(headsName(decoder, 1, [2])).toBe("Layer 2, head 3 of the self-attention");
    expect(readingOf(decoder, 0, [1], { side: "row", index: 3 })).toContain(
      "having read “do”, the model looks back most at “brown”",
    );
    const encoder = makePicture(smallTextTrace("encoder"), { ...DEFAULT_CHOICE, kind: "encoder" });
    expect(readingOf(encoder, 0, [1], { side: "row", index: 3 })).toContain("from “do” it looks most at “brown”");
    expect(attentionJson(smallTextTrace("encoder"), encoder, 0, [0])).toMatchObject({ target: null, kind: "encoder" });
  });
});
