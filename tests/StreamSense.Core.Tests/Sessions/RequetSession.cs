using System.Globalization;

namespace StreamSense.Core.Tests.Sessions;

/// <summary>A playback that was recorded from a real player, and how the player's collector would have told it.</summary>
internal sealed class RequetSession
{
    private const long HeartbeatMs = 10_000;

    private RequetSession(string name, bool isCompleted, List<RequetSample> samples)
    {
        Name = name;
        IsCompleted = isCompleted;
        Samples = samples;
    }

    internal string Name { get; }

    /// <summary>Whether it was played to its end.</summary>
    internal bool IsCompleted { get; }

    /// <summary>What the player said, in order; the last one ends the session.</summary>
    internal IReadOnlyList<RequetSample> Samples { get; }

    internal static List<RequetSession> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "sessions"), "*.csv").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The session as canonical lines with <c>seq</c>.</summary>
    /// <param name="kbpsOf">The bitrate by which a quality is told.</param>
    internal List<string> Lines(Func<string, long> kbpsOf)
    {
        var lines = new List<string>();
        void Tell(long atMs, string kind, string fields = "") => lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"{{\"kind\":\"{kind}\",\"time\":{atMs},\"source\":\"requet\",\"view\":\"{Name}\",\"seq\":{lines.Count}{fields}}}"));

        RequetSample before = Samples[0];
        long nextHeartbeatMs = before.AtMs + HeartbeatMs;
        bool isStarted = false;
        Tell(before.AtMs, "playback_request", ",\"title\":\"video\"");
        foreach (RequetSample sample in Samples)
        {
            if (sample.Quality is { } quality && quality != before.Quality)
            {
                Tell(sample.AtMs, "bitrate_change", $",\"bitrateKbps\":{kbpsOf(quality)}");
            }

            if (sample.State != before.State && !isStarted)
            {
                Tell(sample.AtMs, "playback_start");
                isStarted = true;
            }
            else if (sample.State != before.State)
            {
                TellChange(before.State, sample.State, kind => Tell(sample.AtMs, kind));
            }
            else if (sample.AtMs >= nextHeartbeatMs)
            {
                nextHeartbeatMs += HeartbeatMs;
                string state = sample.State switch
                {
                    RequetState.Paused => "paused", RequetState.Playing => "playing", _ => isStarted ? "rebuffering" : "starting",
                };
                Tell(sample.AtMs, "heartbeat", string.Create(CultureInfo.InvariantCulture,
                    $",\"state\":\"{state}\",\"intervalMs\":{HeartbeatMs},\"playheadMs\":{sample.ProgressMs}"));
            }

            before = sample;
        }

        Tell(before.AtMs, "playback_end", IsCompleted ? ",\"reason\":\"completed\"" : ",\"reason\":\"quit\"");
        return lines;
    }

    private static void TellChange(RequetState from, RequetState to, Action<string> tell)
    {
        switch (from)
        {
            case RequetState.Buffering:
                tell("buffer_end");
                break;
            case RequetState.Paused:
                tell("resume");
                break;
        }

        switch (to)
        {
            case RequetState.Buffering:
                tell("buffer_start");
                break;
            case RequetState.Paused:
                tell("pause");
                break;
        }
    }

    private static RequetSession Read(string path)
    {
        string[][] rows = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];
        decimal lengthMs = rows.Max(row => decimal.Parse(row[8], CultureInfo.InvariantCulture)) * 1000;
        var samples = new List<RequetSample>();
        bool isCompleted = false;
        foreach (string[] row in rows.Where(row => row[6] != "0"))
        {
            long atMs = long.Parse(row[6], CultureInfo.InvariantCulture);
            RequetSample? last = samples.Count > 0 ? samples[^1] : null;
            RequetState state = row[5] == "1" ? RequetState.Playing
                : row[3] == "1" ? RequetState.Buffering
                : row[4] == "1" ? RequetState.Paused
                : last?.State ?? RequetState.Buffering;
            decimal progressMs = decimal.Parse(row[7], CultureInfo.InvariantCulture) * 1000;

            // Two labels in one interval say that it changed within, not which came first: the next one says it.
            string? quality = row[9].Contains('|', StringComparison.Ordinal) || row[9] is "" or "unlabelled" ? last?.Quality : row[9];
            if (last is null || atMs > last.AtMs)
            {
                samples.Add(new RequetSample(atMs, state, progressMs, quality));
            }

            if (progressMs >= lengthMs - 1)
            {
                isCompleted = true;
                break;
            }
        }

        return new RequetSession(Path.GetFileNameWithoutExtension(path), isCompleted, samples);
    }
}
