using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Ml.Features.State;

/// <summary>When each view was last stalled, so that leaving for that reason is told from leaving for the title's.</summary>
/// <remarks>Writer side; bounded: the view longest not written makes room. Two words a view.</remarks>
internal sealed class StallMemory(int maxViews, TimeSpan shadow, bool isUsed) : IDisposable
{
    private const int Words = 2;
    private const int OpenSince = 0;
    private const int LastEnd = 1;

    private readonly long _shadowMicroseconds = (long)shadow.TotalMicroseconds;

    /// <summary>The rows, for saving.</summary>
    public StateTable Table { get; } = new(Words, maxViews);

    /// <summary>Takes the begin or end of a buffering.</summary>
    public void Take(in StreamEvent source)
    {
        if (!isUsed || source.View.IsNone || source.Kind is not (EventKind.BufferStart or EventKind.BufferEnd))
        {
            return;
        }

        bool begins = source.Kind == EventKind.BufferStart;
        if (begins && source.ReadPayload<BufferPayload>().Reason is BufferReason.Initial or BufferReason.Seek or BufferReason.Ad)
        {
            return;
        }

        if (!begins && !Table.TryFind(source.View.Value, out _))
        {
            return;
        }

        Span<long> row = Table.BeginWrite(source.View.Value, out int number);
        if (begins)
        {
            row[OpenSince] = source.Time.UnixMicroseconds;
        }
        else if (row[OpenSince] != 0)
        {
            row[OpenSince] = 0;
            row[LastEnd] = Math.Max(row[LastEnd], source.Time.UnixMicroseconds);
        }

        Table.EndWrite(number);
    }

    /// <summary>Whether a view was stalled at a time, or had just been.</summary>
    public bool IsShadowed(ViewId view, EventTime at)
    {
        if (!isUsed || view.IsNone || !Table.TryFind(view.Value, out int number))
        {
            return false;
        }

        Span<long> row = Table.RowAt(number);
        long time = at.UnixMicroseconds;
        return (row[OpenSince] != 0 && row[OpenSince] <= time)
            || (row[LastEnd] != 0 && time - row[LastEnd] <= _shadowMicroseconds && row[LastEnd] <= time);
    }

    /// <inheritdoc/>
    public void Dispose() => Table.Dispose();
}
