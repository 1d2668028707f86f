using System.Collections.Immutable;
using static StreamSense.Core.Metrics.Profiles.ProfileTerm;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>The definitions of the profiles that come with the SDK, each with where it stands.</summary>
internal static class ProfileDefinitions
{
    private static readonly ImmutableArray<WeightedTerm> WatchOfAll = [StartingOfPlays, StartingInVain, Playing, Rebuffering, Seeking];
    private static readonly ImmutableArray<WeightedTerm> WatchOfPlays = [StartingOfPlays, Playing, Rebuffering, Seeking];
    private static readonly ImmutableArray<WeightedTerm> WatchAfterStart = [Playing, Rebuffering, Seeking];
    private static readonly ImmutableArray<WeightedTerm> FirstFrameWaits = [Startup, StartupToAdOnly];
    private static readonly ImmutableArray<WeightedTerm> FirstFrames = [TimedStarts, StartsTimedToAdOnly];
    private static readonly ImmutableArray<WeightedTerm> ContentWaits = [Startup, StartupAfterAd, StartupToContentOnly];
    private static readonly ImmutableArray<WeightedTerm> ContentFrames = [TimedStarts, StartsTimedToContentOnly];
    private static readonly ImmutableArray<WeightedTerm> AnyFailure = [StartFailures, StartDenials, PlaybackFailures];

    public static MetricProfile StreamSense()
    {
        const string Source = "StreamSense event schema, version 1";
        return new MetricProfile("streamsense", Source,
        [
            new("attempts", MetricConcept.Attempts, [Attempts], [], Source),
            new("plays", MetricConcept.Plays, [Plays], [], Source),
            new("bufferingRatio", MetricConcept.StalledTimeShare, [Rebuffering], WatchOfPlays, Source),
            new("connectionRebufferingRatio", MetricConcept.ConnectionStalledTimeShare, [Rebuffering], [Playing, Rebuffering], Source),
            new("rebufferFrequencyPerHour", MetricConcept.StallsPerHour, [Stalls], [Playing], Source),
            new("stalledViewsShare", MetricConcept.StalledViewsShare, [StalledPlays], [Plays], Source),
            new("averageStartupMs", MetricConcept.AverageStartupMs, FirstFrameWaits, FirstFrames, Source),
            new("averageContentStartupMs", MetricConcept.AverageContentStartupMs, ContentWaits, ContentFrames, Source),
            new("startFailuresShare", MetricConcept.StartFailuresShare, [StartFailures], [Attempts], Source),
            new("startDenialsShare", MetricConcept.StartDenialsShare, [StartDenials], [Attempts], Source),
            new("playbackFailuresShare", MetricConcept.PlaybackFailuresShare, [PlaybackFailures], [Plays], Source),
            new("exitsBeforeStartShare", MetricConcept.ExitsBeforeStartShare, [ExitsBeforeStart], [Attempts], Source),
            new("averageBitrateKbps", MetricConcept.AverageBitrateKbps, [BitrateTime], [MediaTime], Source),
            new("averageWatchSeconds", MetricConcept.AverageWatchSeconds, WatchOfPlays, [Plays], Source),
            new("averageSeekMs", MetricConcept.AverageSeekMs, [Seeking], [Seeks], Source),
        ]);
    }

    public static MetricProfile Cta2066()
    {
        const string Source = "CTA-2066 (draft of 2019), aggregate metrics";
        const string Session = "CTA-2066 (draft of 2019), session metrics";
        return new MetricProfile("cta2066", "CTA-2066, draft of 2019",
        [
            new("playbackFailureShare", MetricConcept.FailedViewsShare, AnyFailure, [Attempts], Source),
            new("averageInitialStartupTimeMs", MetricConcept.AverageStartupMs, FirstFrameWaits, FirstFrames, Source),
            new("averagePlaybackStalledCount", MetricConcept.StallsPerView, [Stalls], [Attempts], Source),
            new("averageStalledTimeShare", MetricConcept.StalledTimeShare, [Rebuffering], WatchOfAll, Source),
            new("averagePlaybackBitrateKbps", MetricConcept.AverageBitrateKbps, [BitrateTime], [MediaTime], Source),
            new("averageWatchedTimeSeconds", MetricConcept.AverageWatchSeconds, WatchOfAll, [Attempts], Session),
        ]);
    }

    public static MetricProfile Mux()
    {
        const string Code = "mux-embed, the player library's code";
        const string Page = "Mux Data, pages on its metrics";
        const string Scores = "Mux Data, pages on its scores";
        const FormulaStanding Unconfirmed = FormulaStanding.Unconfirmed;
        ImmutableArray<WeightedTerm> success =
        [
            new(Plays, 100), new(PlaybackFailures, -100), new(ExitsInPreroll, 100), new(ExitsBeforeStart, 50), new(QuickExits, -50),
        ];
        return new MetricProfile("mux", "Mux Data",
        [
            new("views", MetricConcept.Attempts, [Attempts], [], Page),
            new("rebufferShare", MetricConcept.StalledTimeShare, [Rebuffering], WatchAfterStart, Code),
            new("rebufferFrequencyPerHour", MetricConcept.StallsPerHour, [Stalls], WatchAfterStart, Code),
            new("videoStartupTimeMs", MetricConcept.AverageStartupMs, FirstFrameWaits, FirstFrames, Page),
            new("contentStartupTimeMs", MetricConcept.AverageContentStartupMs, ContentWaits, ContentFrames, "Mux Data, export schema"),
            new("exitsBeforeVideoStartShare", MetricConcept.ExitsBeforeStartShare, [ExitsBeforeStart], [Attempts], Page),
            new("videoStartupFailureShare", MetricConcept.StartFailuresShare, [StartFailures], [Attempts], Page, Unconfirmed),
            new("startupBusinessExceptionShare", MetricConcept.StartDenialsShare,
                [StartDenials], [Attempts], Page, Unconfirmed),
            new("playbackFailureShare", MetricConcept.PlaybackFailuresShare, [PlaybackFailures], [Attempts], Page, Unconfirmed),
            new("weightedAverageBitrateKbps", MetricConcept.AverageBitrateKbps, [BitrateTime], [MediaTime], Page, Unconfirmed),
            new("averageWatchTimeSeconds", MetricConcept.AverageWatchSeconds, WatchAfterStart, [Attempts], Page),
            new("averagePlayingTimeSeconds", MetricConcept.AveragePlaySeconds, [Playing], [Attempts], Page),
            new("seekLatencyMs", MetricConcept.AverageSeekMs, [Seeking], [Seeks], "Mux Data, export schema"),
            new("startupTimeScore", MetricConcept.StartupScore, [StartupPoints], FirstFrames, Scores),
            new("smoothnessScore", MetricConcept.SmoothnessScore, [SmoothnessPoints], [Plays], Scores),
            new("playbackSuccessScore", MetricConcept.PlaybackSuccessScore, success,
                [Attempts, new(QuickExits, -1), new(StartDenials, -1)], Scores),
        ]);
    }

    public static MetricProfile ExoPlayer()
    {
        const string Source = "media3, androidx.media3.exoplayer.analytics.PlaybackStats";
        ImmutableArray<WeightedTerm> abandoned = [StartFailures, StartDenials, ExitsBeforeStart, ExitsInPreroll];
        return new MetricProfile("exoplayer", "ExoPlayer (media3) PlaybackStats",
        [
            new("foregroundPlaybackCount", MetricConcept.Attempts, [Attempts], [], Source),
            new("rebufferTimeRatio", MetricConcept.StalledTimeShare, [Rebuffering], WatchOfAll, Source),
            new("joinTimeRatio", MetricConcept.JoinTimeShare, [StartingOfPlays, StartingInVain], WatchOfAll, Source),
            new("seekTimeRatio", MetricConcept.SeekTimeShare, [Seeking], WatchOfAll, Source),
            new("waitTimeRatio", MetricConcept.WaitTimeShare,
                [StartingOfPlays, StartingInVain, Rebuffering, Seeking], WatchOfAll, Source),
            new("rebufferRatePerHour", MetricConcept.StallsPerHour, [Stalls], [Playing], Source),
            new("meanRebufferCount", MetricConcept.StallsPerView, [Stalls], [Attempts], Source),
            new("meanJoinTimeMs", MetricConcept.AverageContentStartupMs, ContentWaits, ContentFrames, Source),
            new("abandonedBeforeReadyRatio", MetricConcept.ExitsBeforeStartShare, abandoned, [Attempts], Source),
            new("endedRatio", MetricConcept.EndedShare, [CompletedPlays], [Attempts], Source),
            new("fatalErrorRatio", MetricConcept.FailedViewsShare, AnyFailure, [Attempts], Source),
            new("meanVideoFormatBitrateKbps", MetricConcept.AverageBitrateKbps, [BitrateTime], [MediaTime], Source),
            new("meanPlayAndWaitTimeSeconds", MetricConcept.AverageWatchSeconds, WatchOfAll, [Attempts], Source),
            new("meanPlayTimeSeconds", MetricConcept.AveragePlaySeconds, [Playing], [Attempts], Source),
        ]);
    }

    public static MetricProfile Conviva()
    {
        const string Page = "Conviva, public pages on its metrics";
        const string Dictionary = "Conviva's metric dictionary, which is not public";
        const FormulaStanding Unconfirmed = FormulaStanding.Unconfirmed;
        return new MetricProfile("conviva", "Conviva, as far as published",
        [
            new("attempts", MetricConcept.Attempts, [Attempts], [], Page),
            new("plays", MetricConcept.Plays, [Plays], [], Page),
            new("videoStartFailuresTechnicalShare", MetricConcept.StartFailuresShare, [StartFailures], [Attempts], Page),
            new("videoStartFailuresBusinessShare", MetricConcept.StartDenialsShare, [StartDenials], [Attempts], Page),
            new("exitsBeforeVideoStartsShare", MetricConcept.ExitsBeforeStartShare,
                [ExitsBeforeStart, ExitsInPreroll], [Attempts], Page),
            new("videoPlaybackFailuresShare", MetricConcept.PlaybackFailuresShare, [PlaybackFailures], [Plays], Page),
            new("videoStartTimeMs", MetricConcept.AverageContentStartupMs, ContentWaits, ContentFrames, Dictionary, Unconfirmed),
            new("videoRestartTimeMs", MetricConcept.AverageSeekMs, [Seeking], [Seeks], Page, Unconfirmed),
            new("rebufferingRatio", MetricConcept.StalledTimeShare, [Rebuffering, Seeking], WatchAfterStart, Dictionary, Unconfirmed),
            new("connectionInducedRebufferingRatio", MetricConcept.ConnectionStalledTimeShare,
                [Rebuffering], [Playing, Rebuffering], Page, Unconfirmed),
            new("zeroConnectionInducedRebufferingPlaysShare", MetricConcept.StallFreeViewsShare,
                [Plays, new(StalledPlays, -1)], [Plays], Page),
            new("averageBitrateKbps", MetricConcept.AverageBitrateKbps, [BitrateTime], [MediaTime], Dictionary, Unconfirmed),
            new("averagePlaySeconds", MetricConcept.AveragePlaySeconds, [Playing], [Plays], Dictionary, Unconfirmed),
        ]);
    }
}
