using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Tests.Events;

public sealed class StreamEventLayoutTests
{
    private static readonly Type[] Payloads =
        [.. typeof(IEventPayload).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IEventPayload)))];

    public static TheoryData<string, int> Offsets => new()
    {
        { nameof(StreamEvent.Id), 0 },
        { nameof(StreamEvent.Time), 8 },
        { nameof(StreamEvent.Title), 16 },
        { nameof(StreamEvent.Viewer), 24 },
        { nameof(StreamEvent.Household), 32 },
        { nameof(StreamEvent.Device), 40 },
        { nameof(StreamEvent.View), 48 },
        { nameof(StreamEvent.Visit), 56 },
        { nameof(StreamEvent.ReceivedAfterMilliseconds), 64 },
        { nameof(StreamEvent.CorrectionMilliseconds), 68 },
        { nameof(StreamEvent.Sequence), 72 },
        { nameof(StreamEvent.Context), 76 },
        { nameof(StreamEvent.Cdn), 80 },
        { nameof(StreamEvent.Kind), 82 },
        { nameof(StreamEvent.Flags), 83 },
        { nameof(StreamEvent.Annex), 84 },
        { nameof(StreamEvent.Payload), 88 },
    };

    [Fact]
    public void StreamEvent_Always_IsAnUnmanagedStructOfTwoCacheLines()
    {
        Assert.Equal(128, Unsafe.SizeOf<StreamEvent>());
        Assert.Equal(StreamEvent.SizeInBytes, Unsafe.SizeOf<StreamEvent>());
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<StreamEvent>());
        Assert.Equal(EventPayload.Size, Unsafe.SizeOf<EventPayload>());
    }

    [Theory]
    [MemberData(nameof(Offsets))]
    public void StreamEvent_Field_LiesAtItsOffset(string name, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf<StreamEvent>(name));

    [Fact]
    public void StreamEvent_Fields_AreExactlyThoseWithAKnownOffset() =>
        Assert.Equal(
            Offsets.Select(row => (string)row[0]).Order(),
            typeof(StreamEvent).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(field => field.Name).Order());

    [Fact]
    public void Payloads_Each_IsUnmanagedAndFits()
    {
        Assert.NotEmpty(Payloads);
        Assert.All(Payloads, payload => Assert.InRange(Call<int>(nameof(SizeOf), payload), 1, EventPayload.Size));
    }

    [Fact]
    public void Payloads_EachKind_IsHeldByAtMostOne() =>
        Assert.All(Enum.GetValues<EventKind>(), kind => Assert.InRange(Payloads.Count(payload => Holds(payload, kind)), 0, 1));

    [Fact]
    public void Payloads_Each_HoldsAKindAndNoneHoldsNone()
    {
        Assert.All(Payloads, payload => Assert.Contains(Enum.GetValues<EventKind>(), kind => Holds(payload, kind)));
        Assert.DoesNotContain(Payloads, payload => Holds(payload, EventKind.None));
    }

    [Fact]
    public void PayloadAs_Written_IsReadBackFromACopy()
    {
        StreamEvent original = default;
        original.Kind = EventKind.Heartbeat;
        original.PayloadAs<HeartbeatPayload>().PlayheadMicroseconds = 42;
        original.PayloadAs<HeartbeatPayload>().State = PlayerState.Playing;

        StreamEvent copy = original;

        Assert.Equal(42, copy.ReadPayload<HeartbeatPayload>().PlayheadMicroseconds);
        Assert.Equal(PlayerState.Playing, copy.ReadPayload<HeartbeatPayload>().State);
        Assert.Equal(0u, copy.Annex.Value);
    }

    private static bool Holds(Type payload, EventKind kind) => Call<bool>(nameof(HoldsKind), payload, kind);

    private static T Call<T>(string method, Type payload, params object[] arguments) =>
        (T)typeof(StreamEventLayoutTests).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(payload).Invoke(null, arguments)!;

    // The constraint is the proof that a payload is unmanaged.
    private static int SizeOf<T>()
        where T : unmanaged, IEventPayload => Unsafe.SizeOf<T>();

    private static bool HoldsKind<T>(EventKind kind)
        where T : unmanaged, IEventPayload => T.Holds(kind);
}
