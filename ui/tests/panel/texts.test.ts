import { describe, expect, test } from "vitest";
import { addDays, addMonths, weeksOf, weekStart } from "../../src/lib/days.ts";
import { differingWords, type Piece } from "../../src/lib/diff.ts";
import {
  MARKDOWN_MAX_CHARS,
  readMarkdown,
  safeHref,
  toggleTask,
  type Block,
} from "../../src/lib/markdown.ts";
import { dayWords, nextWeekend, partsOf, quickDays, readTime, reminderWords } from "../../src/lib/moments.ts";
import { readRepeat, repeatWords, writeRepeat, type Repeat } from "../../src/lib/repeat.ts";

describe("Markdown", () => {
  const kinds = (source: string): string[] => readMarkdown(source).map((block) => block.kind);
  const textOf = (source: string): string => JSON.stringify(readMarkdown(source));

  test("is a tree of what is drawn", () => {
    expect(kinds("# A\n\ntext\n\n- one\n\n> said\n\n```\ncode\n```\n\n---\n\n|a|\n|-|\n|b|")).toEqual([
      "heading",
      "paragraph",
      "list",
      "quote",
      "code",
      "rule",
      "table",
    ]);
    expect(readMarkdown("**flat 4** and *so* ~~not~~ `x`")).toEqual([
      {
        kind: "paragraph",
        inside: [
          { kind: "strong", inside: [{ kind: "text", text: "flat 4" }] },
          { kind: "text", text: " and " },
          { kind: "em", inside: [{ kind: "text", text: "so" }] },
          { kind: "text", text: " " },
          { kind: "del", inside: [{ kind: "text", text: "not" }] },
          { kind: "text", text: " " },
          { kind: "code", text: "x" },
        ],
      },
    ]);
  });

  test("HTML is the text it is", () => {
    const [block] = readMarkdown("<img src=x onerror=alert(1)>");
    expect(block).toEqual({
      kind: "paragraph",
      inside: [{ kind: "text", text: "<img src=x onerror=alert(1)>" }],
    });
    expect(textOf("a <b>bold</b> word")).toContain("<b>");
  });

  test("a link leads to http, https and mailto, and nowhere else", () => {
    for (const href of [
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "rota://add",
      "//x.example",
      "x",
    ]) {
      expect(safeHref(href)).toBeNull();
      expect(textOf(`[name](${href})`)).not.toContain('"link"');
    }
    expect(safeHref(" https://a.example/b ")).toBe("https://a.example/b");
    expect(textOf("[name](https://a.example)")).toContain('"href":"https://a.example/"');
    expect(textOf("see https://a.example/b")).toContain('"link"');
    expect(textOf("write to <mia@home.example>")).toContain("mailto:mia@home.example");
  });

  test("a picture is a link to it and never loaded", () => {
    expect(textOf("![a cat](https://a.example/cat.png)")).toContain(
      '"kind":"link","href":"https://a.example/cat.png","inside":[{"kind":"text","text":"a cat"}]',
    );
  });

  test("lines end where they were ended", () => {
    expect(readMarkdown("one\ntwo")).toEqual([
      {
        kind: "paragraph",
        inside: [{ kind: "text", text: "one" }, { kind: "break" }, { kind: "text", text: "two" }],
      },
    ]);
  });

  function boxes(blocks: readonly Block[]): { checked: boolean; at: number | null }[] {
    return blocks.flatMap((block) => {
      if (block.kind === "quote") return boxes(block.inside);
      if (block.kind !== "list") return [];
      return block.items.flatMap((item) => [...(item.task ? [item.task] : []), ...boxes(item.inside)]);
    });
  }

  test("each checkbox knows its place in the source, through nesting, quotes and code", () => {
    const source = [
      "- [ ] one",
      "  - [x] two",
      "    ```",
      "    - [ ] code, no box",
      "    ```",
      "- three [ ] no box",
      "",
      "```",
      "- [ ] code as well",
      "```",
      "",
      "> - [X] four",
      "",
      "1. [ ] five",
    ].join("\n");
    const found = boxes(readMarkdown(source));
    expect(found.map((box) => box.checked)).toEqual([false, true, true, false]);
    const lines = found.map((box) => source.slice(0, box.at ?? 0).split("\n").length);
    expect(lines).toEqual([1, 2, 12, 14]);
    const turned = found.reduce((text, box) => toggleTask(text, box.at ?? -1), source);
    expect(boxes(readMarkdown(turned)).map((box) => box.checked)).toEqual([true, false, false, true]);
    expect(turned).toContain("- [ ] code, no box");
  });

  test("checkboxes keep their place with the line ends of other systems", () => {
    const source = "- [ ] one\r\n- [x] two\r\n";
    const found = boxes(readMarkdown(source));
    expect(found.map((box) => source.charAt(box.at ?? -1))).toEqual([" ", "x"]);
  });

  test("only a checkbox is turned over", () => {
    expect(toggleTask("- [ ] a", 3)).toBe("- [x] a");
    expect(toggleTask("- [X] a", 3)).toBe("- [ ] a");
    expect(toggleTask("plain", 2)).toBe("plain");
  });

  test("what is made to exhaust the reader is shown as it stands", () => {
    expect(kinds(">".repeat(5000) + " deep")).toEqual(["paragraph"]);
    expect(kinds("[".repeat(20_000))).toEqual(["paragraph"]);
    const long = "**word** ".repeat(MARKDOWN_MAX_CHARS / 8);
    expect(textOf(long)).not.toContain("strong");
    const nested = Array.from({ length: 200 }, (_, i) => `${" ".repeat(i * 2)}- a`).join("\n");
    expect(JSON.stringify(readMarkdown(nested)).length).toBeLessThan(100_000);
  });
});

describe("differing words", () => {
  const show = (pieces: readonly Piece[]): string =>
    pieces.map((piece) => (piece.differs ? `[${piece.text}]` : piece.text)).join("");

  test("only those are marked", () => {
    const { left, right } = differingWords("Transfer the rent, 950 €", "Transfer the rent, 900 €");
    expect(show(left)).toBe("Transfer the rent, [950] €");
    expect(show(right)).toBe("Transfer the rent, [900] €");
  });

  test("words in between stay unmarked", () => {
    const { left, right } = differingWords("red paint for the gate", "blue paint for the door");
    expect(show(left)).toBe("[red] paint for the [gate]");
    expect(show(right)).toBe("[blue] paint for the [door]");
  });

  test("neighbours are one mark", () => {
    expect(show(differingWords("a b c d", "a x y d").left)).toBe("a [b c] d");
  });

  test("texts that differ as a whole, and no text", () => {
    expect(show(differingWords("", "all new").right)).toBe("[all new]");
    expect(show(differingWords("same", "same").left)).toBe("same");
    const long = "a b ".repeat(2000);
    expect(
      differingWords(`${long}x`, `y${long}`)
        .left.map((piece) => piece.text)
        .join(""),
    ).toBe(`${long}x`);
  });
});

describe("repeat rules", () => {
  const every = (more: Partial<Repeat>): Repeat => ({
    unit: "day",
    every: 1,
    weekdays: [],
    on: null,
    afterDone: false,
    end: { kind: "never" },
    ...more,
  });

  test("go there and back", () => {
    const rules: [string, Repeat][] = [
      ["FREQ=DAILY", every({})],
      ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", every({ unit: "week", every: 2, weekdays: [1, 4] })],
      ["FREQ=MONTHLY;BYMONTHDAY=20", every({ unit: "month", on: { kind: "day", day: 20 } })],
      ["FREQ=MONTHLY;BYMONTHDAY=-1", every({ unit: "month", on: { kind: "day", day: 31 } })],
      [
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        every({ unit: "month", on: { kind: "day", day: 30 } }),
      ],
      ["FREQ=MONTHLY;BYDAY=-1FR", every({ unit: "month", on: { kind: "weekday", nth: -1, weekday: 5 } })],
      ["FREQ=DAILY;INTERVAL=3;X-ROTA-FROM=DONE", every({ every: 3, afterDone: true })],
      ["FREQ=YEARLY;COUNT=3", every({ unit: "year", end: { kind: "count", times: 3 } })],
      ["FREQ=WEEKLY;UNTIL=20260403", every({ unit: "week", end: { kind: "until", day: "2026-04-03" } })],
    ];
    for (const [rule, repeat] of rules) {
      expect(readRepeat(rule), rule).toEqual(repeat);
      expect(writeRepeat(repeat)).toBe(rule);
    }
  });

  test("what the fields cannot say is not read as something else", () => {
    for (const rule of [
      "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=20",
      "FREQ=MONTHLY;BYMONTHDAY=1,15",
      "FREQ=SOMETIMES",
      "",
    ])
      expect(readRepeat(rule), rule).toBeNull();
  });

  const bare = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, "");
  test("in words", () => {
    expect(bare(repeatWords("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"))).toBe("Every weekday");
    expect(bare(repeatWords("FREQ=WEEKLY;BYDAY=MO,TH"))).toBe("Every Monday and Thursday");
    expect(bare(repeatWords("FREQ=WEEKLY;INTERVAL=6"))).toBe("Every 6 weeks");
    expect(bare(repeatWords("FREQ=MONTHLY;BYMONTHDAY=22"))).toBe("Every month on the 22nd");
    expect(bare(repeatWords("FREQ=MONTHLY;BYDAY=-1FR"))).toBe("Every last Friday of the month");
    expect(bare(repeatWords("FREQ=DAILY;INTERVAL=3;X-ROTA-FROM=DONE"))).toBe(
      "Every 3 days, after it is done",
    );
    expect(bare(repeatWords("FREQ=DAILY;COUNT=1"))).toBe("Every day, 1 time");
  });
});

describe("days and times", () => {
  test("months end where they end", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-03-15", -3)).toBe("2025-12-15");
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  });

  test("a calendar has six weeks, begun as the locale begins them", () => {
    const weeks = weeksOf("2026-03-17", 1);
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.[0]).toBe("2026-02-23");
    expect(weeksOf("2026-03-17", 0)[0]?.[0]).toBe("2026-03-01");
    expect(weekStart("2026-03-15", 1)).toBe("2026-03-09");
  });

  test("times as people type them", () => {
    const read = ["17:00", "5pm", "5.30 pm", "17h", "9", "12am", "١٧:٣٠"].map(readTime);
    expect(read).toEqual(["17:00", "17:00", "17:30", "17:00", "09:00", "00:00", "17:30"]);
    expect(["25:00", "17:60", "13pm", "soon", ""].map(readTime)).toEqual([null, null, null, null, null]);
  });

  test("a date is that day everywhere, a time is local", () => {
    const now = new Date(2026, 2, 17, 10, 42);
    expect(dayWords("2026-03-20", now)).toMatch(/Fri/);
    expect(partsOf("2026-03-20")).toEqual({ day: "2026-03-20", time: null });
    expect(partsOf(new Date(2026, 2, 20, 17, 5).toISOString())).toEqual({ day: "2026-03-20", time: "17:05" });
    expect(partsOf(null)).toEqual({ day: null, time: null });
  });

  test("reminders", () => {
    const now = new Date(2026, 2, 17);
    expect(reminderWords("due", now)).toBe("At the due time");
    expect(reminderWords("before 10m", now)).toBe("10 minutes before");
    expect(reminderWords("before 1d", now)).toBe("1 day before");
    expect(reminderWords("2026-03-20T17:00[Europe/Berlin]", now)).toMatch(/Fri.*20/);
  });

  test("a weekend begins by the region and not by the day that weeks begin with", () => {
    const weekend = (tag: string) =>
      quickDays("2026-03-17", tag).find(({ key }) => key === "date.weekend")?.day;
    for (const tag of ["ar-SA", "en-IL", "ar-YE", "ar-EG-u-fw-mon"]) expect(weekend(tag)).toBe("2026-03-20");
    expect(weekend("en-US")).toBe("2026-03-21");
    expect(weekend("de-DE-u-fw-sat")).toBe("2026-03-21");
  });

  test("the next weekend is never today", () => {
    expect(nextWeekend("2026-03-17", "de-DE")).toBe("2026-03-21");
    expect(nextWeekend("2026-03-21", "de-DE")).toBe("2026-03-28");
    expect(nextWeekend("2026-03-17", "ar-EG")).toBe("2026-03-20");
    expect(nextWeekend("2026-03-17", "en-IN")).toBe("2026-03-22");
  });
});
