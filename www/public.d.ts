// The public contract of <gallery-packager>. Copied to dist/gallery-packager.d.ts.

import type { Answers, Report } from 'core';

export type { Answers, Report } from 'core';

/** What can be added. */
export type Input =
  | FileList
  | File
  | File[]
  | { path: string; file: File }[]
  | FileSystemDirectoryHandle
  | FileSystemFileHandle
  | DataTransfer
  | { sample: string };

/** What went wrong: errors have it, and `gallery-error` tells it. */
export type ErrorCode =
  | 'changed'
  | 'missing'
  | 'denied'
  | 'damaged'
  | 'not-a-zip'
  | 'empty'
  | 'too-large'
  | 'too-many'
  | 'unknown-answer'
  | 'unknown-input'
  | 'blocked'
  | 'aborted'
  | 'internal';

export interface Built {
  blob: Blob;
  name: string;
  /** Hexadecimal; nothing when it was not wanted. */
  sha256: string | null;
  /** How many files were compressed since the last package: none when only others were left out. */
  compressed: number;
}

export interface PackagerElement {
  readonly mode: 'package' | 'check' | 'both';
  readonly state: 'empty' | 'reading' | 'checked' | 'writing' | 'done' | 'failed';
  readonly report: Report | null;
  /** They count at the next check(), or at the next add() when nothing was added yet. */
  answers: Answers;
  /** Adds and checks; newer work ends older work. */
  add(input: Input): Promise<Report>;
  check(): Promise<Report>;
  /** `sha256: false` does not wait for the check sum, which takes longer than the rest of a large package. */
  build(options?: { reproducible?: boolean; sha256?: boolean }): Promise<Built>;
  reset(): void;
  /** Starts the engine ahead of its first use. */
  prepare(): void;
}

export interface PackagerEvents {
  'gallery-progress': CustomEvent<{
    phase: 'reading' | 'checking' | 'writing';
    files: number;
    totalFiles: number | null;
    bytes: number;
  }>;
  'gallery-report': CustomEvent<{ report: Report }>;
  'gallery-package': CustomEvent<{ blob: Blob; name: string; sha256: string }>;
  'gallery-error': CustomEvent<{ code: ErrorCode; message: string; path?: string }>;
}

export declare const TAG: 'gallery-packager';

/** Defines the element, once, however many copies of the script a page has. */
export declare function register(tag?: string): void;

export declare const GalleryPackager: { new (): HTMLElement & PackagerElement };

declare global {
  interface HTMLElementTagNameMap {
    'gallery-packager': HTMLElement & PackagerElement;
  }
  interface HTMLElementEventMap extends PackagerEvents {}
}
