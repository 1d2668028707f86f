using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features.Segments;

public sealed class RuleSegmentsTests : IDisposable
{
    private readonly Vocabulary _vocabulary = new();
    private readonly ViewerBook _book;
    private readonly SegmentTable _table = new(100, "paying", "active", "fans", "tv", "premium");
    private readonly RuleSegments _rules;

    public RuleSegmentsTests()
    {
        _book = new ViewerBook(_vocabulary, 100);
        _rules = new RuleSegments(
            _book,
            _table,
            _vocabulary,
            AudienceRule.Parse("paying", "amount > 5"),
            AudienceRule.Parse("active", "days_since_play < 7"),
            AudienceRule.Parse("fans", "plays >= 3"),
            AudienceRule.Parse("tv", "device_kind == \"tv\""),
            AudienceRule.Parse("premium", "plan == \"premium\""));
    }

    public void Dispose()
    {
        _book.Dispose();
        _table.Dispose();
    }

    [Fact]
    public void Consume_PlaysAndPayments_MoveTheViewerBetweenSegments()
    {
        ContextId tv = Context("tv");
        Play(1, 0, tv);
        Assert.Equal(["active", "tv"], Of(1));
        Play(1, 10, tv);
        Play(1, 20, Context("phone"));
        Assert.Equal(["active", "fans"], Of(1));
        Pay(1, 30, EventKind.SubscriptionStarted, 9_990_000);
        Assert.Equal(["paying", "active", "fans", "premium"], Of(1));
        Pay(1, 40, EventKind.Refunded, 9_990_000);
        Assert.Equal(["active", "fans", "premium"], Of(1));
        Assert.True(_book.TryRead(World.Viewer(1), out ViewerTraits traits));
        Assert.Equal((3L, 1L, 0L), (traits.Plays, traits.Payments, traits.AmountMillionths));
        Assert.Equal((World.At(0), World.At(20)), (traits.FirstSeen, traits.LastPlay));
        Assert.Equal("premium", _vocabulary.Terms.NameOf(traits.Plan));
    }

    [Fact]
    public void Consume_PlanThatExpiresOrIsPaused_IsOverUntilAnotherBegins()
    {
        Pay(1, 0, EventKind.SubscriptionStarted, 0);
        Assert.Equal(["premium"], Of(1));
        Pay(1, 10, EventKind.SubscriptionPaused, 0);
        Assert.Empty(Of(1));
        Pay(1, 20, EventKind.SubscriptionRenewed, 0);
        Assert.Equal(["premium"], Of(1));
        Pay(1, 30, EventKind.SubscriptionExpired, 0, plan: "trial");
        Assert.Equal(["premium"], Of(1));
        Pay(1, 40, EventKind.SubscriptionExpired, 0);
        Assert.Empty(Of(1));
    }

    [Fact]
    public void Consume_StepsOfASubscriptionInAnyOrder_LeaveThePlanOfTheLatest()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            (double At, EventKind Kind, string Plan)[] steps =
            [
                (0, EventKind.TrialStarted, "trial"), (10, EventKind.PlanChanged, "basic"), (20, EventKind.SubscriptionRenewed, "basic"),
                (30, EventKind.PlanChanged, "premium"), (40, EventKind.SubscriptionRenewed, "premium"),
            ];
            new Random(seed).Shuffle(steps);
            foreach ((double at, EventKind kind, string plan) in steps)
            {
                Pay((ulong)seed, at, kind, 0, plan: plan);
            }

            Assert.Equal(["premium"], Of((ulong)seed));
        }
    }

    [Fact]
    public void Refresh_TimePasses_JudgesRulesThatLookAtIt()
    {
        Play(1, 0, Context("tv"));
        Play(2, 86_400 * 5, Context("tv"));

        Assert.Equal(1, _rules.Refresh(World.At(86_400 * 8)));

        Assert.Equal(["tv"], Of(1));
        Assert.Equal(["active", "tv"], Of(2));
    }

    [Fact]
    public void Consume_WithdrawalOfConsent_LeavesNoSegment()
    {
        Play(1, 0, Context("tv"));
        var withdrawal = new StreamEvent { Kind = EventKind.ConsentChange, Viewer = World.Viewer(1), Time = World.At(5) };
        withdrawal.PayloadAs<ConsentPayload>() = new ConsentPayload { Granted = ConsentPurposes.Measurement };

        ((IEventConsumer)_rules).Consume(new EventBatch(0, [withdrawal], annex: null));

        Assert.Empty(Of(1));
        Assert.Equal((0, 0), (_book.Count, _table.Count));
    }

    [Fact]
    public void Consume_WithoutConsentToPersonalisation_RemembersNothing()
    {
        Play(1, 0, Context("tv", ConsentPurposes.Measurement), ConsentPurposes.Measurement);
        Pay(1, 0, EventKind.SubscriptionStarted, 9_990_000, ConsentPurposes.Measurement);
        Assert.Equal((0, 0), (_book.Count, _table.Count));
    }

    [Fact]
    public void Consume_Profile_SetsPlanKidsAndSince()
    {
        var profile = new StreamEvent
        {
            Kind = EventKind.Profile,
            Viewer = World.Viewer(1),
            Time = World.At(0),
            Context = Context("tv"),
        };
        profile.PayloadAs<ProfilePayload>() = new ProfilePayload
        {
            Plan = _vocabulary.Terms.Intern("family"),
            Kids = true,
            SinceMicroseconds = World.At(-100).UnixMicroseconds,
        };
        ((IEventConsumer)_rules).Consume(new EventBatch(0, [profile], annex: null));

        Assert.True(_book.TryRead(World.Viewer(1), out ViewerTraits traits));
        Assert.Equal(("family", true, World.At(-100)), (_vocabulary.Terms.NameOf(traits.Plan), traits.Kids, traits.Since));
    }

    [Fact]
    public void Create_RuleWithoutASegment_Throws() =>
        Assert.Throws<ArgumentException>(() => new RuleSegments(_book, _table, _vocabulary, AudienceRule.Parse("nobody", "kids")));

    private string[] Of(ulong viewer)
    {
        ulong segments = _table.SegmentsOf(World.Viewer(viewer));
        return [.. _table.Names.Where((_, i) => (segments & (1UL << i)) != 0)];
    }

    private ContextId Context(string device, ConsentPurposes consent = ConsentPurposes.All) => _vocabulary.Contexts.Intern(
        new EventContext { DeviceKind = _vocabulary.DeviceKinds.Intern(device), Consent = consent });

    private void Play(ulong viewer, double at, ContextId context, ConsentPurposes consent = ConsentPurposes.All)
    {
        ViewFact fact = World.Fact(ViewFactKind.FirstFrame, "a", viewer, at, consent: consent);
        fact.Context = context;
        ((IViewFactConsumer)_rules).Consume([fact]);
    }

    private void Pay(
        ulong viewer, double at, EventKind kind, long amount, ConsentPurposes consent = ConsentPurposes.All, string plan = "premium")
    {
        var payment = new StreamEvent { Kind = kind, Viewer = World.Viewer(viewer), Time = World.At(at), Context = Context("tv", consent) };
        payment.PayloadAs<SubscriptionPayload>() = new SubscriptionPayload
        {
            AmountMillionths = amount,
            Plan = _vocabulary.Terms.Intern(plan),
        };
        ((IEventConsumer)_rules).Consume(new EventBatch(0, [payment], annex: null));
    }
}
