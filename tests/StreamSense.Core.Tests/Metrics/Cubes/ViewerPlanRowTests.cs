using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Cubes;

namespace StreamSense.Core.Tests.Metrics.Cubes;

public sealed class ViewerPlanRowTests
{
    [Fact]
    public void At_UpToFourChangesInAnyOrder_IsThePlanInForce() => Prop.ForAll<byte[], byte, int>((times, at, seed) =>
    {
        (long Time, Symbol Plan)[] changes = [.. times.Distinct().Take(4).Select((time, i) => ((long)time, new Symbol((ushort)(2 + i))))];
        var row = default(ViewerPlanRow);
        new Random(seed).Shuffle(changes);
        foreach ((long time, Symbol plan) in changes)
        {
            row.Note(new EventTime(time), plan, isState: false);
        }

        Symbol expected = changes.Where(change => change.Time <= at).OrderBy(change => change.Time).LastOrDefault().Plan;
        return row.At(new EventTime(at)) == expected;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void At_BeforeWhatIsKept_IsWhatWasPushedOut()
    {
        var row = default(ViewerPlanRow);
        for (ushort i = 1; i <= 6; i++)
        {
            row.Note(new EventTime(i * 10), new Symbol(i), isState: false);
        }

        Assert.Equal(new Symbol(6), row.At(new EventTime(60)));
        Assert.Equal(new Symbol(3), row.At(new EventTime(35)));
        Assert.Equal(new Symbol(2), row.At(new EventTime(5)));

        row.Note(new EventTime(1), new Symbol(9), isState: false);
        Assert.Equal(new Symbol(2), row.At(new EventTime(5)));
    }
}
