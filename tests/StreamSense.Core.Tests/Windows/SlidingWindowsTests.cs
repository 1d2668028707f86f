using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

public sealed class SlidingWindowsTests
{
    [Theory]
    [InlineData(60, 10, 10, 6, 1)]
    [InlineData(90, 60, 30, 3, 2)]
    [InlineData(60, 60, 60, 1, 1)]
    [InlineData(7, 3, 1, 7, 3)]
    public void Pane_OfLengthAndStep_IsTheirGreatestCommonMeasure(int length, int step, int pane, int inWindow, int inStep)
    {
        var windows = new SlidingWindows(TimeSpan.FromSeconds(length), TimeSpan.FromSeconds(step));

        Assert.Equal(TimeSpan.FromSeconds(pane), windows.Pane);
        Assert.Equal((inWindow, inStep), (windows.PanesInWindow, windows.PanesInStep));
        Assert.Equal((TimeSpan.FromSeconds(length), TimeSpan.FromSeconds(step)), (windows.Length, windows.Step));
    }

    [Fact]
    public void FirstOfAndLastOf_AnyInstant_AreTheWindowsThatHoldIt() => Prop.ForAll<PositiveInt, PositiveInt, int>((a, b, at) =>
    {
        (int step, int length) = (Math.Min(a.Get, b.Get), Math.Max(a.Get, b.Get));
        var windows = new SlidingWindows(TimeSpan.FromMicroseconds(length), TimeSpan.FromMicroseconds(step));
        var time = new EventTime(at);
        long first = windows.FirstOf(time);
        long last = windows.LastOf(time);
        bool Holds(long index) => windows.StartOf(index) <= time && time < windows.EndOf(index);
        return first <= last && Holds(first) && Holds(last) && !Holds(first - 1) && !Holds(last + 1)
            && windows.EndOf(windows.LastEndedAt(at)) <= time && windows.EndOf(windows.LastEndedAt(at) + 1) > time;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Constructor_AStepAboveTheLengthOrNone_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingWindows(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingWindows(TimeSpan.FromSeconds(1), TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingWindows(TimeSpan.FromDays(1), TimeSpan.FromMicroseconds(1)));
    }
}
