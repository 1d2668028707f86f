using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>Writes what an event says that matters to the state of its view.</summary>
internal static class EventDetails
{
    public static void Write(Utf8JsonWriter writer, in StreamEvent e)
    {
        writer.WriteStartObject();
        Milliseconds(writer, "playheadMs"u8, PlayheadOf.Event(e));
        switch (e.Kind)
        {
            case EventKind.PlaybackRequest:
                ref readonly PlaybackRequestPayload request = ref e.ReadPayload<PlaybackRequestPayload>();
                Flag(writer, "preload"u8, request.Preload);
                Flag(writer, "autoplay"u8, request.Autoplay);
                Flag(writer, "live"u8, request.Live);
                break;
            case EventKind.PlaybackStart:
                Milliseconds(writer, "startupMs"u8, e.ReadPayload<PlaybackStartPayload>().StartupMicroseconds);
                break;
            case EventKind.BufferStart or EventKind.BufferEnd:
                ref readonly BufferPayload buffer = ref e.ReadPayload<BufferPayload>();
                Name(writer, "reason"u8, buffer.Reason);
                Milliseconds(writer, "durationMs"u8, buffer.DurationMicroseconds);
                break;
            case EventKind.BitrateChange:
                ref readonly BitratePayload bitrate = ref e.ReadPayload<BitratePayload>();
                Number(writer, "bitrateKbps"u8, bitrate.BitrateKbps);
                writer.WriteString("mediaType"u8, TextOf(bitrate.MediaType));
                break;
            case EventKind.RateChange:
                writer.WriteNumber("rate"u8, e.ReadPayload<RatePayload>().RateMillionths / 1e6);
                break;
            case EventKind.Heartbeat:
                WriteHeartbeat(writer, e.ReadPayload<HeartbeatPayload>());
                break;
            case EventKind.Visibility:
                writer.WriteBoolean("background"u8, e.ReadPayload<VisibilityPayload>().Background);
                break;
            case EventKind.Error:
                ref readonly ErrorPayload error = ref e.ReadPayload<ErrorPayload>();
                Name(writer, "severity"u8, error.Severity);
                Name(writer, "category"u8, error.Category);
                break;
            case EventKind.PlaybackEnd:
                Name(writer, "reason"u8, e.ReadPayload<PlaybackEndPayload>().Reason);
                break;
            case EventKind.AdBreakStart or EventKind.AdStart:
                Name(writer, "placement"u8, e.ReadPayload<AdPayload>().Placement);
                break;
            default:
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>A value of an enumeration as the schema writes names.</summary>
    public static string TextOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static void Milliseconds(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long microseconds)
    {
        if (microseconds != Absent.Time)
        {
            writer.WriteNumber(name, microseconds / 1e3);
        }
    }

    private static void WriteHeartbeat(Utf8JsonWriter writer, in HeartbeatPayload heartbeat)
    {
        Name(writer, "state"u8, heartbeat.State);
        Milliseconds(writer, "intervalMs"u8, heartbeat.IntervalMicroseconds);
        Number(writer, "bitrateKbps"u8, heartbeat.BitrateKbps);
    }

    private static void Name<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T value)
        where T : struct, Enum
    {
        if (!value.Equals(default(T)))
        {
            writer.WriteString(name, TextOf(value));
        }
    }

    private static void Number(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int number)
    {
        if (number != Absent.Number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void Flag(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, value);
        }
    }
}
