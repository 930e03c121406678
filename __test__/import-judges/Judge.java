// Reads lines of a pattern and texts, each in hexadecimal UTF-16, and prints for each text whether Java finds the pattern in it: 1 or 0.
// E: it is no pattern of Java.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

public class Judge {
  public static void main(String[] args) throws Exception {
    BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, "US-ASCII"));
    StringBuilder output = new StringBuilder();
    String line;
    while ((line = reader.readLine()) != null) {
      output.append(judge(line.split("\t", -1))).append('\n');
    }
    System.out.print(output);
  }

  private static String judge(String[] fields) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(decode(fields[0]));
    } catch (PatternSyntaxException error) {
      return "E";
    }
    StringBuilder found = new StringBuilder();
    for (int index = 1; index < fields.length; index++) {
      found.append(pattern.matcher(decode(fields[index])).find() ? '1' : '0');
    }
    return found.toString();
  }

  private static String decode(String hexadecimal) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < hexadecimal.length(); index += 4) {
      text.append((char) Integer.parseInt(hexadecimal.substring(index, index + 4), 16));
    }
    return text.toString();
  }
}
