import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is asked of a contestant: how long its calls take, and what it makes of others' signatures. */
final class Questions {
  static final class Question {
    String op;
    int calls;
    int in_flight;
    int count;
    int first;
    Worker.Answer answer;
    String message;
    String signature;
    String plaintext;
    String ciphertext;
  }

  private interface Call {
    void run() throws Exception;
  }

  private final Worker.Setup setup;
  private final Contestant one;
  private final List<Contestant> kept = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
          });

  Questions(Worker.Setup setup) {
    this.setup = setup;
    this.one = new Contestant(setup, setup.mchid);
  }

  JsonObject answer(Question asked) throws Exception {
    JsonObject answer = new JsonObject();
    switch (asked.op) {
      case "answer":
        setup.answer = asked.answer;
        break;
      case "sign":
        answer.addProperty("ns", together(one::sign, asked.calls, asked.in_flight));
        break;
      case "verify":
        answer.addProperty("ns", together(() -> one.verify(setup.answer), asked.calls, asked.in_flight));
        break;
      case "authorization":
        answer.addProperty("authorization", one.authorization());
        break;
      case "callers":
        answer.addProperty("ns", callers(asked.first, asked.count));
        break;
      case "make":
        answer.addProperty("signature", one.make(asked.message));
        break;
      case "check":
        answer.addProperty("valid", one.check(asked.message, asked.signature));
        break;
      case "seal":
        answer.addProperty("ciphertext", one.seal(asked.plaintext));
        break;
      case "open":
        answer.addProperty("plaintext", one.open(asked.ciphertext));
        break;
      default:
        throw new IllegalArgumentException(asked.op + " is not asked here");
    }
    return answer;
  }

  /** How long so many callers with keys of their own take to make; each is used, and all are kept. */
  private long callers(int first, int count) throws Exception {
    List<Contestant> made = new ArrayList<>();
    long started = System.nanoTime();
    for (int number = first; number < first + count; number++) {
      made.add(new Contestant(setup, String.valueOf(number)));
    }
    long taken = System.nanoTime() - started;
    for (Contestant caller : made) {
      caller.sign();
      caller.verify(setup.answer);
    }
    kept.addAll(made);
    System.gc();
    return taken;
  }

  /** Nanoseconds that calls take, so many at a time. */
  private long together(Call call, int calls, int inFlight) throws Exception {
    Callable<Void> lane =
        () -> {
          for (int done = 0; done < calls / inFlight; done++) {
            call.run();
          }
          return null;
        };
    List<Future<Void>> others = new ArrayList<>();
    long started = System.nanoTime();
    for (int at = 1; at < inFlight; at++) {
      others.add(threads.submit(lane));
    }
    lane.call();
    for (Future<Void> other : others) {
      other.get();
    }
    return System.nanoTime() - started;
  }
}
