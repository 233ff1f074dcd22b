/** The module-level store of a program: configured once, opened on first use. */
import { argumentError } from "../../../compiler/values/errors.js";
import { shown } from "../../../compiler/values/checks.js";
import { checkStorageOptions } from "../arguments/storage-options.js";
import { openStorage } from "../open.js";
import { managerOptions, type ManagerConfiguration } from "./mentat-configuration.js";
import type { EventStorage } from "../storage.js";
import type { StorageOptions } from "../types/storage-options.js";

/** Holds a configuration and the store that is opened from it on first use. */
export class EventStorageServiceManager {
  readonly #options: StorageOptions;
  #storage: Promise<EventStorage> | null = null;

  /**
   * @param configuration options of the store, or Mentat's core configuration
   * @param updates entries that replace those of the configuration
   * @throws DataError `argument_invalid` for an unknown option
   */
  constructor(configuration: ManagerConfiguration = {}, updates: ManagerConfiguration = {}) {
    const operation = "EventStorageServiceManager";
    const options = managerOptions(operation, configuration, updates);
    checkStorageOptions(operation, options);
    this.#options = options;
  }

  /** The store: opened by the first call, the same for all. A failed opening is tried again by the next call. */
  service(): Promise<EventStorage> {
    if (this.#storage) return this.#storage;
    const opening = openStorage(this.#options);
    this.#storage = opening;
    opening.catch(() => {
      if (this.#storage === opening) this.#storage = null;
    });
    return opening;
  }

  /** Closes the store, if it was opened, after its running work. A later {@link service} opens it anew. */
  async close(): Promise<void> {
    const storage = this.#storage;
    this.#storage = null;
    await (await storage)?.close();
  }
}

let current: EventStorageServiceManager | null = null;

/** Configures the module-level manager, instead of the one before. */
export function init(configuration: ManagerConfiguration = {}, updates: ManagerConfiguration = {}): void {
  current = new EventStorageServiceManager(configuration, updates);
}

/** Sets the module-level manager to one made elsewhere. */
export function setManager(manager: EventStorageServiceManager): void {
  if (typeof (manager as { readonly service?: unknown } | undefined)?.service !== "function")
    throw argumentError("setManager", `the manager is an EventStorageServiceManager, not ${shown(manager)}`);
  current = manager;
}

/** The module-level manager; one with the default configuration when none was set. */
export function manager(): EventStorageServiceManager {
  return (current ??= new EventStorageServiceManager());
}

/** The store of the module-level manager, opened on first use. */
export function service(): Promise<EventStorage> {
  return manager().service();
}

/** Closes the store of the module-level manager. */
export async function close(): Promise<void> {
  await current?.close();
}
