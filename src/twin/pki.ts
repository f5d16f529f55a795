import 'reflect-metadata';
import { type webcrypto, X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { writeFileAtomic } from '../util/index.ts';

/** A key pair in PEM form. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Somebody who is given a certificate. */
export interface Subject {
  /** File name in the PKI folder. */
  readonly file: string;
  readonly commonName: string;
  /** Kubernetes reads it as the user's group. */
  readonly organization?: string;
  /** DNS names and IP addresses, for servers. */
  readonly names?: readonly string[];
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const LIFETIME_DAYS = 365;
/** A certificate that ends sooner is made anew at the next start. */
const RENEW_DAYS = 30;

/** A certificate authority that lives in a folder, and the key pairs that it signed. All files are 0600. */
export class Authority {
  readonly #folder: string;
  readonly #certificate: x509.X509Certificate;
  readonly #keys: webcrypto.CryptoKeyPair;
  readonly #reused: boolean;

  private constructor(
    folder: string,
    certificate: x509.X509Certificate,
    keys: webcrypto.CryptoKeyPair,
    reused: boolean,
  ) {
    this.#folder = folder;
    this.#certificate = certificate;
    this.#keys = keys;
    this.#reused = reused;
  }

  /** Opens the authority of a folder, or makes one. */
  static async open(folder: string, commonName: string): Promise<Authority> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return (await Authority.#reopen(folder)) ?? (await Authority.#make(folder, commonName));
  }

  /** undefined when there is none, or one that cannot be read: a twin's keys can all be made anew. */
  static async #reopen(folder: string): Promise<Authority | undefined> {
    const present = await readPair(folder, 'ca');
    if (present === undefined) return undefined;
    try {
      const pkcs8 = x509.PemConverter.decodeFirst(present.key);
      const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, true, ['sign']);
      const certificate = new x509.X509Certificate(present.cert);
      const publicKey = await certificate.publicKey.export();
      return new Authority(folder, certificate, { privateKey, publicKey }, true);
    } catch {
      return undefined;
    }
  }

  static async #make(folder: string, commonName: string): Promise<Authority> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serial(),
      name: `CN=${commonName}`,
      ...validity(),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature,
          true,
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    await writePair(folder, 'ca', { cert: certificate.toString('pem'), key: await keyPem(keys) });
    return new Authority(folder, certificate, keys, false);
  }

  /** The authority's own certificate, PEM. */
  get certificate(): string {
    return this.#certificate.toString('pem');
  }

  path(file: string): string {
    return join(this.#folder, file);
  }

  /** The key pair of a subject: the one in the folder while it lasts, else a new one. */
  async issue(subject: Subject): Promise<KeyPair> {
    const present = this.#reused ? await readPair(this.#folder, subject.file) : undefined;
    if (present !== undefined) return present;
    const pair = await this.sign(subject);
    await writePair(this.#folder, subject.file, pair);
    return pair;
  }

  /** A new key pair that is not kept. */
  async sign({ commonName, organization, names = [] }: Omit<Subject, 'file'>): Promise<KeyPair> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: organization === undefined ? `CN=${commonName}` : `CN=${commonName}, O=${organization}`,
      issuer: this.#certificate.subject,
      ...validity(),
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.serverAuth,
          x509.ExtendedKeyUsage.clientAuth,
        ]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: /^[\d.]+$/.test(value) ? 'ip' : 'dns', value })),
        ),
        await x509.AuthorityKeyIdentifierExtension.create(this.#certificate),
      ],
    });
    return { cert: certificate.toString('pem'), key: await keyPem(keys) };
  }
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function keyPem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
}

function serial(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // A leading 0 bit keeps the number positive, a leading 1 bit after it keeps its length.
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  // An hour back, for a laptop whose clock is set while the twin runs.
  return { notBefore: new Date(now - 3_600_000), notAfter: new Date(now + LIFETIME_DAYS * DAY_MS) };
}

async function readPair(folder: string, name: string): Promise<KeyPair | undefined> {
  try {
    const cert = await readFile(join(folder, `${name}.crt`), 'utf8');
    const key = await readFile(join(folder, `${name}.key`), 'utf8');
    const end = new Date(new X509Certificate(cert).validTo).getTime();
    return end - Date.now() > RENEW_DAYS * DAY_MS ? { cert, key } : undefined;
  } catch {
    return undefined;
  }
}

async function writePair(folder: string, name: string, { cert, key }: KeyPair): Promise<void> {
  await writeFileAtomic(join(folder, `${name}.key`), key, 0o600);
  await writeFileAtomic(join(folder, `${name}.crt`), cert, 0o600);
}
