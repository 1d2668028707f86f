using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest;

/// <summary>The events that one record becomes; all but the first are marked as derived.</summary>
internal interface IRecordEvents
{
    int Count { get; }

    ref readonly StreamEvent this[int index] { get; }

    ReadOnlySpan<byte> AnnexAt(int index);
}
