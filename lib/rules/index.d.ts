// `known-failures/rules`. The types need neither DOM nor `@types/node`.

import type { AbortSignalLike, LoadOptions, LoadReport, Rule } from '../../index.js';

declare global {
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}

/**
 * Where the list is:
 *
 * - a URL of `http:` or `https:`, in a string or a `URL`. A user and a password in it are sent as basic authentication;
 * - a file: its path, relative to the working directory, or a URL of `file:`;
 * - a function that gives what `loadRules` takes. It gets a signal that aborts when its time is over or the watcher is closed.
 */
export type RulesSource = string | UrlLike | RulesFunction;

/** What is needed of a `URL`. */
export interface UrlLike {
  readonly href: string;
  readonly protocol: string;
}

export type RulesFunction = (context: { readonly signal: AbortSignalLike }) => GivenRules | PromiseLike<GivenRules>;

/** What `loadRules` takes. */
export type GivenRules = string | Uint8Array | readonly Rule[] | { readonly rules: readonly Rule[] };

/** Options of `watchRules`. There are no others: a misspelt one is an `ERR_INVALID_ARG`. */
export interface WatchOptions {
  /**
   * Milliseconds between two looks at the source, from 0 to 2,147,483,647. `false` or 0: the list is loaded once; until that has
   * succeeded, it is tried again. A file is watched, too, unless this is `false` or 0.
   *
   * After a refresh that failed the next comes after 15 s, then 30 s, a minute and so on, at most after `refreshMs`, but no
   * earlier than the source asks for (`Retry-After`, up to an hour).
   *
   * @default 300_000, five minutes; for a file 5000
   */
  readonly refreshMs?: number | false | null;
  /**
   * Milliseconds that one attempt may take, from 1 to 600,000. Not for files.
   *
   * @default 10_000
   */
  readonly timeoutMs?: number | null;
  /**
   * Attempts of one refresh, from 1 to 100. A network error, a timeout, 408, 429, any 5xx, and a function that throws are tried again.
   *
   * @default 3
   */
  readonly attempts?: number | null;
  /**
   * Milliseconds before the second attempt, from 0 to 600,000; they double with each that follows, up to 30 s. Chance takes off up to half. A
   * `Retry-After` of up to 30 s makes the pause longer; a longer one ends the attempts.
   *
   * @default 500
   */
  readonly backoffMs?: number | null;
  /**
   * Bytes of a list, from 1 to 2,147,483,647. A larger one is not read.
   *
   * @default 67_108_864, 64 MiB
   */
  readonly maxBytes?: number | null;
  /**
   * HTTP headers of the request: an object, an array of pairs, or a `Headers`. A redirect to another origin gets none of them. They are never
   * written to the cache file.
   *
   * @default none
   * @example { authorization: `Bearer ${process.env.RULES_TOKEN}` }
   */
  readonly headers?: { readonly [name: string]: string } | Iterable<readonly [string, string]> | null;
  /**
   * Makes the requests, instead of `fetch`: for a proxy, say. It is called with `redirect: 'manual'`.
   *
   * @default the `fetch` of the runtime
   */
  // biome-ignore lint/suspicious/noExplicitAny: every library has its own types of what `fetch` takes and gives
  readonly fetch?: ((url: string, init: any) => PromiseLike<any>) | null;
  /**
   * Path of the cache file, which keeps the last good list for other processes and later runs. Its folder is created. A file that is no cache file is
   * left alone. `false`: there is none. A function's list is cached if you name a file and it gives text or bytes; a file's never.
   *
   * @default for a URL, a file in the folder `known-failures-<user id>` below `os.tmpdir()`; it depends on the URL, the names of `headers`
   *   and `load`
   */
  readonly cacheFile?: string | false | null;
  /**
   * Milliseconds since the source gave or confirmed the list in the cache file, during which another process takes it from there and asks nobody. From 0 to
   * 2,147,483,647. 0: every process asks.
   *
   * @default `refreshMs`, or five minutes if that is `false`
   */
  readonly maxAgeMs?: number | null;
  /**
   * Options of `loadRules`.
   *
   * @default none
   */
  readonly load?: LoadOptions | null;
  /**
   * Gets each warning.
   *
   * @default `process.emitWarning`, which prints it
   */
  readonly onWarning?: ((warning: RulesWarning) => void) | null;
  /**
   * Closes the watcher when it aborts.
   *
   * @default none
   */
  readonly signal?: AbortSignalLike | null;
}

/** Trouble around the list. It is a warning, never a failed run. */
export interface RulesWarning extends Error {
  readonly name: 'KnownFailuresWarning';
  /**
   * What it is about.
   *
   * - `WARN_LIST`: a refresh failed. The message says why, which list is in force and of when it is, and when the next attempt comes. The same
   *   reason is told again after ten minutes.
   * - `WARN_RULES_REJECTED`: rules of the list were refused; the others are in force.
   * - `WARN_OTHER_RULES`: another list is in force than this watcher's, by a `loadRules` or another watcher.
   * - `WARN_CACHE`: the cache file cannot be used.
   * - `WARN_LISTENER`: a listener of an event threw.
   */
  readonly code: 'WARN_LIST' | 'WARN_RULES_REJECTED' | 'WARN_OTHER_RULES' | 'WARN_CACHE' | 'WARN_LISTENER';
}

/** What a watcher knows of its list. Every key is always present. */
export interface RulesStatus {
  /**
   * - `fresh`: the source gave or confirmed the list at the last refresh, of this process or, less than `maxAgeMs` ago, of another.
   * - `stale`: an earlier list is in force, because the source failed, or has not answered yet.
   * - `none`: this watcher has no list.
   */
  state: 'fresh' | 'stale' | 'none';
  /** When that state began, as `Date.prototype.toISOString` writes it. */
  since: string;
  /** Why the list is stale or missing: a sentence without secrets. Null if it is fresh. */
  reason: string | null;
  /** URL or path of the list; a URL without user, password and values of its query. Null: a function. */
  source: string | null;
  /** `LoadReport.version` of the list. Null: there is none. */
  version: string | null;
  /** When the source last gave or confirmed the list. ISO 8601. Null: there is no list. */
  confirmedAt: string | null;
  /** Where this process had the list from. Null: there is none. */
  from: 'source' | 'cache' | null;
  /** Requests, reads of the file or calls of the function that this watcher has made. */
  fetches: number;
  /** What `loadRules` said of the list. Null: there is none. */
  report: LoadReport | null;
}

interface RulesEvents {
  /** Another list is in force. */
  load: [report: LoadReport];
  /** `status.state` has changed. */
  status: [status: RulesStatus];
  /** Trouble, after `onWarning`. */
  warning: [warning: RulesWarning];
}

/** An `EventEmitter` of Node. It keeps no process alive once `ready`, and each `refresh` that was called, have settled. */
export interface RulesWatcher {
  /** Resolves when the first refresh has ended, well or not. It never rejects. */
  readonly ready: Promise<RulesStatus>;
  /** The state now: a new object each time. */
  readonly status: RulesStatus;
  /** Asks the source now, whatever the cache file has. It never rejects. Calls at the same time share a refresh. */
  refresh(): Promise<RulesStatus>;
  /** Ends what is under way, and watches no more. The rules stay in force. */
  close(): Promise<void>;
  /** `close()`, for `await using`. Where the runtime has `Symbol.asyncDispose`. */
  [Symbol.asyncDispose](): Promise<void>;
  on<E extends keyof RulesEvents>(event: E, listener: (...args: RulesEvents[E]) => void): this;
  once<E extends keyof RulesEvents>(event: E, listener: (...args: RulesEvents[E]) => void): this;
  off<E extends keyof RulesEvents>(event: E, listener: (...args: RulesEvents[E]) => void): this;
}

/**
 * Loads a list of known failures and keeps it fresh. The rules are put in force for the whole process, as by `loadRules`. Trouble with
 * the list is a warning, and the last good list stays in force.
 *
 * Processes and threads that watch the same URL share a cache file: one asks, the others take its answer. While a source is asked, and
 * when it fails, the cached list is in force.
 *
 * @param source See `RulesSource`.
 * @param options See `WatchOptions`.
 * @throws {TypeError} `ERR_INVALID_ARG`: the source is none, or an option is wrong
 * @example
 * ```js
 * const rules = watchRules('https://example.com/known-failures.json')
 * const { state, reason } = await rules.ready
 * ```
 */
export declare function watchRules(source: RulesSource, options?: WatchOptions | null): RulesWatcher;
