import { flushSync, mount, unmount } from "svelte";
import { expect, test, vi } from "vitest";
import { house } from "../screens/house.ts";
import { Api } from "../src/api.ts";
import { QuickDraft } from "../src/components/quickadd/draft.svelte.ts";
import { MemoryTransport } from "./memory/transport.ts";

vi.hoisted(() => Object.defineProperty(navigator, "platform", { value: "MacIntel" }));

test("on macOS the foot of quick add names the keys of its keyboard", async () => {
  const { default: QuickFoot } = await import("../src/components/quickadd/QuickFoot.svelte");
  const draft = new QuickDraft(new Api(new MemoryTransport(house(new Date()))));
  const mounted = mount(QuickFoot, { target: document.body, props: { draft } });
  const caps = (): string[] => {
    flushSync();
    return [...document.querySelectorAll("kbd")].map((cap) => cap.textContent);
  };
  expect(caps()).toEqual(["Enter", "⌘", "Enter", "Esc"]);
  draft.paste("Flour\nYeast");
  expect(caps()).toEqual(["Enter", "⌥", "Enter", "Esc"]);
  await unmount(mounted);
});
