using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A request for playback.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct PlaybackRequestPayload : IEventPayload
{
    /// <summary>The ranking request it belongs to.</summary>
    public RequestId Request;

    /// <summary>Where it was shown, a symbol of <see cref="Vocabulary.Surfaces"/>.</summary>
    public Symbol Surface;

    /// <summary>The row, or <see cref="Absent.Number"/>.</summary>
    public int Row;

    /// <summary>The position in the row, or <see cref="Absent.Number"/>.</summary>
    public int Position;

    /// <summary>Where playback shall begin, or <see cref="Absent.Time"/>.</summary>
    public long PlayheadMicroseconds;

    /// <summary>Nobody asked: the app did.</summary>
    public bool Autoplay;

    /// <summary>The player loads ahead; no attempt yet.</summary>
    public bool Preload;

    /// <summary>A live stream.</summary>
    public bool Live;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.PlaybackRequest;
}
