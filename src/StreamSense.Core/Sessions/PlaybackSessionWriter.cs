using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;

namespace StreamSense.Core.Sessions;

/// <summary>Writes the record of a session as JSON.</summary>
/// <remarks>Thread-safe. Durations are in milliseconds, to the microsecond; what is not known is null. Ids are pseudonyms.</remarks>
public static class PlaybackSessionWriter
{
    /// <summary>Writes <c>{"view":…,"title":…,"outcome":…}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="session">The session.</param>
    /// <param name="vocabulary">The name tables of its events.</param>
    public static void Write(Utf8JsonWriter writer, in PlaybackSession session, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        writer.WriteStartObject();
        writer.WriteString("view"u8, session.View.ToString());
        writer.WriteNumber("version"u8, session.Version);
        writer.WriteString("title"u8, vocabulary.Titles.NameOf(session.Title));
        ref readonly EventContext context = ref vocabulary.Contexts[session.Context];
        writer.WriteString("source"u8, vocabulary.Sources.NameOf(context.Source));
        writer.WriteString("app"u8, vocabulary.Apps.NameOf(context.App));
        writer.WriteString("cdn"u8, vocabulary.Cdns.NameOf(session.Cdn));
        writer.WriteString("country"u8, vocabulary.Countries.NameOf(session.Country));
        writer.WriteString("deviceKind"u8, vocabulary.DeviceKinds.NameOf(session.DeviceKind));
        WriteOutcome(writer, session);
        WriteTimes(writer, session.Times);
        Milliseconds(writer, "startupMs"u8, session.StartupMicroseconds);
        Milliseconds(writer, "contentStartupMs"u8, session.ContentStartupMicroseconds);
        Milliseconds(writer, "watchedContentMs"u8, session.WatchedContentMicroseconds);
        Milliseconds(writer, "durationMs"u8, session.DurationMicroseconds);
        Milliseconds(writer, "playheadMs"u8, session.PlayheadMicroseconds);
        writer.WriteNumber("stalls"u8, session.Stalls);
        writer.WriteNumber("bitrateSwitches"u8, session.BitrateSwitches);
        writer.WriteNumber("seeks"u8, session.Seeks);
        writer.WriteNumber("pauses"u8, session.Pauses);
        writer.WriteNumber("adBreaks"u8, session.AdBreaks);
        writer.WriteNumber("ads"u8, session.Ads);
        writer.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter writer, in PlaybackSession session)
    {
        writer.WriteString("attempted"u8, session.Attempted.ToString());
        writer.WritePropertyName("firstFrame"u8);
        if (session.IsPlay)
        {
            writer.WriteStringValue(session.FirstFrame.ToString());
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteString("ended"u8, session.Ended.ToString());
        writer.WriteString("outcome"u8, EventDetails.TextOf(session.Outcome));
        writer.WriteString("reason"u8, session.Reason == EndReason.None ? null : EventDetails.TextOf(session.Reason));
        writer.WriteBoolean("bySilence"u8, session.BySilence);
        writer.WriteBoolean("autoplay"u8, session.Autoplay);
        writer.WriteBoolean("live"u8, session.Live);
        writer.WriteBoolean("joinedInBackground"u8, session.JoinedInBackground);
    }

    private static void WriteTimes(Utf8JsonWriter writer, in ViewTimes times)
    {
        writer.WriteStartObject("times"u8);
        Milliseconds(writer, "startingMs"u8, times.Starting);
        Milliseconds(writer, "playingMs"u8, times.Playing);
        Milliseconds(writer, "backgroundPlayingMs"u8, times.BackgroundPlaying);
        Milliseconds(writer, "rebufferingMs"u8, times.Rebuffering);
        Milliseconds(writer, "seekingMs"u8, times.Seeking);
        Milliseconds(writer, "pausedMs"u8, times.Paused);
        Milliseconds(writer, "adMs"u8, times.Ad);
        Milliseconds(writer, "adBufferingMs"u8, times.AdBuffering);
        Milliseconds(writer, "prerollAdMs"u8, times.PrerollAd);
        Milliseconds(writer, "postrollAdMs"u8, times.PostrollAd);
        Milliseconds(writer, "unknownMs"u8, times.Unknown);
        Milliseconds(writer, "watchMs"u8, times.Watch);
        writer.WriteEndObject();
    }

    private static void Milliseconds(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long microseconds)
    {
        if (microseconds == Absent.Time)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteNumber(name, microseconds / 1e3);
        }
    }
}
