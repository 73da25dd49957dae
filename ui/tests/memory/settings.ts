import type { Handlers, MemoryTransport } from "./transport.ts";

/** What the service in memory answers to the settings. */
export function settingsHandlers(service: MemoryTransport): Handlers {
  void service;
  return {};
}
