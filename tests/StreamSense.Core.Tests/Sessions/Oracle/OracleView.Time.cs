namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Where the time between two events goes.</summary>
internal sealed partial class OracleView
{
    private void Elapse(long toUs, OracleRecord? record)
    {
        long elapsed = toUs - _lastUs;
        switch (State)
        {
            case "ad":
                Enter("adUs", elapsed, _lastUs, toUs);
                _adSinceRequestUs += _requestUs is not null && !_started ? elapsed : 0;
                break;
            case "starting" or "seeking":
                Enter("watchUs", elapsed, _lastUs, toUs);
                break;
            case "rebuffering":
                _buffering!.Stretches.Add(Stretch(_lastUs, toUs));
                break;
            case "playing":
                ElapsePlaying(toUs, record);
                break;
        }
    }

    private void ElapsePlaying(long toUs, OracleRecord? record)
    {
        // A buffer_end without its start and with a duration reaches back, at most to the previous event.
        long buffered = record is { Kind: "buffer_end" } ? Math.Min(record.Microseconds("durationMs") ?? 0, toUs - _lastUs) : 0;
        long playing = toUs - _lastUs - buffered;
        if (playing > GapUs)
        {
            playing = _lastPlayheadMs is { } from && record?.PlayheadMs is { } to
                ? (long)Math.Clamp(decimal.Truncate((to - from) * 1000m / _rate), 0m, GapUs)
                : GapUs;
        }

        EnterPlaying(Stretch(_lastUs, _lastUs + playing), _lastUs, playing);
        if (buffered > 0 && IsSeekingReason(record!))
        {
            Enter("watchUs", buffered, toUs - buffered, toUs);
        }
        else if (buffered > 0)
        {
            Settle([Stretch(toUs - buffered, toUs)], long.MaxValue, toUs);
        }
    }

    private OracleBuffering.Stretch Stretch(long fromUs, long toUs) => new(fromUs, toUs, _rate, Kbps, _background, GapUs, _dims);

    /// <summary>Closes the stall of the open buffering, if there is one.</summary>
    private void Settle(bool endIsMissing, long closedUs)
    {
        if (_buffering is { IsSeeking: false } buffering)
        {
            long end = endIsMissing && buffering.DurationUs is { } duration ? buffering.StartUs + duration : long.MaxValue;
            Settle(buffering.Stretches, end, closedUs);
            buffering.Stretches.Clear();
        }
    }

    private void Settle(List<OracleBuffering.Stretch> stretches, long endUs, long closedUs)
    {
        long sum = stretches.Sum(stretch => Math.Max(0, Math.Min(stretch.ToUs, endUs) - stretch.FromUs));
        foreach (OracleBuffering.Stretch stretch in stretches)
        {
            long stalled = Math.Max(0, Math.Min(stretch.ToUs, endUs) - stretch.FromUs);
            long rest = stretch.ToUs - stretch.FromUs - stalled;
            EnterPlaying(stretch, stretch.FromUs + stalled, Math.Min(rest, stretch.GapUs));
            if (sum < MinimumStallUs)
            {
                EnterPlaying(stretch, stretch.FromUs, stalled);
            }
            else
            {
                Enter("stallUs", stalled, stretch.FromUs, stretch.FromUs + stalled, stretch.Dims);
                Enter("watchUs", stalled, stretch.FromUs, stretch.FromUs + stalled, stretch.Dims);
            }
        }

        // One stall, counted when it closes, under what held when its first instant elapsed.
        if (sum >= MinimumStallUs)
        {
            Count("stalls", closedUs, stretches.First(stretch => stretch.ToUs > stretch.FromUs).Dims);
            _stalled = true;
        }
    }

    private void EnterPlaying(OracleBuffering.Stretch during, long fromUs, long us)
    {
        _playUs += us;
        _content.Advance(fromUs, us * during.Rate);
        Enter("playUs", us, fromUs, fromUs + us, during.Dims);
        Enter("watchUs", us, fromUs, fromUs + us, during.Dims);
        Enter("backgroundPlayUs", during.Background ? us : 0, fromUs, fromUs + us, during.Dims);
        if (during.Kbps is { } kbps)
        {
            Enter("mediaUs", us * during.Rate, fromUs, fromUs + us, during.Dims);
            Enter("kbpsMediaUs", kbps * us * during.Rate, fromUs, fromUs + us, during.Dims);
        }
    }

    private void EndBuffering(OracleRecord record)
    {
        if (_buffering is { IsSeeking: false } buffering && IsSeekingReason(record))
        {
            foreach (OracleBuffering.Stretch stretch in buffering.Stretches)
            {
                Enter("watchUs", stretch.ToUs - stretch.FromUs, stretch.FromUs, stretch.ToUs, stretch.Dims);
            }
        }
        else
        {
            Settle(endIsMissing: false, _lastUs);
        }

        _buffering = null;
    }

    /// <summary>A seek or an ad comes over an open buffering: its stall ends here, and the rest of it is seeking.</summary>
    private void Overtake()
    {
        Settle(endIsMissing: true, _lastUs);
        _buffering?.IsSeeking = true;
    }
}
