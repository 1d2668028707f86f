using StreamSense.Core.Events;

namespace StreamSense.Core.Buffering;

/// <summary>Takes decoded events from the door: a writer of a live pipeline, or the loader of a closed file.</summary>
/// <remarks>One thread at a time.</remarks>
public interface IEventReceiver
{
    /// <summary>Hands over one event.</summary>
    /// <param name="streamEvent">The event; its <see cref="StreamEvent.Annex"/> is set by the receiver.</param>
    /// <param name="annex">Its annex bytes, or empty; copied.</param>
    /// <returns>What became of it.</returns>
    WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex);
}
