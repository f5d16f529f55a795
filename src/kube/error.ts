/** An answer of the API server that is not a success, with its own message. */
export class KubeError extends Error {
  override readonly name = 'KubeError';
  /** HTTP status. */
  readonly status: number;
  /** Kubernetes' own word, such as `NotFound` or `Expired`. */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  /** From the body of an answer, which is a Status object or, from something in between, anything. */
  static from(status: number, body: string): KubeError {
    try {
      const { message, reason } = JSON.parse(body) as { message?: unknown; reason?: unknown };
      if (typeof message === 'string')
        return new KubeError(status, typeof reason === 'string' ? reason : '', message);
    } catch {
      // Not a Status object.
    }
    return new KubeError(status, '', body.slice(0, 500) || `HTTP ${status}`);
  }
}

export function isKubeError(error: unknown, status?: number): error is KubeError {
  return error instanceof KubeError && (status === undefined || error.status === status);
}
