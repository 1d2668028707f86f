using System.Buffers;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics;

/// <summary>Events and sessions for the recorders of single sections, and their reports as text.</summary>
internal static class Sections
{
    internal const long Second = 1_000_000;
    internal const long Minute = 60 * Second;
    internal const long Hour = 60 * Minute;
    internal const long Day = 24 * Hour;

    internal static readonly EventTime Start = EventTime.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    internal static EventTime At(long microseconds) => new(Start.UnixMicroseconds + microseconds);

    internal static StreamEvent Event(EventKind kind, long time, int id, int viewer = 0, int device = 0, int title = 0) => new()
    {
        Kind = kind,
        Time = At(time),
        Id = new EventId((ulong)id),
        Viewer = new ViewerId((ulong)viewer),
        Device = new DeviceId((ulong)device),
        Title = new TitleId((ulong)title),
    };

    internal static PlaybackSession Play(int view, long firstFrame, long length, int viewer = 0, int title = 0, int device = 0) => new()
    {
        View = new ViewId((ulong)view),
        Viewer = new ViewerId((ulong)viewer),
        Device = new DeviceId((ulong)device),
        Title = new TitleId((ulong)title),
        Attempted = At(firstFrame),
        FirstFrame = At(firstFrame),
        Ended = At(firstFrame + length),
        Outcome = ViewOutcome.Played,
        DurationMicroseconds = Absent.Time,
        Version = 1,
    };

    internal static string TextOf(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The least that a piece of work allocates on this thread, over several rounds: a collection disturbs a single one.</summary>
    internal static long LeastAllocated(Action work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>
    /// Whether inputs give one text in one recorder, in a recorder that gets them shuffled, and in three recorders merged in any grouping.
    /// </summary>
    internal static bool IsOneWhateverTheOrder<TInput, TPartial>(
        int seed,
        IReadOnlyList<TInput> inputs,
        Func<IEnumerable<TInput>, TPartial> record,
        Func<TPartial, TPartial, TPartial> merge,
        TPartial empty,
        Func<TPartial, string> textOf)
    {
        string one = textOf(record(inputs));
        TInput[] shuffled = [.. inputs];
        new Random(seed).Shuffle(shuffled);
        TPartial[] parts = [.. Enumerable.Range(0, 3).Select(shard => record(shuffled.Where((_, i) => i % 3 == shard)))];
        Assert.Equal(one, textOf(record(shuffled)));
        Assert.Equal(one, textOf(merge(merge(parts[0], parts[1]), parts[2])));
        Assert.Equal(one, textOf(merge(parts[2], merge(parts[1], parts[0]))));
        Assert.Equal(one, textOf(merge(empty, merge(merge(parts[1], empty), merge(parts[2], parts[0])))));
        return true;
    }
}
