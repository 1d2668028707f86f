using System.Globalization;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Testing.Scripts;
using StreamSense.Testing.Simulation;

namespace StreamSense.Core.Tests.DirtyData;

/// <summary>A simulated evening as it arrives: bodies with their instants of receipt, dirtied or not by the same dice.</summary>
/// <remarks>
/// Dirt: 5 % of the records come twice; 3 % come behind (a third by more than the allowed lateness, some of those without a view by
/// minutes, the rest by seconds, within the patience over a gap); 10 % of the devices have a clock up to
/// 3 h off, half of which say when they sent; 1 % are broken.
/// </remarks>
internal sealed class DirtyStream(int events, bool isDirty)
{
    private const int BodyLines = 16;
    private static readonly TimeSpan TransportDelay = TimeSpan.FromMilliseconds(50);

    private readonly Random _dice = new(7);
    private readonly PriorityQueue<byte[], (EventTime Due, int Number)> _delayed = new();
    private readonly PriorityQueue<byte[], (EventTime Due, int Number)> _tooLate = new();
    private readonly Dictionary<int, (TimeSpan Skew, bool SaysSent)> _clocks = [];
    private readonly List<(ScriptedEvent Event, double Dice)> _gathered = [];
    private EventTime _last;

    public int Duplicates { get; private set; }

    public int TooLate { get; private set; }

    public int[] Broken { get; } = new int[4];

    public int Clean { get; private set; }

    public int SkewedWithoutSent { get; private set; }

    /// <summary>The bodies in the order in which they are received.</summary>
    public IEnumerable<(EventTime ReceivedAt, byte[] Body)> Bodies()
    {
        var simulation = new ViewerSimulation(new ViewerSimulationOptions
        {
            Viewers = Math.Max(100, events / 200),
            MaximumEvents = events,
            Seed = 11,
        });
        foreach (ScriptedEvent scripted in simulation.Events())
        {
            _gathered.Add((scripted, _dice.NextDouble()));
            if (_gathered.Count == BodyLines)
            {
                yield return TakeBody();
            }
        }

        if (_gathered.Count > 0)
        {
            yield return TakeBody();
        }

        EventTime last = default;
        while (_delayed.TryDequeue(out byte[]? line, out (EventTime Due, int) place))
        {
            last = place.Due;
            yield return (last, line);
        }

        // The source goes on, so that what is later than allowed is so at the end of the evening too.
        last = (last == default ? _last : last) + TimeSpan.FromHours(1);
        Clean++;
        yield return (last, Line($"{{\"kind\":\"custom\",\"name\":\"end\",\"source\":\"app\",\"time\":\"{last}\"}}"));
        while (_tooLate.TryDequeue(out byte[]? line, out _))
        {
            yield return (last, line);
        }
    }

    private (EventTime ReceivedAt, byte[] Body) TakeBody()
    {
        EventTime receivedAt = _gathered[^1].Event.Time + TransportDelay;
        _last = receivedAt;
        using var body = new MemoryStream();
        WriteDue(body, _delayed, receivedAt);
        WriteDue(body, _tooLate, receivedAt);

        foreach ((ScriptedEvent scripted, double dice) in _gathered)
        {
            Write(body, scripted, receivedAt, dice);
        }

        _gathered.Clear();
        return (receivedAt, body.ToArray());
    }

    private static void WriteDue(MemoryStream body, PriorityQueue<byte[], (EventTime Due, int Number)> queue, EventTime now)
    {
        while (queue.TryPeek(out byte[]? due, out (EventTime Due, int) place) && place.Due <= now)
        {
            queue.Dequeue();
            body.Write(due);
        }
    }

    private void Write(MemoryStream body, ScriptedEvent scripted, EventTime receivedAt, double dice)
    {
        (TimeSpan skew, bool saysSent) = ClockOf(scripted.Line);

        // Requests open their views: a view that seems to be joined in its middle waits for the short reorder horizon alone.
        bool isFixed = scripted.Line.StartsWith("{\"kind\":\"title\"", StringComparison.Ordinal)
            || scripted.Line.StartsWith("{\"kind\":\"playback_request\"", StringComparison.Ordinal);
        bool mayMove = skew == TimeSpan.Zero && !isFixed;
        if (dice < 0.01)
        {
            // Lost in either stream: what is broken cannot be recovered.
            if (isDirty)
            {
                body.Write(Break(scripted.Line, (int)(dice * 400)));
            }

            return;
        }

        if (dice < 0.02 && mayMove)
        {
            // Lost in either stream: what is later than allowed changes nothing.
            if (isDirty)
            {
                TooLate++;
                EventTime due = scripted.Time + TimeSpan.FromMinutes(15 + (45 * ((dice - 0.01) * 100)));
                _tooLate.Enqueue(Line(scripted.Line), (due, TooLate));
            }

            return;
        }

        Clean++;
        if (!isDirty)
        {
            body.Write(Line(scripted.Line));
        }
        else if (dice < 0.04 && mayMove)
        {
            // By minutes only what belongs to no view: a view goes on without the event when the patience over the gap has ended.
            bool isBrief = dice < 0.035 || scripted.Line.Contains("\"view\":", StringComparison.Ordinal);
            Delay(scripted, isBrief ? TimeSpan.FromSeconds(1 + ((dice - 0.02) * 200)) : TimeSpan.FromMinutes(1 + ((dice - 0.035) * 1400)));
        }
        else
        {
            byte[] line = Line(skew == TimeSpan.Zero ? scripted.Line : Skewed(scripted, skew, saysSent, receivedAt));
            SkewedWithoutSent += skew != TimeSpan.Zero && !saysSent ? 1 : 0;
            body.Write(line);
            if (dice >= 0.95)
            {
                Duplicates++;
                _delayed.Enqueue(line, (scripted.Time + TimeSpan.FromSeconds((dice - 0.95) * 600), Clean));
            }
        }
    }

    private void Delay(ScriptedEvent scripted, TimeSpan by) => _delayed.Enqueue(Line(scripted.Line), (scripted.Time + by, Clean));

    private (TimeSpan Skew, bool SaysSent) ClockOf(string line)
    {
        const string Member = "\"device\":\"device-";
        int start = line.IndexOf(Member, StringComparison.Ordinal);
        if (start < 0)
        {
            return default;
        }

        start += Member.Length;
        int device = int.Parse(line.AsSpan(start, line.IndexOf('"', start) - start), CultureInfo.InvariantCulture);
        if (!_clocks.TryGetValue(device, out (TimeSpan Skew, bool SaysSent) clock))
        {
            var dice = new Random(device);
            if (dice.NextDouble() < 0.1)
            {
                clock = (TimeSpan.FromMilliseconds(dice.Next(-10_800_000, 10_800_001)), dice.NextDouble() < 0.5);
            }

            _clocks.Add(device, clock);
        }

        return clock;
    }

    private static string Skewed(ScriptedEvent scripted, TimeSpan skew, bool saysSent, EventTime receivedAt)
    {
        string sent = saysSent ? $",\"sent\":\"{receivedAt + skew - TimeSpan.FromMilliseconds(20)}\"" : "";
        return scripted.Line.Replace($"\"time\":\"{scripted.Time}\"", $"\"time\":\"{scripted.Time + skew}\"{sent}", StringComparison.Ordinal);
    }

    private byte[] Break(string line, int way)
    {
        Broken[way]++;
        byte[] broken = Line(way switch
        {
            0 => line[..(line.Length / 2)],
            1 => line.Replace("\"time\":\"", "\"time\":[],\"was\":\"", StringComparison.Ordinal),
            2 => line.Replace("\"kind\":\"", "\"kind\":\"no_", StringComparison.Ordinal),
            _ => line,
        });
        if (way == 3)
        {
            broken[^3] = 0xff;
        }

        return broken;
    }

    private static byte[] Line(string line) => Encoding.UTF8.GetBytes(line + "\n");
}
