using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Throughput.Cubes;

/// <summary>What a user would write instead: a dictionary of sums for each window and value, and a lock for who asks.</summary>
/// <remarks>It keeps less: no moments, no quantiles, no bound on values, no corrections.</remarks>
public sealed class DictionaryCube
{
    private static readonly long[] Lengths = [10_000_000, 60_000_000, 3_600_000_000, 86_400_000_000];
    private static readonly long[] Kept = [360, 1_440, 720, 400];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, Dictionary<(int Dimension, ulong Value), Sums>>[] _windows = [[], [], [], []];

    /// <summary>All attempts so far.</summary>
    public long Attempts { get; private set; }

    /// <summary>Adds a session.</summary>
    public void Add(in PlaybackSession session)
    {
        lock (_lock)
        {
            Attempts++;
            for (int level = 0; level < Lengths.Length; level++)
            {
                AddTo(level, session.Attempted, session, static (sums, _) => sums.Attempts++);
                AddTo(level, session.FirstFrame, session, static (sums, _) => sums.Plays++);
                AddTo(level, session.Ended, session, static (sums, ended) => sums.Add(ended));
            }
        }
    }

    /// <summary>The titles with most attempts in the last hour of minutes.</summary>
    public int TopTitles(int count)
    {
        lock (_lock)
        {
            return _windows[1].TakeLast(60)
                .SelectMany(window => window.Value)
                .Where(cell => cell.Key.Dimension == 1)
                .GroupBy(cell => cell.Key.Value)
                .Select(group => (group.Key, Attempts: group.Sum(cell => cell.Value.Attempts), Watch: group.Sum(cell => cell.Value.Watch)))
                .OrderByDescending(title => title.Attempts)
                .Take(count)
                .Count();
        }
    }

    private void AddTo(int level, EventTime time, in PlaybackSession session, Action<Sums, PlaybackSession> add)
    {
        long window = time.UnixMicroseconds / Lengths[level];
        if (!_windows[level].TryGetValue(window, out Dictionary<(int Dimension, ulong Value), Sums>? cells))
        {
            cells = [];
            _windows[level].Add(window, cells);
            if (_windows[level].Count > Kept[level])
            {
                _windows[level].Remove(_windows[level].First().Key);
            }
        }

        add(Of(cells, 0, 0), session);
        add(Of(cells, 1, session.Title.Value), session);
        add(Of(cells, 2, session.Country.Value), session);
        add(Of(cells, 3, session.Cdn.Value), session);
        add(Of(cells, 4, session.DeviceKind.Value), session);
    }

    private static Sums Of(Dictionary<(int Dimension, ulong Value), Sums> cells, int dimension, ulong value)
    {
        if (!cells.TryGetValue((dimension, value), out Sums? sums))
        {
            sums = new Sums();
            cells.Add((dimension, value), sums);
        }

        return sums;
    }

    private sealed class Sums
    {
        public long Attempts { get; set; }

        public long Plays { get; set; }

        public long Stalls { get; private set; }

        public long Watch { get; private set; }

        public long Play { get; private set; }

        public long Stall { get; private set; }

        public double Bitrate { get; private set; }

        public void Add(in PlaybackSession session)
        {
            Stalls += session.Stalls;
            Watch += session.Times.Watch;
            Play += session.Times.Playing;
            Stall += session.Times.Rebuffering;
            Bitrate += (double)session.Times.BitrateTime;
        }
    }
}
