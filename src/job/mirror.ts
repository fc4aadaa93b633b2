import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import type { Hex } from "viem";

import { attestMirror, claimDataset, getMirrors, offerDatasetCopy } from "../sdk/index.ts";
import type { JobContext } from "./context.ts";
import type { JobResult } from "./result.ts";
import type { Study } from "./study.ts";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The encrypted copy that the mirror keeps, and the key that the successor has in escrow. */
export interface Copy {
  readonly file: string;
  readonly key: Buffer;
  readonly result: JobResult["mirror"];
}

/** The biobank offers an encrypted copy of the VCF, and the archive attests to hold it, byte for byte. */
export async function mirrorCopy(context: JobContext, study: Study, vcf: string, directory: string): Promise<Copy> {
  const { actors, registrar, recorder } = context;
  recorder.progress("Mirroring an encrypted copy");
  const { dataset: record, datasetId, members } = study;
  const key = randomBytes(32);
  const offered = join(directory, "offered.enc");
  const file = join(directory, "mirrored.enc");
  await encryptFile(key, vcf, offered);
  await copyFile(offered, file);

  const copyDigest = await digestOfFile(offered);
  const { size } = await stat(offered, { bigint: true });
  const { offer } = await offerDatasetCopy(actors.biobank, { record, copyDigest, size });
  await recorder.refused("an attestation of another copy", "DatasetCopyMismatch", () =>
    attestMirror(actors.archive, { datasetId, copyDigest: record.contentDigest, dryRun: true }),
  );
  await recorder.refused("a claim while the custodian is a member", "DatasetNotSuccessor", () =>
    claimDataset(actors.archive, { record, dryRun: true }),
  );
  await attestMirror(actors.archive, { datasetId, copyDigest: await digestOfFile(file) });

  const { copy, mirrors } = await getMirrors(registrar, { datasetId });
  const { archive } = members.institutions;
  recorder.check("digest of the copy on offer", copyDigest, copy?.copyDigest);
  recorder.check("size of the copy on offer", size, copy?.size);
  recorder.check("fresh mirrors", archive, freshOf(mirrors));
  return { file, key, result: { institutionId: archive, copyDigest, bytes: Number(size), offer } };
}

/** The institutions whose attestation counts. */
export function freshOf(mirrors: readonly { institutionId: Hex; isFresh: boolean }[]): string {
  return mirrors
    .filter(({ isFresh }) => isFresh)
    .map(({ institutionId }) => institutionId)
    .join();
}

async function encryptFile(key: Buffer, from: string, to: string): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const sink = createWriteStream(to);
  sink.write(nonce);
  await pipeline(createReadStream(from), cipher, sink, { end: false });
  await new Promise<void>((resolve) => sink.end(cipher.getAuthTag(), resolve));
}

/** @throws Error of the system when the copy is not what was encrypted with the key */
export async function decryptFile(key: Buffer, from: string, to: string): Promise<void> {
  const { size } = await stat(from);
  const [nonce, tag] = [Buffer.alloc(NONCE_BYTES), Buffer.alloc(TAG_BYTES)];
  const handle = await open(from, "r");
  try {
    await handle.read(nonce, 0, NONCE_BYTES, 0);
    await handle.read(tag, 0, TAG_BYTES, size - TAG_BYTES);
  } finally {
    await handle.close();
  }
  const decipher = createDecipheriv(CIPHER, key, nonce);
  decipher.setAuthTag(tag);
  // `end` is the last byte that is read.
  const body = createReadStream(from, { start: NONCE_BYTES, end: size - TAG_BYTES - 1 });
  await pipeline(body, decipher, createWriteStream(to));
}

async function digestOfFile(file: string): Promise<Hex> {
  const digest = createHash("sha256");
  for await (const piece of createReadStream(file)) digest.update(piece as Buffer);
  return `0x${digest.digest("hex")}`;
}
