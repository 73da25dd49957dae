import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { toApiError } from "../src/api.ts";
import { FIXED, say, sentence } from "../src/errors.ts";
import { levelOf, mergedEdits, NOTHING_BESIDE, spoken, startOf } from "../src/lib/facts.ts";
import { keepHeight, lastHeight } from "../src/lib/height.ts";
import { hueOf, initial } from "../src/lib/hue.ts";
import { segments } from "../src/lib/ring.ts";
import type { ApiError } from "../src/generated/api.ts";
import { language } from "../src/messages/index.ts";
import { standingOf } from "../src/lib/standing.ts";
import { scrollToShow, visibleSpan } from "../src/lib/window.ts";
import { computerOf, jonas, leo, listOf, mia, spaceOf, taskOf } from "./memory/world.ts";
import { wordsOf, wordsOfCheck } from "../src/problems.ts";

/** The service itself: its words are looked up in its source. */
const SERVICE = join(import.meta.dirname, "../../crates/node/src");
const sources = readdirSync(SERVICE, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".rs"))
  .map((file) => readFileSync(join(SERVICE, file), "utf8"));

const list = listOf("l", "House", spaceOf("s", "Home"));

describe("how high a list is", () => {
  afterEach(() => localStorage.clear());

  test("is as high as the last time in a window of the same height", () => {
    expect(lastHeight()).toBe(innerHeight);
    keepHeight(613);
    expect(lastHeight()).toBe(613);
    localStorage.setItem("rota.height", JSON.stringify({ window: innerHeight + 1, list: 613 }));
    expect(lastHeight()).toBe(innerHeight);
    localStorage.setItem("rota.height", "{");
    expect(lastHeight()).toBe(innerHeight);
  });
});

describe("long lists", () => {
  const span = (rows: number, rowHeight: number, top: number, viewport: number, beyond?: number) => {
    const { from, to } = visibleSpan(
      { rows, indexAt: (y) => Math.max(0, Math.min(rows, Math.floor(y / rowHeight))) },
      rowHeight,
      top,
      viewport,
      beyond,
    );
    return { from, to };
  };

  test("half a screen on either side is mounted, and never more than 120 rows", () => {
    expect(span(100_000, 40, 0, 800)).toEqual({ from: 0, to: 31 });
    expect(span(100_000, 40, 400_000, 800)).toEqual({ from: 9990, to: 10_031 });
    expect(span(100_000, 40, 400_000, 800, 0)).toEqual({ from: 10_000, to: 10_021 });
    const tall = span(100_000, 40, 400_000, 40_000);
    expect(tall.to - tall.from).toBeLessThanOrEqual(120);
    expect(tall.from).toBeLessThanOrEqual(10_000);
  });

  test("the end and what is above the first row are in bounds", () => {
    expect(span(10, 40, -5000, 800)).toEqual({ from: 0, to: 0 });
    expect(span(10, 40, 5000, 800)).toEqual({ from: 10, to: 10 });
    expect(span(0, 40, 0, 800)).toEqual({ from: 0, to: 0 });
    expect(span(5, 0, 0, 800)).toEqual({ from: 0, to: 0 });
  });

  test("a row is scrolled to only when it is not in sight", () => {
    expect(scrollToShow(400, 40, 0, 800)).toBeNull();
    expect(scrollToShow(780, 40, 0, 800)).toBe(20);
    expect(scrollToShow(100, 40, 300, 800)).toBe(100);
  });
});

describe("the ring", () => {
  test("has one segment for each computer, half ones are drawn over thin ones", () => {
    expect(
      segments(["full", "full", "full", "thin", "thin"]).map(({ length, turn }) => [length, turn]),
    ).toEqual([
      ["5.07", "-78.2"],
      ["5.07", "-6.2"],
      ["5.07", "65.8"],
      ["5.07", "137.8"],
      ["5.07", "209.8"],
    ]);
    expect(segments(["full"])).toEqual([{ length: "37.70", turn: "-90.0", strong: true }]);
    expect(segments(["half"]).map((arc) => arc.strong)).toEqual([false, true]);
  });

  test("stays readable with hundreds of computers", () => {
    const arcs = segments([...Array<"full">(300).fill("full"), ...Array<"thin">(100).fill("thin")]);
    expect(arcs).toHaveLength(12);
    expect(arcs.filter((arc) => arc.strong)).toHaveLength(9);
  });
});

describe("the status line", () => {
  const me = computerOf("1", "Laptop", jonas, { this: true });
  const kitchen = computerOf("2", "Kitchen", mia);
  const attic = computerOf("3", "attic", leo, { online: false, state: "offline", to_send: 37 });

  test("counts every reachable computer, this one included", () => {
    expect(standingOf([me, kitchen, attic], [])).toMatchObject({
      key: "status.ok",
      values: { n: 2 },
      ring: ["full", "full", "thin"],
    });
  });

  test("is alone when nobody can be reached, however much waits", () => {
    expect(standingOf([me], [])).toMatchObject({ key: "status.alone", ring: [] });
    expect(standingOf([me, attic], [])).toMatchObject({ key: "status.alone", ring: [] });
  });

  test("says the worst first", () => {
    const sending = { ...kitchen, state: "sending" as const, to_send: 4 };
    const wrong = { ...kitchen, state: "clock_wrong" as const };
    const old = { ...kitchen, id: "4", state: "incompatible" as const };
    const full = { code: "disk_full", severity: "error" as const, message: "", hint: null, remedy: null };
    const taken = { ...full, code: "port_in_use" };
    expect(standingOf([me, old], [taken]).key).toBe("status.unreached");
    expect(standingOf([me, sending], [])).toMatchObject({ key: "status.sending", values: { n: 4 } });
    expect(standingOf([me, sending, old], []).key).toBe("status.older");
    expect(standingOf([me, sending, old, wrong], []).key).toBe("status.clock");
    const unclear = { ...full, code: "clock_wrong" };
    expect(standingOf([me, sending, old], [taken, unclear])).toMatchObject({
      key: "status.clocks",
      needsYou: true,
    });
    expect(standingOf([me, wrong], [unclear]).key).toBe("status.clock");
    expect(standingOf([me, sending, old, wrong], [full])).toMatchObject({
      key: "status.disk",
      needsYou: true,
    });
  });

  test("the banner names no port, where the network check does", () => {
    const message = "another program has the port 4917; close it";
    const taken = { code: "port_in_use", severity: "warning" as const, message, hint: null, remedy: null };
    expect(wordsOf(taken).message).not.toContain("4917");
    const check = { check: "port", ok: false, message, fix: null, remedy: null };
    expect(wordsOfCheck(check).message).toContain("4917");
  });

  test("leaves out computers that were removed", () => {
    expect(standingOf([me, { ...kitchen, state: "removed" }], []).key).toBe("status.alone");
  });
});

describe("people and lists", () => {
  test("a hue follows from the id unless one was chosen", () => {
    expect(hueOf({ id: "x" })).toBe(hueOf({ id: "x" }));
    expect(hueOf({ id: "x" }, "teal")).toBe("teal");
    expect(hueOf({ id: "x" }, "#ff0000")).toBe(hueOf({ id: "x" }));
  });

  test("an initial is what a person reads as one letter", () => {
    expect(["mia", " Leo", "👩‍🚒 Ann", "", "éva"].map((name) => initial(name))).toEqual([
      "M",
      "L",
      "👩‍🚒",
      "?",
      "É",
    ]);
    expect(initial("Mia", ["Max", "Leo"])).toBe("Mi");
  });
});

describe("facts of a row", () => {
  test("are spoken in one order, empty ones left out", () => {
    const task = taskOf("1", "Buy paint", list, {
      priority: 2,
      tags: ["home"],
      repeat: "FREQ=WEEKLY",
      assignee: { kind: "person", ...mia },
      also_written: { title: ["Buy glue"], due: ["2026-03-01"] },
    });
    const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, "");
    const when = { short: "", long: "tomorrow", tone: "soon" as const };
    expect(plain(spoken(task, when, "House"))).toBe(
      "Buy paint, due tomorrow, priority 2, 2 merged edits, repeats every week, Mia, list House, tag home",
    );
    expect(spoken(taskOf("2", "", list), null, "")).toBe("No title");
    expect(mergedEdits(task)).toBe(2);
  });

  // Where it is early and late in the day when London has another day.
  test.each(["America/Los_Angeles", "UTC", "Pacific/Auckland"])(
    "a start in %s is to come until its day",
    (zone) => {
      vi.stubEnv("TZ", zone);
      const starts = (start: string, now: Date): boolean =>
        startOf(taskOf("1", "", list, { start }), now) !== null;
      for (const hour of [0, 12, 23]) {
        const now = new Date(2026, 2, 17, hour, 30);
        expect(starts("2026-03-16", now)).toBe(false);
        expect(starts("2026-03-17", now)).toBe(false);
        expect(starts("2026-03-18", now)).toBe(true);
      }
      const now = new Date(2026, 2, 17, 12, 0);
      expect(starts(new Date(2026, 2, 17, 11, 0).toISOString(), now)).toBe(false);
      expect(starts(new Date(2026, 2, 17, 13, 0).toISOString(), now)).toBe(true);
      vi.unstubAllEnvs();
    },
  );

  test("a start is spoken while it is to come", () => {
    const said = spoken(taskOf("1", "Paint", list), null, "", { ...NOTHING_BESIDE, starts: "tomorrow" });
    expect(said.replace(/[\u2068\u2069]/g, "")).toBe("Paint, starts tomorrow");
  });

  test("a subtask lies below the tasks that are here, and a circle ends", () => {
    const a = taskOf("a", "a", list);
    const b = taskOf("b", "b", list, { parent: "a" });
    const lost = taskOf("c", "c", list, { parent: "gone" });
    const loop = taskOf("d", "d", list, { parent: "d" });
    const byId = new Map([a, b, lost, loop].map((task) => [task.id, task]));
    expect([a, b, lost].map((task) => levelOf(task, byId))).toEqual([1, 2, 1]);
    expect(levelOf(loop, byId)).toBeLessThanOrEqual(8);
  });
});

describe("errors", () => {
  test("whatever is thrown can be said", () => {
    expect(toApiError(new Error("gone")).message).toBe("gone");
    expect(toApiError("gone")).toMatchObject({ code: "internal", message: "gone" });
    expect(say({ code: "failed", message: "no task k3f9", hint: "look again", retryable: false })).toEqual({
      text: "No task k3f9.",
      hint: "Look again.",
      field: null,
      code: "failed",
    });
    expect(["", "Done.", "why?"].map(sentence)).toEqual(["", "Done.", "Why?"]);
  });
});

describe("what the service says in English", () => {
  const error = (code: ApiError["code"], message: string, hint: string | null = null): ApiError => ({
    code,
    message,
    hint,
    retryable: false,
  });
  afterEach(() => language.choose("en"));

  test("is advice for a window, not for a command line", () => {
    expect(say(error("not_found", "no task k3f9", "see rota list")).hint).toBeNull();
    expect(say(error("timeout", "it did not answer", "try again with --timeout 60s")).hint).toBe(
      "Wait a moment and try again.",
    );
  });

  test("is said in the language of the window, with what to do", async () => {
    await language.choose("de");
    expect(say(error("disk_full", "the disk is full", "make room"))).toMatchObject({
      text: "Die Festplatte dieses Computers ist voll.",
      hint: "Platz auf der Festplatte schaffen. Was gesichert war, ist sicher.",
    });
    expect(say(error("not_allowed", "a viewer may only read this space")).text).toContain("nur lesen");
    expect(say(error("invalid_input", 'there is a list "House" already')).hint).toBeNull();
    // What only the service knows is not left out.
    expect(say(error("invalid_input", "a title has at most 1,000 characters")).hint).toBe(
      "A title has at most 1,000 characters.",
    );
  });

  test("says how many tries of a code are left, in each language with its own forms", async () => {
    const left = (tries_left: number): string =>
      say({ ...error("wrong_code", "the words of the code are wrong"), tries_left }).text;
    expect([4, 1, 0].map(left)).toEqual([
      "These words do not belong together. 4 tries are left.",
      "These words do not belong together. 1 try is left.",
      "These words do not belong together. Ask for a new code.",
    ]);
    await language.choose("de");
    expect(left(1)).toBe("Diese Wörter gehören nicht zusammen. 1 Versuch ist übrig.");
    await language.choose("ar");
    expect(left(2)).toContain("بقيت محاولتان");
    // An older computer does not tell.
    await language.choose("es");
    const said = say(error("wrong_code", "the words of the code are wrong"));
    expect([said.text, said.hint]).toEqual(["Estas palabras no van juntas.", null]);
  });

  test("causes are said with whom and what they are about", async () => {
    const wrong = { ok: false, message: "in English", fix: "in English", remedy: null, computer: "Kitchen" };
    const words = (check: string, port?: number): string => {
      const found = { ...wrong, check, ...(port === undefined ? {} : { port }) };
      const { message, hint } = wordsOfCheck(found);
      return `${message} ${hint}`.replace(/[\u2066-\u2069]/gu, "");
    };
    expect(words("reached", 4917)).toBe(
      "In English. Most likely the firewall here blocks Rota: allow port 4917.",
    );
    await language.choose("de");
    expect(words("reached", 4917)).toBe(
      "Kitchen sieht diesen Computer, erreicht ihn aber nicht. Sehr wahrscheinlich hält die Firewall hier Rota auf: Port 4917 erlauben.",
    );
    expect(words("shut", 4918)).toContain("dort Port 4918 erlauben.");
    expect(words("isolation")).toContain("Wenn Kitchen an ist, hält der Zugangspunkt");
    expect(words("vpn")).toContain("Ein VPN nimmt allen Verkehr");
    for (const code of ["es", "ar"] as const) {
      await language.choose(code);
      for (const check of ["reached", "shut", "isolation", "vpn"])
        expect(words(check)).not.toContain("English");
    }
  });

  test.each(Object.keys(FIXED))("“%s” is still said so", (message) => {
    expect(sources.some((source) => source.includes(`"${message}"`))).toBe(true);
  });
});
