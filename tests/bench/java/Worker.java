import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * One contestant of `cargo xtask bench peers`, asked line by line.
 *
 * <pre>
 * Worker serve               the first line is the setup; each further one is a question and has one answer
 * Worker cold SETUP EPOCH    nanoseconds from EPOCH to the first signed request
 * </pre>
 */
public final class Worker {
  private static final Gson GSON = new Gson();

  /** What every contestant works with. */
  static final class Setup {
    String mchid;
    String serial_no;
    String private_key;
    String key_id;
    String public_key;
    String host;
    String target;
    Answer answer;
  }

  /** What the gateway answered. */
  static final class Answer {
    int status;
    Map<String, String> headers;
    String body;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("cold")) {
      cold(Path.of(arguments[1]), Long.parseLong(arguments[2]));
    } else {
      serve();
    }
  }

  private static void cold(Path path, long epoch) throws Exception {
    Setup setup = GSON.fromJson(Files.readString(path), Setup.class);
    new Contestant(setup, setup.mchid).sign();
    Instant now = Instant.now();
    System.out.println("{\"ns\":" + (now.getEpochSecond() * 1_000_000_000L + now.getNano() - epoch) + "}");
  }

  private static void serve() throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Questions asked = new Questions(GSON.fromJson(lines.readLine(), Setup.class));
    output.println("{}");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject answer;
      try {
        answer = asked.answer(GSON.fromJson(line, Questions.Question.class));
      } catch (Exception error) {
        answer = new JsonObject();
        answer.addProperty("error", error.toString());
      }
      output.println(GSON.toJson(answer));
    }
  }
}
