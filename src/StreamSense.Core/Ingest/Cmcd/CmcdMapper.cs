using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Turns one CMCD record into canonical events, given what is known of its session.</summary>
/// <remarks>
/// Records arrive here in the order in which they were sent. A record's <c>sta</c> is a level; where it differs from the session's it
/// becomes the events that lead there. Only waiting that begins while playing is a stall: before the first frame it is startup, after a
/// seek it belongs to the seek, in a pause its reason is unknown. One thread at a time.
/// </remarks>
internal sealed class CmcdMapper(Vocabulary vocabulary, Pseudonymizer pseudonymizer)
{
    private const int MaxBitrateKbps = 10_000_000;


    public void Map(ref CmcdRecord record, in StreamEvent template, ref CmcdSession session, CmcdBatch batch)
    {
        batch.Begin(template);
        ReadOnlySpan<byte> kind = record.ReadText(CmcdKey.E, RecordLimits.Dimension);
        long playhead = record.TryReadNumber(CmcdKey.Pt, long.MaxValue / 1000, out long milliseconds) ? milliseconds * 1000 : Absent.Time;

        // A response's record is stamped with the time of its request: what it says of the state is of another moment. A player that
        // nobody sees says nothing of what the viewer sees.
        bool isLevel = !kind.SequenceEqual("rr"u8) && !record.ReadTruth(CmcdKey.Nr);
        if (isLevel)
        {
            ReadOnlySpan<byte> state = record.ReadText(CmcdKey.Sta, 1);
            if (state.Length == 1 && state[0] != session.State && !session.IsEnded)
            {
                Move(ref record, state[0], playhead, ref session, batch);
            }
        }

        MapEvent(ref record, kind, playhead, ref session, batch);
        if (batch.Count == 0)
        {
            // The record brought nothing new: it is counted as what it is, a sign of life.
            AddHeartbeat(ref record, playhead, session, batch);
        }
    }

    /// <summary>A record that others, sent after it, have overtaken: it changes nothing any more, and is counted.</summary>
    public static void MapPast(ref CmcdRecord record, in StreamEvent template, CmcdBatch batch)
    {
        batch.Begin(template);
        if (record[CmcdKey.E].Raw.SequenceEqual("rr"u8))
        {
            CmcdResponses.Add(ref record, batch);
            return;
        }

        batch.Add(EventKind.Heartbeat).PayloadAs<HeartbeatPayload>() = new HeartbeatPayload
        {
            PlayheadMicroseconds = Absent.Time,
            IntervalMicroseconds = Absent.Time,
            BitrateKbps = Absent.Number,
            BufferMilliseconds = Absent.Number,
            DroppedFrames = Absent.Number,
            LiveLatencyMilliseconds = Absent.Number,
        };
    }

    private void Move(ref CmcdRecord record, byte state, long playhead, ref CmcdSession session, CmcdBatch batch)
    {
        switch (state)
        {
            case (byte)'s' or (byte)'d':
                AddRequest(ref record, isPreload: state == (byte)'d', playhead, ref session, batch);
                break;
            case (byte)'p':
                AddPlaying(ref record, playhead, ref session, batch);
                break;
            case (byte)'a':
                CloseSeek(playhead, ref session, batch);
                if (!session.IsPaused)
                {
                    session.IsPaused = true;
                    batch.AddPlayhead(EventKind.Pause, playhead);
                }

                break;
            case (byte)'k':
                if (!session.IsSeeking)
                {
                    session.IsSeeking = true;
                    batch.AddPlayhead(EventKind.SeekStart, playhead);
                }

                break;
            case (byte)'r' or (byte)'w':
                AddBuffering(ref session, batch);
                break;
            case (byte)'e' or (byte)'q' or (byte)'f':
                AddEnd(ref record, state, playhead, ref session, batch);
                break;
            default:
                return;
        }

        session.State = state;
    }

    private void AddRequest(ref CmcdRecord record, bool isPreload, long playhead, ref CmcdSession session, CmcdBatch batch)
    {
        if (session.IsRequested || session.IsStarted || (isPreload && session.IsPreloaded))
        {
            return;
        }

        session.IsPreloaded |= isPreload;
        session.IsRequested |= !isPreload;
        ReadOnlySpan<byte> streamType = record.ReadText(CmcdKey.St, RecordLimits.Dimension);
        batch.Add(EventKind.PlaybackRequest).PayloadAs<PlaybackRequestPayload>() = new PlaybackRequestPayload
        {
            Row = Absent.Number,
            Position = Absent.Number,
            PlayheadMicroseconds = playhead,
            Preload = isPreload,
            Live = streamType.StartsWith("l"u8),
        };
    }

    private static void AddPlaying(ref CmcdRecord record, long playhead, ref CmcdSession session, CmcdBatch batch)
    {
        if (session.Buffering != BufferReason.None)
        {
            batch.AddBuffer(EventKind.BufferEnd, session.Buffering);
            session.Buffering = BufferReason.None;
        }

        CloseSeek(playhead, ref session, batch);
        if (session.IsPaused)
        {
            session.IsPaused = false;
            batch.AddPlayhead(EventKind.Resume, playhead);
        }

        if (!session.IsStarted)
        {
            session.IsStarted = true;
            batch.Add(EventKind.PlaybackStart).PayloadAs<PlaybackStartPayload>() = new PlaybackStartPayload
            {
                PlayheadMicroseconds = playhead,
                StartupMicroseconds = record.TryReadNumber(CmcdKey.Msd, int.MaxValue, out long startup) ? startup * 1000 : Absent.Time,
            };
        }
    }

    private static void AddBuffering(ref CmcdSession session, CmcdBatch batch)
    {
        if (session.Buffering != BufferReason.None)
        {
            return;
        }

        session.Buffering = !session.IsStarted ? BufferReason.Initial
            : session.IsSeeking ? BufferReason.Seek
            : session.IsPaused ? BufferReason.Unknown
            : BufferReason.Connection;
        batch.AddBuffer(EventKind.BufferStart, session.Buffering);
    }

    private static void AddEnd(ref CmcdRecord record, byte state, long playhead, ref CmcdSession session, CmcdBatch batch)
    {
        if (session.Buffering != BufferReason.None)
        {
            batch.AddBuffer(EventKind.BufferEnd, session.Buffering);
            session.Buffering = BufferReason.None;
        }

        CloseSeek(playhead, ref session, batch);
        session.IsEnded = true;
        bool isError = state == (byte)'f';
        bool isErrorReport = record[CmcdKey.E].Raw.SequenceEqual("e"u8);

        // The codes, where there are any, say more than the end; an error's own record brings them itself.
        if (isError && record.Has(CmcdKey.Ec) && !isErrorReport)
        {
            batch.AddError(ErrorSeverity.Fatal, CodeOf(ref record));
        }
        else if (!isError || !isErrorReport)
        {
            batch.AddEnd(isError ? EndReason.Error : state == (byte)'e' ? EndReason.Completed : EndReason.Quit, playhead);
        }
    }

    private static void CloseSeek(long playhead, ref CmcdSession session, CmcdBatch batch)
    {
        if (session.IsSeeking)
        {
            session.IsSeeking = false;
            batch.AddPlayhead(EventKind.SeekEnd, playhead);
        }
    }

    private void MapEvent(ref CmcdRecord record, ReadOnlySpan<byte> kind, long playhead, ref CmcdSession session, CmcdBatch batch)
    {
        if (kind.SequenceEqual("ps"u8))
        {
            return;
        }

        if (kind.SequenceEqual("t"u8))
        {
            AddHeartbeat(ref record, playhead, session, batch);
        }
        else if (kind.SequenceEqual("bc"u8))
        {
            AddBitrates(ref record, batch);
        }
        else if (kind.SequenceEqual("pr"u8))
        {
            int rate = record.TryReadNumber(CmcdKey.Pr, int.MaxValue, out long millionths, power: 6) ? (int)millionths : 1_000_000;
            batch.Add(EventKind.RateChange).PayloadAs<RatePayload>().RateMillionths = rate;
        }
        else if (kind.SequenceEqual("e"u8))
        {
            bool isFatal = record.ReadText(CmcdKey.Sta, 1).SequenceEqual("f"u8);
            batch.AddError(isFatal ? ErrorSeverity.Fatal : ErrorSeverity.Warning, CodeOf(ref record));
        }
        else if (kind.SequenceEqual("b"u8))
        {
            batch.Add(EventKind.Visibility).PayloadAs<VisibilityPayload>().Background = record.ReadTruth(CmcdKey.Bg);
        }
        else if (kind.SequenceEqual("rr"u8))
        {
            CmcdResponses.Add(ref record, batch);
        }
        else if (kind.SequenceEqual("h"u8) || kind.SequenceEqual("cdn"u8))
        {
            ReadOnlySpan<byte> cdn = record.ReadText(CmcdKey.Cdn, RecordLimits.Dimension);
            cdn = cdn.IsEmpty ? record.ReadText(CmcdKey.H, RecordLimits.Dimension) : cdn;
            batch.Add(EventKind.CdnChange).Cdn = vocabulary.Cdns.Intern(cdn.IsEmpty ? "unknown"u8 : cdn);
        }
        else if (!TryAddAd(ref record, kind, batch))
        {
            AddCustom(ref record, kind, batch);
        }
    }

    private bool TryAddAd(ref CmcdRecord record, ReadOnlySpan<byte> kind, CmcdBatch batch)
    {
        EventKind ad = kind switch
        {
            [(byte)'a', (byte)'s'] => EventKind.AdStart,
            [(byte)'a', (byte)'e'] => EventKind.AdComplete,
            [(byte)'s', (byte)'k'] => EventKind.AdSkip,
            [(byte)'a', (byte)'b', (byte)'s'] => EventKind.AdBreakStart,
            [(byte)'a', (byte)'b', (byte)'e'] => EventKind.AdBreakEnd,
            _ => EventKind.None,
        };
        if (ad == EventKind.None)
        {
            return false;
        }

        // During an ad the content id is the ad's; a break has no id of its own.
        bool isBreak = ad is EventKind.AdBreakStart or EventKind.AdBreakEnd;
        ReadOnlySpan<byte> id = isBreak ? default : record.ReadText(CmcdKey.Cid, RecordLimits.Id);
        ulong hash = pseudonymizer.Other(id.IsEmpty ? "unknown"u8 : id);
        batch.Add(ad).PayloadAs<AdPayload>() = new AdPayload
        {
            Ad = isBreak ? 0 : hash,
            Break = isBreak ? hash : 0,
            DurationMilliseconds = Absent.Number,
            Percent = float.NaN,
        };
        return true;
    }

    private static void AddCustom(ref CmcdRecord record, ReadOnlySpan<byte> kind, CmcdBatch batch)
    {
        ReadOnlySpan<byte> name = kind.SequenceEqual("ce"u8) ? record.ReadText(CmcdKey.Cen, RecordLimits.Dimension) : default;
        batch.Add(EventKind.Custom);
        batch.Annex.Name(JsonField.Name);
        batch.Annex.Text(name.IsEmpty ? kind : name);
        batch.OwnAnnex();
    }

    private static void AddHeartbeat(ref CmcdRecord record, long playhead, in CmcdSession session, CmcdBatch batch)
    {
        CmcdKey bitrate = record.Has(CmcdKey.Pb) ? CmcdKey.Pb : record.Has(CmcdKey.Br) ? CmcdKey.Br : CmcdKey.Ab;
        batch.Add(EventKind.Heartbeat).PayloadAs<HeartbeatPayload>() = new HeartbeatPayload
        {
            PlayheadMicroseconds = playhead,
            IntervalMicroseconds = Absent.Time,
            BitrateKbps = CmcdBitrates.TotalOf(record[bitrate], MaxBitrateKbps),
            BufferMilliseconds = CmcdBitrates.LeastOf(record[CmcdKey.Bl], int.MaxValue),
            DroppedFrames = record.TryReadNumber(CmcdKey.Dfa, int.MaxValue, out long dropped) ? (int)dropped : Absent.Number,
            LiveLatencyMilliseconds = record.TryReadNumber(CmcdKey.Ltc, int.MaxValue, out long latency) ? (int)latency : Absent.Number,
            State = record.ReadTruth(CmcdKey.Nr) ? PlayerState.Unknown : StateOf(session),
        };
    }

    private static PlayerState StateOf(in CmcdSession session) => session switch
    {
        { IsEnded: true } => PlayerState.Unknown,
        { IsPaused: true } => PlayerState.Paused,
        { IsStarted: false, IsRequested: false } => PlayerState.Unknown,
        { IsStarted: false } => PlayerState.Starting,
        { IsSeeking: true } => PlayerState.Seeking,
        { Buffering: BufferReason.Connection } => PlayerState.Rebuffering,
        { Buffering: not BufferReason.None } => PlayerState.Seeking,
        _ => PlayerState.Playing,
    };

    private static void AddBitrates(ref CmcdRecord record, CmcdBatch batch)
    {
        CmcdValue bitrates = record[CmcdKey.Br];
        var reader = new CmcdReader(bitrates.Type == CmcdType.List ? bitrates.Raw : default);
        bool isAudio = record.ReadText(CmcdKey.Ot, RecordLimits.Dimension).SequenceEqual("a"u8);
        for (int i = 0; i < 3 && reader.TryReadElement(out CmcdValue element); i++)
        {
            long number = CmcdRecord.NumberOf(element, 0, MaxBitrateKbps);
            if (number >= 0)
            {
                ReadOnlySpan<byte> media = element.FirstParameter;
                batch.AddBitrate(
                    (int)number,
                    media.SequenceEqual("v"u8) ? MediaType.Video
                    : media.SequenceEqual("a"u8) || (media.IsEmpty && isAudio) ? MediaType.Audio
                    : MediaType.AudioVideo);
            }
        }

        if (bitrates.Type == CmcdType.Number && CmcdRecord.NumberOf(bitrates, 0, MaxBitrateKbps) is >= 0 and long alone)
        {
            batch.AddBitrate((int)alone, isAudio ? MediaType.Audio : MediaType.AudioVideo);
        }
    }

    /// <summary>The first error code: of a list, or bare, as some players send it.</summary>
    private static ReadOnlySpan<byte> CodeOf(ref CmcdRecord record)
    {
        CmcdValue codes = record[CmcdKey.Ec];
        if (codes.Type != CmcdType.List)
        {
            return record.ReadText(CmcdKey.Ec, RecordLimits.Id);
        }

        var reader = new CmcdReader(codes.Raw);
        return reader.TryReadElement(out CmcdValue code) && code.Raw.Length <= RecordLimits.Id ? record.Unescape(code) : default;
    }
}
