import type { Handlers, MemoryTransport } from "./transport.ts";

/** What the service in memory answers to the task panel. */
export function panelHandlers(service: MemoryTransport): Handlers {
  void service;
  return {};
}
