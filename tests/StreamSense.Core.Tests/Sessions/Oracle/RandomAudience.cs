using System.Globalization;
using System.Text.Json;

namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>
/// A seeded file of a whole audience: views of every temper, what else a service records, and what goes wrong on the way.
/// </summary>
/// <remarks>
/// No two events of different views share a microsecond, because the schema gives no order across views at one instant; within a view
/// they do. Where a view has neither <c>seq</c> nor <c>id</c>, its times differ, because nothing else would order it.
/// </remarks>
internal sealed class RandomAudience(int seed)
{
    private const long StartMs = 1_767_225_600_000;

    private static readonly string[] Refused =
    [
        "{", "[1]", "\"text\"", "{\"time\":1767225600000}", "{\"kind\":\"dance\",\"time\":1767225600000}",
        "{\"kind\":\"pause\",\"time\":1767225600000}", "{\"kind\":\"pause\",\"view\":\"v0\"}",
        "{\"kind\":\"pause\",\"view\":\"v0\",\"view\":\"v1\",\"time\":1767225600000}",
        "{\"kind\":\"rate_change\",\"view\":\"v0\",\"rate\":-1,\"time\":1767225600000}",
        "{\"kind\":\"pause\",\"view\":\"v0\",\"time\":\"yesterday\"}",
        "{\"kind\":\"pause\",\"view\":\"v0\",\"time\":1767225600000,\"v\":2}",
        "{\"kind\":\"pause\",\"view\":\"v0\",\"time\":1,\"consent\":[\"measurement\"]}",
        "{\"kind\":\"pause\",\"view\":\"v0\",\"time\":1767225600000,\"consent\":[\"sharing\"]}",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The lines of an audience of at most 990 views.</summary>
    internal List<string> Lines(int views)
    {
        var lines = new List<(long At, string Text)>();
        for (int view = 0; view < Math.Min(views, 990); view++)
        {
            var one = new RandomView(_random, view, StartMs + (_random.Next(0, 3_600) * 1_000L));
            lines.AddRange(one.Events().Select(fields => (one.AtUs(fields), Line(fields))));
        }

        for (int row = 0; row < 10; row++)
        {
            Dictionary<string, object> bystander = Bystander(row);
            lines.Add((0, Line(bystander)));
            if ((string)bystander["kind"] == "title" && _random.Next(2) == 0)
            {
                // The catalogue says something else of the title at the same instant: the greater id holds.
                bystander["id"] = "raw" + row.ToString(CultureInfo.InvariantCulture);
                bystander["durationMs"] = Duration();
                lines.Add((0, Line(bystander)));
            }
        }

        AddTrials(lines);
        AddMentions(lines);

        lines.AddRange(lines.Where(_ => _random.Next(12) == 0)
            .Select(line => (line.At + _random.Next(0, 60_000_000), Again(line.Text))).ToList());
        lines.AddRange(Refused.Where(_ => _random.Next(8) == 0).Select(line => (line.Length * 1_000L, line)));
        (long At, string Text)[] result = [.. lines];
        switch (_random.Next(3))
        {
            case 0:
                _random.Shuffle(result);
                break;
            case 1:
                Array.Sort(result, (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Text, b.Text));
                break;
        }

        return [.. result.Select(line => line.Text)];
    }

    // A trial begins before anything else is said of it, and begins once: of what else the schema says nothing.
    private void AddTrials(List<(long At, string Text)> lines)
    {
        for (int trial = 0; trial < 6; trial++)
        {
            string owner = _random.Next(3) == 0 ? "household" : "viewer";
            void Tell(string kind, int second, object? periodEnd = null)
            {
                var fields = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["kind"] = kind, ["time"] = StartMs + (second * 1_000L), ["plan"] = "plan" + trial, [owner] = "p" + (trial % 2),
                    ["id"] = string.Create(CultureInfo.InvariantCulture, $"trial{trial}-{kind}"),
                };
                if (periodEnd is not null)
                {
                    fields["periodEnd"] = periodEnd;
                }

                lines.Add((StartMs * 1_000, Line(fields)));
            }

            Tell("trial_started", _random.Next(0, 600), _random.Next(3) switch
            {
                0 => StartMs + _random.Next(600_000, 200_000_000), 1 => "2026-01-01T00:30:00Z", _ => null,
            });
            if (_random.Next(3) == 0)
            {
                Tell("trial_converted", _random.Next(700, 3_000));
            }

            if (_random.Next(3) == 0)
            {
                Tell(_random.Next(2) == 0 ? "subscription_expired" : "subscription_cancelled", _random.Next(700, 3_000));
            }
        }
    }

    private void AddMentions(List<(long At, string Text)> lines)
    {
        for (int mention = 0; mention < 8; mention++)
        {
            int post = _random.Next(5);
            var fields = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["kind"] = "social_mention", ["time"] = StartMs + (_random.Next(0, 3_600) * 1_000L) + mention,
                ["title"] = "t" + _random.Next(2), ["network"] = "n" + _random.Next(2), ["post"] = "post" + post,
                ["id"] = "mention" + mention,
            };
            if (post != 0)
            {
                fields["polarity"] = _random.Next(-100, 101) / 100m;
            }

            lines.Add((StartMs * 1_000, Line(fields)));
        }
    }

    private decimal Duration() => _random.Next(3) switch
    {
        0 => _random.Next(0, 3) * 1_000, 1 => _random.Next(1, 120_000), _ => _random.Next(1, 7_200) * 500m,
    };

    private static string Line(Dictionary<string, object> fields) => JsonSerializer.Serialize(fields);

    // A retransmission; sometimes what identifies the event is kept and the rest is not, or its text is spelt in another way.
    private string Again(string text)
    {
        using JsonDocument line = JsonDocument.Parse(text);
        var fields = line.RootElement.EnumerateObject().Reverse()
            .ToDictionary(member => member.Name, member => (object)member.Value.Clone(), StringComparer.Ordinal);
        bool isNamed = fields.ContainsKey("id") || (fields.ContainsKey("seq") && fields.ContainsKey("view"));
        if (isNamed && _random.Next(3) == 0)
        {
            fields["playheadMs"] = 77;
            fields["isp"] = "x";
        }

        return Line(fields);
    }

    private Dictionary<string, object> Bystander(int row)
    {
        var fields = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["time"] = ((StartMs + _random.Next(0, 3_600_000)) * 1_000 + 990 + row) / 1_000m, ["viewer"] = "p" + _random.Next(4),
            ["id"] = "row" + row.ToString(CultureInfo.InvariantCulture),
        };
        (string Name, object Value)[] more = _random.Next(12) switch
        {
            0 => [("kind", "impression"), ("title", "t1"), ("surface", "home"), ("weight", 3)],
            1 => [("kind", "click"), ("title", "t1"), ("surface", "home")],
            2 => [("kind", "search"), ("query", "q"), ("results", 3)],
            3 => [("kind", "rating"), ("title", "t2"), ("value", 4), ("scale", "stars5")],
            4 => [("kind", "subscription_started"), ("plan", "basic"), ("amount", 9.5m), ("currency", "EUR")],
            5 => [("kind", "media_request"), ("objectType", "video"), ("status", 200), ("ttlbMs", 12)],
            6 => [("kind", "login"), ("device", "d1")],
            7 => [("kind", "title"), ("title", "t" + _random.Next(6)), ("type", _random.Next(2) == 0 ? "live" : "clip")],
            8 => [("kind", "title"), ("title", "t" + _random.Next(6)), ("durationMs", Duration())],
            _ => [("kind", "title"), ("title", "t" + _random.Next(6)), ("type", "movie"), ("durationMs", Duration())],
        };
        foreach ((string name, object value) in more)
        {
            fields[name] = value;
        }

        return fields;
    }
}
