using StreamSense.Core.Events;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features;

/// <summary>Features for a streaming service that has said nothing of its own.</summary>
/// <remarks>
/// The eight of <see cref="FeatureNames"/> come first. Events and facts of views feed all of them but the stall rates, which need
/// sessions. What each means is in its rule; <see cref="FeatureSet.ToJson"/> prints them.
/// </remarks>
public static class StandardFeatures
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan Quarter = TimeSpan.FromDays(90);

    private static readonly EventSelector Plays = new(FeatureSignal.ViewStarted);
    private static readonly EventSelector Watching = new(FeatureSignal.ViewStarted, FeatureSignal.ViewProgress);
    private static readonly EventSelector Impressions = new(EventKind.Impression);
    private static readonly EventSelector Clicks = new(EventKind.Click, EventKind.DetailView);
    private static readonly EventSelector Shares = new([FeatureSignal.ViewEnded], SignalValue.WatchedShare, []);
    private static readonly EventSelector WatchSeconds = new([FeatureSignal.ViewEnded], SignalValue.WatchSeconds, []);

    // A view that was not left at once, of a title whose end is known: a live stream is never half watched.
    private static readonly EventSelector Begun = new(
        [FeatureSignal.ViewEnded],
        SignalValue.One,
        [SignalCondition.Below(SignalValue.EarlyExit, 1), SignalCondition.AtLeast(SignalValue.WatchedShare, 0)]);

    /// <summary>Everything: popularity and its trend, outcomes, habits, tastes, quality seen, the request.</summary>
    public static FeatureSet Streaming { get; } = Build();

    /// <summary>The features of <see cref="Streaming"/> that the standard models weigh, and the sums behind them.</summary>
    /// <remarks>What a recommender keeps unless it is told to keep more; some 100 bytes a viewer, and as many a viewer and title.</remarks>
    public static FeatureSet Basic { get; } = Pick(
        FeatureNames.TitlePlays,
        FeatureNames.TitleWatch,
        FeatureNames.TitleFreshness,
        FeatureNames.ViewerRecency,
        FeatureNames.ViewerFrequency,
        FeatureNames.InProgress,
        FeatureNames.HoursSinceWatched,
        FeatureNames.Finished,
        "title.plays.fading",
        "title.watch_seconds.fading",
        "viewer.plays.fading",
        "viewer_title.begun",
        "viewer_title.ends");

    private static FeatureSet Pick(params ReadOnlySpan<string> names)
    {
        var builder = new FeatureSetBuilder();
        foreach (string name in names)
        {
            builder.Add(Streaming.Layout.Features[Streaming.Layout.IndexOf(name)]);
        }

        return builder.Build();
    }

    private static FeatureSet Build()
    {
        var builder = new FeatureSetBuilder();
        AddNamed(builder);
        AddTitles(builder);
        AddOutcomes(builder);
        AddViewers(builder);
        AddTastes(builder);
        AddRequests(builder);
        return builder.Build();
    }

    private static void AddNamed(FeatureSetBuilder builder) => builder
        .Add(FeatureNames.TitlePlays, "log1p(title.plays.fading)", FeatureScope.Title)
        .Add(FeatureNames.TitleWatch, "log1p(title.watch_seconds.fading / 3600)", FeatureScope.Title)
        .Add(FeatureNames.TitleFreshness, FeatureScope.Title, new CatalogueRule(CatalogueMeasure.Freshness))
        .Add(FeatureNames.ViewerRecency, FeatureScope.Viewer, new RecencyRule(Plays))
        .Add(FeatureNames.ViewerFrequency, "log1p(viewer.plays.fading)", FeatureScope.Viewer)
        .Add(FeatureNames.InProgress, "(viewer_title.begun > 0.1) * (viewer_title.ends == 0)", FeatureScope.ViewerTitle)
        .Add(FeatureNames.HoursSinceWatched, FeatureScope.ViewerTitle, new RecencyRule(Watching))
        .Add(FeatureNames.Finished, "viewer_title.ends > 0", FeatureScope.ViewerTitle);

    private static void AddTitles(FeatureSetBuilder builder) => builder
        .Add("title.plays.fading", FeatureScope.Title, new DecayRule(Plays, Day))
        .Add("title.plays.hour", FeatureScope.Title, new DecayRule(Plays, TimeSpan.FromHours(1)))
        .Add("title.plays.week", FeatureScope.Title, new DecayRule(Plays, Week))
        .Add("title.watch_seconds.fading", FeatureScope.Title, new DecayRule(WatchSeconds, Day))
        .AddWindows("title.plays", FeatureScope.Title, Plays, Day, Week)

        // Sums of equal rates stand in the ratio of their half-lives: above 0 it goes faster than it did.
        .Add("title.trend", "log((title.plays.hour * 24 + 1) / (title.plays.fading + 1))", FeatureScope.Title)
        .Add("title.velocity", "log((title.plays.fading * 7 + 1) / (title.plays.week + 1))", FeatureScope.Title)
        .Add("title.list_adds", FeatureScope.Title, new DecayRule(new EventSelector(EventKind.ListAdd), Week))
        .Add("title.mentions", FeatureScope.Title, new DecayRule(new EventSelector(EventKind.SocialMention), Day))
        .Add("title.polarity", FeatureScope.Title, new MeanRule(
            new EventSelector([EventKind.SocialMention], SignalValue.Polarity, []), Week))
        .Add("title.age_days", FeatureScope.Title, new CatalogueRule(CatalogueMeasure.AgeDays))
        .Add("title.duration_minutes", FeatureScope.Title, new CatalogueRule(CatalogueMeasure.DurationMinutes))
        .Add("title.type", FeatureScope.Title, new CatalogueRule(CatalogueMeasure.Type))
        .Add(new FeatureDefinition("title_country.plays", FeatureScope.TitleSegment)
        {
            Dimension = FeatureDimension.Country, Rule = new DecayRule(Plays, Day),
        });

    private static void AddOutcomes(FeatureSetBuilder builder)
    {
        EventSelector judged = new([FeatureSignal.ViewEnded], SignalValue.One, [SignalCondition.AtLeast(SignalValue.Disliked, 0)]);
        EventSelector disliked = new([FeatureSignal.ViewEnded], SignalValue.One, [SignalCondition.AtLeast(SignalValue.Disliked, 1)]);
        EventSelector measured = Reaching(0);
        builder
            .Add("title.click_rate", FeatureScope.Title, new RateRule(Clicks, Impressions, Week))
            .Add("title.click_rate.lower", FeatureScope.Title, new RateRule(Clicks, Impressions, Week) { Bound = RateBound.WilsonLower })
            .Add("title.play_rate", FeatureScope.Title, new RateRule(Plays, Impressions, Week))
            .Add("title.rating", FeatureScope.Title, new MeanRule(new EventSelector([EventKind.Rating], SignalValue.Rating, []), Quarter))
            .Add("title.reached_25", FeatureScope.Title, new RateRule(Reaching(0.25), measured, Month))
            .Add("title.reached_50", FeatureScope.Title, new RateRule(Reaching(0.5), measured, Month))
            .Add("title.reached_75", FeatureScope.Title, new RateRule(Reaching(0.75), measured, Month))
            .Add("title.watch_ratio", FeatureScope.Title, new WatchRatioRule(Month) { Of = Shares })
            .Add("title.left_early", FeatureScope.Title, new RateRule(disliked, judged, Month));
    }

    private static void AddViewers(FeatureSetBuilder builder)
    {
        EventSelector payments = new(
            [EventKind.SubscriptionStarted, EventKind.SubscriptionRenewed, EventKind.TrialConverted], SignalValue.Amount, []);
        EventSelector stalled = new([FeatureSignal.Session], SignalValue.StallSeconds, []);
        EventSelector watched = new([FeatureSignal.Session], SignalValue.WatchSeconds, []);
        EventSelector anything = new(
            FeatureSignal.ViewStarted, EventKind.Impression, EventKind.Click, EventKind.DetailView, EventKind.Search);
        builder
            .Add("viewer.plays.fading", FeatureScope.Viewer, new DecayRule(Plays, Day))
            .Add("viewer.plays.month", FeatureScope.Viewer, new DecayRule(Plays, Month))
            .Add("viewer.watch_seconds.week", FeatureScope.Viewer, new DecayRule(WatchSeconds, Week))
            .Add("viewer.first_play", FeatureScope.Viewer, new RecencyRule(Plays) { First = true })
            .Add("viewer.paid", FeatureScope.Viewer, new TotalRule(payments))
            .Add("viewer.binge", FeatureScope.Viewer, new BingeRule(Month))
            .Add("viewer.visit_seconds", FeatureScope.Viewer, new VisitRule(VisitMeasure.Seconds, anything))
            .Add("viewer.visit_signals", FeatureScope.Viewer, new VisitRule(VisitMeasure.Signals, anything))
            .Add("viewer.visit_seconds_since", FeatureScope.Viewer, new VisitRule(VisitMeasure.SecondsSinceLast, anything))
            .Add("viewer.visits", FeatureScope.Viewer, new VisitRule(VisitMeasure.Visits, anything))
            .Add("viewer.hour_fit", FeatureScope.Viewer, new ProfileRule(Plays, ProfilePeriod.HourOfDay, Month))
            .Add("viewer.day_fit", FeatureScope.Viewer, new ProfileRule(Plays, ProfilePeriod.DayOfWeek, Quarter))
            .Add("viewer.device_fit", FeatureScope.Viewer, new PreferenceRule(FeatureDimension.DeviceKind, Plays, Month))
            .Add("viewer.stall_share", FeatureScope.Viewer, new RateRule(stalled, watched, Week) { PriorWeight = 30 })
            .Add("device.stall_share", FeatureScope.Device, new RateRule(stalled, watched, Week) { PriorWeight = 30 })
            .Add(new FeatureDefinition("cdn.stall_share", FeatureScope.Dimension)
            {
                Dimension = FeatureDimension.Cdn, Rule = new RateRule(stalled, watched, Day) { PriorWeight = 30 },
            });
    }

    private static void AddTastes(FeatureSetBuilder builder) => builder
        .Add("viewer.genre_affinity", FeatureScope.Viewer, new AffinityRule(FeatureAttribute.Genre, Plays, Quarter))
        .Add("viewer.series_affinity", FeatureScope.Viewer, new AffinityRule(FeatureAttribute.Series, Plays, Month))
        .Add("viewer.cast_affinity", FeatureScope.Viewer, new AffinityRule(FeatureAttribute.Cast, Plays, Quarter))
        .Add("viewer.mood_affinity", FeatureScope.Viewer, new AffinityRule(FeatureAttribute.Mood, Plays, Month) { Slots = 16 })
        .Add("viewer.language_affinity", FeatureScope.Viewer, new AffinityRule(FeatureAttribute.Language, Plays, Quarter) { Slots = 8 })
        .Add("viewer.genre_similarity", FeatureScope.Viewer, new SimilarityRule(FeatureAttribute.Genre, Plays))
        .Add("viewer_title.plays.fading", FeatureScope.ViewerTitle, new DecayRule(Plays, Quarter))
        .Add("viewer_title.begun", FeatureScope.ViewerTitle, new DecayRule(Begun, Month))
        .Add("viewer_title.ends", FeatureScope.ViewerTitle, new TotalRule(Reaching(0.9)))
        .Add("viewer_title.impressions", FeatureScope.ViewerTitle, new DecayRule(Impressions, Week))
        .Add("viewer_title.clicks", FeatureScope.ViewerTitle, new DecayRule(Clicks, Week));

    private static void AddRequests(FeatureSetBuilder builder) => builder
        .Add("request.position", FeatureScope.Request, new RequestRule(RequestMeasure.Position))
        .Add("request.hour", FeatureScope.Request, new RequestRule(RequestMeasure.HourOfDay))
        .Add("request.day", FeatureScope.Request, new RequestRule(RequestMeasure.DayOfWeek));

    private static EventSelector Reaching(double share) =>
        new([FeatureSignal.ViewEnded], SignalValue.One, [SignalCondition.AtLeast(SignalValue.WatchedShare, share)]);
}
