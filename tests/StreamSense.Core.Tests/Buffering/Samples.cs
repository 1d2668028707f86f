using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Tests.Buffering;

/// <summary>Events with recognisable content.</summary>
internal static class Samples
{
    public static StreamEvent Event(long number, EventKind kind = EventKind.Pause)
    {
        StreamEvent result = default;
        result.Id = new EventId((ulong)number);
        result.Time = new EventTime(number * 1000);
        result.View = new ViewId((ulong)(number % 7) + 1);
        result.Kind = kind;
        return result;
    }

    public static StreamEvent Request(ulong view, ulong device, bool preload = false)
    {
        StreamEvent result = default;
        result.Kind = EventKind.PlaybackRequest;
        result.View = new ViewId(view);
        result.Device = new DeviceId(device);
        result.PayloadAs<PlaybackRequestPayload>().Preload = preload;
        return result;
    }

    /// <summary>Fills every byte of an event but the annex handle from a number, so that a torn copy cannot go unnoticed.</summary>
    public static void Fill(ref StreamEvent streamEvent, ulong number)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(
            MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref streamEvent, 1)));
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = number + ((ulong)i * 0x9E3779B97F4A7C15UL);
        }

        streamEvent.Annex = AnnexHandle.None;
    }

    /// <summary>Whether an event holds exactly what <see cref="Fill"/> wrote.</summary>
    public static bool IsFilled(in StreamEvent streamEvent, ulong number)
    {
        StreamEvent expected;
        Unsafe.SkipInit(out expected);
        Fill(ref expected, number);
        StreamEvent seen = streamEvent;
        seen.Annex = AnnexHandle.None;
        return MemoryMarshal.AsBytes(new ReadOnlySpan<StreamEvent>(in expected))
            .SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<StreamEvent>(in seen)));
    }

    /// <summary>An annex whose length and bytes follow from a number.</summary>
    public static ReadOnlySpan<byte> Annex(long number, Span<byte> buffer)
    {
        int length = (int)((ulong)number * 2654435761UL % (ulong)(buffer.Length + 1));
        Span<byte> annex = buffer[..length];
        annex.Fill((byte)number);
        return annex;
    }
}
