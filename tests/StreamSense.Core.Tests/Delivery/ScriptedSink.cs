using StreamSense.Core.Delivery;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Delivery;

/// <summary>A sink that does with each call what a test says, and keeps what it has applied.</summary>
internal sealed class ScriptedSink(Func<int, CancellationToken, ValueTask>? script = null) : IBatchSink
{
    public string Name => "scripted";

    public List<ulong> Applied { get; } = [];

    public List<string> Annexes { get; } = [];

    public List<(int Shard, long First, int Count)> Batches { get; } = [];

    /// <summary>The ids of every attempt, failed ones included.</summary>
    public List<ulong[]> Attempts { get; } = [];

    public int Flushes { get; private set; }

    public int Disposals { get; private set; }

    public int Concurrent { get; private set; }

    public Func<CancellationToken, ValueTask>? OnFlush { get; init; }

    public async ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        Assert.Equal(1, ++Concurrent);
        try
        {
            Attempts.Add(Ids(batch));
            if (script is not null)
            {
                await script(Attempts.Count, cancellationToken);
            }

            Keep(batch);
        }
        finally
        {
            Concurrent--;
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return OnFlush?.Invoke(cancellationToken) ?? ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }

    private static ulong[] Ids(DeliveryBatch batch)
    {
        var ids = new ulong[batch.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = batch.Events[i].Id.Value;
        }

        return ids;
    }

    private void Keep(DeliveryBatch batch)
    {
        Batches.Add((batch.Shard, batch.FirstSequence, batch.Count));
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            Applied.Add(streamEvent.Id.Value);
            Annexes.Add(System.Text.Encoding.UTF8.GetString(batch.AnnexOf(in streamEvent)));
        }
    }
}
