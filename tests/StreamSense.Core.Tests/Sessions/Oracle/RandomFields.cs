namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>The own fields of an event of a kind: present or absent, sensible or contradicting what the view is doing.</summary>
internal static class RandomFields
{
    internal static void Add(Random random, Dictionary<string, object> fields, string kind, string title, decimal playheadMs, bool live)
    {
        switch (kind)
        {
            case "playback_request":
                fields["title"] = title;
                Maybe(6, "preload", true);
                Maybe(12, "preload", false);
                Maybe(live ? 1 : 30, "live", live);
                Maybe(4, "autoplay", true);
                break;
            case "playback_start":
                Maybe(2, "startupMs", random.Next(0, 5_000));
                Maybe(2, "playheadMs", playheadMs);
                break;
            case "pause" or "resume" or "seek_start" or "seek_end":
                Maybe(2, "playheadMs", playheadMs);
                break;
            case "buffer_start" or "buffer_end":
                Maybe(2, "reason", Pick("initial", "seek", "connection", "connection", "connection", "ad", "unknown"));
                Maybe(3, "durationMs", random.Next(6) switch
                {
                    0 => random.Next(0, 30_000), 1 => random.Next(60_000, 20_000_000), 2 => 249.999m, 3 => 250, _ => random.Next(0, 600),
                });
                break;
            case "bitrate_change":
                fields["bitrateKbps"] = random.Next(12) == 0 ? 0 : 300 * random.Next(1, 8);
                Maybe(2, "mediaType", Pick("video", "audio", "av"));
                break;
            case "rate_change":
                fields["rate"] = Pick(0.25m, 0.5m, 0.9m, 1.1m, 1.25m, 1.5m, 2m, 3m, 1m, 1m, 16m);
                break;
            case "heartbeat":
                AddHeartbeat(random, fields, playheadMs);
                break;
            case "visibility":
                fields["background"] = random.Next(2) == 0;
                break;
            case "reaction":
                fields["title"] = title;
                Maybe(2, "playheadMs", playheadMs);
                break;
            case "click":
                fields["title"] = title;
                break;
            default:
                AddMore(random, fields, kind, playheadMs);
                break;
        }

        void Maybe(int oneIn, string name, object value)
        {
            if (random.Next(oneIn) == 0)
            {
                fields[name] = value;
            }
        }

        T Pick<T>(params T[] values) => values[random.Next(values.Length)];
    }

    private static void AddHeartbeat(Random random, Dictionary<string, object> fields, decimal playheadMs)
    {
        if (random.Next(8) != 0)
        {
            string[] states = ["starting", "playing", "playing", "playing", "playing", "rebuffering", "seeking", "paused"];
            fields["state"] = states[random.Next(states.Length)];
        }

        if (random.Next(2) == 0)
        {
            fields["playheadMs"] = playheadMs;
        }

        if (random.Next(3) == 0)
        {
            object[] intervals = [5_000, 10_000, 10_000.5m, 30_000, 30_000, 600_000, 0];
            fields["intervalMs"] = intervals[random.Next(intervals.Length)];
        }

        if (random.Next(3) == 0)
        {
            fields["bitrateKbps"] = 300 * random.Next(1, 8);
        }
    }

    /// <summary>The fields of one of many heartbeats of a player that plays on.</summary>
    internal static void AddSteadyBeat(Dictionary<string, object> fields, decimal playheadMs)
    {
        fields["state"] = "playing";
        fields["intervalMs"] = 10_000;
        fields["playheadMs"] = playheadMs;
    }

    private static void AddMore(Random random, Dictionary<string, object> fields, string kind, decimal playheadMs)
    {
        switch (kind)
        {
            case "track_change":
                fields["track"] = "audio";
                fields["language"] = "en";
                break;
            case "cdn_change":
                fields["cdn"] = "c" + random.Next(3);
                break;
            case "error":
                fields["code"] = "E1";
                fields["severity"] = random.Next(2) == 0 ? "fatal" : "warning";
                string[] categories = ["technical", "business"];
                if (random.Next(2) == 0)
                {
                    fields["category"] = categories[random.Next(2)];
                }

                break;
            case "playback_end":
                string[] reasons = ["completed", "quit", "error", "timeout", "superseded"];
                fields["reason"] = reasons[random.Next(reasons.Length)];
                if (random.Next(2) == 0)
                {
                    fields["playheadMs"] = playheadMs;
                }

                break;
            case "ad_break_start" or "ad_break_end":
                fields["break"] = "b" + random.Next(2);
                break;
            case "custom":
                fields["name"] = "pulse";
                break;
            default:
                if (kind.StartsWith("ad_", StringComparison.Ordinal))
                {
                    fields["ad"] = "a" + random.Next(2);
                }

                break;
        }
    }
}
