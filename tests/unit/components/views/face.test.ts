import { describe, expect, it } from "vitest";
import { shownPiece, visiblePiece, writtenPiece } from "../../../../src/components/views/tokens/face.ts";

describe("visiblePiece", () => {
  it.each([
    ["▁chien", "chien"],
    ["Ġdog", "dog"],
    ["##ing", "ing"],
    ["##", "##"],
    ["###", "#"],
    ["▁##x", "##x"],
    ["Ġ##x", "##x"],
    ["</s>", "</s>"],
    ["<|endoftext|>", "<|endoftext|>"],
    ["<img>", "<img>"],
  ])("shows %s as %s", (piece, shown) => {
    expect(visiblePiece(piece)).toBe(shown);
  });

  it("reads the bytes of a piece as text", () => {
    expect(visiblePiece("ĠcafÃ©")).toBe("café");
    expect(visiblePiece("Ã©")).toBe("é");
    expect(visiblePiece("ä½łå¥½")).toBe("你好");
    expect(visiblePiece("âĢĻ")).toBe("’");
  });

  it("leaves letters alone that only look like bytes", () => {
    expect(["é", "▁été", "Ł", "ça", "ġ", "##č"].map(visiblePiece)).toEqual(["é", "été", "Ł", "ça", "ġ", "č"]);
  });

  it("shows what cannot be seen", () => {
    expect(["a\nb", "\u0000", "Ċ", "ĠĊ", "ĉ"].map(visiblePiece)).toEqual(["a↵b", "␀", "↵", "↵", "⇥"]);
    expect(["▁", "Ġ", "ĠĠĠ", "▁▁", "ĠĠdef"].map(visiblePiece)).toEqual(["␣", "␣", "␣␣␣", "␣␣", "␣def"]);
    expect(visiblePiece("\ud800")).toBe("\ufffd");
  });
});

describe("writtenPiece", () => {
  it("keeps every mark of the tokenizer", () => {
    expect(["Ġthe", "##ing", "▁the", "ĠcafÃ©"].map(writtenPiece)).toEqual(["Ġthe", "##ing", "▁the", "ĠcafÃ©"]);
  });
});

describe("shownPiece", () => {
  it("shows a character for bytes that end within it", () => {
    expect(shownPiece({ piece: "ĠðŁ", text: "🐕" })).toBe("🐕");
    expect(shownPiece({ piece: "ķ", text: "🐕" })).toBe("🐕");
    expect(visiblePiece(shownPiece({ piece: "čĊ", text: "\r\n" }))).toBe("␍↵");
  });

  it("shows the tokenizer's piece otherwise, whatever it made of the text", () => {
    const faces = [
      { piece: "the", text: "The" },
      { piece: "cafe", text: "café" },
      { piece: "<unk>", text: "好" },
      { piece: "##é", text: "é" },
      { piece: "ĠcafÃ©", text: "café" },
      { piece: "ðŁ" },
    ];
    expect(faces.map(shownPiece)).toEqual(faces.map(({ piece }) => piece));
  });
});
