using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Events;

/// <summary>What happened: one event, as an unmanaged struct of 128 bytes (two cache lines).</summary>
/// <remarks>
/// Ids are 64-bit hashes, made at the door. Text, arrays and custom fields lie in the annex of the buffer that holds the event.
/// A value type without synchronisation: copy it to keep it.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = SizeInBytes)]
public struct StreamEvent
{
    /// <summary>The size of an event in bytes.</summary>
    public const int SizeInBytes = 128;

    /// <summary>Tells duplicates: of events with one id the first wins.</summary>
    [FieldOffset(0)]
    public EventId Id;

    /// <summary>When it happened, corrected by what is known of the sender's clock.</summary>
    [FieldOffset(8)]
    public EventTime Time;

    /// <summary>The title, where the event has one.</summary>
    [FieldOffset(16)]
    public TitleId Title;

    /// <summary>The viewer's pseudonym.</summary>
    [FieldOffset(24)]
    public ViewerId Viewer;

    /// <summary>The household's pseudonym.</summary>
    [FieldOffset(32)]
    public HouseholdId Household;

    /// <summary>The device's pseudonym.</summary>
    [FieldOffset(40)]
    public DeviceId Device;

    /// <summary>The playback session.</summary>
    [FieldOffset(48)]
    public ViewId View;

    /// <summary>The visit of the app.</summary>
    [FieldOffset(56)]
    public VisitId Visit;

    /// <summary>Received minus corrected time, in milliseconds, saturating at the range of an <see cref="int"/> (24 days).</summary>
    [FieldOffset(64)]
    public int ReceivedAfterMilliseconds;

    /// <summary>Corrected minus the sender's time, in milliseconds, saturating at the range of an <see cref="int"/> (24 days).</summary>
    [FieldOffset(68)]
    public int CorrectionMilliseconds;

    /// <summary>Order within (source, view); given only with <see cref="EventFlags.HasSequence"/>.</summary>
    [FieldOffset(72)]
    public uint Sequence;

    /// <summary>The dimensions that change seldom, the source among them.</summary>
    [FieldOffset(76)]
    public ContextId Context;

    /// <summary>The CDN, a symbol of <see cref="Vocabulary.Cdns"/>.</summary>
    [FieldOffset(80)]
    public Symbol Cdn;

    /// <summary>What happened.</summary>
    [FieldOffset(82)]
    public EventKind Kind;

    /// <summary>What of the envelope is given, and how the event travels.</summary>
    [FieldOffset(83)]
    public EventFlags Flags;

    /// <summary>Where the event's text lies.</summary>
    [FieldOffset(84)]
    public AnnexHandle Annex;

    /// <summary>What the kind adds; see <see cref="PayloadAs{T}"/>.</summary>
    [FieldOffset(88)]
    public EventPayload Payload;

    /// <summary>The payload as the type that belongs to the event's kind.</summary>
    /// <typeparam name="T">The payload type; the caller has looked at <see cref="Kind"/>.</typeparam>
    /// <returns>A reference into this event.</returns>
    [UnscopedRef]
    public ref T PayloadAs<T>()
        where T : unmanaged, IEventPayload => ref Unsafe.As<EventPayload, T>(ref Payload);

    /// <summary>The payload as the type that belongs to the event's kind, for reading.</summary>
    /// <typeparam name="T">The payload type; the caller has looked at <see cref="Kind"/>.</typeparam>
    /// <returns>A reference into this event.</returns>
    [UnscopedRef]
    public readonly ref readonly T ReadPayload<T>()
        where T : unmanaged, IEventPayload => ref Unsafe.As<EventPayload, T>(ref Unsafe.AsRef(in Payload));
}
