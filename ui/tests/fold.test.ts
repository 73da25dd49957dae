import { describe, expect, it } from "vitest";
import { fold } from "../src/lib/fold.ts";
import { matched } from "../src/lib/matched.ts";

describe("text without case and accents", () => {
  it.each([
    ["Größe", "GRÖSSE"],
    ["STRAẞE", "straße"],
    ["École", "ecole"],
    ["ΟΔΟΣ", "οδος"],
    ["ΟΔΟΣ", "οδοσ"],
    ["İstanbul", "istanbul"],
    ["ＦＵＬＬ", "full"],
    ["مُحَمَّد", "محمد"],
  ])("%s is %s", (one, other) => {
    expect(fold(one)).toBe(fold(other));
  });

  it.each([
    ["が", "か"],
    ["हिन्दी", "हन्द"],
  ])("%s is another word than %s", (one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });

  it("is what is marked in a title, too", () => {
    const hits = matched("Straße fegen", "STRASSE").filter(({ hit }) => hit);
    expect(hits.map(({ text }) => text)).toEqual(["Straße"]);
  });
});
