using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Throughput.Buffering;

/// <summary>Carries events from writing threads to the calling thread, which reads them.</summary>
public abstract class Transfer(int writers)
{
    /// <summary>How many events each contender holds at most: as many as a lane does by default.</summary>
    protected const int Capacity = 16_384;

    private static readonly StreamEvent Template =
        new() { Kind = EventKind.Heartbeat, Flags = EventFlags.HasSequence, View = new ViewId(7) };

    /// <summary>How many threads write.</summary>
    protected int Writers { get; } = writers;

    /// <summary>The checksum of a number of events, shared out to any number of writers.</summary>
    public static long ChecksumOf(long events) => events * 3;

    /// <summary>Carries events.</summary>
    /// <param name="events">How many in all; a multiple of writers and batch.</param>
    /// <returns>The checksum of what was read.</returns>
    public long Run(long events)
    {
        using var start = new Barrier(Writers + 1);
        var threads = new Thread[Writers];
        for (int i = 0; i < Writers; i++)
        {
            int writer = i;
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                Write(writer, events / Writers);
            });
            threads[i].Start();
        }

        start.SignalAndWait();
        long checksum = Read(events);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return checksum;
    }

    /// <summary>Writes events, on a thread of the writer's own.</summary>
    protected abstract void Write(int writer, long events);

    /// <summary>Reads events until all have come.</summary>
    protected abstract long Read(long events);

    /// <summary>Writes an event whole: every byte, with fields of both cache lines of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Fill(ref StreamEvent streamEvent, long number)
    {
        streamEvent = Template;
        streamEvent.Time = new EventTime(number);
        streamEvent.Id = new EventId(1);
        streamEvent.Sequence = 2;
    }

    /// <summary>Reads a field of each cache line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static long Look(in StreamEvent streamEvent) => (long)streamEvent.Id.Value + streamEvent.Sequence;
}
