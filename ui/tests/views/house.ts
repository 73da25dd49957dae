import { dayOf, addDays } from "../../src/lib/days.ts";
import { jonas, listOf, mia, smallWorld, taskOf, type World } from "../memory/world.ts";
import { Page } from "../page.ts";

export const today = dayOf(new Date());

/** A house with two lists, and the window on it. */
export async function openHouse(): Promise<{ world: World; page: Page }> {
  const world = smallWorld();
  const [inbox] = world.lists;
  const [space] = world.spaces;
  if (!inbox || !space) throw new Error("no list");
  const house = listOf("list-house", "House", space, "orange");
  world.lists.push(house);
  const me = { kind: "person" as const, ...jonas };
  world.tasks.push(
    taskOf("a", "Any", inbox, { due: today, assignee: me }),
    taskOf("b", "Overdue", house, { due: addDays(today, -2) }),
    taskOf("c", "Tomorrow", house, { due: addDays(today, 1), tags: ["home"] }),
    taskOf("d", "Parent", inbox),
    taskOf("e", "Child", inbox, { parent: "d" }),
    taskOf("f", "Last", inbox),
    taskOf("g", "Finished", house, { status: "done", completed_at: new Date().toISOString() }),
    taskOf("h", "Thrown", house, {
      deleted_at: new Date().toISOString(),
      deleted_by: { person: mia, computer: { id: "pc-2", name: "Kitchen" } },
    }),
  );
  const page = await Page.open(world);
  await page.until(() => page.titles().length === 4, "the rows");
  return { world, page };
}

export async function show(page: Page, testid: string, first: string): Promise<void> {
  page.click(testid);
  await page.until(() => page.titles()[0] === first, `the view of ${testid}`);
}

export const heads = (): string[] =>
  [...document.querySelectorAll(".rows h2")].map((head) => head.textContent.replace(/\s+/g, " ").trim());

/** Without marks of direction. */
export const bare = (text: string | null): string | null => text?.replaceAll(/[\u2068\u2069]/g, "") ?? null;
