namespace StreamSense.Stress.Fuzzing.Grammars;

/// <summary>The columns of access logs, with values that their readers know.</summary>
internal static class LogGrammars
{
    private static readonly string[] _addresses = ["192.0.2.\u0001", "192.0.2.1\u0001\u0001", "2001:db8::\u0001", "::ffff:192.0.2.1", "-"];
    private static readonly string[] _statuses = ["200", "206", "304", "404", "500", "000", "-"];
    private static readonly string[] _cmcd =
        ["-", "CMCD=br%3D\u0001\u0001%2Csid%3D%22s\u0001%22", "x=1&CMCD=sid%253D%2522s\u0001%2522", "CMCD=bl%3D1%2Cot%3Dv&b=c", "CMCD=%zz"];

    private static readonly string[] _agents =
    [
        "curl/8.\u0001", "Mozilla/5.0%20(iPad;%20CPU%20OS%2017_0)", "Googlebot/2.1%20(+http://www.google.com/bot.html)", "-",
        "AppleCoreMedia/1.0.0.21A329%20(Apple%20TV;%20U;%20CPU%20OS%2017_0%20like%20Mac%20OS%20X)", "Roku/DVP-12.0",
    ];

    private static readonly Dictionary<string, string[]> _fields = new(StringComparer.Ordinal)
    {
        ["timestamp"] = ["1772359200.\u0001\u0001", "1772359\u0001\u0001\u0001"],
        ["date"] = ["2026-03-01", "2026-03-0\u0001", "2024-02-29"],
        ["time"] = ["10:00:\u0001\u0001", "23:59:59", "1\u0001:2\u0001:3\u0001.5"],
        ["c-ip"] = _addresses,
        ["cs(User-Agent)"] = _agents,
        ["cs-user-agent"] = _agents,
        ["cs-uri-stem"] = ["/a/seg-\u0001.ts", "/b.m3u8", "/c%20d.mp4", "/"],
        ["cs-uri"] = ["/a.mp4?CMCD=br%3D1", "https://example.test/a.m4s"],
        ["cs-uri-query"] = _cmcd,
        ["sc-status"] = _statuses,
        ["sc-bytes"] = ["0", "\u0001\u0001\u0001\u0001", "-"],
        ["time-taken"] = ["0.\u0001\u0001\u0001", "\u0001", "-"],
        ["time-to-first-byte"] = ["0.0\u0001", "-"],
        ["x-edge-result-type"] = ["Hit", "Miss", "RefreshHit", "Error", "LimitExceeded", "Redirect"],
        ["sc(X-Cache)"] = ["TCP_HIT", "Hit from cloudfront", "MISS"],
        ["x-edge-request-id"] = ["id-\u0001\u0001==", "-"],
        ["c-country"] = ["NO", "SE", "-"],
        ["asn"] = ["\u0001\u0001\u0001", "-"],
        ["cs(CMCD-Object)"] = ["br=\u0001\u0001,ot=v", "br%3D1", "-"],
        ["cs(CMCD-Session)"] = ["sid=%22s\u0001%22", "-"],
        ["cmcd-encoded-bitrate"] = ["\u0001\u0001\u0001", "-"],
        ["cmcd-buffer-starvation"] = ["true", "false", "-"],
        ["cmcd-session-id"] = ["%22s\u0001%22", "s\u0001", "-"],
        ["cmcd-startup"] = ["true", "-"],
        ["cmcd-object-type"] = ["v", "a", "m", "-"],
    };

    /// <summary>Extended logs, with tabs or blanks.</summary>
    public static void WriteW3c(FuzzRandom random, FuzzText output) =>
        new RowGrammar([.. _fields.Keys.Skip(1)], _fields)
        {
            Delimiter = random.Once(2) ? "\t" : " ",
            Head = "#Fields: ",
            Quote = "\"",
            IsFree = true,
            Directives = ["#Version: 1.0", "#Date: 2026-03-01 00:00:00", "#Date: x", "#Software: y", "#", "#Fields:", "#Fields: time", "#Remark: \0"],
        }.Write(random, output);

    /// <summary>Real-time logs, with a head, or of as many columns as there are in a known layout.</summary>
    public static void WriteRealtime(FuzzRandom random, FuzzText output)
    {
        int known = random.Pick([41, 46, 47, 64, 65, 67, 69]);
        bool hasHead = random.Once(2);
        string Column(int i) => i < _fields.Count ? _fields.Keys.ElementAt(i) : "x";
        string[] columns = hasHead ? [.. _fields.Keys] : [.. Enumerable.Range(0, known).Select(Column)];
        new RowGrammar(columns, _fields) { Head = hasHead ? "" : null, IsFree = hasHead }.Write(random, output);
    }

    /// <summary>Combined logs.</summary>
    public static void WriteCombined(FuzzRandom random, FuzzText output) => _combined.Write(random, output);

    private static readonly RowGrammar _combined = new(
        ["ip", "ident", "user", "time", "request", "status", "bytes", "referer", "agent"],
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["ip"] = _addresses,
            ["ident"] = ["-"],
            ["user"] = ["-", "ann", "a [b] c", "\"x\""],
            ["time"] = ["[01/Mar/2026:10:00:\u0001\u0001 +0000]", "[29/Feb/2024:23:59:59 -0930]", "[01/Jan/1990:00:00:00 +1400]", "[31/Dec/2099:23:59:60 -1200]"],
            ["request"] = ["\"GET /a\u0001.ts?CMCD=br%3D1%2Csid%3D%22a%22 HTTP/1.1\"", "\"GET / HTTP/1.0\"", "\"-\"", "\"\\x16\\x03\"", "\"GET /a\"b HTTP/1.1\""],
            ["status"] = _statuses,
            ["bytes"] = ["\u0001\u0001\u0001", "-", "0"],
            ["referer"] = ["\"-\"", "\"https://example.test/\""],
            ["agent"] = ["\"curl/8\"", "\"Mozilla/5.0 (Windows NT 10.0) Chrome/140\"", "\"say \\\"hi\\\"\"", "\"-\"", "\"Googlebot\""],
        })
    {
        Delimiter = " ",
    };
}
