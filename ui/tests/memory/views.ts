import type { Handlers, MemoryTransport } from "./transport.ts";

/** What the service in memory answers to the views. */
export function viewHandlers(service: MemoryTransport): Handlers {
  const { world } = service;
  return {
    settings_show: () => world.settings,
    settings_change: (changed) => {
      Object.assign(world.settings, changed);
      service.emit("settings");
      return world.settings;
    },
    presence_show: () => world.presence,
    presence_set: () => ({}),
    overview: () => ({
      seq: service.seq,
      today: 0,
      overdue: 0,
      upcoming: 0,
      for_me: 0,
      recovered: 0,
      trash: 0,
    }),
    task_edit_many: ({ ids, title, priority, status }) => ({
      tasks: service.write(ids, {
        ...(title === undefined ? {} : { title }),
        ...(priority === undefined ? {} : { priority }),
        ...(status === undefined ? {} : { status }),
      }),
      skipped: [],
    }),
  };
}
