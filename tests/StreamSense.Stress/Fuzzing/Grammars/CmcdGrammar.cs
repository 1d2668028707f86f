using System.Globalization;
using System.Text;

namespace StreamSense.Stress.Fuzzing.Grammars;

/// <summary>Writes CMCD records of each form: keys of both versions with values of their types, and of others.</summary>
internal static class CmcdGrammar
{
    private static readonly string[] _numbers =
        ["br", "bl", "d", "dl", "mtp", "rtp", "tb", "pr", "sn", "ts", "v", "bg", "pt", "ltc", "msd", "rc", "ttfb", "ttlb", "bsd", "bsa", "df", "ab", "lb", "tpb", "lab", "lbl", "tbl"];

    private static readonly string[] _texts = ["cid", "sid", "nor", "nrr", "url", "cen", "com.example-x", "cdn", "ec", "h", "cmsdd", "smrt"];
    private static readonly string[] _tokens = ["ot", "sf", "st", "e", "sta", "cs"];
    private static readonly string[] _switches = ["bs", "su", "bg", "nr", "sta"];
    private static readonly string[] _tokenValues =
        ["v", "a", "av", "i", "m", "c", "tt", "k", "o", "d", "h", "s", "l", "ps", "as", "t", "ce", "e", "p", "w", "f", "q", "r", "br", "ae", "abe", "rr", "b", "pc", "pr"];

    private static readonly string[] _headers = ["CMCD-Request", "CMCD-Object", "CMCD-Session", "CMCD-Status", "cmcd-object", "Host", "CMCD-Other"];

    public static void WriteEvents(FuzzRandom random, FuzzText output)
    {
        int wildness = random.Pick([0, 40, 12, 4]);
        string session = WildValues.Word(random);
        int number = random.Below(4);
        for (int i = random.Below(random.Once(15) ? 200 : 8); i >= 0; i--)
        {
            session = random.Once(6) ? WildValues.Word(random) : session;
            number += random.Once(5) ? random.Below(7) - 3 : 1;
            string keys = string.Create(
                CultureInfo.InvariantCulture,
                $"e={random.Pick(_tokenValues)},sid=\"{session}\",ts={1_772_359_200_000 + (number * 1000L)},sn={number},v=2");
            string record = Dictionary(random, wildness, random.Below(14));
            string first = wildness > 0 && random.Once(wildness) ? "" : keys;
            output.Add(random.Once(2) ? $"{first},{record}" : $"{record},{first}").Add(random.Once(12) ? "\r\n" : "\n");
        }
    }

    public static void WriteQueries(FuzzRandom random, FuzzText output)
    {
        int wildness = random.Pick([0, 40, 12, 4]);
        for (int i = random.Below(8); i >= 0; i--)
        {
            string record = Dictionary(random, wildness, 1 + random.Below(14));
            string value = random.Below(5) switch
            {
                0 => record,
                1 => Uri.EscapeDataString(Safe(record)).ToLowerInvariant(),
                _ => Uri.EscapeDataString(Safe(record)),
            };
            string before = random.Pick([
                "", "CMCD=", "https://example.test/a.mp4?CMCD=", "https://example.test/a.mp4?x=1&CMCD=", "?CMCD=", "a=b&cmcd=",
                "/v/1.m4s?CMCD=",
            ]);
            output.Add(before).Add(value).Add(random.Once(8) ? random.Pick(["&CMCD=br%3D1", "&x", "#a", "%", "%2", "\r", "&CMCD="]) : "").Add("\n");
        }
    }

    public static void WriteHeaders(FuzzRandom random, FuzzText output)
    {
        int wildness = random.Pick([0, 40, 12, 4]);
        for (int i = random.Below(8); i >= 0; i--)
        {
            int style = random.Below(4);
            output.Add(style == 0 ? random.Pick(["GET /a.mp4?CMCD=br%3D1 HTTP/1.1\n", "GET / HTTP/1.1\r\n", "GET\n"]) : style > 1 ? "{" : "");
            for (int j = random.Below(5); j >= 0; j--)
            {
                string name = random.Pick(_headers);
                string record = Dictionary(random, wildness, random.Below(6));
                output.Add(style switch
                {
                    2 => $"{System.Text.Json.JsonSerializer.Serialize(name)}:{Quoted(record)}",
                    3 => $"{name}: '{record}'",
                    _ => $"{name}: {record}",
                });
                output.Add(style > 1 ? j > 0 ? "," : "}\n" : random.Once(5) ? "\r\n" : "\n");
            }

            output.Add(random.Once(6) ? "" : "\n");
        }
    }

    private static string Quoted(string record) =>
        $"\"{Safe(record).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Dictionary(FuzzRandom random, int wildness, int count)
    {
        var record = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            record.Append(i > 0 ? random.Once(6) ? ", " : "," : "");
            Member(random, record, wildness);
        }

        return record.Append(wildness > 0 && random.Once(wildness) ? random.Pick([",", ";", "=", " ", "\"", "("]) : "").ToString();
    }

    private static void Member(FuzzRandom random, StringBuilder record, int wildness)
    {
        if (wildness > 0 && random.Once(wildness))
        {
            record.Append(random.Pick([WildValues.Word(random), "", "BR", "*a", "1a", "a.b", "é", random.Pick(_numbers)]));
            record.Append(random.Once(5) ? "" : "=");
            Wild(random, record, depth: 0);
            return;
        }

        switch (random.Below(5))
        {
            case 0:
                record.Append(random.Pick(_texts)).Append("=\"").Append(WildValues.Word(random)).Append('"');
                break;
            case 1:
                record.Append(random.Pick(_tokens)).Append('=').Append(random.Pick(_tokenValues));
                break;
            case 2:
                record.Append(random.Pick(_switches)).Append(random.Pick(["", "", "=?1", "=?0", "=true"]));
                break;
            case 3:
                string items = string.Join(' ', Enumerable.Range(0, random.Below(4)).Select(_ => $"{random.Below(9000)};{random.Pick(_tokenValues)}"));
                record.Append(random.Pick(_numbers)).Append("=(").Append(items).Append(')');
                break;
            default:
                record.Append(random.Pick(_numbers)).Append('=').Append(random.Below(1 << random.Below(24)));
                break;
        }
    }

    private static void Wild(FuzzRandom random, StringBuilder record, int depth)
    {
        switch (random.Below(8))
        {
            case 0 or 1:
                record.Append(WildValues.Number(random));
                break;
            case 2:
                record.Append('"').Append(WildValues.Text(random)).Append('"');
                break;
            case 3:
                record.Append(WildValues.Text(random));
                break;
            case 4 when depth < 6:
                record.Append('(');
                for (int i = random.Once(20) ? 500 : random.Below(5); i > 0; i--)
                {
                    Wild(random, record, depth + 1 + (i / 4));
                    record.Append(random.Once(6) ? "" : " ");
                }

                record.Append(random.Once(6) ? "" : ")");
                break;
            case 5:
                record.Append(random.Pick([":YQ==:", ":a", "@1772359200", "@-1.5", "%\"caf%c3%a9\"", "%\"a%", "?2", "?", "1.2345", "*a/b:c", "\"a\\\"b\\\\\"", "\"a\\b\""]));
                break;
            default:
                record.Append(random.Below(99)).Append(';').Append(WildValues.Word(random)).Append('=');
                if (depth < 6)
                {
                    Wild(random, record, depth + 1);
                }

                break;
        }
    }

    // A lone surrogate cannot be escaped: it is not what a URL could hold.
    private static string Safe(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
