using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests;

public sealed class DecisionTests
{
    [Fact]
    public void Rank_EachSlot_WritesACompleteDecision()
    {
        using var stage = new Stage();
        stage.AddTitles("a", "b", "c");
        Symbol germany = stage.Vocabulary.Countries.Intern("DE");
        var request = new RankRequest
        {
            Id = "request-7"u8,
            Surface = SurfaceNames.Home,
            Time = World.At(5),
            Viewer = World.Viewer(1),
            Household = new HouseholdId(2),
            Device = new DeviceId(3),
            Visit = new VisitId(4),
            Row = 6,
            Consent = ConsentPurposes.Measurement | ConsentPurposes.Personalisation,
            Dimensions = new EventContext { Country = germany, Consent = ConsentPurposes.All },
        };
        var slate = new RankedTitle[2];

        Assert.Equal(2, stage.Recommender.Rank(request, slate));

        IReadOnlyList<StreamEvent> decisions = stage.Decisions;
        Assert.Equal(2, decisions.Count);
        for (int i = 0; i < 2; i++)
        {
            StreamEvent decision = decisions[i];
            Assert.Equal(EventKind.Decision, decision.Kind);
            Assert.Equal(EventFlags.HasId, decision.Flags);
            Assert.Equal(World.At(5), decision.Time);
            Assert.Equal(slate[i].Title, decision.Title);
            Assert.Equal(
                (World.Viewer(1), new HouseholdId(2), new DeviceId(3), new VisitId(4)),
                (decision.Viewer, decision.Household, decision.Device, decision.Visit));
            Assert.True(decision.View.IsNone);
            Assert.True(decision.Annex.IsNone);
            EventContext context = stage.Vocabulary.Contexts[decision.Context];
            Assert.Equal("streamsense", stage.Vocabulary.Sources.NameOf(context.Source));
            Assert.Equal(request.Consent, context.Consent);
            Assert.Equal(germany, context.Country);
            Assert.Equal(1, context.Version);
            ref readonly ShownPayload shown = ref decision.ReadPayload<ShownPayload>();
            Assert.Equal(stage.Pseudonymizer.Request("request-7"u8), shown.Request);
            Assert.Equal(SurfaceNames.Home, stage.Vocabulary.Surfaces.NameOf(shown.Surface));
            Assert.Equal("home-linear@1", stage.Vocabulary.Terms.NameOf(shown.Model));
            Assert.Equal("greedy", stage.Vocabulary.Terms.NameOf(shown.Policy));
            Assert.Equal((6, i, Absent.Number), (shown.Row, shown.Position, shown.VisibleMilliseconds));
            Assert.Equal((1f, 1f), (shown.Propensity, shown.Weight));
            Assert.True(shown.Offer.IsNone);
        }
    }

    [Fact]
    public void Rank_SlotsRowsSurfacesAndRequests_HaveIdsOfTheirOwn()
    {
        using var stage = new Stage();
        stage.AddTitles([.. Enumerable.Range(0, 20).Select(i => $"m{i}")]);
        foreach (string id in (string[])["r1", "r2"])
        {
            foreach (string surface in (string[])[SurfaceNames.Home, SurfaceNames.Trending])
            {
                foreach (int? row in (int?[])[null, 0, 1])
                {
                    stage.Rank(new RankRequest
                    {
                        Id = Encoding.UTF8.GetBytes(id),
                        Surface = surface,
                        Row = row,
                        Time = World.At(0),
                        Consent = ConsentPurposes.All,
                    });
                }
            }
        }

        Assert.Equal(2 * 2 * 3 * 10, stage.Decisions.Count);
        Assert.Equal(stage.Decisions.Count, stage.Decisions.Select(decision => decision.Id).Distinct().Count());
        Assert.DoesNotContain(stage.Decisions, decision => decision.Id.IsNone);
    }

    [Fact]
    public void Rank_TheSameRequestAgain_WritesTheSameIds()
    {
        using var stage = new Stage();
        stage.AddTitles("a", "b");
        stage.Rank(stage.Request(1, 0));
        stage.Rank(stage.Request(1, 3));

        Assert.Equal(stage.Decisions.Take(2).Select(decision => decision.Id), stage.Decisions.Skip(2).Select(decision => decision.Id));
    }

    [Theory]
    [InlineData(WriteOutcome.Full)]
    [InlineData(WriteOutcome.Dropped)]
    [InlineData(WriteOutcome.Refused)]
    public void Rank_ReceiverThatTakesNothing_RanksAndCountsTheLoss(WriteOutcome outcome)
    {
        using var stage = new Stage(outcome: outcome);
        stage.AddTitles("a", "b");

        Assert.Equal(2, stage.Rank(stage.Request(1, 0)).Length);

        Assert.Equal(new RecommenderTotals(1, 0, 2, 0, 2, 0), stage.Recommender.Totals);
    }

    [Fact]
    public void Rank_WithoutConsentToMeasurement_WritesNothingAndCounts()
    {
        using var stage = new Stage();
        stage.AddTitles("a", "b");

        stage.Rank(new RankRequest { Id = "r"u8, Surface = SurfaceNames.Home, Time = World.At(0), Consent = ConsentPurposes.Personalisation });

        Assert.Empty(stage.Decisions);
        Assert.Equal(new RecommenderTotals(1, 0, 2, 0, 0, 2), stage.Recommender.Totals);
    }

    [Fact]
    public void FormatId_Number_Is16HexadecimalDigits()
    {
        Assert.Equal("00000000000000ff"u8.ToArray(), RankRequest.FormatId(255, new byte[RankRequest.IdLength]).ToArray());
        Assert.Throws<ArgumentException>(() => RankRequest.FormatId(255, new byte[15]).Length);
    }
}
