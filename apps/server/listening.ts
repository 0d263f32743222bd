import { readFileSync } from 'node:fs';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { Fault } from '#core/domain/fault.ts';
import type { Config } from './config.ts';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** @throws Fault `forbidden`: beyond loopback only accounts may ask, and their keys must not cross the network readable. */
export function assertMayListen(
  config: Pick<Config, 'host' | 'auth' | 'tlsCert' | 'trustedProxies' | 'insecureHttp'>,
): void {
  const { host, auth, tlsCert, trustedProxies, insecureHttp } = config;
  if (LOOPBACK.includes(host)) return;
  if (auth === 'local') {
    throw new Fault(
      'forbidden',
      `Listening on ${host} without authentication is refused: anyone who reaches the port would own the store. Use --auth team, or 127.0.0.1 and a tunnel to it.`,
    );
  }
  if (tlsCert === undefined && trustedProxies.length === 0 && !insecureHttp) {
    throw new Fault(
      'forbidden',
      `Listening on ${host} without TLS is refused: passwords and keys would cross the network readable. Set --tls-cert and --tls-key, or name the proxy that does TLS with --trusted-proxies, or say --insecure-http if the network is yours alone.`,
    );
  }
}

export interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** The certificate and its key. @throws Fault `invalid` when a file cannot be read, is none, or they do not belong together. */
export function readTls({ tlsCert, tlsKey }: Pick<Config, 'tlsCert' | 'tlsKey'>): Tls | undefined {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const cert = readPem(tlsCert, 'certificate');
  const key = readPem(tlsKey, 'private key');
  const certificate = parsePem(tlsCert, 'certificate', () => new X509Certificate(cert));
  const privateKey = parsePem(tlsKey, 'private key', () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Fault('invalid', `The private key ${tlsKey} does not belong to the certificate ${tlsCert}.`);
  }
  return { cert, key };
}

function readPem(file: string, noun: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Fault('invalid', `The ${noun} ${file} cannot be read.`, {}, error);
  }
}

function parsePem<T>(file: string, noun: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Fault('invalid', `${file} holds no ${noun} in PEM that can be used.`, {}, error);
  }
}
