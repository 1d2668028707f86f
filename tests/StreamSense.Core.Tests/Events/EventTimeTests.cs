using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Events;

public sealed class EventTimeTests
{
    [Fact]
    public void From_DigitsBeyondTheMicrosecond_AreCut()
    {
        DateTimeOffset instant = new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)).AddTicks(19);
        Assert.Equal(1_767_225_600_000_001, EventTime.From(instant).UnixMicroseconds);
        Assert.Equal("2026-01-01T00:00:00.000001Z", EventTime.From(instant).ToString());
    }

    [Fact]
    public void Bounds_AreTheYears1990And2100()
    {
        Assert.Equal("1990-01-01T00:00:00.000000Z", EventTime.Earliest.ToString());
        Assert.Equal("2100-01-01T00:00:00.000000Z", EventTime.Latest.ToString());
    }

    [Fact]
    public void Operators_AddAndCompareAsInstantsDo()
    {
        var time = new EventTime(5_000_000);
        Assert.Equal(TimeSpan.FromSeconds(2), time + TimeSpan.FromSeconds(2) - time);
        Assert.True(time - TimeSpan.FromSeconds(1) < time);
        Assert.Equal(time, EventTime.From(time.ToDateTimeOffset()));
    }

    [Fact]
    public void TryParse_EveryKind_HasItsName()
    {
        foreach (EventKind kind in Enum.GetValues<EventKind>().Where(kind => kind != EventKind.None))
        {
            Assert.True(EventKindNames.TryParse(EventKindNames.Utf8NameOf(kind), out EventKind parsed));
            Assert.Equal(kind, parsed);
        }

        Assert.False(EventKindNames.TryParse("Heartbeat"u8, out _));
        Assert.False(EventKindNames.TryParse(default, out _));
        Assert.Equal("subscription_cancelled", EventKindNames.NameOf(EventKind.SubscriptionCancelled));
    }
}
