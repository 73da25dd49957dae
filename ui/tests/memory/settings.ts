import { DEFAULTS } from "../../src/state/settings.svelte.ts";
import type { Settings } from "../../src/generated/api.ts";
import { understand } from "./parse.ts";
import type { Handlers, MemoryTransport } from "./transport.ts";

/** What the service in memory answers to settings, quick add, and what is asked about computers and people. */
export function settingsHandlers(service: MemoryTransport): Handlers {
  const { world } = service;
  const drafts = new Map<string, { text: string; at: string }>();
  return {
    settings_show: () => world.settings,
    settings_change: (changed) => {
      const set = Object.entries(changed).map(([key, value]) => [
        key,
        value === null ? DEFAULTS[key as keyof Settings] : value,
      ]);
      world.settings = { ...world.settings, ...(Object.fromEntries(set) as Partial<Settings>) };
      service.emit("settings");
      return world.settings;
    },
    draft_show: ({ key }) => drafts.get(key) ?? { text: null, at: null },
    draft_set: ({ key, text }) => {
      if (text === null) drafts.delete(key);
      else drafts.set(key, { text, at: new Date().toISOString() });
      return {};
    },
    quick_add_parse: (input) => understand(world, service.today, input),
    member_role: ({ who, role, space }) => {
      const members = world.members.get(space ?? "") ?? [];
      for (const member of members) if (member.person.id === who) member.role = role;
      service.emit("space");
      return members;
    },
    member_remove: ({ who, space }) => {
      const members = world.members.get(space ?? "") ?? [];
      const kept = members.flatMap((member) => {
        if (member.person.id === who) return [];
        return [{ ...member, computers: member.computers.filter(({ id }) => id !== who) }];
      });
      world.members.set(space ?? "", kept);
      service.emit("space");
      return kept;
    },
    space_leave: ({ space }) => {
      const left = world.spaces.find(({ id }) => id === space);
      world.spaces = world.spaces.filter(({ id }) => id !== space);
      world.lists = world.lists.filter((list) => list.space.id !== space);
      service.emit("space");
      if (!left) throw new Error(`no space ${space}`);
      return left;
    },
    pause_lift: () => ({
      version: "0.1.0",
      computer: world.computer,
      person: world.me,
      running: true,
      spaces: world.spaces,
      health: world.health,
      safe: world.safe,
    }),
    backup: ({ file }) => ({ file, tasks: world.tasks.length }),
    restore_backup: ({ file }) => ({ file, tasks: 3 }),
  };
}
