using System.Globalization;
using System.Text.Json;
using StreamSense.Core.Tests.Sessions.Oracle;

namespace StreamSense.Core.Tests.Metrics;

/// <summary>A seeded file of all that a service records: views of every temper, and events of every other kind.</summary>
/// <remarks>
/// Few people, titles, plans and posts, so that events meet. Every event beside the views has an id, and some share an instant: what
/// the file says does not depend on where its lines are.
/// </remarks>
internal sealed class RandomTraffic(int seed)
{
    private const long StartMs = 1_767_225_600_000;
    private const long DayMs = 86_400_000;

    private static readonly string[] Kinds =
    [
        "impression", "impression", "impression", "click", "click", "detail_view", "search", "list_add", "list_remove", "rating",
        "reaction", "share", "comment", "decision", "media_request", "media_request", "trial_started", "trial_converted",
        "subscription_started", "subscription_renewed", "subscription_cancelled", "subscription_expired", "subscription_paused",
        "plan_changed", "billing_issue", "refunded", "message_sent", "message_opened", "message_clicked", "message_dismissed",
        "social_mention", "social_mention", "consent_change", "support_contact", "login", "logout", "title", "title", "profile", "custom",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The kinds that it draws from, beside those of views.</summary>
    internal static IReadOnlyList<string> OtherKinds => Kinds;

    /// <summary>The lines of some views and other events.</summary>
    internal List<string> Lines(int views, int others)
    {
        var lines = new List<string>();
        for (int view = 0; view < views; view++)
        {
            var one = new RandomView(_random, view, StartMs + (_random.Next(0, 7_200) * 1_000L));
            lines.AddRange(one.Events().Select(fields => JsonSerializer.Serialize(Seen(fields))));
        }

        for (int i = 0; i < others; i++)
        {
            lines.Add(JsonSerializer.Serialize(Other(i)));
        }

        return lines;
    }

    private Dictionary<string, object> Seen(Dictionary<string, object> fields)
    {
        Maybe(fields, 6, "household", "h" + _random.Next(2));
        Maybe(fields, 6, "visit", "w" + _random.Next(5));
        if ((string)fields["kind"] == "playback_request")
        {
            Maybe(fields, 2, "request", "q" + _random.Next(5));
        }

        return fields;
    }

    private Dictionary<string, object> Other(int index)
    {
        string kind = Pick(Kinds);
        long ms = StartMs + (_random.Next(4) switch
        {
            0 => _random.Next(20) * 1_000L, 1 => _random.NextInt64(90 * DayMs), _ => _random.Next(10_000_000),
        });
        var fields = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["kind"] = kind, ["id"] = string.Create(CultureInfo.InvariantCulture, $"o{_random.Next(16)}-{index}"),
            ["time"] = ((ms * 1_000) + 995 + _random.Next(4)) / 1_000m,
        };
        AddPeople(fields, kind);
        Maybe(fields, 4, "visit", "w" + _random.Next(5));
        Maybe(fields, 4, "source", Pick("web", "tv"));
        Maybe(fields, 6, "country", "x" + _random.Next(3));
        Maybe(fields, 6, "cdn", "c" + _random.Next(3));
        switch (kind)
        {
            case "impression" or "click" or "detail_view" or "decision":
                AddPlace(fields, kind);
                break;
            case "media_request":
                AddRequest(fields);
                break;
            case "social_mention":
                AddMention(fields);
                break;
            case "title":
                AddTitle(fields);
                break;
            case "message_sent" or "message_opened" or "message_clicked" or "message_dismissed":
                fields["channel"] = Pick("push", "email");
                fields["campaign"] = "k" + _random.Next(2);
                break;
            default:
                AddMore(fields, kind, ms);
                break;
        }

        return fields;
    }

    private void AddPeople(Dictionary<string, object> fields, string kind)
    {
        if (IsOfAccount(kind))
        {
            fields[_random.Next(3) == 0 ? "household" : "viewer"] = "p" + _random.Next(4);
            return;
        }

        bool isPersonal = kind is "consent_change" or "support_contact" or "login" or "logout" or "profile"
            || kind.StartsWith("message_", StringComparison.Ordinal);
        Maybe(fields, isPersonal ? 1 : 2, "viewer", "p" + _random.Next(4));
        Maybe(fields, kind is "login" or "logout" ? 1 : 3, "device", "d" + _random.Next(4));
        Maybe(fields, 8, "household", "h" + _random.Next(3));
    }

    private void AddPlace(Dictionary<string, object> fields, string kind)
    {
        fields[kind != "decision" && _random.Next(6) == 0 ? "offer" : "title"] = "t" + _random.Next(6);
        Maybe(fields, kind is "impression" or "decision" ? 1 : 2, "surface", Pick("home", "search"));
        Maybe(fields, 2, "row", _random.Next(12));
        Maybe(fields, kind == "decision" ? 1 : 2, "position", _random.Next(40));
        Maybe(fields, kind == "decision" ? 1 : 2, "request", "q" + _random.Next(5));
        if (kind is "impression" or "click")
        {
            Maybe(fields, 4, "weight", Pick<object>(3, 0.5m, 2.25m));
        }
    }

    private void AddRequest(Dictionary<string, object> fields)
    {
        Maybe(fields, 2, "objectType", Pick("video", "audio", "init", "manifest"));
        Maybe(fields, 2, "status", Pick(200, 206, 404, 503));
        Maybe(fields, 2, "ttfbMs", _random.Next(500));
        Maybe(fields, 2, "ttlbMs", _random.Next(5_000));
        Maybe(fields, 2, "bytes", _random.Next(5_000_000));
        Maybe(fields, 2, "cacheStatus", Pick("hit", "miss", "pass", "error"));
        Maybe(fields, 3, "throughputKbps", _random.Next(50_000));
        Maybe(fields, 3, "bufferMs", _random.Next(30_000));
        Maybe(fields, 4, "starved", true);
        Maybe(fields, 4, "startup", true);
        Maybe(fields, 4, "weight", Pick<object>(3, 0.5m, 2.25m));
    }

    private void AddMention(Dictionary<string, object> fields)
    {
        fields["title"] = "t" + _random.Next(3);
        fields["network"] = "n" + _random.Next(2);
        fields["post"] = "post" + _random.Next(6);
        Maybe(fields, 2, "polarity", _random.Next(-100, 101) / 100m);
        Maybe(fields, 2, "likes", _random.Next(1_000));
        Maybe(fields, 2, "shares", _random.Next(1_000));
        Maybe(fields, 2, "text", Pick("good film good", "bad", "so so film"));
        Maybe(fields, 2, "confidence", 0.5m);
    }

    private void AddTitle(Dictionary<string, object> fields)
    {
        fields["title"] = "t" + _random.Next(6);
        Maybe(fields, 1, "type", Pick("movie", "episode", "live", "clip"));
        Maybe(fields, 1, "durationMs", _random.Next(1, 7_200) * 500);
        if (_random.Next(3) == 0)
        {
            fields["series"] = "s" + _random.Next(2);
            fields["season"] = 1;
            fields["episode"] = _random.Next(1, 4);
        }

        Maybe(fields, 3, "genres", new[] { Pick("drama", "news") });
        Maybe(fields, 3, "edit", Pick("short", "long"));
    }

    private void AddMore(Dictionary<string, object> fields, string kind, long ms)
    {
        if (IsOfAccount(kind))
        {
            fields["plan"] = "plan" + _random.Next(3);
            Maybe(fields, 2, "periodEnd", ms + _random.NextInt64(60 * DayMs));
            if (_random.Next(2) == 0)
            {
                fields["amount"] = _random.Next(2_000) / 100m;
                fields["currency"] = Pick("EUR", "USD");
            }

            return;
        }

        switch (kind)
        {
            case "search":
                fields["query"] = Pick("a", "b");
                Maybe(fields, 2, "results", _random.Next(3));
                break;
            case "rating":
                fields["title"] = "t" + _random.Next(6);
                fields["value"] = _random.Next(1, 6);
                fields["scale"] = "stars5";
                break;
            case "consent_change":
                fields["consent"] = _random.Next(2) == 0 ? ["measurement"] : new[] { "measurement", "personalisation" };
                break;
            case "profile":
                Maybe(fields, 2, "plan", "plan" + _random.Next(3));
                break;
            case "custom":
                fields["name"] = "pulse";
                break;
            default:
                Maybe(fields, 1, "title", "t" + _random.Next(6));
                break;
        }
    }

    private static bool IsOfAccount(string kind) =>
        kind.StartsWith("subscription_", StringComparison.Ordinal) || kind.StartsWith("trial_", StringComparison.Ordinal)
        || kind is "plan_changed" or "billing_issue" or "refunded";

    private void Maybe(Dictionary<string, object> fields, int oneIn, string name, object value)
    {
        if (_random.Next(oneIn) == 0)
        {
            fields[name] = value;
        }
    }

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];
}
