using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Engagement.Retention;
using StreamSense.Core.Metrics.Profiles;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Engagement;

public sealed class EngagementLawTests
{
    private static readonly EngagementOptions Options = new() { MinimumDropSupport = 1, MinimumRankedViews = 1 };

    [Fact]
    public void Merge_OfShards_IsASinglePassInAnyGroupingAndOrder() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<ClosedSession> sessions = new RandomSessions(seed.Get).Take(60);
        var one = new Recorders();
        Recorders[] shards = [new(), new(), new()];
        for (int i = 0; i < sessions.Count; i++)
        {
            one.Add(sessions[i]);
            shards[(i * 7) % 3].Add(sessions[i]);
        }

        string expected = TextOf([one]);
        return expected == TextOf(shards)
            && expected == TextOf([shards[2], shards[0], shards[1]])
            && expected == TextOf([new Recorders(), .. shards, new Recorders()])
            && expected == NestedTextOf(shards);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Add_ThenRetract_IsNothing() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<ClosedSession> kept = new RandomSessions(seed.Get).Take(20);
        List<ClosedSession> corrected = new RandomSessions(seed.Get + 1).Take(20);
        var expected = new Recorders();
        kept.ForEach(expected.Add);
        var actual = new Recorders();
        for (int i = 0; i < kept.Count; i++)
        {
            actual.Add(corrected[i]);
            actual.Add(kept[i]);
        }

        corrected.ForEach(actual.Retract);
        var emptied = new Recorders();
        kept.ForEach(emptied.Add);
        kept.ForEach(emptied.Retract);
        return TextOf([expected]) == TextOf([actual]) && TextOf([new Recorders()]) == TextOf([emptied]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Order_OfSessions_ChangesNothing() => Prop.ForAll<PositiveInt>(seed =>
    {
        ClosedSession[] sessions = [.. new RandomSessions(seed.Get).Take(40)];
        var one = new Recorders();
        Array.ForEach(sessions, one.Add);
        new Random(seed.Get).Shuffle(sessions);
        var other = new Recorders();
        Array.ForEach(sessions, other.Add);
        return TextOf([one]) == TextOf([other]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Figures_OfAnySessions_KeepTheirBounds() => Prop.ForAll<PositiveInt>(seed =>
    {
        var recorders = new Recorders();
        new RandomSessions(seed.Get).Take(50).ForEach(recorders.Add);
        EngagementMetrics metrics = EngagementMetrics.Of(recorders.Engagement.Snapshot(), vocabulary: null);
        return metrics.Titles.Select(title => title.Figures).Append(metrics.Totals).All(figures =>
            figures.ContentViewedRatio is null or (>= 0 and <= 1)
            && figures.AverageViewedShare is null or (>= 0 and <= 1)
            && figures.AverageReachBeforeSeekShare is null or (>= 0 and <= 1)
            && figures.ViewerCompletionRate is null or (>= 0 and <= 1)
            && figures.Completers <= figures.Watchers && figures.Watchers <= figures.Starters
            && figures.PlayTimes.Sum(times => times.Plays) == figures.EndedPlays
            && figures.Completions.Zip(figures.Completions.Skip(1)).All(pair => pair.First.Plays >= pair.Second.Plays));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Add_OnceWarm_AllocatesNothing(int which)
    {
        ClosedSession[] sessions = [.. new RandomSessions(5).Take(500)];
        IPlaybackSessionConsumer recorder = new Recorders().All[which];
        Array.ForEach(sessions, session => session.AddTo(recorder));
        Array.ForEach(sessions, session => session.AddTo(recorder));
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (ClosedSession session in sessions)
            {
                session.RetractFrom(recorder);
                session.AddTo(recorder);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static string TextOf(Recorders[] shards)
    {
        var engagement = new EngagementPartial(Options);
        var retention = new RetentionPartial(Options);
        var profiles = new ProfilePartial();
        foreach (Recorders shard in shards)
        {
            engagement.Merge(shard.Engagement.Snapshot());
            retention.Merge(shard.Retention.Snapshot());
            profiles.Merge(shard.Profiles.Snapshot());
        }

        return TextOf(engagement, retention, profiles);
    }

    private static string NestedTextOf(Recorders[] shards)
    {
        EngagementPartial engagement = shards[1].Engagement.Snapshot();
        EngagementPartial engagementRest = shards[2].Engagement.Snapshot();
        engagementRest.Merge(shards[0].Engagement.Snapshot());
        engagement.Merge(engagementRest);
        RetentionPartial retention = shards[1].Retention.Snapshot();
        RetentionPartial retentionRest = shards[2].Retention.Snapshot();
        retentionRest.Merge(shards[0].Retention.Snapshot());
        retention.Merge(retentionRest);
        ProfilePartial profiles = shards[1].Profiles.Snapshot();
        ProfilePartial profilesRest = shards[2].Profiles.Snapshot();
        profilesRest.Merge(shards[0].Profiles.Snapshot());
        profiles.Merge(profilesRest);
        return TextOf(engagement, retention, profiles);
    }

    private static string TextOf(EngagementPartial engagement, RetentionPartial retention, ProfilePartial profiles)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            EngagementWriter.Write(writer, EngagementMetrics.Of(engagement, vocabulary: null));
            RetentionWriter.Write(writer, RetentionMetrics.Of(retention, vocabulary: null));
            foreach (MetricProfile profile in MetricProfile.All)
            {
                ProfileWriter.Write(writer, ProfileMetrics.Of(profiles).ReportOf(profile));
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed class Recorders
    {
        internal EngagementRecorder Engagement { get; } = new(Options);

        internal RetentionRecorder Retention { get; } = new(Options);

        internal ProfileRecorder Profiles { get; } = new();

        internal IPlaybackSessionConsumer[] All => field ??= [Engagement, Retention, Profiles];

        internal void Add(ClosedSession session)
        {
            foreach (IPlaybackSessionConsumer recorder in All)
            {
                session.AddTo(recorder);
            }
        }

        internal void Retract(ClosedSession session)
        {
            foreach (IPlaybackSessionConsumer recorder in All)
            {
                session.RetractFrom(recorder);
            }
        }
    }
}
