using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Privacy;

public sealed class ConsentLedgerTests
{
    private const ConsentPurposes Both = ConsentPurposes.Measurement | ConsentPurposes.Personalisation;

    [Fact]
    public void TryRead_NothingNoted_IsFalse()
    {
        using var ledger = new ConsentLedger(16);
        Assert.False(ledger.TryRead(new ViewerId(1), new DeviceId(2), At(10), out ConsentPurposes granted));
        Assert.Equal(ConsentPurposes.None, granted);
    }

    [Fact]
    public void TryRead_Choices_HoldFromTheirTimeOn()
    {
        using var ledger = new ConsentLedger(16);
        ledger.Note(Change(20, ConsentPurposes.Measurement, viewer: 1));
        ledger.Note(Change(10, Both, viewer: 1));
        Assert.False(ledger.TryRead(new ViewerId(1), default, At(9), out _));
        Assert.Equal(Both, Read(ledger, 10, viewer: 1));
        Assert.Equal(Both, Read(ledger, 19, viewer: 1));
        Assert.Equal(ConsentPurposes.Measurement, Read(ledger, 20, viewer: 1));
        Assert.Null(Read(ledger, 20, viewer: 2));
    }

    [Fact]
    public void TryRead_ViewerAndDeviceChose_TakesTheViewers()
    {
        using var ledger = new ConsentLedger(16);
        ledger.Note(Change(10, ConsentPurposes.None, viewer: 0, device: 7));
        ledger.Note(Change(5, Both, viewer: 1));
        Assert.Equal(Both, Read(ledger, 30, viewer: 1, device: 7));
        Assert.Equal(ConsentPurposes.None, Read(ledger, 30, viewer: 2, device: 7));
        Assert.Equal(ConsentPurposes.None, Read(ledger, 30, viewer: 0, device: 7));
    }

    [Fact]
    public void Note_ViewerOnASharedDevice_BindsNobodyElseThere()
    {
        using var ledger = new ConsentLedger(16);
        ledger.Note(Change(10, Both, viewer: 1, device: 7));
        Assert.Null(Read(ledger, 30, viewer: 2, device: 7));
        Assert.Null(Read(ledger, 30, viewer: 0, device: 7));
    }

    [Fact]
    public void Note_MoreSubjectsThanItHolds_ForgetsTheOldestChoiceAndCountsIt()
    {
        using var ledger = new ConsentLedger(2);
        for (ulong viewer = 1; viewer <= 3; viewer++)
        {
            ledger.Note(Change(10, Both, viewer));
        }

        Assert.Equal((2, 1L), (ledger.Count, ledger.Evicted));
        Assert.Null(Read(ledger, 30, viewer: 1));
        Assert.Equal(Both, Read(ledger, 30, viewer: 3));
    }

    [Fact]
    public void Note_AnyOrder_GivesTheSameAnswers() => Prop.ForAll<(byte Time, byte Granted)[], int>((choices, seed) =>
    {
        var shuffled = ((byte Time, byte Granted)[])choices.Clone();
        new Random(seed).Shuffle(shuffled);

        // Beyond four distinct times the oldest is forgotten, whichever came first.
        HashSet<byte> kept = [.. choices.Select(choice => choice.Time).Distinct().OrderDescending().Take(4)];
        using ConsentLedger one = Noted(choices.Where(choice => kept.Contains(choice.Time)));
        using ConsentLedger other = Noted(shuffled);
        return Enumerable.Range(kept.DefaultIfEmpty().Min(), 10).Append(255).All(
            at => Read(one, at, viewer: 1) == Read(other, at, viewer: 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Note_TwoChoicesOfOneMoment_GrantsWhatBothGrant()
    {
        using var ledger = new ConsentLedger(16);
        ledger.Note(Change(10, Both, viewer: 1));
        ledger.Note(Change(10, ConsentPurposes.Personalisation | ConsentPurposes.Social, viewer: 1));
        Assert.Equal(ConsentPurposes.Personalisation, Read(ledger, 10, viewer: 1));
    }

    private static ConsentLedger Noted(IEnumerable<(byte Time, byte Granted)> choices)
    {
        var ledger = new ConsentLedger(16);
        foreach ((byte time, byte granted) in choices)
        {
            ledger.Note(Change(time, (ConsentPurposes)granted & ConsentPurposes.All, viewer: 1));
        }

        return ledger;
    }

    private static ConsentPurposes? Read(ConsentLedger ledger, int at, ulong viewer, ulong device = 0) =>
        ledger.TryRead(new ViewerId(viewer), new DeviceId(device), At(at), out ConsentPurposes granted) ? granted : null;

    private static EventTime At(int second) => new(second * EventTime.MicrosecondsPerSecond);

    private static StreamEvent Change(int at, ConsentPurposes granted, ulong viewer, ulong device = 0)
    {
        var change = new StreamEvent
        {
            Kind = EventKind.ConsentChange, Time = At(at), Viewer = new ViewerId(viewer), Device = new DeviceId(device),
        };
        change.PayloadAs<ConsentPayload>().Granted = granted;
        return change;
    }
}
