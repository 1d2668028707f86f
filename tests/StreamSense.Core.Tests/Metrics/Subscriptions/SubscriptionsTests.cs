using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Metrics.Subscriptions;

namespace StreamSense.Core.Tests.Metrics.Subscriptions;

public sealed class SubscriptionsTests
{
    private static readonly EventKind[] Kinds =
    [
        EventKind.TrialStarted, EventKind.TrialConverted, EventKind.SubscriptionStarted, EventKind.SubscriptionRenewed,
        EventKind.SubscriptionCancelled, EventKind.SubscriptionExpired, EventKind.SubscriptionPaused, EventKind.PlanChanged,
        EventKind.BillingIssue, EventKind.Refunded,
    ];

    private readonly Vocabulary _vocabulary = new();

    [Fact]
    public void Trials_OfEveryFate_AreCountedAsTheSchemaSays()
    {
        PlanMetrics totals = Measure(
            now: 10,
            Of(EventKind.TrialStarted, 0, 1), Of(EventKind.TrialConverted, 5, 1),
            Of(EventKind.TrialStarted, 0, 2), Of(EventKind.SubscriptionExpired, 5, 2),
            Of(EventKind.TrialStarted, 0, 3, periodEnd: 9),
            Of(EventKind.TrialStarted, 0, 4, periodEnd: 11),
            Of(EventKind.TrialStarted, 0, 5), Of(EventKind.SubscriptionCancelled, 5, 5)).Totals;

        Assert.Equal((5, 1, 2, 2), (totals.TrialsStarted, totals.TrialsConverted, totals.TrialsEnded, totals.OpenTrials));
        Assert.Equal(1.0 / 3, totals.TrialConversionRate);
    }

    [Fact]
    public void Trials_OfOneViewerAndTwoPlans_AreTwo() =>
        Assert.Equal(2, Measure(1, Of(EventKind.TrialStarted, 0, 1), Of(EventKind.TrialStarted, 0, 1, plan: "b")).Totals.OpenTrials);

    [Fact]
    public void Trials_OfAViewerAndAHouseholdWithEqualIds_AreTwo() =>
        Assert.Equal(2, Measure(1, Of(EventKind.TrialStarted, 0, 1), Of(EventKind.TrialStarted, 0, 0, household: 1)).Totals.OpenTrials);

    [Fact]
    public void Trials_ExpiredBeforeTheyBegan_AreOpen() =>
        Assert.Equal(1, Measure(2, Of(EventKind.SubscriptionExpired, 0, 1), Of(EventKind.TrialStarted, 1, 1)).Totals.OpenTrials);

    [Fact]
    public void TrialConversionRate_WithoutASettledTrial_IsNull() =>
        Assert.Null(Measure(1, Of(EventKind.TrialStarted, 0, 1)).Totals.TrialConversionRate);

    [Fact]
    public void Trials_ConvertedAfterTheirPeriod_AreConverted()
    {
        PlanMetrics totals = Measure(
            20,
            Of(EventKind.TrialStarted, 0, 1, periodEnd: 5),
            Of(EventKind.TrialConverted, 9, 1),
            Of(EventKind.SubscriptionExpired, 15, 1)).Totals;

        Assert.Equal((1, 0), (totals.TrialsConverted, totals.TrialsEnded));
        Assert.Equal(1, totals.ChurnedSubscribers);
    }

    [Fact]
    public void Subscribers_WhoLeftAndCameBack_AreReactivatedAndActive()
    {
        PlanMetrics totals = Measure(
            99,
            Of(EventKind.SubscriptionStarted, 0, 1), Of(EventKind.SubscriptionExpired, 5, 1), Of(EventKind.SubscriptionStarted, 8, 1),
            Of(EventKind.SubscriptionStarted, 0, 2), Of(EventKind.SubscriptionExpired, 5, 2),
            Of(EventKind.SubscriptionStarted, 0, 3), Of(EventKind.SubscriptionCancelled, 5, 3)).Totals;

        Assert.Equal((3, 2, 1), (totals.Subscribers, totals.ActiveSubscribers, totals.ChurnedSubscribers));
        Assert.Equal(1, totals.ReactivatedSubscribers);
        Assert.Equal(1.0 / 3, totals.ChurnRate);
    }

    [Fact]
    public void Subscribers_WhoCameBackBetweenALapsedTrialAndALastExpiry_AreReactivated() =>
        Assert.Equal(1, Measure(
            99,
            Of(EventKind.TrialStarted, 0, 1), Of(EventKind.SubscriptionExpired, 5, 1),
            Of(EventKind.SubscriptionStarted, 8, 1), Of(EventKind.SubscriptionExpired, 20, 1),
            Of(EventKind.SubscriptionStarted, 30, 1), Of(EventKind.SubscriptionExpired, 40, 1)).Totals.ReactivatedSubscribers);

    [Fact]
    public void Months_OfSubscribersWhoLeaveAndReturn_CountThoseLostInEach()
    {
        const int Day = 86_400;
        SubscriptionMetrics metrics = Measure(
            100 * Day,
            Of(EventKind.SubscriptionStarted, 0, 1),
            Of(EventKind.SubscriptionRenewed, 35 * Day, 1),
            Of(EventKind.SubscriptionExpired, 65 * Day, 1),
            Of(EventKind.SubscriptionStarted, 5, 2),
            Of(EventKind.SubscriptionExpired, 33 * Day, 2),
            Of(EventKind.SubscriptionStarted, 70 * Day, 2),
            Of(EventKind.SubscriptionStarted, 5, 3),
            Of(EventKind.SubscriptionExpired, 40 * Day, 3),
            Of(EventKind.SubscriptionStarted, 41 * Day, 3));

        Assert.Equal(
            [("2026-02", 3L, 1L), ("2026-03", 2L, 1L), ("2026-04", 2L, 0L)],
            metrics.Months.Select(month => (month.Month, month.OpeningSubscribers, month.LostSubscribers)));
        Assert.Equal(1 / 3.0, metrics.Months[0].ChurnRate);
    }

    [Fact]
    public void Months_OfAnyEvents_AreThoseOfANaiveReplay() => Prop.ForAll<PositiveInt>(seed =>
    {
        // Turns at most as many as are remembered, no renewals, and no two in one instant.
        var random = new Random(seed.Get);
        List<StreamEvent> events = [];
        for (int viewer = 1; viewer <= 20; viewer++)
        {
            for (int i = random.Next(7); i > 0; i--)
            {
                EventKind kind = random.Next(2) == 0 ? EventKind.SubscriptionStarted : EventKind.SubscriptionExpired;
                events.Add(Of(kind, (random.Next(150) * 86_400) + i, viewer));
            }
        }

        bool IsActive(ViewerId viewer, EventTime before)
        {
            List<StreamEvent> known = [.. events.Where(e => e.Viewer == viewer && e.Time < before).OrderBy(e => e.Time)];
            return known.Count > 0 && known[^1].Kind == EventKind.SubscriptionStarted;
        }

        SubscriptionMetrics metrics = Measure(160 * 86_400, [.. events]);
        for (var month = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero); month.Month < 6; month = month.AddMonths(1))
        {
            var open = events.Select(e => e.Viewer).Distinct().Where(viewer => IsActive(viewer, EventTime.From(month))).ToList();
            int lost = open.Count(viewer => !IsActive(viewer, EventTime.From(month.AddMonths(1))));
            MonthlyChurn? actual = metrics.Months.SingleOrDefault(row => row.Month == month.ToString("yyyy-MM"));
            Assert.Equal((open.Count, lost), (actual?.OpeningSubscribers ?? 0, actual?.LostSubscribers ?? 0));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Revenue_ByCurrency_IsExact()
    {
        PlanMetrics totals = Measure(
            9,
            Of(EventKind.SubscriptionStarted, 0, 1, amount: 9.99m), Of(EventKind.SubscriptionRenewed, 1, 1, amount: 0.1m),
            Of(EventKind.SubscriptionRenewed, 2, 1, amount: 0.2m), Of(EventKind.Refunded, 3, 1, amount: -0.3m),
            Of(EventKind.SubscriptionStarted, 0, 2, amount: 5m, currency: "usd")).Totals;

        Assert.Equal([new Revenue("eur", 10.29m, 0.3m), new Revenue("usd", 5m, 0m)], totals.Revenue);
        Assert.Equal(9.99m, totals.Revenue[0].Net);
    }

    [Fact]
    public void Plans_BeyondTheBound_ShareOther()
    {
        var recorder = new SubscriptionsRecorder(new SubscriptionOptions { MaxPlans = 1 });
        foreach (string plan in new[] { "a", "b", "c" })
        {
            recorder.Apply(Of(EventKind.SubscriptionStarted, 0, 1, plan: plan, amount: 1m));
        }

        SubscriptionMetrics metrics = SubscriptionMetrics.Of(recorder.Copy(), _vocabulary, Sections.At(1));

        Assert.Equal(["a", "other"], metrics.Plans.Select(plan => plan.Plan));
        Assert.Equal(2, metrics.Plans[1].SubscriptionsStarted);
        Assert.Equal(3m, metrics.Totals.Revenue.Sum(revenue => revenue.Paid));
        Assert.True(recorder.OverflowedPlans > 0);
    }

    [Fact]
    public void Metrics_OfAnyEvents_AreThoseOfANaiveCount() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<StreamEvent> events = RandomEvents(seed.Get);
        PlanMetrics totals = Measure(30, [.. events]).Totals;
        long now = Sections.At(30 * Sections.Second).UnixMicroseconds;
        long converted = 0, ended = 0, open = 0;
        foreach (var trial in events.GroupBy(e => (e.Viewer, e.Household, e.ReadPayload<SubscriptionPayload>().Plan)))
        {
            StreamEvent[] started = [.. trial.Where(e => e.Kind == EventKind.TrialStarted).OrderBy(e => e.Time)];
            if (trial.Any(e => e.Kind == EventKind.TrialConverted))
            {
                converted++;
            }
            else if (started.Length > 0)
            {
                bool expired = trial.Any(e => e.Kind == EventKind.SubscriptionExpired && e.Time >= started[^1].Time);
                EventTime last = started[^1].Time;
                long end = started.Where(e => e.Time == last).Max(e => e.ReadPayload<SubscriptionPayload>().PeriodEndMicroseconds);
                end = end != Absent.Time ? end : started.Select(e => e.ReadPayload<SubscriptionPayload>().PeriodEndMicroseconds)
                    .LastOrDefault(given => given >= last.UnixMicroseconds, Absent.Time);
                _ = expired || (end != Absent.Time && end < now) ? ended++ : open++;
            }
        }

        int CountOf(EventKind kind) => events.Count(e => e.Kind == kind);
        Assert.Equal((converted, ended, open), (totals.TrialsConverted, totals.TrialsEnded, totals.OpenTrials));
        Assert.Equal(CountOf(EventKind.SubscriptionStarted), totals.SubscriptionsStarted);
        Assert.Equal(CountOf(EventKind.SubscriptionRenewed), totals.SubscriptionsRenewed);
        Assert.Equal(CountOf(EventKind.SubscriptionExpired), totals.SubscriptionsExpired);
        Assert.Equal(CountOf(EventKind.BillingIssue), totals.BillingIssues);
        Assert.Equal(
            events.GroupBy(e => (e.Viewer, e.Household)).Count(account => account.Any(e => AccountRow.Activates(e.Kind))),
            totals.Subscribers);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Merge_OfShardsInAnyOrder_IsOneReport() => Prop.ForAll<PositiveInt>(seed => Sections.IsOneWhateverTheOrder(
        seed.Get,
        RandomEvents(seed.Get),
        events =>
        {
            var recorder = new SubscriptionsRecorder(new SubscriptionOptions());
            foreach (StreamEvent e in events)
            {
                recorder.Apply(e);
            }

            return recorder.Copy();
        },
        (a, b) => a.Merge(b),
        SubscriptionsPartial.Empty,
        partial => Sections.TextOf(writer =>
            SubscriptionsWriter.Write(writer, SubscriptionMetrics.Of(partial, _vocabulary, Sections.At(30 * Sections.Second))))))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Apply_OfKnownAccounts_AllocatesNothing()
    {
        var recorder = new SubscriptionsRecorder(new SubscriptionOptions());
        StreamEvent[] events = [.. RandomEvents(7)];
        Assert.Equal(0, Sections.LeastAllocated(() =>
        {
            foreach (ref readonly StreamEvent e in events.AsSpan())
            {
                recorder.Apply(e);
            }
        }));
    }

    private List<StreamEvent> RandomEvents(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(1, 120).Select(id => Of(
                Kinds[random.Next(Kinds.Length)],
                random.Next(25),
                random.Next(6),
                plan: random.Next(2) == 0 ? "a" : "b",
                periodEnd: random.Next(3) == 0 ? random.Next(40) : -1,
                amount: random.Next(2) == 0 ? random.Next(1_000) / 100m : null,
                id: id)),
        ];
    }

    private SubscriptionMetrics Measure(int now, params StreamEvent[] events)
    {
        var recorder = new SubscriptionsRecorder(new SubscriptionOptions());
        foreach (ref readonly StreamEvent e in events.AsSpan())
        {
            recorder.Apply(e);
        }

        return SubscriptionMetrics.Of(recorder.Copy(), _vocabulary, Sections.At(now * Sections.Second));
    }

    private StreamEvent Of(
        EventKind kind, int second, int viewer, int household = 7, string plan = "a", int periodEnd = -1, decimal? amount = null,
        string currency = "eur", int id = 1)
    {
        StreamEvent e = Sections.Event(kind, second * Sections.Second, id, viewer);
        e.Household = new HouseholdId((ulong)household);
        e.PayloadAs<SubscriptionPayload>() = new SubscriptionPayload
        {
            Plan = _vocabulary.Terms.Intern(plan),
            Currency = _vocabulary.Terms.Intern(currency),
            AmountMillionths = amount is { } given ? (long)(given * 1_000_000m) : Absent.Time,
            PeriodEndMicroseconds = periodEnd < 0 ? Absent.Time : Sections.At(periodEnd * Sections.Second).UnixMicroseconds,
        };
        return e;
    }
}
