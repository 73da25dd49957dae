import type { Task } from "../src/generated/api.ts";
import {
  computerOf,
  jonas,
  leo,
  listOf,
  mia,
  smallWorld,
  spaceOf,
  taskOf,
  type World,
} from "../tests/memory/world.ts";

/** The household of the design's pictures. */
export function house(now: Date): World {
  const day = (days: number): string => {
    const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
    const two = (n: number): string => String(n).padStart(2, "0");
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  };
  const at = (hour: number, minute: number): string =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour, minute).toISOString();
  const world = smallWorld();
  const mine = spaceOf("s-mine", "Mine", "mine");
  const home = spaceOf("s-home", "Home");
  const workshop = spaceOf("s-work", "Workshop");
  const list = (id: string, name: string, space: typeof home, hue: string) => listOf(id, name, space, hue);
  const houseList = list("l-house", "House", home, "orange");
  const school = list("l-school", "School", home, "indigo");
  const orders = list("l-orders", "Orders", workshop, "violet");
  world.spaces = [mine, home, workshop];
  world.lists = [
    list("l-reading", "Reading", mine, "teal"),
    list("l-porto", "Trip to Porto", mine, "rose"),
    houseList,
    list("l-groceries", "Groceries", home, "green"),
    school,
    orders,
    list("l-machines", "Machines", workshop, "slate"),
  ];
  const by = (person: typeof mia) => ({ person, computer: { id: "pc-kitchen", name: "Kitchen" } });
  const who = (person: typeof mia) => ({ kind: "person" as const, ...person });
  let n = 0;
  const task = (title: string, more: Partial<Task> = {}, of = houseList): Task =>
    taskOf(`t${String(++n).padStart(4, "0")}`, title, of, more);
  const shelf = task("Measure the hallway for the shelf", { due: day(0), assignee: who(jonas) });
  world.tasks = [
    task("Call the boiler service", {
      due: at(23, 30),
      priority: 1,
      notes: "Ask for Sam",
      assignee: who(jonas),
    }),
    shelf,
    task("Width at the floor", { parent: shelf.id }),
    task("Width at eye level", { parent: shelf.id }),
    task("Back up photos", { due: day(0), assignee: { kind: "computer", id: "pc-nas", name: "nas-01" } }),
    task("Buy paint", { due: day(1), priority: 2, tags: ["home"], assignee: who(mia) }),
    task("Transfer the rent, 950 €", {
      due: day(3),
      also_written: { title: ["Transfer the rent, 900 €"] },
      assignee: who(mia),
    }),
    task("Descale the coffee machine", { due: day(4), repeat: "FREQ=WEEKLY;INTERVAL=6", assignee: who(mia) }),
    task("Clocks go forward: oven, car, thermostat", { due: day(11), assignee: who(leo) }),
    task("اسأل الجدة عن الطاولة الكبيرة", { due: day(17), assignee: who(mia), priority: 2, tags: ["عائلة"] }),
    task("Fix the dripping tap in the bathroom", { priority: 3 }),
    task(
      "Find somebody for the chimney who can also look at the roof, the gutter and the skylight above the stairs",
      {
        tags: ["roof", "gutter"],
      },
    ),
    task("Give away the pram"),
    task("Pay for the school trip", { due: day(-1), tags: ["school"], assignee: who(jonas) }, school),
    task("Return the belt sander to Sam", { due: day(-2), priority: 1, assignee: who(jonas) }, orders),
    task("Bring the bikes in", { due: at(8, 0), repeat: "FREQ=DAILY", assignee: who(mia) }),
    task("Repaint the garden gate", {
      due: day(4),
      assignee: who(mia),
      waits_for: [{ id: "t0006", short: "t0006", title: "Buy paint", status: "open" }],
      blocked: true,
    }),
    task("Buy paint and rollers (copy)", { deleted_at: at(7, 20), deleted_by: by(jonas) }),
    task("Look for winter tyres", {
      deleted_at: new Date(now.getTime() - 29 * 86_400_000).toISOString(),
      deleted_by: by(mia),
    }),
    task("Reserve the pitch by the lake", { recovered: true }, list("l-camping", "Camping", home, "olive")),
    task("Hang the lamp in the hallway", { status: "done", completed_at: at(8, 0) }),
    task("Sweep the yard", { status: "done", completed_at: at(7, 0) }),
  ];
  world.computers = [
    computerOf("pc-1", "Jonas’s laptop", jonas, { this: true }),
    computerOf("pc-kitchen", "Kitchen", mia),
    computerOf("pc-nas", "nas-01", jonas, { to_receive: 4, state: "receiving" }),
    computerOf("pc-attic", "attic-pc", leo, {
      online: false,
      state: "offline",
      to_send: 37,
      last_seen: new Date(now.getTime() - 2 * 86_400_000).toISOString(),
    }),
  ];
  const member = (person: typeof mia, ...computers: string[]) => ({
    person,
    role: "owner" as const,
    computers: computers.map((id) => ({ id, name: id })),
    joined_at: now.toISOString(),
    removed_at: null,
  });
  world.members = new Map([
    ["s-home", [member(jonas, "pc-1", "pc-nas"), member(mia, "pc-kitchen"), member(leo, "pc-attic")]],
  ]);
  return world;
}
