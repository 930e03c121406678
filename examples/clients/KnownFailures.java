import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A client of {@code known-failures serve}, on the JDK alone (17 or newer). Verdicts are JSON texts: read them with the JSON library
 * that your project has.
 *
 * <pre>java KnownFailures.java http://127.0.0.1:7357 failures.jsonl</pre>
 *
 * prints the verdict of one failure, and how many of the file are known. The token, if the server has one, is in KNOWN_FAILURES_TOKEN.
 */
public final class KnownFailures {
  // HTTP/1.1, which the server speaks: an attempt to upgrade would cost a round trip
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
  private final URI url;
  private final String token;

  public KnownFailures(URI url, String token) {
    this.url = url;
    this.token = token;
  }

  /** The verdict of one failure. */
  public String classify(String test, String error) throws IOException, InterruptedException {
    String body = "{\"test\":" + quoted(test) + ",\"error\":" + quoted(error) + "}";
    HttpRequest request = request("/classify").POST(BodyPublishers.ofString(body)).build();
    return checked(client.send(request, BodyHandlers.ofString())).strip();
  }

  /** The verdicts of a file with a JSON object {@code { "test": ..., "error": ... }} a line, in order. They are read while the file is sent. */
  public Stream<String> classifyAll(Path file) throws IOException, InterruptedException {
    HttpRequest request = request("/classify-all").POST(BodyPublishers.ofFile(file)).build();
    return checked(client.send(request, BodyHandlers.ofLines()));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(30));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static <T> T checked(HttpResponse<T> response) throws IOException {
    if (response.statusCode() == 200) return response.body();
    Object body = response.body() instanceof Stream<?> lines ? lines.toList() : response.body();
    throw new IOException(response.uri().getPath() + ": " + response.statusCode() + " " + body);
  }

  /** A text as JSON. */
  static String quoted(String text) {
    if (text == null) return "null";
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (char unit : text.toCharArray()) {
      // lone surrogates are legal in JSON as escapes, and nowhere in UTF-8
      if (unit == '"' || unit == '\\') json.append('\\').append(unit);
      else if (unit < ' ' || Character.isSurrogate(unit)) json.append(String.format("\\u%04x", (int) unit));
      else json.append(unit);
    }
    return json.append('"').toString();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    KnownFailures knownFailures = new KnownFailures(URI.create(args[0]), System.getenv("KNOWN_FAILURES_TOKEN"));
    System.out.println(knownFailures.classify("Cart \u203a pays by card", "Timeout of 500ms exceeded\n\tat \"checkout\""));
    long[] counts = new long[2];
    try (Stream<String> verdicts = knownFailures.classifyAll(Path.of(args[1]))) {
      verdicts.forEach(
          verdict -> {
            counts[0]++;
            if (verdict.startsWith("{\"status\":\"Broken\"")) counts[1]++;
          });
    }
    System.out.println(counts[1] + " of " + counts[0] + " failures are known");
  }
}
