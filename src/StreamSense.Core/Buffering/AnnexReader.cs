using StreamSense.Core.Events;

namespace StreamSense.Core.Buffering;

/// <summary>Reads the annex of the events of one buffer.</summary>
/// <remarks>A span is valid until the slot of its event is released; copy what must live longer.</remarks>
public abstract class AnnexReader
{
    /// <summary>The annex bytes of a handle; empty for <see cref="AnnexHandle.None"/>.</summary>
    /// <param name="handle">The handle of an event of this buffer whose slot is not yet released.</param>
    public abstract ReadOnlySpan<byte> Read(AnnexHandle handle);
}
