import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.cipher.PrivacyDecryptor;
import com.wechat.pay.java.core.cipher.PrivacyEncryptor;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.http.AbstractHttpClient;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.HttpResponse;
import com.wechat.pay.java.core.http.OriginalResponse;
import java.io.InputStream;
import java.util.List;

/** The official SDK, by its own path up to where it sends, and from where an answer has come. */
final class Contestant {
  private static final String APIV3_KEY = "k".repeat(32);

  /** What is read from the answer. */
  static final class Files {
    List<File> fapiao_download_info_list;
  }

  /** One of them. */
  static final class File {
    String fapiao_id;
    String download_url;
    String status;
  }

  private final Client client;
  private final Validator validator;
  private final Signer signer;
  private final Verifier verifier;
  private final PrivacyEncryptor encryptor;
  private final PrivacyDecryptor decryptor;
  private final String keyId;
  private final String url;
  private final HttpRequest answered;

  Contestant(Worker.Setup setup, String mchid) {
    RSAPublicKeyConfig config =
        new RSAPublicKeyConfig.Builder()
            .merchantId(mchid)
            .privateKey(setup.private_key)
            .merchantSerialNumber(setup.serial_no)
            .publicKey(setup.public_key)
            .publicKeyId(setup.key_id)
            .apiV3Key(APIV3_KEY)
            .build();
    validator = config.createValidator();
    client = new Client(config, validator);
    signer = config.createSigner();
    verifier = config.createVerifier();
    encryptor = config.createEncryptor();
    decryptor = config.createDecryptor();
    keyId = setup.key_id;
    url = setup.host + setup.target;
    answered = request();
  }

  void sign() {
    authorization();
  }

  String authorization() {
    try {
      client.execute(request(), Files.class);
    } catch (Sent sent) {
      return sent.authorization;
    }
    throw new IllegalStateException("something was sent");
  }

  private HttpRequest request() {
    return new HttpRequest.Builder()
        .httpMethod(HttpMethod.GET)
        .url(url)
        .addHeader("Accept", "application/json")
        .addHeader("Content-Type", "application/json")
        .build();
  }

  void verify(Worker.Answer answer) {
    OriginalResponse original =
        new OriginalResponse.Builder()
            .request(answered)
            .statusCode(answer.status)
            .headers(answer.headers)
            .body(answer.body)
            .build();
    if (!validator.validate(original.getHeaders(), original.getBody())) {
      throw new IllegalStateException("the answer must verify");
    }
    HttpResponse<Files> response =
        new HttpResponse.Builder<Files>().originalResponse(original).serviceResponseType(Files.class).build();
    if (response.getServiceResponse().fapiao_download_info_list.size() != 2) {
      throw new IllegalStateException("two invoices were answered");
    }
  }

  String make(String message) {
    return signer.sign(message).getSign();
  }

  boolean check(String message, String signature) {
    return verifier.verify(keyId, message, signature);
  }

  String seal(String plaintext) {
    return encryptor.encrypt(plaintext);
  }

  String open(String ciphertext) {
    return decryptor.decrypt(ciphertext);
  }

  /** Its own client with nothing behind it. */
  private static final class Client extends AbstractHttpClient {
    Client(RSAPublicKeyConfig config, Validator validator) {
      super(config.createCredential(), validator);
    }

    @Override
    protected OriginalResponse innerExecute(HttpRequest request) {
      throw new Sent(request.getHeaders().getHeader("Authorization"));
    }

    @Override
    protected String getHttpClientInfo() {
      return "none";
    }

    @Override
    protected InputStream innerDownload(HttpRequest request) {
      throw new UnsupportedOperationException();
    }
  }

  /** Where it would have been sent. It costs no stack trace. */
  private static final class Sent extends RuntimeException {
    final transient String authorization;

    Sent(String authorization) {
      super(null, null, false, false);
      this.authorization = authorization;
    }
  }
}
