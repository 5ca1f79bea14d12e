package dev.kedge.experiment.payload;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** A key of AES-256-GCM; what it seals begins with a nonce of its own. */
final class PayloadKey {
  static final String CIPHER = "AES/GCM/NoPadding";

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final String id;
  private final SecretKey secret;
  private final SecureRandom random = new SecureRandom();

  /**
   * A key.
   *
   * @param id what it is called in what it seals
   */
  PayloadKey(String id, SecretKey secret) {
    this.id = id;
    this.secret = secret;
  }

  String id() {
    return id;
  }

  byte[] seal(byte[] open) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
    byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(open.length));
    int unused = cipher.doFinal(open, 0, open.length, sealed, NONCE_BYTES);
    return sealed;
  }

  /**
   * Opens what was sealed.
   *
   * @throws GeneralSecurityException if it was sealed with another key, or changed since
   */
  byte[] open(byte[] sealed) throws GeneralSecurityException {
    if (sealed.length < NONCE_BYTES) {
      throw new GeneralSecurityException("it is shorter than a nonce");
    }
    return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES))
        .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
  }

  /** The id is sealed with it: nothing can be passed off as another key's. */
  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return id;
  }
}
