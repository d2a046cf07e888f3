package de.doppelboden.gateway.http;

import java.io.IOException;

/** A message that breaks RFC 9112 or one of our limits. Carries the status that its sender is told; costs no stack trace. */
public final class Malformed extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Malformed(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** 400, 408, 413, 414, 431, 501 or 505 for a request; 502 for a side's answer. */
    public int status() {
        return status;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
