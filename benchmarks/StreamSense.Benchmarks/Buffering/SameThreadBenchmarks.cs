using System.Collections.Concurrent;
using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Benchmarks.Buffering;

/// <summary>The bare cost of putting events in and taking them out on one thread, without any traffic between cores.</summary>
[MemoryDiagnoser]
public class SameThreadBenchmarks
{
    private const int Events = 1024;

    private readonly EventLane _lane = new(new LaneOptions { SlotCount = Events });
    private readonly EventRing _ring = new(new RingOptions { SlotCount = Events });
    private readonly ConcurrentQueue<StreamEvent> _queue = new();
    private readonly Channel<StreamEvent> _channel =
        Channel.CreateBounded<StreamEvent>(new BoundedChannelOptions(Events) { SingleReader = true, SingleWriter = true });

    private RingCursor _cursor = null!;
    private StreamEvent _event;

    /// <summary>Adds the ring's reader.</summary>
    [GlobalSetup]
    public void AddCursor() => _cursor = _ring.AddCursor();

    /// <summary>A lane, event by event.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long Lane()
    {
        for (int i = 0; i < Events; i++)
        {
            _event.Time = new EventTime(i);
            _lane.TryWrite(in _event);
        }

        return Drain(_lane);
    }

    /// <summary>A lane, filled in place in batches of 64.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long LaneBatch64()
    {
        for (int i = 0; i < Events;)
        {
            Span<StreamEvent> slots = _lane.Claim(64);
            foreach (ref StreamEvent slot in slots)
            {
                slot = _event;
                slot.Time = new EventTime(i++);
            }

            _lane.Publish(slots.Length);
        }

        return Drain(_lane);
    }

    /// <summary>The sequenced ring with one cursor.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long Ring()
    {
        for (int i = 0; i < Events; i++)
        {
            _event.Time = new EventTime(i);
            _ring.TryPublish(in _event);
        }

        long sum = 0;
        for (EventBatch batch = _cursor.Peek(Events); !batch.Events.IsEmpty; batch = _cursor.Peek(Events))
        {
            foreach (ref readonly StreamEvent streamEvent in batch.Events)
            {
                sum += streamEvent.Time.UnixMicroseconds;
            }

            _cursor.Advance(batch.Events.Length);
        }

        return sum;
    }

    /// <summary>A concurrent queue.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long Queue()
    {
        for (int i = 0; i < Events; i++)
        {
            _event.Time = new EventTime(i);
            _queue.Enqueue(_event);
        }

        long sum = 0;
        while (_queue.TryDequeue(out StreamEvent streamEvent))
        {
            sum += streamEvent.Time.UnixMicroseconds;
        }

        return sum;
    }

    /// <summary>A bounded channel: what a user would take instead.</summary>
    [Benchmark(OperationsPerInvoke = Events, Baseline = true)]
    public long BoundedChannel()
    {
        for (int i = 0; i < Events; i++)
        {
            _event.Time = new EventTime(i);
            _channel.Writer.TryWrite(_event);
        }

        long sum = 0;
        while (_channel.Reader.TryRead(out StreamEvent streamEvent))
        {
            sum += streamEvent.Time.UnixMicroseconds;
        }

        return sum;
    }

    private static long Drain(EventLane lane)
    {
        long sum = 0;
        for (EventBatch batch = lane.Peek(Events); !batch.Events.IsEmpty; batch = lane.Peek(Events))
        {
            foreach (ref readonly StreamEvent streamEvent in batch.Events)
            {
                sum += streamEvent.Time.UnixMicroseconds;
            }

            lane.Advance(batch.Events.Length);
        }

        return sum;
    }
}
