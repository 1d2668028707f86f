using System.Globalization;

namespace StreamSense.Core.Tests.Sessions;

/// <summary>One logged session of an adaptive player over a recorded network: a row a chunk of 4 s.</summary>
/// <remarks>
/// A row's rebuffering happens when everything before its chunk has played, so it comes right before the chunk's content; the first
/// row's is the startup. The expected totals come from the rows alone, not from the rendered events.
/// </remarks>
internal sealed class PensieveSession
{
    private const long ChunkUs = 4_000_000;
    private const long MinimumStallUs = 250_000;
    private const long HeartbeatUs = 5_000_000;

    private readonly string _view;
    private readonly string _title;
    private readonly string _algorithm;
    private readonly long[] _kbps;
    private readonly long[] _rebufferUs;

    private PensieveSession(string algorithm, string trace, long[] kbps, long[] rebufferUs)
    {
        _view = algorithm + "/" + trace;
        _title = "envivio";
        _algorithm = algorithm;
        _kbps = kbps;
        _rebufferUs = rebufferUs;
    }

    /// <summary>The eleven algorithms' sessions over all traces, in a stable order.</summary>
    internal static List<PensieveSession> ReadAll(string folder) => Directory
        .EnumerateDirectories(Path.Combine(folder, "reference_logs"))
        .SelectMany(Directory.EnumerateFiles)
        .Order(StringComparer.Ordinal)
        .Select(Read)
        .ToList();

    internal PensieveTotals Expected()
    {
        PensieveTotals totals = PensieveTotals.None with { Sessions = 1, StartingUs = _rebufferUs[0] };
        for (int chunk = 0; chunk < _kbps.Length; chunk++)
        {
            totals += PensieveTotals.None with { PlayUs = ChunkUs, KbpsUs = (Int128)_kbps[chunk] * ChunkUs };
            if (chunk > 0)
            {
                totals += ExpectedBefore(chunk);
            }
        }

        return totals;
    }

    /// <summary>The session as canonical lines with <c>seq</c>, beginning at an instant.</summary>
    internal List<string> Lines(long requestUs)
    {
        var events = new List<(long AtUs, string Fields)>
        {
            (0, $"\"kind\":\"playback_request\",\"title\":\"{_title}\",\"deviceKind\":\"{_algorithm}\""),
        };
        long at = _rebufferUs[0];
        events.Add((at, "\"kind\":\"playback_start\",\"playheadMs\":0"));
        for (int chunk = 0; chunk < _kbps.Length; chunk++)
        {
            if (chunk > 0 && _rebufferUs[chunk] > 0)
            {
                events.Add((at, "\"kind\":\"buffer_start\",\"reason\":\"connection\""));
                AddHeartbeats(events, at, _rebufferUs[chunk], chunk - 1, "rebuffering", ChunkUs * chunk, 0);
                at += _rebufferUs[chunk];
                events.Add((at, "\"kind\":\"buffer_end\",\"reason\":\"connection\""));
            }

            if (chunk == 0 || _kbps[chunk] != _kbps[chunk - 1])
            {
                events.Add((at, string.Create(CultureInfo.InvariantCulture,
                    $"\"kind\":\"bitrate_change\",\"bitrateKbps\":{_kbps[chunk]}")));
            }

            AddHeartbeats(events, at, ChunkUs, chunk, "playing", ChunkUs * chunk, 1);
            at += ChunkUs;
        }

        events.Add((at, "\"kind\":\"playback_end\",\"reason\":\"completed\""));
        return events.Select((entry, seq) => Line(requestUs + entry.AtUs, seq, entry.Fields)).ToList();
    }

    private static PensieveSession Read(string path)
    {
        string algorithm = Path.GetFileName(Path.GetDirectoryName(path))!;
        string trace = Path.GetFileName(path).Replace($"log_sim_{algorithm}_", "", StringComparison.Ordinal);
        string[][] rows = File.ReadLines(path).Where(line => line.Length > 0).Select(line => line.Split('\t')).ToArray();
        return new(
            algorithm, trace,
            Array.ConvertAll(rows, row => long.Parse(row[1], CultureInfo.InvariantCulture)),
            Array.ConvertAll(rows,
                row => (long)Math.Round(decimal.Parse(row[3], NumberStyles.Float, CultureInfo.InvariantCulture) * 1_000_000m)));
    }

    private PensieveTotals ExpectedBefore(int chunk)
    {
        long rebuffer = _rebufferUs[chunk];
        PensieveTotals totals = PensieveTotals.None with { Switches = _kbps[chunk] != _kbps[chunk - 1] ? 1 : 0 };
        return rebuffer switch
        {
            0 => totals,
            // Too short to be a stall: playing time, at the bitrate that was still in force.
            < MinimumStallUs => totals with { ShortStalls = 1, PlayUs = rebuffer, KbpsUs = (Int128)_kbps[chunk - 1] * rebuffer },
            _ => totals with { Stalls = 1, StallUs = rebuffer },
        };
    }

    // The player beats every 5 s of the view, but not on the border of two stretches, where both states would be true.
    private void AddHeartbeats(
        List<(long AtUs, string Fields)> events, long fromUs, long lengthUs, int chunk, string state, long playheadUs, int speed)
    {
        for (long at = (fromUs / HeartbeatUs * HeartbeatUs) + HeartbeatUs; at < fromUs + lengthUs; at += HeartbeatUs)
        {
            long playheadMs = (playheadUs + ((at - fromUs) * speed)) / 1000;
            events.Add((at, string.Create(
                CultureInfo.InvariantCulture,
                $"\"kind\":\"heartbeat\",\"state\":\"{state}\",\"intervalMs\":5000,"
                    + $"\"playheadMs\":{playheadMs},\"bitrateKbps\":{_kbps[chunk]}")));
        }
    }

    private string Line(long atUs, int seq, string fields) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{{fields},\"time\":{atUs / 1000m},\"source\":\"pensieve\",\"view\":\"{_view}\",\"device\":\"{_view}\",\"seq\":{seq}}}");
}
