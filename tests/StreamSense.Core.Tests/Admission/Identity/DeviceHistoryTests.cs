using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Admission.Identity;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Admission.Identity;

public sealed class DeviceHistoryTests
{
    private static readonly TimeSpan None = TimeSpan.Zero;

    [Fact]
    public void ViewerAt_OneLogin_HoldsFromItToTheLogout()
    {
        DeviceHistory history = Of(Login(10, 1), Logout(20, 1));
        Assert.Equal([0, 1, 1, 0, 0], Viewers(history, 9, 10, 19, 20, 30));
    }

    [Fact]
    public void ViewerAt_TwoProfilesAlternate_EachHasTheirOwnIntervals()
    {
        DeviceHistory history = Of(Login(10, 1), Login(20, 2), Login(30, 1), Logout(40, 1));
        Assert.Equal([0, 1, 2, 1, 0], Viewers(history, 5, 15, 25, 35, 45));
    }

    [Fact]
    public void ViewerAt_LogoutOfSomebodyWhoIsGone_EndsNobody() =>
        Assert.Equal([2, 2], Viewers(Of(Login(10, 1), Login(20, 2), Logout(25, 1)), 22, 30));

    [Fact]
    public void ViewerAt_LogoutAndLoginOfOneMoment_IsWhoComes() =>
        Assert.Equal([2], Viewers(Of(Login(10, 1), Login(20, 2), Logout(20, 1)), 20));

    [Fact]
    public void ViewerAt_LoginWithoutConsent_EndsWhoWasThereAndJoinsNothing() =>
        Assert.Equal([1, 0], Viewers(Of(Login(10, 1), Login(20, 2, mayJoin: false)), 15, 25));

    [Fact]
    public void ViewerAt_LookBack_ReachesNeitherFurtherNorBeyondTheChangeBefore()
    {
        DeviceHistory history = Of(Login(10, 1), Logout(100, 1), Login(130, 2));
        TimeSpan lookBack = TimeSpan.FromSeconds(20);
        Assert.Equal(0ul, history.ViewerAt(At(109), lookBack).Value);
        Assert.Equal(2ul, history.ViewerAt(At(110), lookBack).Value);
        Assert.Equal(2ul, history.ViewerAt(At(100), TimeSpan.FromSeconds(99)).Value);
        Assert.Equal(1ul, history.ViewerAt(At(99), TimeSpan.FromSeconds(99)).Value);
    }

    [Fact]
    public void JoinsSince_Login_IsTheLookBackButNotBeforeTheChangeBefore()
    {
        DeviceHistory history = Of(Login(10, 1), Logout(100, 1), Login(130, 2), Login(140, 3));
        Assert.Equal(At(120), history.JoinsSince(At(130), TimeSpan.FromSeconds(10)));
        Assert.Equal(At(100), history.JoinsSince(At(130), TimeSpan.FromSeconds(99)));
        Assert.Equal(At(130), history.JoinsSince(At(130), None));
        Assert.Equal(At(140), history.JoinsSince(At(140), TimeSpan.FromSeconds(99)));
    }

    [Fact]
    public void Note_AnyOrder_GivesTheSameAnswers() => Prop.ForAll<(byte Time, bool IsLogin, bool Second)[], int>((changes, seed) =>
    {
        DeviceChange[] all = [.. changes.Take(DeviceHistory.Capacity).Select(
            change => new DeviceChange(At(change.Time % 16), new ViewerId(change.Second ? 2ul : 1), change.IsLogin, true))];
        var shuffled = (DeviceChange[])all.Clone();
        new Random(seed).Shuffle(shuffled);
        DeviceHistory one = Of(all);
        DeviceHistory other = Of([.. shuffled, .. all]);
        return Enumerable.Range(0, 17).All(at => one.ViewerAt(At(at), None) == other.ViewerAt(At(at), None));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Note_MoreThanItHolds_ForgetsTheOldestAndMakesNobodyAnother()
    {
        DeviceHistory history = default;
        for (int i = 0; i <= DeviceHistory.Capacity; i++)
        {
            history.Note(Login(i * 10, (ulong)i + 1));
        }

        history.Note(Login(1, 99));
        Assert.Equal([0, 2, DeviceHistory.Capacity + 1], Viewers(history, 5, 15, 1000));
    }

    private static DeviceHistory Of(params DeviceChange[] changes)
    {
        DeviceHistory history = default;
        foreach (DeviceChange change in changes)
        {
            history.Note(change);
        }

        return history;
    }

    private static int[] Viewers(DeviceHistory history, params int[] seconds) =>
        [.. seconds.Select(second => (int)history.ViewerAt(At(second), None).Value)];

    private static EventTime At(int second) => new(second * EventTime.MicrosecondsPerSecond);

    private static DeviceChange Login(int at, ulong viewer, bool mayJoin = true) => new(At(at), new ViewerId(viewer), true, mayJoin);

    private static DeviceChange Logout(int at, ulong viewer) => new(At(at), new ViewerId(viewer), false, true);
}
