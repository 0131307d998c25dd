package io.github.venicevideo.venice.client;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * An address that gives its video to whoever has it, as camel-http and the HTTP client may have it, which write addresses
 * into a host's log: the same host, and a path that nobody but this process can read.
 * {@link SecretConnection} alone writes the address itself.
 */
public final class SealedAddress {

    private static final String PREFIX = "/sealed-";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Of this process: nobody else ever has to open one. */
    private static final SecretKey KEY = key();

    private SealedAddress() {
    }

    /** The stand-in for an address that {@link DownloadUrlRule} has let through. */
    public static String of(String url) {
        URI address = URI.create(url);
        String target = (address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath())
                + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(target.getBytes(StandardCharsets.UTF_8));
            return address.getScheme() + "://" + address.getRawAuthority() + PREFIX + Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a request's path stands for; any other path stands for itself. */
    static String open(String path) {
        if (path == null || !path.startsWith(PREFIX)) {
            return path;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(path.substring(PREFIX.length()));
            if (bytes.length < NONCE) {
                return path;
            }
            byte[] target = cipher(Cipher.DECRYPT_MODE, bytes).doFinal(bytes, NONCE, bytes.length - NONCE);
            return new String(target, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return path;
        }
    }

    private static Cipher cipher(int mode, byte[] nonceFirst) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, KEY, new GCMParameterSpec(TAG_BITS, nonceFirst, 0, NONCE));
        return cipher;
    }

    private static SecretKey key() {
        try {
            return KeyGenerator.getInstance("AES").generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
