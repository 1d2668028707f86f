using System.Globalization;

namespace StreamSense.Stress.Fuzzing.Grammars;

/// <summary>Values at which readers break: bounds of numbers, texts that are none, lengths beyond limits.</summary>
internal static class WildValues
{
    private static readonly string[] _numbers =
    [
        "0", "-0", "1", "-1", "127", "128", "255", "256", "32767", "32768", "65535", "65536", "2147483647", "2147483648", "-2147483648",
        "-2147483649", "4294967295", "4294967296", "9007199254740991", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "1e308", "1e309", "-1e400",
        "1e-400", "5e-324", "0.1", "0.30000000000000004", "1.", ".5", "01", "+1", "1e", "1e+", "0x10", "NaN", "Infinity", "-", "--1",
        "631152000000", "631151999999", "4102444800000", "4102444799999.9999", "1772359200000", "1772359200.123456789", "253402300800000",
        "99999999999999999999999999999999999999999", "0.00000000000000000000000000000000000000000001", "1e99999999999", "1E5", "123456789012345678e-17",
    ];

    private static readonly string[] _texts =
    [
        "", " ", "\0", "a\0b", "\uFEFF", "\uFEFFa", "\u2028", "é", "日本語", "😀", "e\u0301", "\uFFFD", "\u007f", "\u0001", "null", "true",
        "-", "--", "^", "a b", "a,b", "a\"b", "a\\b", "a\\", "'", "%", "%0", "%00", "%zz", "%25", "%2522", "%C3%28", "%F0%9F%98%80", "+", "&", "=",
        "?", "a=b&c=d", "#", ";", "::", "\t", "\r", "\n", "\r\n", "[", "]", "{", "}", "()", "(a b)", "192.0.2.1", "::1", "2001:db8::1%eth0",
        "::ffff:192.0.2.1", "999.1.1.1", "stars5", "thumbs", "kids", "2026-03-01T10:00:00Z", "2026-02-29T24:00:00Z", "2026-03-01",
        "2026-03-01T10:00:00.123456789+14:00", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", "2026-03-01T10:00:60Z", "Hit",
        "https://example.test/a.m3u8?CMCD=br%3D1", "Mozilla/5.0 (X11; Linux) Firefox/140.0", "Googlebot/2.1",
        "USD", "P1Y", "../../etc", "=1+1",
    ];

    private static readonly string[] _badTexts = ["\\ud800", "\\udc00", "\\udc00\\ud800", "\\ud83d\\ude00", "\\u0000", "\\u12", "\\x", "\\", "\\u00zz", "\\/"];

    public static string Number(FuzzRandom random) => random.Once(3)
        ? ((long)random.Next() >> random.Below(64)).ToString(CultureInfo.InvariantCulture)
        : random.Pick(_numbers);

    /// <summary>A text without quotes and escapes of any format.</summary>
    public static string Text(FuzzRandom random) => random.Below(12) switch
    {
        0 => new string(random.Pick("a\"\\%\0 é"), random.Length(random.Once(30) ? 70_000 : 600)),
        1 => random.Pick(_texts) + random.Pick(_texts),
        2 => Word(random),
        3 => Number(random),
        _ => random.Pick(_texts),
    };

    /// <summary>What may stand between the quotes of a JSON text, and some of it may not.</summary>
    public static string JsonText(FuzzRandom random)
    {
        if (random.Once(4))
        {
            return random.Pick(_badTexts);
        }

        string text = Text(random);
        return random.Once(8) ? text : text
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\0", "\\u0000", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal)
            .Replace("\t", random.Once(2) ? "\\t" : "\\u0009", StringComparison.Ordinal);
    }

    public static string Word(FuzzRandom random)
    {
        Span<char> letters = stackalloc char[1 + random.Below(12)];
        foreach (ref char letter in letters)
        {
            letter = random.Pick("abcdefghijklmnopqrstuvwxyz0123456789_-");
        }

        return new string(letters);
    }

    private static char Pick(this FuzzRandom random, string letters) => letters[random.Below(letters.Length)];
}
