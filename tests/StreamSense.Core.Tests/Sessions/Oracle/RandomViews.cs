using System.Globalization;
using System.Text.Json;

namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Seeded views that go where two readings of the schema would part; every event carries a contiguous <c>seq</c>.</summary>
/// <remarks>
/// No two events of different views share a microsecond, because the schema gives no order across views at one instant. Lines come
/// view by view unless shuffled.
/// </remarks>
internal sealed class RandomViews(int seed)
{
    private const long StartMs = 1_767_225_600_000;

    private static readonly string[] Kinds =
    [
        "playback_request", "playback_start", "pause", "resume", "seek_start", "seek_end", "buffer_start", "buffer_end", "bitrate_change",
        "rate_change", "heartbeat", "visibility", "track_change", "cdn_change", "error", "playback_end", "media_request",
        "ad_break_start", "ad_break_end", "ad_start", "ad_quartile", "ad_complete", "ad_skip", "ad_click",
    ];

    // How often each kind is drawn: ends and fatal errors seldom, else views would be too short to go anywhere.
    private static readonly int[] Weights = [2, 4, 6, 8, 6, 7, 12, 12, 8, 3, 16, 3, 1, 2, 2, 1, 1, 2, 3, 3, 1, 3, 2, 1];

    private static readonly long[] Gaps =
    [
        0, 1, 100, 249, 250, 251, 400, 1_000, 2_500, 5_000, 10_000, 20_000, 29_999, 30_000, 30_001, 45_000, 60_000, 89_999, 90_000, 90_001,
        120_000, 300_000, 599_999, 600_000, 600_001, 1_200_000, 3_599_999, 3_600_000, 3_600_001, 14_399_999, 14_400_000, 14_400_001,
    ];

    private readonly Random _random = new(seed);

    /// <summary>The lines of a number of views (at most 999), each with its events in order.</summary>
    internal List<string> Lines(int views)
    {
        var lines = new List<string>();
        for (int view = 0; view < Math.Min(views, 999); view++)
        {
            AddView(lines, view);
        }

        return lines;
    }

    /// <summary>The lines of <see cref="Lines"/> in any order, some of them twice or three times.</summary>
    internal List<string> ShuffledLines(int views, double duplicateShare)
    {
        List<string> lines = Lines(views);
        lines.AddRange(lines.Where(_ => _random.NextDouble() < duplicateShare).ToList());
        string[] shuffled = [.. lines];
        _random.Shuffle(shuffled);
        return [.. shuffled];
    }

    private void AddView(List<string> lines, int view)
    {
        // Few devices, so that views of one player overlap and supersede; the last three digits of the time belong to the view.
        long timeMs = StartMs + (_random.Next(0, 3_600) * 1_000L);
        string title = "t" + _random.Next(6);
        string? device = _random.Next(8) == 0 ? null : "d" + _random.Next(8);
        bool wild = _random.Next(4) == 0;
        decimal playheadMs = 0;
        int count = _random.Next(2, 60);
        int start = wild ? -1 : Math.Max(1, _random.Next(-6, 6));
        for (int seq = 0; seq < count; seq++)
        {
            string kind = seq switch
            {
                0 when !wild => "playback_request",
                _ when seq == start => "playback_start",
                _ => Draw(),
            };
            long stepMs = seq == 0 ? 0 : Step(wild);
            timeMs += stepMs;
            playheadMs += _random.Next(5) switch { 0 => stepMs / 2m, 1 => -stepMs, _ => stepMs };
            var fields = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["kind"] = kind,
                ["time"] = Time((timeMs * 1_000) + view),
                ["source"] = "web",
                ["view"] = "v" + view.ToString(CultureInfo.InvariantCulture),
                ["seq"] = seq,
            };
            if (device is not null)
            {
                fields["device"] = device;
            }

            if (_random.Next(10) == 0)
            {
                fields["cdn"] = "c" + _random.Next(3);
            }

            if (seq == 0)
            {
                fields["country"] = "x" + _random.Next(3);
                fields["deviceKind"] = "k" + _random.Next(2);
            }

            AddFields(fields, kind, title, Math.Floor(Math.Max(0m, playheadMs)));
            lines.Add(JsonSerializer.Serialize(fields));
        }
    }

    private void AddFields(Dictionary<string, object> fields, string kind, string title, decimal playheadMs)
    {
        switch (kind)
        {
            case "playback_request":
                fields["title"] = title;
                Maybe(fields, 6, "preload", true);
                break;
            case "playback_start":
                Maybe(fields, 2, "startupMs", _random.Next(0, 5_000));
                Maybe(fields, 2, "playheadMs", playheadMs);
                break;
            case "pause" or "resume" or "seek_start" or "seek_end":
                Maybe(fields, 2, "playheadMs", playheadMs);
                break;
            case "buffer_start" or "buffer_end":
                Maybe(fields, 2, "reason", Pick("initial", "seek", "connection", "connection", "connection", "ad", "unknown"));
                Maybe(fields, 3, "durationMs", _random.Next(4) == 0 ? _random.Next(0, 30_000) : _random.Next(0, 600));
                break;
            case "bitrate_change":
                fields["bitrateKbps"] = 300 * _random.Next(1, 8);
                Maybe(fields, 2, "mediaType", Pick("video", "audio", "av"));
                break;
            case "rate_change":
                fields["rate"] = _random.Next(5) switch { 0 => 0.5m, 1 => 1.25m, 2 => 1.5m, 3 => 2m, _ => 1m };
                break;
            case "heartbeat":
                if (_random.Next(8) != 0)
                {
                    fields["state"] = Pick("starting", "playing", "playing", "playing", "rebuffering", "seeking", "paused");
                }

                Maybe(fields, 2, "playheadMs", playheadMs);
                Maybe(fields, 3, "intervalMs", _random.Next(3) switch { 0 => 5_000, 1 => 10_000, _ => 30_000 });
                Maybe(fields, 3, "bitrateKbps", 300 * _random.Next(1, 8));
                break;
            case "visibility":
                fields["background"] = _random.Next(2) == 0;
                break;
            case "track_change":
                fields["track"] = "audio";
                fields["language"] = "en";
                break;
            case "cdn_change":
                fields["cdn"] = "c" + _random.Next(3);
                break;
            case "error":
                fields["code"] = "E1";
                fields["severity"] = _random.Next(3) == 0 ? "fatal" : "warning";
                Maybe(fields, 2, "category", Pick("technical", "business"));
                break;
            case "playback_end":
                fields["reason"] = Pick("completed", "quit", "error", "timeout", "superseded");
                break;
            case "ad_break_start" or "ad_break_end":
                fields["break"] = "b1";
                break;
            default:
                if (kind.StartsWith("ad_", StringComparison.Ordinal))
                {
                    fields["ad"] = "a1";
                }

                break;
        }
    }

    private long Step(bool wild) => _random.Next(wild ? 3 : 12) == 0 ? Gaps[_random.Next(Gaps.Length)] : _random.Next(0, 15_000);

    private object Time(long us) => _random.Next(2) == 0
        ? us / 1000m
        : DateTime.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private void Maybe(Dictionary<string, object> fields, int oneIn, string name, object value)
    {
        if (_random.Next(oneIn) == 0)
        {
            fields[name] = value;
        }
    }

    private string Pick(params string[] values) => values[_random.Next(values.Length)];

    private string Draw()
    {
        int ticket = _random.Next(Weights.Sum());
        for (int i = 0; i < Weights.Length; i++)
        {
            ticket -= Weights[i];
            if (ticket < 0)
            {
                return Kinds[i];
            }
        }

        return Kinds[^1];
    }
}
